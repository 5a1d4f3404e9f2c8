"""Read a tune in ABC notation (abcnotation.com/wiki/abc:standard:v2.1): its headers, its notes and its bar lines.

What is not melody is left out: chords written as names, fingerings, ornaments, grace notes, slurs, words. Of notes
that sound together the highest stays. What cannot be read truly is refused, with the reason: a change of key or meter,
several voices, a tuplet other than three notes in the time of two.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from unrolled import InvalidInput

TRIPLET = "(3"
ENDINGS = ("[1", "[2")
LINES = ("|", "||", "|:", ":|", "::")
TONICS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
# mode -> how many fifths its signature lies above that of the major key on the same note
MODES = {"major": 0, "mixolydian": -1, "dorian": -2, "minor": -3, "phrygian": -4, "lydian": 1}
_MODE_NAMES = {"": "major", "maj": "major", "ion": "major", "mix": "mixolydian", "dor": "dorian", "m": "minor"}
_MODE_NAMES |= {"min": "minor", "aeo": "minor", "phr": "phrygian", "lyd": "lydian"}
_SHARPS = "FCGDAEB"
_ACCIDENTALS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
_FIELD = re.compile(r"([A-Za-z]):(?![|:])(.*)")
_KEY = re.compile(r"([A-G])([#b]?)\s*(maj|ion|mix|dor|min|aeo|phr|lyd|m)?[a-z]*\s*(?:%.*)?", re.IGNORECASE)
_NOTE = re.compile(r"(\^\^|\^|__|_|=)?([A-Ga-g]|[zx])([,']*)(\d*)(/*)(\d*)")
_LINE = re.compile(r"::|(:*)(\[?\|+\]?|(?<=:)\])(:*)")
_CHORD = re.compile(r"\[((?:[\^_=]*[A-Ga-g][,']*\d*/*\d*)+)\](\d*)(/*)(\d*)")
_ENDING = re.compile(r"\s*\[?([12])(?![\d,/-])\.?|\[([12])(?![\d,/-])\.?")
_LEFT_OUT = re.compile(r"\"[^\"]*\"|![^!|]*!|\{[^}]*\}|%.*")
_SKIPPED = set(" \t\\()~.*`yHIJKLMNOPQRSTUVWhijklmnopqrstuvw!+")


class Unreadable(InvalidInput):
    """Says why a tune cannot be read as one melody."""


@dataclass(frozen=True)
class Note:
    """Hold one note: semitones above middle C (None for a rest) and its length as written, in eighths."""

    pitch: int | None
    eighths: Fraction


Sign = str  # a bar line, the mark of an ending, the mark of a triplet
Body = tuple[Note | Sign, ...]


@dataclass(frozen=True)
class Tune:
    """Hold a tune: its headers by letter, the tonic in semitones above C, its mode, meter and body.

    `meter` is the length of a bar in eighths.
    """

    line: int  # of the file, counted from 1
    headers: dict[str, tuple[str, ...]]
    tonic: int
    mode: str
    meter: Fraction
    body: Body

    @property
    def title(self) -> str:
        """Give the first title."""
        return self.headers.get("T", ("",))[0]


def tunes_of(text: str) -> Iterator[tuple[int, str]]:
    """Give the tunes of a file, each with the number of its first line: from one `X:` to the next."""
    start, lines = 0, text.split("\n")
    for number, line in enumerate([*lines, "X:"]):
        if line.startswith("X:"):
            if start:
                yield start, "\n".join(lines[start - 1 : number])
            start = number + 1


def foreign(line: str) -> str | None:
    """Give the first character of a line of music that ABC has no use for: music is written in ASCII."""
    if _FIELD.match(line):
        return None
    return next((character for character in _LEFT_OUT.sub("", line) if not character.isascii()), None)


def read_tune(text: str, line: int = 1) -> Tune:
    """Read one tune. Raises Unreadable with the reason."""
    text = re.sub(r"=20(?=\s|$)", "", re.sub(r"[ \t]=\n", " \n", text))  # left by mail programs in some collections
    headers: dict[str, list[str]] = {}
    music: list[str] = []
    for row in text.split("\n"):
        field = _FIELD.match(row)
        if field is None:
            music.append(_LEFT_OUT.sub("", row))
            continue
        letter, content = field[1], field[2].strip()
        if letter in "KMLV" and any(map(str.strip, music)) and content not in headers.get(letter, ())[-1:]:
            raise Unreadable({"K": "it changes its key", "M": "it changes its meter"}.get(letter, f"{letter}: changes"))
        headers.setdefault(letter, []).append(content)
    tonic, mode, signature = key(headers.get("K", ["C"])[-1])
    whole = meter(headers.get("M", ["4/4"])[-1])
    unit = length_unit(headers.get("L", [None])[-1], whole)
    body = tuple(_Reader(signature, unit).read("\n".join(music)))
    return Tune(line, {k: tuple(v) for k, v in headers.items()}, tonic, mode, whole * 8, body)


def key(written: str) -> tuple[int, str, dict[str, int]]:
    """Read a key such as `Bb`, `Em` or `A dor`: its tonic, its mode, and the accidental of each letter."""
    match = _KEY.fullmatch(written.strip())
    if match is None:
        raise Unreadable(f"'{written}' is no key that is known here")
    letter, accidental, name = match[1].upper(), match[2], (match[3] or "").lower()
    mode = _MODE_NAMES[name]
    shift = {"": 0, "#": 1, "b": -1}[accidental]
    fifths = _SHARPS.index(letter) - 1 + 7 * shift + MODES[mode]
    sharp = dict.fromkeys(_SHARPS[: max(fifths, 0)], 1)
    flat = dict.fromkeys(_SHARPS[::-1][: max(-fifths, 0)], -1)
    return (TONICS[letter] + shift) % 12, mode, sharp | flat


def meter(written: str) -> Fraction:
    """Read a meter: the length of a bar in whole notes."""
    written = {"C": "4/4", "C|": "2/2"}.get(written.partition("%")[0].strip(), written.partition("%")[0].strip())
    match = re.fullmatch(r"(\d+)/(\d+)", written)
    if match is None or not int(match[2]) or not int(match[1]):
        raise Unreadable(f"'{written}' is no meter that is known here")
    return Fraction(int(match[1]), int(match[2]))


def length_unit(written: str | None, whole: Fraction) -> Fraction:
    """Read the unit of length, in eighths; without one it follows from the meter."""
    if written is None:
        return Fraction(1) if whole >= Fraction(3, 4) else Fraction(1, 2)
    match = re.fullmatch(r"1/(\d+)", written.partition("%")[0].strip())
    if match is None or not int(match[1]):
        raise Unreadable(f"'{written}' is no unit of length")
    return Fraction(8, int(match[1]))


def factor(digits: str, slashes: str, below: str) -> Fraction:
    """Read a length such as `3/2`, `2`, `/` or `//`, in units."""
    lower = int(below) if below else 2 ** len(slashes)
    if not lower:
        raise Unreadable("a note is divided by nothing")
    return Fraction(int(digits or 1), lower)


class _Reader:
    """Reads a body once, from left to right."""

    def __init__(self, signature: dict[str, int], unit: Fraction) -> None:
        self.signature, self.unit = signature, unit
        self.altered: dict[tuple[str, str], int] = {}  # accidentals hold until the bar ends
        self.read_so_far: list[Note | Sign] = []
        self.broken: Fraction | None = None  # what the next note's length is multiplied by, after > or <
        self.tied = False

    def read(self, text: str) -> list[Note | Sign]:
        at = 0
        while at < len(text):
            at = self.next(text, at)
        return self.read_so_far

    def next(self, text: str, at: int) -> int:
        """Read what stands at a place; gives the place after it."""
        if chord := _CHORD.match(text, at):
            notes = [self.note(m) for m in _NOTE.finditer(chord[1])]
            self.add(max(notes, key=lambda n: n.pitch or 0), factor(chord[2], chord[3], chord[4]))
            return chord.end()
        if note := _NOTE.match(text, at):
            self.add(self.note(note))
            return note.end()
        if tuplet := re.compile(r"\((\d)(?::(\d?):?(\d?))?").match(text, at):
            if tuplet[1] != "3" or (tuplet[2] or "2") != "2" or (tuplet[3] or "3") != "3":
                raise Unreadable(f"'{tuplet[0]}' is a tuplet other than three notes in the time of two")
            self.read_so_far.append(TRIPLET)
            return tuplet.end()
        if line := _LINE.match(text, at):
            self.bar_line(line)
            return self.ending(text, line.end(), _ENDING.match(text, line.end()))
        if re.compile(r"\[\d").match(text, at):
            return self.ending(text, at, _ENDING.match(text, at))
        return self.mark(text, at)

    def note(self, match: re.Match[str]) -> Note:
        accidental, letter, octave = match[1], match[2], match[3]
        eighths = factor(match[4], match[5], match[6]) * self.unit
        if letter in "zx":
            return Note(None, eighths)
        place = (letter, octave)
        if accidental:
            self.altered[place] = _ACCIDENTALS[accidental]
        alter = self.altered.get(place, self.signature.get(letter.upper(), 0))
        octaves = letter.islower() + octave.count("'") - octave.count(",")
        return Note(TONICS[letter.upper()] + alter + 12 * octaves, eighths)

    def add(self, note: Note, times: Fraction = Fraction(1)) -> None:
        note = replace(note, eighths=note.eighths * times * (self.broken or 1))
        last = self.read_so_far[-1] if self.read_so_far else None
        if self.tied and isinstance(last, Note) and last.pitch == note.pitch is not None:
            self.read_so_far[-1] = Note(note.pitch, last.eighths + note.eighths)
        else:
            self.read_so_far.append(note)
        self.broken, self.tied = None, False

    def bar_line(self, match: re.Match[str]) -> None:
        left = match[0] == "::" or bool(match[1])
        right = match[0] == "::" or bool(match[3])
        double = match[0] != "::" and match[2] != "|"
        self.altered.clear()
        self.read_so_far.append(line_sign(left, right, double))

    def ending(self, text: str, at: int, match: re.Match[str] | None) -> int:
        if match is None:
            if re.compile(r"\s*\[?\d").match(text, at):
                raise Unreadable("it has endings other than a first and a second")
            return at
        self.read_so_far.append(f"[{match[1] or match[2]}")
        return match.end()

    def mark(self, text: str, at: int) -> int:
        character = text[at]
        if character in "<>":
            run = re.compile(r"<+|>+").match(text, at)
            assert run is not None
            self.break_rhythm(character, len(run[0]))
            return run.end()
        if character == "-":
            self.tied = True
        elif character not in _SKIPPED and character != "\n":
            raise Unreadable(f"'{character}' is not known here")
        return at + 1

    def break_rhythm(self, character: str, count: int) -> None:
        last = self.read_so_far[-1] if self.read_so_far else None
        if not isinstance(last, Note):
            raise Unreadable(f"'{character}' does not stand after a note")
        short = Fraction(1, 2**count)
        long = 2 - short
        self.read_so_far[-1] = replace(last, eighths=last.eighths * (long if character == ">" else short))
        self.broken = short if character == ">" else long


def line_sign(left: bool, right: bool, double: bool) -> Sign:
    """Name a bar line: whether what is before it is repeated, what is after it, and whether a part ends."""
    if left or right:
        return "::" if left and right else ":|" if left else "|:"
    return "||" if double else "|"
