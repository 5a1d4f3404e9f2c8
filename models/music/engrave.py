"""Write the symbols of a tune as ABC, one piece for each, and say when and how long each note sounds.

A piece depends on what was written before it alone, so that a tune can be engraved while it grows. Put together, the
pieces are the tune: `models.music.abc.read_tune` reads the same notes back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from models.music.abc import LINES, TONICS, TRIPLET, Note, key
from unrolled.sheet import Sheet, SheetNote

METERS = {"reel": (4, 4), "jig": (6, 8), "hornpipe": (4, 4), "slip jig": (9, 8), "waltz": (3, 4)}
BEATS = {"reel": 4, "jig": 3, "hornpipe": 4, "slip jig": 3, "waltz": 2}  # eighths that share a beam
PACES = {"reel": 400, "jig": 345, "hornpipe": 320, "slip jig": 345, "waltz": 260}  # eighths a minute
KEYS = {"major": "C", "minor": "Cm", "dorian": "Cdor", "mixolydian": "Cmix"}
MIDDLE_C = 60  # its MIDI number
UNWRITTEN = ("end", *KEYS)  # said in the head, or nowhere
_SPELT = ("C", "^C", "D", "_E", "E", "F", "^F", "G", "^G", "A", "_B", "B")
_ALTERED = {"^": 1, "_": -1, "": 0}
_WRITTEN = {1: "^", 0: "=", -1: "_"}


def header(genre: str, mode: str, title: str) -> str:
    """Write the head of a tune: number, title, rhythm, meter, unit and key."""
    upper, lower = METERS[genre]
    return f"X:1\nT:{title}\nR:{genre}\nM:{upper}/{lower}\nL:1/8\nQ:1/8={PACES[genre]}\nK:{KEYS[mode]}\n"


def length(eighths: Fraction) -> str:
    """Write a length in eighths: nothing for one, `2`, `3/2`, `/2`."""
    upper = "" if eighths.numerator == 1 else str(eighths.numerator)
    return upper if eighths.denominator == 1 else f"{upper}/{eighths.denominator}"


def spell(semitone: int, signature: dict[str, int]) -> tuple[str, int, int]:
    """Name a pitch above middle C: its letter, how it is altered (-1, 0, 1), and its octave."""
    octave, pitch = divmod(semitone, 12)
    for letter, alter in signature.items():  # a note of the scale is spelt as the signature has it
        if (TONICS[letter] + alter) % 12 == pitch:
            return letter, alter, octave
    written = _SPELT[pitch]
    return written[-1], _ALTERED[written[:-1]], octave


@dataclass
class Engraver:
    """Writes one symbol after another; remembers what a reader of the staff would."""

    genre: str
    mode: str
    altered: dict[tuple[str, int], int] = field(default_factory=dict)  # since the bar began
    at: Fraction = Fraction(0)  # eighths since the bar began
    thirds: int = 0  # notes of a triplet that are still to come

    @property
    def signature(self) -> dict[str, int]:
        """Give the alteration of the letters that the key alters."""
        return key(KEYS[self.mode])[2]

    def piece(self, item: Note | str) -> str:
        """Write the next symbol."""
        if item in LINES:
            self.altered.clear()
            self.at, self.thirds = Fraction(0), 0
            return f" {item}" + ("\n" if item != "|" else " ")
        if item == TRIPLET:
            self.thirds = 3
            return self.gap() + TRIPLET
        return f"{item} " if isinstance(item, str) else self.note(item)

    def gap(self) -> str:
        """Break the beam where a beat begins."""
        return " " if self.at and self.at % BEATS[self.genre] == 0 else ""

    def note(self, note: Note) -> str:
        """Write a note or a rest, with the accidental that it needs after those before it."""
        gap = "" if self.thirds == 3 else self.gap()
        self.at += self.sounding(note)
        self.thirds = max(self.thirds - 1, 0)
        if note.pitch is None:
            return f"{gap}z{length(note.eighths)}"
        letter, alter, octave = spell(note.pitch, self.signature)
        sign = "" if self.altered.get((letter, octave), self.signature.get(letter, 0)) == alter else _WRITTEN[alter]
        self.altered[letter, octave] = alter
        name = letter + "," * -octave if octave <= 0 else letter.lower() + "'" * (octave - 1)
        return f"{gap}{sign}{name}{length(note.eighths)}"

    def sounding(self, note: Note) -> Fraction:
        """Say how long the next note sounds, in eighths: of a triplet two thirds of what is written."""
        return note.eighths * (Fraction(2, 3) if self.thirds else 1)


def sheet(items: Sequence[Note | str], genre: str, title: str) -> Sheet:
    """Engrave the symbols that a network wrote, its mode first, and say when its notes sound.

    A tune whose first symbol is no mode, as no trained network writes it, is engraved in major.
    """
    mode = str(items[0]) if items and items[0] in KEYS else "major"
    engraver = Engraver(genre, mode)
    at = Fraction(0)
    pieces: list[str] = []
    notes: list[SheetNote] = []
    for y, item in enumerate(items):
        if isinstance(item, Note):
            sounding = engraver.sounding(item)
            if item.pitch is not None:
                notes.append(SheetNote(y=y, pitch=MIDDLE_C + item.pitch, start=float(at), length=float(sounding)))
            at += sounding
        pieces.append("" if item in UNWRITTEN else engraver.piece(item))
    return Sheet(
        head=header(genre, mode, title),
        pieces=tuple(pieces),
        meter=METERS[genre],
        eighth=60 / PACES[genre],
        notes=tuple(notes),
    )


def durations(items: Sequence[Note | str], genre: str) -> tuple[float, ...]:
    """Say how long each symbol of a played tune lasts, in seconds; a sign shares the time of the note before it."""
    engraver = Engraver(genre, "major")
    lengths: list[Fraction] = []  # in eighths
    for item in items:
        lengths.append(engraver.sounding(item) if isinstance(item, Note) else Fraction(0))
        engraver.piece(item)
    return tuple(float(share) * 60 / PACES[genre] for share in shared(lengths))


def shared(lengths: Sequence[Fraction]) -> list[Fraction]:
    """Let the signs after a note, which have no length, take a part of its time: a quarter each, half of it at most."""
    given = list(lengths)
    at = 0
    while at < len(given):
        signs = next((i for i in range(at + 1, len(given)) if lengths[i]), len(given)) - at - 1
        if lengths[at] and signs:
            part = min(lengths[at] / 4, lengths[at] / (2 * signs), Fraction(1, 2))
            given[at] -= signs * part
            given[at + 1 : at + 1 + signs] = [part] * signs
        at += 1 + signs
    return given
