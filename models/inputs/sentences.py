"""How the first step of a text says what it changed."""

from collections.abc import Iterable

MOST = 3  # changes of one sort that are named; the others are counted


def counted(count: int, name: str) -> str:
    """Count things, `an invisible mark was`, `3 invisible marks were`."""
    article = "an" if name[0] in "aeio" else "a"
    return f"{article} {name} was" if count == 1 else f"{count} {name}s were"


def named(sentences: Iterable[str], unit: str) -> list[str]:
    """Keep the first few sentences of one sort, each once, and count the others."""
    different = list(dict.fromkeys(sentences))
    more = len(different) - MOST
    return different if more <= 0 else [*different[:MOST], f"and so were {more} more {unit}"]
