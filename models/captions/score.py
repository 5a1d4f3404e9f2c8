"""How well photos are described: the captions of many, and their BLEU."""

from collections.abc import Sequence

import sacrebleu
import torch
from torch import Tensor

from models.captions.corpus import words_of
from models.captions.words import Words
from unrolled import Network
from unrolled.inputs import embed
from unrolled.plan import Plan
from unrolled.search import beam
from unrolled.writer import Writer

WIDTH = 4  # beginnings that are kept


@torch.inference_mode()
def describe(network: Network, words: Words, places: Tensor, longest: int, width: int = WIDTH) -> str:
    """Write the caption of one photo, of whose places (P, 1280) the network reads the mean."""
    x, mapped = embed(network, places[None])
    writer = Writer(Plan(network, (), {"encoder": 1, "decoder": longest}), None, x[0], mapped)
    return words.caption(beam(writer, longest, width).values())


def bleu(written: Sequence[str], captions: Sequence[Sequence[str]], order: int = 4) -> float:
    """Measure corpus BLEU (Papineni et al., 2002), from 0 to 1, of words without case and punctuation.

    Each photo has as many references as it has captions; all have equally many, or the rarest number of them counts.
    """
    count = min(map(len, captions))
    references = [[" ".join(words_of(several[i])) for several in captions] for i in range(count)]
    metric = sacrebleu.BLEU(tokenize="none", max_ngram_order=order, force=True)
    return metric.corpus_score(list(written), references).score / 100
