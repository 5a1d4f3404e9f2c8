"""The development part, as a file that the networks are measured on."""

from models.activity.clips import write
from models.activity.train import parts, source


def development() -> bytes:
    """Write the first fold of the clips, which no network learnt from, as an .npz."""
    _, held_out = parts(source(), held=0)
    return write(held_out)
