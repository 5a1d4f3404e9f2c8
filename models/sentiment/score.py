"""What the networks answer, and how often they are right."""

import re
from collections.abc import Sequence

import torch

from models.files import BadLine, lines_of
from models.sentiment.tokens import tokenise
from models.sentiment.trees import Phrase, read_tree
from models.sentiment.words import WordTable
from models.training import batches_by_length
from unrolled import InvalidInput, Network

LABELLED = re.compile(r"\t[01]\s*$")
CLASSES: dict[str, tuple[str, ...]] = {
    "binary": ("negative (0)", "positive (1)"),
    "five": ("very negative (1)", "negative (2)", "neutral (3)", "positive (4)", "very positive (5)"),
}


def class_of(label: int, scale: str) -> int | None:
    """Turn a treebank label (0-4) into a class of a scale; None for a neutral one on the scale 0 / 1."""
    if scale == "five":
        return label
    return None if label == 2 else int(label > 2)


def read_sentences(text: str) -> tuple[list[Phrase], list[Phrase]]:
    """Read lines that are trees, and lines that are a text, a tab, and 0 or 1: the sentences of each sort.

    Raises BadLine.
    """
    trees: list[Phrase] = []
    plain: list[Phrase] = []
    for number, line in lines_of(text):
        if LABELLED.search(line):
            plain.append(labelled(line, number))
        else:
            trees.append(read_tree(number, line)[-1])
    return trees, plain


def labelled(line: str, number: int) -> Phrase:
    """Read a text and its label, 0 or 1, behind a tab; as a treebank's phrase it is negative or positive."""
    text, _, label = line.rstrip().rpartition("\t")
    tokens = tuple(tokenise(text))
    if not tokens:
        raise BadLine(number, "there are no words before the label")
    return Phrase(tokens, 3 if label == "1" else 1)


def accuracy(network: Network, table: WordTable, sentences: Sequence[Phrase], scale: str, sides: bool = False) -> float:
    """Measure the share of sentences that get their own class, or on its side of neutral, where only `sides` are known.

    A neutral sentence has no class on the scale 0 / 1, and is left out. Raises InvalidInput if nothing is left.
    """
    wanted = [s for s in sentences if class_of(s.label, scale) is not None]
    if not wanted:
        raise InvalidInput("every sentence is neutral: the scale 0 / 1 has nothing to measure", field="path")
    network.eval()
    right = 0
    with torch.inference_mode():
        for batch in batches_by_length(wanted, 64, lambda s: len(s.tokens)):
            x = torch.nn.utils.rnn.pad_sequence([table.look_up(s.tokens) for s in batch], batch_first=True)
            lengths = torch.tensor([len(s.tokens) for s in batch])
            p = network(x, lengths)[:, 0].softmax(-1)  # (B, n_y)
            if sides and scale == "five":
                p = torch.stack((p[:, :2].sum(1), p[:, 3:].sum(1)), 1)
            truth = torch.tensor([class_of(s.label, "binary" if sides else scale) for s in batch])
            right += int((p.argmax(-1) == truth).sum())
    return right / len(wanted)
