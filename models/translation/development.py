"""The pairs that the networks were chosen on."""

from models.translation.corpus import parts, write


def development() -> bytes:
    """Give the development part, in the source's format."""
    return write(parts()["development"])
