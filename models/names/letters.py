"""The alphabet of the names: the letters a to z, and one symbol more that ends a name."""

from string import ascii_letters, ascii_lowercase

from models.inputs.alphabet import within
from models.inputs.cleaning import Cleaned
from unrolled import InvalidInput

ALPHABET = ascii_lowercase
END = len(ALPHABET)  # the class that says: the name is over
CLASSES = (*ALPHABET, "⟨end⟩")


CALLED = "the letters a-z"


def plain(name: str) -> Cleaned:
    """Write a name as the network knows names: Zoë as Zoe, O'Neil as ONeil. Raises InvalidInput."""
    return within(name.strip(), ascii_letters, CALLED)


def encode_letters(name: str) -> list[int]:
    """Turn a name into classes, without regard to case. Raises InvalidInput for anything but a-z."""
    letters = name.strip()
    for letter in letters:
        if letter not in ascii_letters:
            raise InvalidInput(f"{letter!r} is not in this network's alphabet ({CALLED})")
    return [ALPHABET.index(letter) for letter in letters.lower()]
