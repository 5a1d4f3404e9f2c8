"""The development part, as a file that the networks are measured on."""

from models import datasets
from models.handwriting.train import SOURCE
from models.handwriting.unipen import read_npz, split, write


def development() -> bytes:
    """Write the characters that no network learnt from, a line each."""
    _, held_out = split(read_npz(datasets.read(SOURCE)))
    return write(held_out).encode()
