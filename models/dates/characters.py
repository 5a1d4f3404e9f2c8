"""The characters that the network reads and writes, and how a written date is prepared for it."""

import json
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from models.inputs.cleaning import clean
from unrolled import InvalidInput, Label

PAD = 0
WRITTEN: tuple[str, ...] = (*"0123456789-", "⟨end⟩")
END = WRITTEN.index("⟨end⟩")
T_Y = len("2021-05-03") + 1


@cache
def alphabet() -> str:
    """Read the characters of the training data, in one string; each one's index is its place, from 1."""
    return json.loads((Path(__file__).parent / "alphabet.json").read_text("utf-8"))


def normalise(written: str) -> str:
    """Write a date, which need not be cleaned yet, as the network reads it: NFKC, lower case, single spaces."""
    text = unicodedata.normalize("NFKC", clean(written).text).lower()
    return re.sub(r"\s+", " ", text).strip()


def read_indices(text: str) -> list[int]:
    """Turn a normalised date into indices. Raises InvalidInput, naming every character that is not known."""
    known = {character: i for i, character in enumerate(alphabet(), start=PAD + 1)}
    strange = dict.fromkeys(c for c in text if c not in known)
    if strange:
        named = ", ".join(repr(c) for c in strange)
        are = "is" if len(strange) == 1 else "are"
        raise InvalidInput(
            f"{named} {are} not in this network's alphabet; it reads digits, spaces, , . / - _ ' ( ) ° and the "
            "letters of dates in English, French, German, Spanish, Italian, Portuguese, Dutch, Russian and "
            "Japanese"
        )
    return [known[c] for c in text]


def labelled(text: str) -> tuple[Label, ...]:
    """Label each character of a normalised date; a space is drawn as ␣."""
    return tuple(Label(text="␣" if character == " " else character) for character in text)


def unlabelled(labels: Sequence[Label]) -> str:
    """Give the normalised date that was labelled."""
    return "".join(label.text for label in labels).replace("␣", " ")


def write_indices(iso: str) -> list[int]:
    """Turn an ISO date into output classes, the end mark included."""
    return [*map(WRITTEN.index, iso), END]


def joined(classes: Sequence[int]) -> str:
    """Turn output classes into text, up to the end mark."""
    classes = list(classes)
    return "".join(WRITTEN[c] for c in (classes[: classes.index(END)] if END in classes else classes))
