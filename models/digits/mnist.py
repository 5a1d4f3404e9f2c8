"""MNIST's files and MNIST's way of preparing a digit.

The files are those of http://yann.lecun.com/exdb/mnist: `idx`, big-endian counts, then bytes. The preparation is the
one described there: a digit is cropped, scaled into 20 x 20 with its shape kept, and put into 28 x 28 by its centre of
mass.
"""

import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.files import BadLine, FileFormat, lines_of
from models.inputs.drawing import FAINTEST
from unrolled import InvalidInput

SIDE, BOX = 28, 20
Picture = np.ndarray[tuple[int, int], np.dtype[np.float32]]  # (height, width), 0 paper to 1 ink


@dataclass(frozen=True)
class Digits:
    """Hold pictures (count, 28, 28), bytes from 0 to 255, and what each is, (count,)."""

    pictures: np.ndarray
    labels: np.ndarray

    def __getitem__(self, part: slice) -> "Digits":
        """Take a part of them."""
        return Digits(self.pictures[part], self.labels[part])

    def __len__(self) -> int:
        """Count them."""
        return len(self.labels)


def read_idx(data: bytes) -> np.ndarray:
    """Read one idx file of bytes, packed by gzip or not. Raises BadLine for what is none."""
    data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
    if len(data) < 8 or data[:3] != b"\0\0\x08":
        raise BadLine(1, "this is no idx file of bytes, as MNIST's are")
    rank = data[3]
    shape = tuple(int.from_bytes(data[4 + 4 * i : 8 + 4 * i]) for i in range(rank))
    if len(data) != 4 + 4 * rank + int(np.prod(shape)):
        raise BadLine(1, f"the file is cut off: {shape} entries were promised")
    return np.frombuffer(data, np.uint8, offset=4 + 4 * rank).reshape(shape)


class MnistFormat(FileFormat):
    """Reads MNIST's own pair of files, given its pictures, as the usual CSV: a label and 784 bytes a line."""

    def read(self, path: Path) -> str:
        """Read a CSV, or a file of pictures whose labels lie beside it. Raises InvalidInput or BadLine."""
        if not is_idx(path):
            return super().read(path)
        beside = path.with_name(path.name.replace("images", "labels").replace("idx3", "idx1"))
        if beside == path or not beside.exists():
            raise InvalidInput(f"its labels should lie beside it, as {beside.name}", "path")
        pictures, labels = read_idx(path.read_bytes()), read_idx(beside.read_bytes())
        if pictures.shape != (len(labels), SIDE, SIDE):
            raise InvalidInput(f"{pictures.shape} pictures and {labels.shape} labels do not fit together", "path")
        return as_csv(Digits(pictures, labels))


def as_csv(digits: Digits) -> str:
    """Write digits as the usual CSV, a line each: the label, then 784 bytes."""
    rows = np.concatenate((digits.labels[:, None], digits.pictures.reshape(len(digits), -1)), axis=1)
    return "\n".join(",".join(map(str, row)) for row in rows.tolist())


def is_idx(path: Path) -> bool:
    """Say whether a file is one of MNIST's, packed or not."""
    try:
        if not path.is_file():
            return False  # a pipe cannot be read twice
        with path.open("rb") as file:
            start = file.read(3)
    except (OSError, ValueError):
        return False  # FileFormat says why
    return start == b"\0\0\x08" or (start[:2] == b"\x1f\x8b" and "idx" in path.name)


def parse(text: str) -> Digits:
    """Read a CSV, a digit a line: its label, then 28 x 28 bytes. Raises BadLine."""
    rows: list[list[int]] = []
    for number, line in lines_of(text):
        cells = line.split(",")
        if not rows and cells[0].strip() == "label":
            continue  # a heading
        try:
            row = [int(cell) for cell in cells]
        except ValueError:
            raise BadLine(number, "there is something else than whole numbers") from None
        if len(row) != 1 + SIDE * SIDE:
            raise BadLine(number, f"{len(row)} numbers; a digit has {1 + SIDE * SIDE}, its label first")
        if not (0 <= row[0] <= 9 and min(row) >= 0 and max(row) <= 255):
            raise BadLine(number, "a label is 0 to 9, a pixel 0 to 255")
        rows.append(row)
    if not rows:
        raise InvalidInput("there is no digit in it", "path")
    table = np.array(rows, np.uint8)
    return Digits(table[:, 1:].reshape(-1, SIDE, SIDE), table[:, 0])


def is_dot(drawing: Picture) -> bool:
    """Say whether all ink lies within a seventh of the sheet: no digit is so small, and a slip of the pen is."""
    ink = np.argwhere(drawing > FAINTEST)
    return bool((np.ptp(ink, axis=0) + 1 <= np.array(drawing.shape) / 7).all())


def prepare(drawing: Picture) -> Picture:
    """Crop, scale and centre a drawing of any size as MNIST's pictures were, (28, 28). It must not be empty."""
    ink = np.argwhere(drawing > FAINTEST)
    (top, left), (bottom, right) = ink.min(0), ink.max(0) + 1
    small = scaled(drawing[top:bottom, left:right], BOX / max(bottom - top, right - left))
    rows, columns = np.indices(small.shape)
    weight = small.sum()
    y, x = (rows * small).sum() / weight, (columns * small).sum() / weight
    picture = np.zeros((SIDE, SIDE), np.float32)
    down = int(np.clip(round((SIDE - 1) / 2 - y), 0, SIDE - small.shape[0]))
    along = int(np.clip(round((SIDE - 1) / 2 - x), 0, SIDE - small.shape[1]))
    picture[down : down + small.shape[0], along : along + small.shape[1]] = small
    return picture


def scaled(picture: Picture, factor: float) -> Picture:
    """Scale a picture by the share of each old pixel in each new one, so that no ink is lost."""
    height, width = (max(1, round(side * factor)) for side in picture.shape)
    return (_shares(picture.shape[0], height) @ picture @ _shares(picture.shape[1], width).T).astype(np.float32)


def _shares(old: int, new: int) -> np.ndarray:
    """Say how much of each new pixel comes from each old one, (new, old); every row sums to 1."""
    edges = np.linspace(0, old, new + 1)
    first, last = np.arange(old), np.arange(1, old + 1)
    covered = np.minimum(edges[1:, None], last) - np.maximum(edges[:-1, None], first)
    covered = np.clip(covered, 0, None)
    return covered / covered.sum(1, keepdims=True)
