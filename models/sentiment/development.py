"""The development part, as a file that the networks are measured on."""

from models import datasets
from models.sentiment.tweets import labelled


def development() -> bytes:
    """Write the treebank's development trees, and Sentiment140's tweets that are held out: a text, a tab, 0 or 1."""
    _, held_out = labelled()
    tweets = (f"{' '.join(tweet.plain.split())}\t{tweet.label:.0f}\n" for tweet in held_out if tweet.tokens)
    return datasets.read("sentiment/sst_dev.txt").rstrip() + b"\n" + "".join(tweets).encode()
