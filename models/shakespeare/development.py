"""The development part, as a file that the networks are measured on."""

from models import datasets
from models.shakespeare.train import SOURCE, split


def development() -> bytes:
    """Give the last tenth of the text, which no network learnt from."""
    _, held_out = split(datasets.read(SOURCE).decode("ascii"))
    return held_out.encode()
