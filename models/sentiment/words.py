"""The table with a vector for each word.

It holds GloVe's vectors (Pennington et al., 2014), those of the treebank's words tuned once on its phrases, with
a byte for each number. A token that is not in it is read as something that is, where that is plain (`sooo` as
`so`, `re-imagined` as the mean of its parts, an emoji as that of its name's words); else it is unknown.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from models.sentiment.tokens import NUMBER, readings, written
from unrolled import Label, WeightsError

UNKNOWN = "<unknown>"


class WordTable:
    """Map tokens to vectors; `vectors` is (words, size), its first row that of unknown words."""

    def __init__(self, words: Sequence[str], vectors: Tensor) -> None:
        self.words = tuple(words)
        self.vectors = vectors
        self._row = {word: row for row, word in enumerate(self.words)}
        self.rows = lru_cache(maxsize=20_000)(self.find_rows)

    def find_rows(self, token: str) -> tuple[int, ...]:
        """Find the rows whose mean stands for a token; (0,) for an unknown one."""
        for words in readings(token):
            rows = tuple(self._row[word] for word in words if word in self._row)
            if rows and 2 * len(rows) > len(words):
                return rows
        return (0,)

    def own_row(self, word: str) -> int:
        """Find the row of a word as it is written in the table; 0 if it has none."""
        return self._row.get(word, 0)

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
        text = torch.frombuffer(bytearray("\n".join(self.words).encode()), dtype=torch.uint8)
        save_file({"codes": codes, "scales": scales.half(), "words": text}, path)

    @classmethod
    def load(cls, path: Path) -> "WordTable":
        """Read a table that `save` wrote. Raises WeightsError, naming the file."""
        try:
            stored = load_file(path)
            words = bytes(stored["words"].numpy()).decode().split("\n")
            return cls(words, stored["codes"].float() * stored["scales"].float())
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise WeightsError(f"{path}: not a readable table of words ({error})") from error
