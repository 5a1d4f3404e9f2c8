"""Pen strokes: where a pen went, point by point, and where it was lifted."""

import base64
from functools import cached_property
from typing import Literal, Self

import numpy as np
from pydantic import Field

from models.inputs.kind import InputKind, Spec, Strict, too_many
from models.inputs.packed import ADDRESS, BASE64, base64_letters, deflated, inflated, numbers_of, sent_bytes, written
from unrolled import InvalidInput

SIDE = 1000  # of the square in which the pen moves
MOST = 20_000  # points that anybody may send
POINT = np.dtype("<i2")


class StrokesSpec(Spec):
    """Tell how many points are read, and whether a dot alone is something."""

    kind: Literal["strokes"] = "strokes"
    max_points: int = Field(ge=2, le=MOST)
    dots: bool = False


class Strokes(Strict):
    """Hold strokes as triples x, y, lift in a square of 0 to 1000, y downwards; lift is 1 at the end of a stroke."""

    kind: Literal["strokes"] = "strokes"
    points: str = Field(
        max_length=base64_letters(6 * MOST),
        pattern=BASE64,
        description="x, y and lift of each point as little-endian 16-bit numbers, in base64: x and y from 0 to 1000, "
        "y downwards, lift 1 at the last point of a stroke and 0 elsewhere",
    )

    @classmethod
    def of(cls, xyl: np.ndarray) -> Self:
        """Take points (n, 3): x, y, lift."""
        return cls(points=base64.b64encode(np.rint(xyl).astype(POINT).tobytes()).decode())

    @cached_property
    def xyl(self) -> np.ndarray:
        """Give x, y and lift of each point, (n, 3) int16. Raises InvalidInput for what are no strokes."""
        sent = sent_bytes(self.points, "points")
        if len(sent) % (3 * POINT.itemsize):
            raise InvalidInput(f"{len(sent)} bytes are no points: x, y and lift take 6 bytes together")
        xyl = np.frombuffer(sent, POINT).reshape(-1, 3)
        if len(xyl) and not (xyl[:, :2].min() >= 0 and xyl[:, :2].max() <= SIDE):
            raise InvalidInput(f"a point lies outside: x and y go from 0 to {SIDE}")
        if len(xyl) and not (np.isin(xyl[:, 2], (0, 1)).all() and xyl[-1, 2] == 1):
            raise InvalidInput("lift is 1 at the last point of each stroke, also of the last one, and 0 elsewhere")
        return xyl

    @property
    def strokes(self) -> tuple[np.ndarray, ...]:
        """Give each stroke's points, (n, 2)."""
        return tuple(np.split(self.xyl[:, :2], np.flatnonzero(self.xyl[:, 2])[:-1] + 1)) if len(self.xyl) else ()


class StrokesKind(InputKind[Strokes, StrokesSpec]):
    """Writes strokes as differences from point to point: dx twice and the lift in its lowest bit, then dy; deflated."""

    name = "strokes"
    called = "pen strokes"
    typed = False

    def from_text(self, text: str, spec: StrokesSpec) -> Strokes:
        """Read what `to_text` wrote; an empty text is an empty sheet."""
        if not text.strip():
            return Strokes(points="")
        unpacked = inflated(text, 8 * MOST)
        numbers = None if unpacked is None else numbers_of(unpacked)
        if numbers is None or len(numbers) % 2 or len(numbers) > 2 * MOST:
            raise InvalidInput("these strokes are cut off or changed: draw again, or choose a sample")
        along, down = numbers.reshape(-1, 2).T
        places = np.stack((along >> 1, down), -1).cumsum(0)
        if np.abs(places).max(initial=0) > SIDE:
            raise InvalidInput(f"a point lies outside: x and y go from 0 to {SIDE}")
        return Strokes.of(np.column_stack((places, along & 1)))

    def to_text(self, value: Strokes) -> str | None:
        """Write the differences; None for more than an address carries."""
        x, y, lift = value.xyl.astype(int).T
        along, down = np.diff(x, prepend=0), np.diff(y, prepend=0)
        text = deflated(written(np.column_stack((along << 1 | lift, down)).ravel().tolist()))
        return text if len(text) <= ADDRESS else None

    def check(self, value: Strokes, spec: StrokesSpec) -> Strokes:
        """Refuse an empty sheet, dots where lines are read, and too many points."""
        if spec.required and not len(value.xyl):
            raise InvalidInput("nothing is drawn yet: draw with mouse, pen or finger, or choose a sample")
        if len(value.xyl) > spec.max_points:
            raise too_many(len(value.xyl), "points", spec.max_points)
        if len(value.xyl) and not spec.dots and all(np.ptp(stroke, axis=0).max() == 0 for stroke in value.strokes):
            raise InvalidInput("a dot is no drawing: draw a line")
        return value
