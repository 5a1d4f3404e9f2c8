"""Codons that mean the same amino acid, to write a gene in other words: the protein stays, the bases change."""

import numpy as np

BASES = "ACGT"
_ORDER = "TCAG"  # the usual order of the genetic code's table
_AMINO_ACIDS = "FFLLSSSSYY**CC*WLLLLPPPPHHQQRRRRIIIMTTTTNNKKSSRRVVVVAAAADDEEGGGG"
Array = np.ndarray


def amino_acids() -> Array:
    """Give the amino acid of each codon, (64,); the codon's number is its bases', the first one counting least."""
    table = {a + b + c: _AMINO_ACIDS[16 * i + 4 * j + k]
             for i, a in enumerate(_ORDER) for j, b in enumerate(_ORDER) for k, c in enumerate(_ORDER)}  # fmt: skip
    return np.array([table["".join(BASES[number // 4**i % 4] for i in range(3))] for number in range(64)])


class Codons:
    """Find the codons of some genes, and how often each is used; bases (T,) in 0..4, kinds (T,) 0, 1, 2 in a codon."""

    def __init__(self, bases: Array, kinds: Array) -> None:
        self.bases = bases
        whole = (kinds[:-2] == 0) & (kinds[1:-1] == 1) & (kinds[2:] == 2)
        known = (bases[:-2] < 4) & (bases[1:-1] < 4) & (bases[2:] < 4)
        self.at = np.flatnonzero(whole & known)  # where each begins
        self.numbers = bases[self.at] + 4 * bases[self.at + 1] + 16 * bases[self.at + 2]
        usage = np.bincount(self.numbers, minlength=64) + 1.0
        alike = amino_acids()[:, None] == amino_acids()
        self.up_to = np.cumsum(alike * usage / (alike * usage).sum(1, keepdims=True), 1)  # (64, 64)

    def exchanged(self, share: float, rng: np.random.Generator) -> Array:
        """Exchange a share of the codons for others that mean the same, as often as the genes use each, (T,)."""
        chosen = rng.random(len(self.at)) < share
        new = (rng.random((chosen.sum(), 1)) >= self.up_to[self.numbers[chosen]]).sum(1).clip(max=63)
        written = self.bases.copy()
        for i in range(3):
            written[self.at[chosen] + i] = new // 4**i % 4
        return written
