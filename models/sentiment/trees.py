"""The format of the Stanford Sentiment Treebank: one bracketed tree a line, each phrase labelled 0 to 4.

    (3 (2 It) (4 (2 's) (4 lovely)))

Source: Socher et al. (2013), "Recursive Deep Models for Semantic Compositionality Over a Sentiment Treebank".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.files import BadLine, lines_of
from unrolled.errors import UnrolledError

PIECE = re.compile(r"\(|\)|[^\s()]+")


class TreeError(UnrolledError):
    """Says that a line is not a bracketed tree."""


@dataclass(frozen=True)
class Phrase:
    """Hold a run of tokens as the treebank writes them, and their label, 0 to 4."""

    tokens: tuple[str, ...]
    label: int


def phrases(line: str) -> list[Phrase]:
    """List every phrase of one tree, the whole sentence last. Raises TreeError."""
    found: list[Phrase] = []
    tokens: list[str] = []
    open_at: list[tuple[int, int]] = []  # label and first token of each phrase that is not closed yet
    pieces = iter(PIECE.findall(line))
    for piece in pieces:
        if piece == "(":
            label = next(pieces, "")
            if label not in ("0", "1", "2", "3", "4"):
                raise TreeError(f"'({label}' has no label 0-4: {line[:60]}")
            open_at.append((int(label), len(tokens)))
        elif piece != ")":
            tokens.append(piece)
        elif open_at:
            label, start = open_at.pop()
            found.append(Phrase(tuple(tokens[start:]), label))
        else:
            raise TreeError(f"a bracket closes that was never opened: {line[:60]}")
    if open_at or not found or not tokens or len(found[-1].tokens) != len(tokens):
        raise TreeError(f"not one complete tree: {line[:60]}")
    return found


def read_trees(text: str) -> Iterator[list[Phrase]]:
    """Read trees, one a line, skipping blank lines. Raises BadLine."""
    for number, line in lines_of(text):
        yield read_tree(number, line)


def read_tree(number: int, line: str) -> list[Phrase]:
    """Read the tree of one line. Raises BadLine."""
    try:
        return phrases(line)
    except TreeError as error:
        raise BadLine(number, str(error)) from error
