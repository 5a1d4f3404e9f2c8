"""What was read, where it is no text: one source for the whole run, and the slice of it that each step read."""

from typing import Annotated, Literal

from pydantic import Field

from unrolled.document import Document

Point = tuple[float, float]  # x, y; y downwards


class Pixels(Document):
    """Hold a picture as an address that a browser shows, `data:image/png;base64,...`, or jpeg, its size in pixels."""

    kind: Literal["pixels"] = "pixels"
    href: str
    width: int
    height: int

    @property
    def picture(self) -> str:
        """Give the address of a picture of it."""
        return self.href


class Recording(Document):
    """Hold a sound as an address that a browser can play, `rate` samples a second.

    `picture` is the address of its waveform or spectrogram, `width` x `height` pixels, which spans its `seconds` from
    left to right.
    """

    kind: Literal["sound"] = "sound"
    href: str
    rate: int
    seconds: float
    picture: str
    width: int
    height: int


class Points(Document):
    """Hold points that move: `frames` (T, joints, 2), on a sheet of `width` x `height`, y downwards.

    `bones` are the pairs of points of a frame between which a line is drawn: those of a body, or of strokes, whose
    points stand in the order in which they were drawn, in one frame.
    """

    kind: Literal["points"] = "points"
    frames: tuple[tuple[Point, ...], ...]
    bones: tuple[tuple[int, int], ...]
    width: float
    height: float

    @property
    def picture(self) -> str:
        """Give no address: the page draws the lines."""
        return ""


class Rect(Document):
    """Name a part of a picture, in its pixels: left, top, width and height."""

    kind: Literal["rect"] = "rect"
    x: int
    y: int
    width: int
    height: int


class TimeRange(Document):
    """Name a part of a sound, in seconds from its beginning."""

    kind: Literal["time"] = "time"
    first: float
    last: float


class Figure(Document):
    """Name one frame of points that move, counted from 0."""

    kind: Literal["figure"] = "figure"
    frame: int


class Stretch(Document):
    """Name a part of the points of the first frame, counted from 0, both ends included."""

    kind: Literal["stretch"] = "stretch"
    first: int
    last: int


Source = Annotated[Pixels | Recording | Points, Field(discriminator="kind")]
Slice = Annotated[Rect | TimeRange | Figure | Stretch, Field(discriminator="kind")]
