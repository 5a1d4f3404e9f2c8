"""Tweets: those that a machine labelled by their smileys, and those that twenty people rated.

Sentiment140 (Go, Bhayani and Huang, 2009) took tweets with `:)` or `:(`, removed the smiley and kept it as the label,
so that some of the labels are wrong. VADER's tweets (Hutto and Gilbert, 2014) have the mean of twenty ratings, -4 to 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape

from models import datasets
from models.files import lines_of
from models.sentiment.tokens import tokenise
from models.training import split_by_hash

SHARES = (0.95, 0.05)  # of Sentiment140 for training and for development, by the hash of the text
MOST = 3.0  # a mean rating that counts as very positive; the scale's ends were hardly ever chosen by all


@dataclass(frozen=True)
class Tweet:
    """Hold a tweet and how positive it is: 0 or 1, or a mean rating from -4 to 4."""

    text: str
    label: float

    @property
    def plain(self) -> str:
        """Give its text without HTML's escapes, which the source has."""
        return unescape(self.text)

    @property
    def tokens(self) -> tuple[str, ...]:
        """Split it as the networks read it."""
        return tuple(tokenise(self.plain))


def labelled() -> tuple[list[Tweet], list[Tweet]]:
    """Read Sentiment140's tweets, labelled 0 or 1: those to train on, and the development part."""
    training, held_out = split_by_hash(_read("sentiment/tweets_100k.tsv"), SHARES, lambda tweet: tweet.text)
    return training, held_out


def rated(held_out: Sequence[Tweet]) -> list[Tweet]:
    """Read VADER's tweets with their mean ratings, without those that are held out."""
    texts = {tweet.text for tweet in held_out}
    return [tweet for tweet in _read("sentiment/vader_tweets_half.tsv") if tweet.text not in texts]


def shares_of(rating: float) -> tuple[float, ...]:
    """Spread a mean rating over the five steps: it lies between two of them.

    >>> shares_of(0.75)
    (0.0, 0.0, 0.5, 0.5, 0.0)
    """
    at = min(max(2 + 2 * rating / MOST, 0.0), 4.0)
    return tuple(max(0.0, 1 - abs(at - step)) for step in range(5))


def _read(name: str) -> list[Tweet]:
    pairs = (line.split("\t", 1) for _, line in lines_of(datasets.read(name).decode()))
    return [Tweet(text, float(label)) for label, text in pairs]
