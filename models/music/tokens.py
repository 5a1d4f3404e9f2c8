"""The symbols of the networks: a mode first, then notes, bar lines, endings and triplet marks, and the end."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from models.music.abc import ENDINGS, LINES, TRIPLET, Body, Note, Unreadable
from models.music.corpus import GENRES, MODES_WRITTEN, Dance
from models.music.form import bars

FILE = Path(__file__).parent / "symbols.json"
RAREST = 5  # times that a note occurs in the training part
END = 0
MARKS = ("end", *MODES_WRITTEN, *LINES, *ENDINGS, TRIPLET)
X = tuple(GENRES)  # what x can be: the number of a genre is its place here


def symbol(item: Note | str) -> str:
    """Write a note as `7 1` (semitones above C, eighths), a rest as `z 1`; marks are their own symbols."""
    return item if isinstance(item, str) else f"{'z' if item.pitch is None else item.pitch} {item.eighths}"


def item_of(written: str) -> Note | str:
    """Read a symbol back."""
    if written in MARKS:
        return written
    pitch, eighths = written.split(" ")
    return Note(None if pitch == "z" else int(pitch), Fraction(eighths))


def symbols_of(tunes: Iterable[Dance]) -> list[str]:
    """List the symbols that tunes are written with: the marks, then the notes that are not too rare, low to high."""
    counted = Counter(item for tune in tunes for item in tune.body if isinstance(item, Note))
    notes = (note for note, times in counted.items() if times >= RAREST)
    key = sorted(notes, key=lambda n: (n.pitch is not None, n.pitch or 0, n.eighths))
    return [*MARKS, *map(symbol, key)]


def known_symbols() -> tuple[str, ...]:
    """Read the list of symbols, in the network's order."""
    return tuple(json.loads(FILE.read_text("utf-8")))


def encode(tune: Dance, number: dict[str, int], longest: int) -> list[int]:
    """Write a tune as numbers: its mode, its body, the end; of a long one only the parts that fit.

    Raises Unreadable for a note that the networks do not know, and if not even one part fits.
    """
    written = [tune.mode, *map(symbol, fitting(tune.body, longest - 2)), MARKS[END]]
    if unknown := [s for s in written if s not in number]:
        raise Unreadable(f"the note '{unknown[0]}' (semitones above C, eighths) is not known to these networks")
    return [number[s] for s in written]


def fitting(body: Body, longest: int) -> Body:
    """Keep the first parts of a tune, as many as fit into so many tokens."""
    if len(body) <= longest:
        return body
    divided = bars(body)
    ends = [
        (bar.last, "||" if bar.after == "|:" else ":|" if bar.after == "::" else bar.after)
        for bar, after in pairwise(divided)
        if bar.after != "|" and after.ending != "[2" and bar.last < longest
    ]
    if not ends:
        raise Unreadable(f"its first part has more than {longest} notes and bar lines")
    last, sign = ends[-1]
    return (*body[:last], sign)


def numbers(symbols: Sequence[str]) -> dict[str, int]:
    """Give each symbol its place in the list."""
    return {s: i for i, s in enumerate(symbols)}
