"""Characters as strokes: UNIPEN's file and a plain text, leaving copies out, and splitting by who wrote them."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from models.files import BadLine, FileFormat, lines_of
from models.training import hash_fraction
from unrolled import InvalidInput

SIDE = 100  # of the box that every character fills
GROUPS = {
    "all": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "digits": "0123456789",
    "upper": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lower": "abcdefghijklmnopqrstuvwxyz",
}
CHARACTERS = GROUPS["all"]
# Those whose strokes are alike: every character of the data fills its box, so nothing says which was larger.
TWINS = ("0oO", "1lI", "cC", "kK", "pP", "sS", "uU", "vV", "wW", "xX", "zZ")


@dataclass(frozen=True)
class Written:
    """Hold one character: its points (n, 3) of x, y, lift in a box of 100, y down, and what it is."""

    points: np.ndarray
    character: str


def read_npz(contents: bytes) -> list[tuple[Written, str]]:
    """Read UNIPEN's characters and who wrote each. Raises InvalidInput for what is no such file."""
    try:
        table = np.load(io.BytesIO(contents), allow_pickle=False)
        rows, start = table["stroke3"].astype(np.float32), table["start"]
        names, sources = table["char"].astype(str), table["source"].astype(str)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise InvalidInput(f"it is no table of strokes ({error})", "path") from error
    found = []
    for begin, end, name, source in zip(start, [*start[1:], len(rows)], names, sources, strict=False):
        points = rows[begin:end].copy()  # dx, dy (upwards), lift
        points[:, :2] = points[:, :2].cumsum(0)
        points[:, 1] = SIDE - points[:, 1]
        if len(points):
            points[-1, 2] = 1
            found.append((Written(points, str(name)), str(source)))
    return found


def split(found: Iterable[tuple[Written, str]]) -> tuple[list[Written], list[Written]]:
    """Give the characters for training and for development, a tenth of the sources; copies are left out.

    Of equal strokes the first is kept, and none if they have several names.
    """
    found = list(found)
    names: dict[bytes, set[str]] = defaultdict(set)
    for written, _ in found:
        names[written.points.tobytes()].add(written.character)
    parts: tuple[list[Written], list[Written]] = [], []
    for written, source in found:
        if len(names.pop(written.points.tobytes(), ())) == 1:
            parts[hash_fraction(source) < 0.1].append(written)
    return parts


def write(characters: Iterable[Written]) -> str:
    """Write characters as a text that `parse` reads: a line each, its name and x,y,lift of each point."""
    lines = (
        f"{each.character} {' '.join(','.join(f'{number:g}' for number in point) for point in each.points)}\n"
        for each in characters
    )
    return "".join(lines)


def parse(text: str) -> Iterator[Written]:
    """Read what `write` wrote. Raises BadLine."""
    for number, line in lines_of(text):
        name, *points = line.split()
        if name not in CHARACTERS or len(name) != 1:
            raise BadLine(number, f"'{name[:20]}' is none of the 62 characters 0-9, A-Z, a-z")
        try:
            rows = np.array([[float(part) for part in point.split(",")] for point in points], np.float32)
        except ValueError:
            raise BadLine(number, "a point is x,y,lift, three numbers") from None
        if rows.ndim != 2 or rows.shape[1] != 3 or not (np.abs(rows) <= 10 * SIDE).all():
            raise BadLine(number, f"a point is x,y,lift, three numbers in a box of {SIDE}, and a character has some")
        rows[-1, 2] = 1
        yield Written(rows, name)


class StrokesFormat(FileFormat):
    """Reads UNIPEN's table (.npz) as the text that stands for it, or that text."""

    def read(self, path: Path) -> str:
        """Read a table or a text. Raises InvalidInput or BadLine."""
        if path.suffix != ".npz" or not path.is_file():
            return super().read(path)
        known = (written for written, _ in read_npz(path.read_bytes()) if written.character in CHARACTERS)
        return write(known)
