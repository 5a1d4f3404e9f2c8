"""The development part, as a file that the networks are measured on."""

from models.music.corpus import parts
from models.music.engrave import sheet


def development() -> bytes:
    """Write the tunes that no network learnt from as ABC, all in C, as the networks know them."""
    _, held_out = parts()
    sheets = (sheet((tune.mode, *tune.body), tune.genre, "".join(tune.titles[:1])) for tune in held_out)
    return "\n".join("".join((s.head, *s.pieces, "\n")) for s in sheets).encode()
