"""What the entity networks read of a word: itself, if it is known, and always its letters and its shape."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from zlib import crc32

import torch
from torch import Tensor

from models.entities.clusters import COARSE, FINE, Clusters

PIECES = 7000  # rows for pieces of words; several pieces share one: a hash says which
SHAPES = ("Xx", "X", "XX", "x", "xX", "0", "x0", ".", "X.")
UNKNOWN = "?"

SHORTENED = "Mr Mrs Ms Dr St Gen Col Lt Sen Rep Gov Jr Sr Corp Inc Co Ltd Jan Feb Aug Sept Oct Nov Dec".replace(
    " ", "|"
)
CLITIC = r"'(?:s|re|ve|ll|d|m)\b|n't\b"
TOKEN = re.compile(
    rf"https?://\S*[\w/#]|\bwww\.\S*[\w/#]|(?<![\w@])@\w+|"
    rf"(?:[A-Za-z]\.){{2,}}(?:-\w+)*|(?:{SHORTENED})\.|[A-Z]\.(?=\s+[A-Z])|{CLITIC}"
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?:-\w+)*"
    r"|\w+?(?=n't\b)|\w+(?:[-&]\w+|'(?!(?:s|re|ve|ll|d|m)\b)\w+)*|\.\.\.|--|\S"
)


HANDLE, LINK = "@user", "<link>"


def tokenise(text: str) -> list[str]:
    """Split a text as the training data is split: punctuation and 's apart, U.N. and Mr. and well-known whole."""
    return TOKEN.findall(text)


def shape(word: str) -> str:
    """Describe how a word is written: Xx for Paris, XX for NATO, 0 for 2014, x0 for 1st, X. for U.N."""
    if any(c.isdigit() for c in word):
        return "x0" if any(c.isalpha() for c in word) else "0"
    if not any(c.isalpha() for c in word):
        return "."
    if word.islower():
        return "x"
    if not word[0].isupper():
        return "xX"
    if "." in word:
        return "X."
    return ("X" if len(word) == 1 else "XX") if word.isupper() else "Xx"


@lru_cache(maxsize=200_000)
def pieces(word: str) -> tuple[str, ...]:
    """List the pieces of a word: beginnings, endings and all runs of three letters, in its own case."""
    beginnings = [f"<{word[:n]}" for n in (1, 2, 3) if n <= len(word)]
    endings = [f"{word[-n:]}>" for n in (1, 2, 3, 4) if n <= len(word)]
    low = f"<{word.lower()}>"
    return (*beginnings, *endings, *(f"3{low[i : i + 3]}" for i in range(min(len(low) - 2, 16))))


def written(word: str) -> str:
    """Write a word as it is looked up: in small letters, all handles alike, and all links."""
    if word[:1] == "@" and len(word) > 1:
        return HANDLE
    return LINK if word.startswith(("http://", "https://", "www.")) else word.lower()


class Words:
    """Number everything that the networks know of words; row 0 of their table stands for nothing.

    Rows: one for each shape, one for each known word (the first of them for all unknown ones), one for each
    group of pieces, one for each group of words that are used alike.
    """

    def __init__(self, known: Sequence[str], clusters: Clusters) -> None:
        self.known = {word: row for row, word in enumerate((UNKNOWN, *known), 1 + len(SHAPES))}
        self.clusters = clusters
        self.first_piece = 1 + len(SHAPES) + len(self.known)
        self.first_cluster = self.first_piece + PIECES
        self.count = self.first_cluster + FINE + COARSE
        self._rows: dict[str, Tensor] = {}

    @classmethod
    def load(cls, folder: Path) -> "Words":
        """Read the list of known words, one a line, and the groups. Raises WeightsError for broken groups."""
        known = (folder / "words.txt").read_text("utf-8").splitlines()
        return cls(known, Clusters.load(folder / "clusters.safetensors"))

    def knows(self, word: str) -> bool:
        """Say whether the networks have a row for the whole word (in small letters)."""
        return written(word) in self.known

    @cached_property
    def unknown(self) -> int:
        """Say which row stands for all unknown words."""
        return self.known[UNKNOWN]

    def rows(self, word: str) -> Tensor:
        """List the rows of one word: the word itself first, then its shape, its pieces, its groups; (k,)."""
        if word not in self._rows:
            plain = written(word)
            letters = word if plain == word.lower() else plain
            hashed = (self.first_piece + crc32(piece.encode()) % PIECES for piece in pieces(letters))
            alike = (self.first_cluster + group for group in self.clusters.of(plain))
            whole = self.known.get(plain, self.unknown)
            self._rows[word] = torch.tensor([whole, 1 + SHAPES.index(shape(letters)), *hashed, *alike])
        return self._rows[word]

    def bags(self, words: Collection[str]) -> Tensor:
        """Look up the rows of each word of a sentence, (T_x, k), filled up with 0."""
        return torch.nn.utils.rnn.pad_sequence([self.rows(word) for word in words], batch_first=True)
