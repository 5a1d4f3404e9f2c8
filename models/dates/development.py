"""The development part, as a file that the networks are measured on."""

import random

from models.dates.corpus import PARTS, items, split


def development() -> bytes:
    """Write each development day once, in a form drawn at random, `written<TAB>iso` a line."""
    days = split()[PARTS.index("development")]
    return "".join(f"{item.written}\t{item.iso}\n" for item in items(days, random.Random(2))).encode()
