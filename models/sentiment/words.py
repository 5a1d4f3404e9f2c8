"""The table with a vector for each word.

It holds GloVe's vectors (Pennington et al., 2014), those of the training texts' words tuned once on these, with
a byte for each number. A token that is not in it is read as something that is, where that is plain (`sooo` as
`so`, `re-imagined` as the mean of its parts, an emoji as that of its name's words), or as the common word that it is
a letter or two away from (`amazng`); else it is unknown.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from models.sentiment.spelling import Speller
from models.sentiment.tokens import NUMBER, readings, written
from models.wordlist import packed, unpacked
from unrolled import Label, WeightsError

UNKNOWN = "<unknown>"
COMMON = 12_000  # so many words of the table, from its top, are what a misspelled one may have been meant to be


class WordTable:
    """Map tokens to vectors; `vectors` is (words, size), its first row that of unknown words."""

    def __init__(self, words: Sequence[str], vectors: Tensor) -> None:
        self.words = tuple(words)
        self.vectors = vectors
        self._row = {word: row for row, word in enumerate(self.words)}
        self.rows = lru_cache(maxsize=20_000)(self.find_rows)

    @cached_property
    def speller(self) -> Speller:
        """Tell which common word a misspelled one was meant to be."""
        return Speller(self.words[:COMMON])

    def find_rows(self, token: str) -> tuple[int, ...]:
        """Find the rows whose mean stands for a token; (0,) for an unknown one."""
        if rows := self._plain_rows(token):
            return rows
        meant = self.speller.nearest(written(token))
        return (self._row[meant],) if meant else (0,)

    def _plain_rows(self, token: str) -> tuple[int, ...]:
        for words in readings(token):
            rows = tuple(self._row[word] for word in words if word in self._row)
            if rows and 2 * len(rows) > len(words):
                return rows
        return ()

    def row(self, word: str) -> int:
        """Find the one row that plainly stands for a word, its own or another's; 0 if there is none."""
        if word in self._row:
            return self._row[word]
        rows = self._plain_rows(word)
        return rows[0] if len(rows) == 1 else 0

    def label(self, token: str) -> Label:
        """Say what a token was read as, where that is not simply the word itself."""
        rows = self.rows(token)
        if rows == (0,):
            return Label(text=token, note="unknown")
        read_as = " ".join(self.words[row] for row in rows)
        return Label(text=token, read_as=None if read_as in (written(token), NUMBER) else read_as)

    def look_up(self, tokens: Sequence[str]) -> Tensor:
        """Give the vectors of tokens, (T_x, size)."""
        return torch.stack([self.vectors[list(self.rows(token))].mean(0) for token in tokens])

    def save(self, path: Path) -> None:
        """Write the table: int8 codes, a scale for each row, and the words in UTF-8, one a line."""
        scales = self.vectors.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127  # (words, 1)
        codes = (self.vectors / scales).round().to(torch.int8)
        save_file({"codes": codes, "scales": scales.half(), "words": packed(self.words)}, path)

    @classmethod
    def load(cls, path: Path) -> "WordTable":
        """Read a table that `save` wrote. Raises WeightsError, naming the file."""
        try:
            stored = load_file(path)
            return cls(unpacked(stored["words"]), stored["codes"].float() * stored["scales"].float())
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise WeightsError(f"{path}: not a readable table of words ({error})") from error
