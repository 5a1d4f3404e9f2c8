"""The development part, as a file that the networks are measured on."""

from models.scenes.files import write
from models.scenes.train import held_out_scenes


def development() -> bytes:
    """Write scenes with a pair or a relation that training leaves out, a line of JSON each."""
    return write(held_out_scenes()).encode()
