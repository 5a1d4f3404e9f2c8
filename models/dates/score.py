"""How well dates are read: exact matches, and whether attention points at the characters that matter."""

from collections import Counter
from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from models.dates import characters as c
from models.dates.corpus import Item, read_items
from models.dates.readings import the_one
from models.example import Encoded
from models.training import batches_by_length, pad
from unrolled import InvalidInput, Network
from unrolled.greedy import decode_batch

FIELDS = {"year": (0, 1, 2, 3), "month": (5, 6), "day": (8, 9)}  # which outputs write which field


def readable(items: list[Item], encode: Callable[[str], Encoded]) -> Iterator[tuple[str, str, list[int]]]:
    """Give each date that the example accepts as it reads it, the day that it is, and its indices."""
    for item in items:
        try:
            labels = encode(item.written).labels
        except InvalidInput:
            continue
        text = c.unlabelled(labels)
        yield text, item.iso, c.read_indices(text)


def peak_distances(attention: Tensor, text: str, iso: str) -> Iterator[tuple[str, int]]:
    """Say for each written digit its field, and how many characters from it the attention peaks (0: on it).

    attention (T_y, T_x). A year of two digits is left out, and a text that means another day.
    """
    reading = the_one(text)
    if reading.iso != iso:
        return
    for field, (low, high) in reading.spans.items():
        if field == "year" and high - low < 4:  # its century stands nowhere
            continue
        for step in FIELDS[field]:
            peak = int(attention[step].argmax())
            yield field, max(low - peak, peak - high + 1, 0)


def measure(network: Network, text: str, encode: Callable[[str], Encoded]) -> dict[str, float]:
    """Measure lines of `written<TAB>iso`; a date that is refused counts as wrong. Raises BadLine."""
    items = read_items(text)
    pairs = list(readable(items, encode))
    right, found, on, near = 0, Counter[str](), Counter[str](), Counter[str]()
    for batch in batches_by_length(pairs, 256, lambda pair: len(pair[2])):
        lengths = torch.tensor([len(indices) for *_, indices in batch])
        written = decode_batch(network, pad([indices for *_, indices in batch], c.PAD), lengths, c.T_Y)
        for row, (read, iso, _) in enumerate(batch):
            exact = c.joined(written.classes[row].tolist()) == iso
            right += exact
            if exact and written.attention is not None:
                for field, away in peak_distances(written.attention[row], read, iso):
                    found[field] += 1
                    on[field] += away == 0
                    near[field] += away <= 1
    scores = {"exact": round(right / len(items), 4)}
    scores |= {f"attention_on_{field}": round(on[field] / found[field], 4) for field in found}
    scores |= {f"attention_on_or_beside_{field}": round(near[field] / found[field], 4) for field in found}
    return {**scores, "dates": len(items), "refused": len(items) - len(pairs)}
