"""What was read, where it is no text: one picture for the whole run, and the part of it that each step read."""

from typing import Literal

from unrolled.document import Document


class Pixels(Document):
    """Hold a picture as an address that a browser can show, `data:image/png;base64,...`, and its size in pixels."""

    kind: Literal["pixels"] = "pixels"
    href: str
    width: int
    height: int


class Rect(Document):
    """Name a part of a picture, in its pixels: left, top, width and height."""

    kind: Literal["rect"] = "rect"
    x: int
    y: int
    width: int
    height: int


Source = Pixels  # unions by `kind` as soon as there are sounds and poses
Slice = Rect
