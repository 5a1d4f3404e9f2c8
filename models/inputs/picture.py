"""Reads the pictures that visitors send: PNG, JPEG, WebP and GIF, one frame of a bounded size, and nothing else."""

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from unrolled import InvalidInput

FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
MEGAPIXELS = 24  # that are unpacked
CLEAN = 0.02  # ink of paper that was never photographed
SHADOW = 0.3  # ink on photographed paper that is light and dirt

Image.MAX_IMAGE_PIXELS = None  # Pillow would warn of large pictures; here the size is read, and refused, before pixels


def opened(data: bytes, media_type: str, most: int = MEGAPIXELS, side: int | None = None) -> Image.Image:
    """Unpack a picture of up to `most` megapixels, upright, its transparent parts white.

    With `side` it becomes no longer than that, before anything else is done with its pixels. Raises InvalidInput, with
    the way out.
    """
    try:
        image = Image.open(BytesIO(data), formats=(FORMATS[media_type],))
        width, height = image.size
        if width * height > most * 1_000_000:
            raise InvalidInput(f"{width} x {height} pixels are too many: send a picture of up to {most} megapixels")
        if getattr(image, "n_frames", 1) > 1:
            raise InvalidInput("this picture moves: send one that stands still")
        if side is not None:
            image = shrunk(image, side)
        upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, TypeError):
        raise InvalidInput(
            f"this file is not a picture that can be read as {media_type}; send it as PNG or JPEG"
        ) from None
    paper = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(paper, upright).convert("RGB")


def shrunk(image: Image.Image, side: int) -> Image.Image:
    """Make a picture no longer than `side` pixels; a JPEG is unpacked no larger than it is needed."""
    if image.mode not in ("RGB", "RGBA", "L"):
        image = image.convert("RGBA")  # the colours of a palette have no mean
    image.thumbnail((side, side), Image.Resampling.BICUBIC, reducing_gap=3.0)
    return image


def ink_of(image: Image.Image, width: int, height: int) -> np.ndarray[Any, np.dtype[np.float32]]:
    """Fit a picture into a sheet as shares of ink from 0 to 1, (height, width).

    What is more common, light or dark, is the paper, so that a photograph of a page and white on black work as well.
    """
    grey = np.asarray(ImageOps.contain(image.convert("L"), (width, height)), np.float32) / np.float32(255)
    ink = grey if np.median(grey) < 0.5 else 1 - grey
    paper, darkest = np.median(ink), ink.max()
    if darkest > paper:
        ink = np.clip((ink - paper) / (darkest - paper), 0, 1)
    if paper > CLEAN:
        ink = np.where(ink < SHADOW, 0, ink)
    sheet = np.zeros((height, width), np.float32)
    top, left = (height - ink.shape[0]) // 2, (width - ink.shape[1]) // 2
    sheet[top : top + ink.shape[0], left : left + ink.shape[1]] = ink
    return sheet
