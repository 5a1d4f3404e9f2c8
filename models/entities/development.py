"""The development part, as a file that the networks are measured on."""

from models.entities.conll import write_conll
from models.entities.train import parts


def development() -> bytes:
    """Write what is held out of each corpus: a word and its tag in each line, as CoNLL's files have them."""
    _, held_out = parts()
    return write_conll(held_out).encode()
