"""The development part, as a file that the networks are measured on."""

from models.names.parts import parts


def development() -> bytes:
    """Write the names that no network learnt from, one a line."""
    _, held_out = parts()
    return "".join(f"{name}\n" for name in held_out).encode()
