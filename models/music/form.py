"""The form of a tune: its bars between their bar lines, and the parts that are repeated, written in one way."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from models.music.abc import ENDINGS, LINES, TRIPLET, Body, Note, Sign, line_sign


@dataclass(frozen=True)
class Bar:
    """Hold a bar: the sign before it, its notes and triplet marks, the sign after it; `ending` if it begins one.

    `first` and `last` number the tokens of the body that it is made of, both ends included.
    """

    before: Sign
    ending: Sign | None
    music: Body
    after: Sign
    first: int
    last: int

    @property
    def eighths(self) -> Fraction:
        """Add up the lengths, in eighths; the three notes of a triplet last two thirds."""
        total, thirds = Fraction(0), 0
        for item in self.music:
            if isinstance(item, Note):
                total += item.eighths * (Fraction(2, 3) if thirds > 0 else 1)
                thirds -= 1
            else:
                thirds = 3
        return total

    @property
    def whole_triplets(self) -> bool:
        """Say whether each triplet has its three notes before the bar ends."""
        at = [i for i, item in enumerate(self.music) if item == TRIPLET] + [len(self.music)]
        return all(b - a >= 4 for a, b in pairwise(at)) if len(at) > 1 else True

    @property
    def inner(self) -> bool:
        """Say whether the bar stands within a part: a bar at the edge of one may be an upbeat, or want for one."""
        return self.before == self.after == "|"


def bars(body: Body) -> list[Bar]:
    """Divide a body into its bars. Before the first and after the last stands `||` where nothing is written."""
    found: list[Bar] = []
    before, ending, first = "||", None, 0
    music: list[Note | Sign] = []
    for at, item in enumerate((*body, "||")):
        if item in LINES:
            if music:
                found.append(Bar(before, ending, tuple(music), str(item), first, min(at, len(body) - 1)))
                ending = None
            before, music, first = str(item), [], at + 1
        elif item in ENDINGS and not music:
            ending = str(item)
        else:
            music.append(item)
    return found


def tidy(body: Body) -> Body:
    """Write the form of a tune in one way: one sign between two bars, and both ends of each repeated part marked.

    In the collections a part often ends in `:|` and begins with nothing. The first part begins with nothing here.
    """
    divided = _joined(bars(body))
    parts: list[list[Bar]] = []
    for bar in divided:
        if not parts or (bar.before != "|" and bar.ending != "[2"):
            parts.append([])
        parts[-1].append(bar)
    repeated = [_repeated(part) for part in parts]
    written: list[Note | Sign] = []
    for i, part in enumerate(parts):
        for bar in part[:-1]:
            written += [*_signed(bar), bar.after]
        left = repeated[i] and all(bar.ending is None for bar in part)
        right = i + 1 < len(parts) and repeated[i + 1]
        written += [*_signed(part[-1]), line_sign(left, right, True)]
    return tuple(written)


def _signed(bar: Bar) -> Body:
    return bar.music if bar.ending is None else (bar.ending, *bar.music)


def _repeated(part: Sequence[Bar]) -> bool:
    return part[-1].after in (":|", "::") or any(bar.ending for bar in part)


def _joined(divided: Sequence[Bar]) -> list[Bar]:
    """Let two bars that meet agree on the sign between them, where several were written in a row."""
    found: list[Bar] = []
    for bar in divided:
        if found:
            signs = (found[-1].after, bar.before)
            left = any(sign in (":|", "::") for sign in signs)
            right = any(sign in ("|:", "::") for sign in signs)
            sign = line_sign(left, right, "||" in signs)
            last = found[-1]
            found[-1] = Bar(last.before, last.ending, last.music, sign, last.first, last.last)
            bar = Bar(sign, bar.ending, bar.music, bar.after, bar.first, bar.last)
        found.append(bar)
    return found
