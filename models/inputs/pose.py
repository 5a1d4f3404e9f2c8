"""A pose: how the joints of a body move, frame by frame."""

import base64
import csv
import re
from functools import cached_property
from typing import Any, Literal, Self

import numpy as np
import orjson
from pydantic import Field

from models.inputs.kind import InputKind, Spec, Strict, too_many
from models.inputs.packed import ADDRESS, BASE64, base64_letters, deflated, inflated, numbers_of, sent_bytes, written
from models.inputs.text import plain
from unrolled import InvalidInput

JOINTS, FRAMES = 100, 2000  # that anybody may send
FARTHEST = 10  # pictures away from the corner
FINE = 1000  # parts of a picture in the text form
COORDINATE = np.dtype("<f4")
_TEXT = re.compile(r"([1-9]\d?|100)\.([A-Za-z0-9_-]+)", re.ASCII)


class PoseSpec(Spec):
    """Tell which joints a body has, which are joined by bones, and how many frames a second has."""

    kind: Literal["pose"] = "pose"
    joints: tuple[str, ...] = Field(min_length=1, max_length=JOINTS)
    bones: tuple[tuple[int, int], ...] = ()  # pairs of joints, counted from 0
    rate: float = Field(gt=0)
    max_frames: int = Field(ge=1, le=FRAMES)


class Pose(Strict):
    """Hold a movement: x and y of each joint in each frame, as shares of the picture, y downwards."""

    kind: Literal["pose"] = "pose"
    joints: int = Field(ge=1, le=JOINTS, description="how many there are in each frame")
    frames: str = Field(
        max_length=base64_letters(8 * JOINTS * FRAMES),
        pattern=BASE64,
        description="x and y of each joint in each frame (T x joints x 2) as little-endian 32-bit floats, in base64: "
        "shares of the picture's width and height, y downwards",
    )

    @classmethod
    def of(cls, places: np.ndarray) -> Self:
        """Take places (T, joints, 2)."""
        return cls(joints=places.shape[1], frames=base64.b64encode(places.astype(COORDINATE).tobytes()).decode())

    @cached_property
    def places(self) -> np.ndarray:
        """Give the places of the joints, (T, joints, 2) float32. Raises InvalidInput if a frame is cut off."""
        sent = sent_bytes(self.frames, "frames")
        if len(sent) % (2 * COORDINATE.itemsize * self.joints):
            raise InvalidInput(f"{len(sent)} bytes are no whole frames of {self.joints} joints, 8 bytes each")
        return np.frombuffer(sent, COORDINATE).reshape(-1, self.joints, 2)


def from_json(data: bytes, spec: PoseSpec) -> Pose:
    """Read a list of frames, each a list of joints, each `[x, y]`; or an object that has it as `frames`."""
    try:
        sent = orjson.loads(data)
    except orjson.JSONDecodeError:
        raise InvalidInput("this file is not JSON: send a list of frames, each a list of [x, y]") from None
    return _of_lists(sent.get("frames") if isinstance(sent, dict) else sent, spec)


def from_csv(data: bytes, spec: PoseSpec) -> Pose:
    """Read a line a frame: x and y of each joint in turn. A heading is left out."""
    reader = csv.reader(plain(data, spec).splitlines())
    rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    if rows and not any(map(_is_number, rows[0][1])):
        rows = rows[1:]
    if not rows:
        raise InvalidInput(f"there are no frames in this file: {_wanted(spec)}, a frame a line")
    for line, row in rows:
        wrong = next((cell.strip() for cell in row if not _is_number(cell)), None)
        if wrong is not None:
            raise InvalidInput(f"line {line} has '{wrong[:40]}', which is no number: {_wanted(spec)}")
        if len(row) != 2 * len(spec.joints):
            raise InvalidInput(f"line {line} has {len(row)} numbers, not {2 * len(spec.joints)}: {_wanted(spec)}")
    return _of_lists([[row[i : i + 2] for i in range(0, len(row), 2)] for _, row in rows], spec)


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _wanted(spec: PoseSpec) -> str:
    return f"send frames of {len(spec.joints)} joints, x and y for each"


def _of_lists(frames: Any, spec: PoseSpec) -> Pose:
    wanted = _wanted(spec)
    if not isinstance(frames, list) or not frames:
        raise InvalidInput(f"there are no frames in this file: {wanted}")
    if len(frames) > FRAMES:
        raise too_many(len(frames), "frames", spec.max_frames)
    try:
        places = np.array(frames, np.float64)
    except (TypeError, ValueError, OverflowError):
        raise InvalidInput(f"there is something else than frames of the same joints in this file: {wanted}") from None
    if places.ndim != 3 or places.shape[2] != 2:
        raise InvalidInput(f"the frames of this file are no lists of joints, each [x, y]: {wanted}")
    if places.shape[1] != len(spec.joints):
        raise InvalidInput(f"the frames of this file have {places.shape[1]} joints: {wanted}")
    with np.errstate(over="ignore"):
        return Pose.of(places)


FILES = {"application/json": from_json, "text/csv": from_csv}


class PoseKind(InputKind[Pose, PoseSpec]):
    """Writes a movement as the number of joints, a point, and differences from frame to frame in thousandths."""

    name = "pose"
    called = "a movement"
    typed = False
    files = FILES

    def from_text(self, text: str, spec: PoseSpec) -> Pose:
        """Read what `to_text` wrote."""
        if not text.strip():
            return Pose(joints=len(spec.joints), frames="")
        match = _TEXT.fullmatch(text)
        unpacked = inflated(match[2], 8 * JOINTS * FRAMES) if match else None
        numbers = None if unpacked is None else numbers_of(unpacked)
        if match is None or numbers is None or len(numbers) % (2 * int(match[1])):
            raise InvalidInput("this movement is cut off or changed: make it again, or choose a sample")
        return Pose.of(numbers.reshape(-1, int(match[1]), 2).cumsum(0) / FINE)

    def to_text(self, value: Pose) -> str | None:
        """Write the differences; None for more than an address carries."""
        fine = np.rint(value.places.astype(np.float64) * FINE).astype(int)
        text = f"{value.joints}.{deflated(written(np.diff(fine, axis=0, prepend=0).ravel().tolist()))}"
        return text if len(text) <= ADDRESS else None

    def check(self, value: Pose, spec: PoseSpec) -> Pose:
        """Refuse no frames, too many, another body, and joints that are nowhere; joint and frame are named."""
        places = value.places
        if spec.required and not len(places):
            raise InvalidInput("nothing moves yet: move the figure, send a file, or choose a sample")
        if value.joints != len(spec.joints):
            raise InvalidInput(f"this figure has {value.joints} joints; the example's has {len(spec.joints)}")
        if len(places) > spec.max_frames:
            raise too_many(len(places), f"frames ({len(places) / spec.rate:.1f} s)", spec.max_frames)
        wrong = np.argwhere(~(np.abs(places) <= FARTHEST))  # NaN is not <= anything
        if len(wrong):
            frame, joint, axis = wrong[0]
            where = f"{'xy'[axis]} of the joint '{spec.joints[joint]}' in frame {frame + 1}"
            raise InvalidInput(f"{where} is {places[frame, joint, axis]:g}: numbers go from -{FARTHEST} to {FARTHEST}")
        return value
