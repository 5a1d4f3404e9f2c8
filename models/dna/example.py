"""Which bases of a piece of DNA code for a protein."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn

from models.dna.genbank import Locus, parse
from models.dna.pasted import BASES, read_pasted
from models.example import Encoded, Example
from models.files import FileFormat
from models.variants import Variant
from unrolled import InvalidInput, Trace

K = (1, 3, 6)  # lengths of the k-mers that end at a base: itself, a codon, two codons
PLACES = 3  # in a count of three that begins with the first base: a codon keeps its place in it up to the next intron
WORDS = len(BASES) + 4**3 + 4**6
ROWS = 1 + PLACES * WORDS  # rows of the table, the first of which stands for nothing
FEW = 100  # bases; with fewer, an answer is little more than a guess
CODING = 0.5


class Dna(Example):
    """Let a network, in both directions or in one, say P(coding) for every base."""

    file_format = FileFormat(("utf-8", "latin-1"))

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Read the bases, up to as many as a window holds; x is (T_x, 3). Raises InvalidInput for what is none."""
        found = read_pasted(raw, self.about.input.max_steps)
        return Encoded(kmers(indices(found.bases)), found.labels, remarks=found.remarks)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the one output of each step."""
        return ("P(coding)",)

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say how many bases look coding, and how much there was to go on."""
        assert trace.y_hat is not None
        count = int((trace.y_hat[:, 0] >= CODING).sum())
        bases, look, are = ("1 base", "looks", "is") if trace.T_x == 1 else (f"{trace.T_x} bases", "look", "are")
        answer = f"{count} of {bases} {look} coding"
        if 2 * sum(label.note == "unknown" for label in trace.x_labels) > trace.T_x:
            return f"{answer}; most of them are not known, so this means nothing"
        return answer if trace.T_x >= FEW else f"{answer}; {bases} {are} little to go on"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure base accuracy over the loci of GenBank records, read in windows as long as an input may be.

        `sensitivity` is the part of the coding bases that is found, `specificity` the part of those called coding
        that are (as gene finders use the word), `majority` the accuracy of always saying the commoner class.
        """
        loci = list(parse(text))
        if not loci:
            raise InvalidInput("no record of it says what is coding, in a line CDS", "path")
        p = self.probabilities(loci, variant)
        coding = np.concatenate([locus.coding for locus in loci]) == 1
        called = p >= CODING
        both = float((called & coding).sum())
        scores = {
            "base_accuracy": (called == coding).mean(),
            "sensitivity": both / max(coding.sum(), 1),
            "specificity": both / max(called.sum(), 1),
            "majority": max(coding.mean(), 1 - coding.mean()),
        }
        return {name: round(float(score), 4) for name, score in scores.items()}

    def probabilities(self, loci: Iterable[Locus], variant: Variant) -> np.ndarray:
        """Say P(coding) of every base of some loci, one after the other; each window is read by itself."""
        network = self.networks[variant.id]
        pieces = [piece for locus in loci for piece in windows(indices(locus.bases), self.about.input.max_steps)]
        found: dict[int, np.ndarray] = {}
        order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
        for group in _same_length(order, pieces):
            with torch.inference_mode():
                p = network(kmers(torch.stack([pieces[i] for i in group]))).sigmoid()[..., 0].numpy()  # (B, T_x)
            found.update(zip(group, p, strict=True))
        return np.concatenate([found[i] for i in range(len(pieces))])


def indices(bases: str) -> Tensor:
    """Turn bases into numbers, (T_x,)."""
    return torch.tensor([BASES.index(base) for base in bases])


def kmers(bases: Tensor) -> Tensor:
    """Look up the k-mers that end at each base: the base alone, and with the two and the five before it.

    Each has a row for each of the three places, one, two, three, one, ..., at which it can end. bases (..., T) -> rows
    of the network's table (..., T, 3), 0 where a k-mer would begin outside or holds an N.
    """
    T, unknown = bases.shape[-1], BASES.index("N")
    longest = max(K)
    before = nn.functional.pad(bases, (longest - 1, 0), value=unknown)
    place = WORDS * (torch.arange(T) % PLACES)
    found, first = [bases + 1 + place], 1 + len(BASES)
    for length in K[1:]:
        letters = torch.stack([before[..., longest - 1 - i : longest - 1 - i + T] for i in range(length)], -1)
        number = (letters * 4 ** torch.arange(length)).sum(-1)
        found.append((number + first + place).masked_fill((letters == unknown).any(-1), 0))
        first += 4**length
    return torch.stack(found, -1)


def windows(bases: Tensor, longest: int) -> list[Tensor]:
    """Cut a locus into pieces that the network can read; the last one is what is left."""
    return list(bases.split(longest))


def _same_length(order: Sequence[int], pieces: Sequence[Tensor], size: int = 64) -> Iterator[list[int]]:
    """Group pieces of equal length, so that none needs padding."""
    group: list[int] = []
    for i in order:
        if group and (len(pieces[group[0]]) != len(pieces[i]) or len(group) == size):
            yield group
            group = []
        group.append(i)
    if group:
        yield group


EXAMPLE = Dna
