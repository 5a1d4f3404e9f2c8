"""Sentences of whole batches, and how many of them are right."""

from collections.abc import Iterable, Sequence

from torch import Tensor

from models.scenes.world import END, WORDS, things_in
from unrolled import Network
from unrolled.greedy import decode_batch

LONGEST = 22  # words, with the end


def write_batch(network: Network, x: Tensor, limit: int = LONGEST) -> list[str]:
    """Let a network write a sentence for each x, (B, places, WIDTH), always taking the likeliest word."""
    return [sentence(row) for row in decode_batch(network, x.unsqueeze(1), None, limit).classes.tolist()]


def sentence(classes: Iterable[int]) -> str:
    """Join words up to the end."""
    words = [WORDS[index] for index in classes]
    return " ".join(words[: words.index(END)] if END in words else words)


def shares_right(written: Sequence[str], truth: Sequence[str]) -> dict[str, float]:
    """Measure how many sentences are right word for word, and how many name the right things."""
    count = max(1, len(truth))
    pairs = list(zip(written, truth, strict=True))
    exact = sum(said == true for said, true in pairs)
    things = sum(things_in(said.split()) == things_in(true.split()) for said, true in pairs)
    return {"exact": round(exact / count, 4), "things": round(things / count, 4)}
