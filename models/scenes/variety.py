"""Drawings changed at random, so that the eye learns what things look like, and not how a vendor draws them."""

import random

import numpy as np
from PIL import Image, ImageFilter

BASE = 96  # pixels: the side of a drawing before it is scaled; enough for the largest
LUMA = np.array((0.299, 0.587, 0.114), np.float32)


def recoloured(pixels: np.ndarray, rng: random.Random) -> np.ndarray:
    """Turn the hues of (h, w, 3) from 0 to 1, and change how strong and how light the colours are.

    Vendors agree on shapes more than on colours: one drawing in three may get any hue, one in eight is nearly grey.
    """
    angle = rng.gauss(0, 0.25) if rng.random() < 0.65 else rng.uniform(-np.pi, np.pi)
    strength = rng.uniform(0.5, 1.4) if rng.random() < 0.87 else rng.uniform(0, 0.3)
    k = np.full(3, 3**-0.5, np.float32)  # the grey axis, about which hues turn (Rodrigues' rotation)
    across = np.array(((0, -k[2], k[1]), (k[2], 0, -k[0]), (-k[1], k[0], 0)), np.float32)
    turn = np.eye(3) + np.sin(angle) * across + (1 - np.cos(angle)) * across @ across
    grey = np.tile(LUMA, (3, 1))
    matrix = ((grey + strength * (np.eye(3) - grey)) @ turn).astype(np.float32)
    light, contrast = rng.uniform(-0.2, 0.15), rng.uniform(0.7, 1.25)
    return np.clip((pixels @ matrix.T - 0.5) * contrast + 0.5 + light, 0, 1)


def outlined(drawing: Image.Image, rng: random.Random) -> Image.Image:
    """Draw a line around a thing, dark or light, as some vendors do."""
    alpha = drawing.getchannel("A")
    wide = alpha.filter(ImageFilter.MaxFilter(rng.choice((3, 5))))
    under = Image.new("RGBA", drawing.size, rng.choice(("black", "#333", "white", "#555")))
    under.putalpha(wide)
    return Image.alpha_composite(under, drawing)


def varied(drawing: Image.Image, rng: random.Random) -> Image.Image:
    """Change a drawing: its colours, its proportions, its outline, how sharp it is, and left for right."""
    pixels = np.asarray(drawing, np.float32) / np.float32(255)
    pixels = np.dstack((recoloured(pixels[..., :3], rng), pixels[..., 3]))
    changed = Image.fromarray(np.rint(pixels * 255).astype(np.uint8), "RGBA")
    if rng.random() < 0.5:
        changed = changed.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    if rng.random() < 0.7:
        changed = bent(changed, rng)
    if rng.random() < 0.15:
        changed = outlined(changed, rng)
    return changed.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.2))) if rng.random() < 0.2 else changed


def bent(drawing: Image.Image, rng: random.Random) -> Image.Image:
    """Stretch, slant and move a drawing within its square."""
    sx, sy, slant = rng.uniform(0.9, 1.25), rng.uniform(0.9, 1.25), rng.gauss(0, 0.1)
    cx, cy = (BASE / 2 * (1 + rng.uniform(-0.06, 0.06)) for _ in "xy")
    half = BASE / 2
    matrix = (sx, slant, cx - sx * half - slant * half, 0, sy, cy - sy * half)
    return drawing.transform(drawing.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
