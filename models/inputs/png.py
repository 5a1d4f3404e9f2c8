"""Writes pictures as PNG, the one form that every browser shows from an address."""

import base64
from io import BytesIO

import numpy as np
from PIL import Image


def png_address(picture: Image.Image) -> str:
    """Write a picture in an address: `data:image/png;base64,...`."""
    file = BytesIO()
    picture.save(file, "PNG", optimize=True)
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode()


def ink_address(ink: np.ndarray) -> str:
    """Write shares of ink (height, width) as black on white, in an address."""
    return png_address(Image.fromarray(255 - np.rint(np.clip(ink, 0, 1) * 255).astype(np.uint8)))
