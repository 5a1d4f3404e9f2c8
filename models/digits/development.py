"""The development part, as a file that the networks are measured on."""

from models.digits.mnist import as_csv
from models.digits.train import HELD_OUT, source


def development() -> bytes:
    """Write the last pictures of MNIST's training set, which no network learnt from, as the usual CSV."""
    return as_csv(source()[-HELD_OUT:]).encode()
