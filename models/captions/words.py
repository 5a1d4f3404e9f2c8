"""The words that the networks know, as classes: the end, what stands for every rarer word, then the words."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

from models.captions.corpus import words_of

FILE = Path(__file__).parent / "words.json"
END, OTHER = 0, 1
SIGNS = ("⟨end⟩", "⟨other⟩")  # the second is read in training, and never written
SELDOM = 8  # how often a word stands in the captions at least


class Words:
    """Turn captions into classes and back."""

    def __init__(self, known: Sequence[str]) -> None:
        self.labels = (*SIGNS, *known)

    @classmethod
    def load(cls) -> Self:
        """Read the words that the networks were trained with."""
        return cls(json.loads(FILE.read_text("utf-8")))

    @classmethod
    def of(cls, captions: Iterable[str]) -> Self:
        """Take the words of captions that are not too rare, the most frequent first."""
        counts = Counter(word for caption in captions for word in words_of(caption))
        return cls(sorted((w for w, n in counts.items() if n >= SELDOM), key=lambda word: (-counts[word], word)))

    def save(self) -> None:
        """Write them where `load` reads them."""
        FILE.write_text(json.dumps(self.labels[len(SIGNS) :], indent=0) + "\n", "utf-8")

    @cached_property
    def number(self) -> dict[str, int]:
        """Map each word to its class."""
        return {word: y for y, word in enumerate(self.labels)}

    def classes(self, caption: str) -> list[int]:
        """Give the classes of a caption's words, with the end."""
        return [*(self.number.get(word, OTHER) for word in words_of(caption)), END]

    def caption(self, classes: Iterable[int]) -> str:
        """Write classes as a sentence, up to the end."""
        written: list[str] = []
        for y in classes:
            if y == END:
                break
            written.append(self.labels[y])
        return " ".join(written)
