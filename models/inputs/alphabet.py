"""Texts for networks that know few characters: what has a counterpart is read as that, the rest is left out.

Both are said. A letter of another script has no counterpart: a text without it would be another one, so it is refused.
"""

import unicodedata
from collections.abc import Collection, Mapping

from models.inputs.cleaning import Cleaned
from models.inputs.sentences import named
from unrolled import InvalidInput

# Letters that Unicode does not take apart.
BASES = {
    "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i", "ŋ": "ng", "Ŋ": "Ng",
}  # fmt: skip


def without_accents(text: str) -> str:
    """Take the accents off all letters; what stands apart then is not joined again."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def counterpart(character: str) -> str:
    """Write a letter without its accents: é as e, ß as ss; what has none stays."""
    return without_accents(unicodedata.normalize("NFKD", BASES.get(character, character)))


def within(text: str, alphabet: Collection[str], called: str, instead: Mapping[str, str] | None = None) -> Cleaned:
    """Write a text with an alphabet's characters alone; `instead` says what else stands for what.

    It may become longer, where one letter stands for several. Raises InvalidInput for a letter without a counterpart,
    and where nothing is left.
    """
    kept: list[str] = []
    replaced: list[str] = []
    gone: list[str] = []
    for character in text:
        other = (instead or {}).get(character) or counterpart(character)
        if character in alphabet:
            kept.append(character)
        elif other and all(letter in alphabet for letter in other):
            kept.append(other)
            replaced.append(f"{character} was read as {other}")
        elif character.isalpha():
            raise InvalidInput(f"'{character}' is not in this network's alphabet ({called})")
        else:
            gone.append("a space was left out" if character.isspace() else f"{character} was left out")
    if gone and not "".join(kept).strip():
        raise InvalidInput(f"nothing of this input is in this network's alphabet ({called})")
    return Cleaned("".join(kept), (*named(replaced, "characters"), *named(gone, "characters")))
