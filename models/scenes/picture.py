"""The picture of a scene, as the network gets it: things pasted onto white paper, the last one in front."""

from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from models.inputs import Item
from models.scenes.world import SIDE

WIDTH = 100.0  # of a scene, which is as high
PIXELS = 192  # of its picture, each way
Drawing = Callable[[Item], Image.Image]


def placed(drawing: Image.Image, item: Item) -> Image.Image:
    """Scale and turn a drawing as its item says."""
    side = max(1, round(SIDE * item.size * PIXELS / WIDTH))
    scaled = drawing.resize((side, side), Image.Resampling.BICUBIC)
    return scaled.rotate(-item.turn, Image.Resampling.BICUBIC, expand=True) if item.turn else scaled


def compose(items: Sequence[Item], draw: Drawing) -> Image.Image:
    """Make the picture of a scene, PIXELS x PIXELS; `draw` gives each thing's drawing."""
    paper = Image.new("RGB", (PIXELS, PIXELS), "white")
    for item in items:
        thing = placed(draw(item), item)
        corner = (item.x * PIXELS / WIDTH - thing.width / 2, item.y * PIXELS / WIDTH - thing.height / 2)
        paper.paste(thing, (round(corner[0]), round(corner[1])), thing)
    return paper


def shares(picture: Image.Image) -> np.ndarray:
    """Give a picture as shares of red, green and blue from 0 to 1, (3, PIXELS, PIXELS)."""
    return np.asarray(picture, np.float32).transpose(2, 0, 1) / np.float32(255)
