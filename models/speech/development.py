"""The development part, as a file that the networks are measured on."""

from models.speech.corpus import pack, recordings


def development() -> bytes:
    """Put the wake phrases and digits that no network learnt from into an archive."""
    return pack(r for r in recordings() if r.held_out and r.corpus in ("wake", "digits"))
