"""A drawing: a small grey picture, made with mouse, pen or finger."""

import base64
import re
from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field

from models.inputs.kind import InputKind, Spec, Strict
from models.inputs.packed import ADDRESS, BASE64, base64_letters, deflated, inflated, sent_bytes
from models.inputs.picture import FORMATS, ink_of, opened
from unrolled import InvalidInput

LARGEST = 256  # pixels of a side
LEVELS = 15  # of ink in the text form: half a byte a pixel
FAINTEST = 0.1  # share of ink below which a pixel is paper
_TEXT = re.compile(r"([1-9]\d{0,2})x([1-9]\d{0,2})\.([A-Za-z0-9_-]*)", re.ASCII)
Ink = np.ndarray[Any, np.dtype[np.float32]]


class DrawingSpec(Spec):
    """Tell how large a drawing is, in pixels, and how thick the pen."""

    kind: Literal["drawing"] = "drawing"
    width: int
    height: int
    pen: float


class Drawing(Strict):
    """Hold a grey picture: one byte a pixel, 0 for paper to 255 for ink, row by row, in base64."""

    kind: Literal["drawing"] = "drawing"
    width: int = Field(ge=1, le=LARGEST, description="pixels from left to right")
    height: int = Field(ge=1, le=LARGEST, description="pixels from top to bottom")
    pixels: str = Field(
        max_length=base64_letters(LARGEST * LARGEST),
        pattern=BASE64,
        description="one byte a pixel, 0 for paper to 255 for ink, row by row, in base64",
    )

    @classmethod
    def of(cls, ink: Ink) -> Self:
        """Take shares of ink (height, width), from 0 to 1."""
        height, width = ink.shape
        sent = np.rint(np.clip(ink, 0, 1) * 255).astype(np.uint8).tobytes()
        return cls(width=width, height=height, pixels=base64.b64encode(sent).decode())

    @cached_property
    def ink(self) -> Ink:
        """Give the share of ink of each pixel, (height, width). Raises InvalidInput if the bytes do not fill it."""
        sent = sent_bytes(self.pixels, "pixels")
        if len(sent) != self.width * self.height:
            raise InvalidInput(f"this drawing has {len(sent)} pixels, not {self.width} x {self.height}")
        return np.frombuffer(sent, np.uint8).reshape(self.height, self.width).astype(np.float32) / np.float32(255)


def from_picture(media_type: str) -> Callable[[bytes, DrawingSpec], Drawing]:
    """Make what reads pictures of one type."""
    return lambda data, spec: Drawing.of(ink_of(opened(data, media_type), spec.width, spec.height))


FILES = {media_type: from_picture(media_type) for media_type in FORMATS}


class DrawingKind(InputKind[Drawing, DrawingSpec]):
    """Writes a drawing as `40x40.` and its pixels: half a byte each, deflated, in base64 for addresses."""

    name = "drawing"
    called = "a drawing"
    typed = False
    files = FILES

    def from_text(self, text: str, spec: DrawingSpec) -> Drawing:
        """Read `40x40.…`; an empty text is an empty drawing."""
        if not text.strip():
            return Drawing.of(np.zeros((spec.height, spec.width), np.float32))
        match = _TEXT.fullmatch(text)
        if match is None or max(width := int(match[1]), height := int(match[2])) > LARGEST:
            raise InvalidInput("this is no drawing: draw one, or choose a sample")
        count = width * height
        unpacked = inflated(match[3], -(-count // 2))
        if unpacked is None or len(unpacked) != -(-count // 2):
            raise InvalidInput("this drawing is cut off or changed: draw it again, or choose a sample")
        halves = np.frombuffer(unpacked, np.uint8)
        levels = np.stack((halves >> 4, halves & LEVELS), -1).ravel()[:count]
        return Drawing.of((levels / LEVELS).astype(np.float32).reshape(height, width))

    def to_text(self, value: Drawing) -> str | None:
        """Write the size and the pixels; None for more than an address carries."""
        levels = np.rint(value.ink.ravel() * LEVELS).astype(np.uint8)
        if len(levels) % 2:
            levels = np.append(levels, np.uint8(0))
        text = f"{value.width}x{value.height}.{deflated((levels[::2] << 4 | levels[1::2]).tobytes())}"
        return text if len(text) <= ADDRESS else None

    def check(self, value: Drawing, spec: DrawingSpec) -> Drawing:
        """Refuse an empty sheet, where something is required, and pixels that do not fill it."""
        if spec.required and not (value.ink > FAINTEST).any():
            raise InvalidInput("nothing is drawn yet: draw with mouse, pen or finger, or choose a sample")
        return value
