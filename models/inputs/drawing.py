"""A drawing: a small grey picture, made with mouse, pen or finger."""

import base64
import binascii
import re
import zlib
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np
from pydantic import Field

from models.inputs.kind import InputKind, Spec, Strict
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
        max_length=-(-LARGEST * LARGEST // 3) * 4,
        pattern=r"^[A-Za-z0-9+/]*={0,2}$",
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
        try:
            sent = base64.b64decode(self.pixels, validate=True)
        except binascii.Error:
            raise InvalidInput("the pixels of this drawing are no base64; send one byte a pixel") from None
        if len(sent) != self.width * self.height:
            raise InvalidInput(f"this drawing has {len(sent)} pixels, not {self.width} x {self.height}")
        return np.frombuffer(sent, np.uint8).reshape(self.height, self.width).astype(np.float32) / np.float32(255)


class DrawingKind(InputKind[Drawing, DrawingSpec]):
    """Writes a drawing as `40x40.` and its pixels: half a byte each, deflated, in base64 for addresses."""

    name = "drawing"
    called = "a drawing"

    def is_one(self, sent: Any) -> bool:
        """Say whether this is a drawing."""
        return isinstance(sent, Drawing)

    def from_text(self, text: str, spec: DrawingSpec) -> Drawing:
        """Read `40x40.…`; an empty text is an empty drawing."""
        if not text.strip():
            return Drawing.of(np.zeros((spec.height, spec.width), np.float32))
        match = _TEXT.fullmatch(text)
        if match is None or max(width := int(match[1]), height := int(match[2])) > LARGEST:
            raise InvalidInput("this is no drawing: draw one, or choose a sample")
        count = width * height
        packed = match[3] + "=" * (-len(match[3]) % 4)
        try:
            unpacked = zlib.decompressobj(-15).decompress(base64.urlsafe_b64decode(packed), count // 2 + 2)
        except (zlib.error, binascii.Error):
            unpacked = b""
        if len(unpacked) != -(-count // 2):
            raise InvalidInput("this drawing is cut off or changed: draw it again, or choose a sample")
        halves = np.frombuffer(unpacked, np.uint8)
        levels = np.stack((halves >> 4, halves & LEVELS), -1).ravel()[:count]
        return Drawing.of((levels / LEVELS).astype(np.float32).reshape(height, width))

    def to_text(self, value: Drawing) -> str:
        """Write the size and the pixels."""
        levels = np.rint(value.ink.ravel() * LEVELS).astype(np.uint8)
        if len(levels) % 2:
            levels = np.append(levels, np.uint8(0))
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = packer.compress((levels[::2] << 4 | levels[1::2]).tobytes()) + packer.flush()
        return f"{value.width}x{value.height}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"

    def check(self, value: Drawing, spec: DrawingSpec) -> Drawing:
        """Refuse an empty sheet, where something is required, and pixels that do not fill it."""
        if spec.required and not (value.ink > FAINTEST).any():
            raise InvalidInput("nothing is drawn yet: draw with mouse, pen or finger, or choose a sample")
        return value
