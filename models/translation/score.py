"""How well a translator translates: greedy translations of many sentences, and their BLEU."""

from collections.abc import Sequence

import sacrebleu
import torch

from models.translation.corpus import read_pairs
from models.translation.pieces import Pieces
from unrolled import Network
from unrolled.greedy import decode_batch

BATCH = 128
BUCKETS = ((1, 7), (8, 11), (12, 16), (17, 24), (25, None))  # T_x in pieces, both ends included


def translate_all(network: Network, sources: Sequence[Sequence[int]], T_y: int) -> list[list[int]]:
    """Translate sentences of pieces, in batches of one length each; gives the pieces in the given order."""
    order = sorted(range(len(sources)), key=lambda i: len(sources[i]))
    written: dict[int, list[int]] = {}
    start = 0
    while start < len(order):
        T_x = len(sources[order[start]])
        batch = [i for i in order[start : start + BATCH] if len(sources[i]) == T_x]
        x = torch.tensor([list(sources[i]) for i in batch])  # (B, T_x)
        rows = decode_batch(network, x, None, T_y).classes.tolist()
        written.update(zip(batch, rows, strict=True))
        start += len(batch)
    return [written[i] for i in range(len(sources))]


def bleu(translations: Sequence[str], references: Sequence[str]) -> float:
    """Measure corpus BLEU (Post, 2018): cased, detokenised, one reference a sentence."""
    return sacrebleu.corpus_bleu(list(translations), [list(references)]).score


def bleu_by_length(network: Network, pieces: Pieces, text: str, T_y: int) -> dict[str, float]:
    """Measure BLEU over pairs in the source's format, and over the sentences of each range of T_x.

    A translation has up to T_y pieces. Raises BadLine.
    """
    pairs = read_pairs(text)
    sources = [pieces.indices(pair.french) for pair in pairs]
    written = [pieces.join(row) for row in translate_all(network, sources, T_y)]
    scores = {"bleu": round(bleu(written, [pair.english for pair in pairs]), 2)}
    for low, high in BUCKETS:
        chosen = [i for i, source in enumerate(sources) if low <= len(source) <= (high or len(source))]
        if chosen:
            name = f"bleu_T_x_{low}_to_{high}" if high else f"bleu_T_x_from_{low}"
            score = bleu([written[i] for i in chosen], [pairs[i].english for i in chosen])
            scores[name] = round(score, 2)
    return {**scores, "sentences": len(pairs)}
