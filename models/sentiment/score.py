"""What the networks answer, and how often they are right."""

from collections.abc import Sequence

import torch

from models.sentiment.trees import Phrase
from models.sentiment.words import WordTable
from models.training import batches_by_length
from unrolled import InvalidInput, Network

CLASSES: dict[str, tuple[str, ...]] = {
    "binary": ("negative (0)", "positive (1)"),
    "five": ("very negative (1)", "negative (2)", "neutral (3)", "positive (4)", "very positive (5)"),
}


def class_of(label: int, scale: str) -> int | None:
    """Turn a treebank label (0-4) into a class of a scale; None for a neutral one on the scale 0 / 1."""
    if scale == "five":
        return label
    return None if label == 2 else int(label > 2)


def accuracy(network: Network, table: WordTable, sentences: Sequence[Phrase], scale: str) -> float:
    """Measure the share of sentences that get their own class."""
    wanted = [s for s in sentences if class_of(s.label, scale) is not None]
    if not wanted:
        raise InvalidInput("every sentence is neutral: the scale 0 / 1 has nothing to measure", field="path")
    network.eval()
    right = 0
    with torch.inference_mode():
        for batch in batches_by_length(wanted, 64, lambda s: len(s.tokens)):
            x = torch.nn.utils.rnn.pad_sequence([table.look_up(s.tokens) for s in batch], batch_first=True)
            lengths = torch.tensor([len(s.tokens) for s in batch])
            answers = network(x, lengths)[:, 0].argmax(-1).tolist()
            right += sum(a == class_of(s.label, scale) for a, s in zip(answers, batch, strict=True))
    return right / len(wanted)
