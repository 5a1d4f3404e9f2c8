"""Which units beat in threes? A codon is three bases, so a network that has found the reading frame keeps its time.

    make evaluate EXAMPLE=dna
    python -m models.dna.rhythm runs/dna/development

Prints the units (counted from 1, as on the page) of which most is explained by the position within the
codon, over the coding bases of a GenBank file; and, for comparison, how much of the same units three
arbitrary beats explain elsewhere.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.dna.example import Dna, indices, kmers, windows
from models.dna.genbank import Locus, parse
from unrolled import Network

Array = np.ndarray[Any, Any]


def phases(locus: Locus) -> Array:
    """Count each coding base within its codon: 0, 1, 2; other bases by where they stand, as 3, 4, 5."""
    within = (np.cumsum(locus.coding) - 1) % 3
    return np.where(locus.coding == 1, within, 3 + np.arange(len(locus.bases)) % 3)


def explained(states: Array, phase: Array) -> Array:
    """Say how much of each unit's variance its three phases explain; states (T, units), phase (T,) -> (units,)."""
    total = states.var(0)
    means = np.stack([states[phase == p].mean(0) for p in np.unique(phase)])
    counts = np.array([(phase == p).mean() for p in np.unique(phase)])
    between = (counts[:, None] * (means - states.mean(0)) ** 2).sum(0)
    return between / np.where(total > 0, total, 1)


def states_of(network: Network, loci: Iterable[Locus], longest: int) -> Array:
    """Record every state of every base, read in windows as the page reads them, (sum T, directions * hidden)."""
    with torch.inference_mode():
        pieces = (kmers(piece)[None] for locus in loci for piece in windows(indices(locus.bases), longest))
        return torch.cat([network.encode(piece)[0][0] for piece in pieces]).numpy()


def main() -> None:
    """Print the units that beat in threes."""
    example = Dna(Path(__file__).parent)
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--variant", choices=example.variants, default=example.about.default_variant)
    parser.add_argument("--loci", type=int, default=20, help="how many loci to read")
    chosen = parser.parse_args()
    text = example.file_format.read(chosen.path)
    assert isinstance(text, str)
    loci = list(parse(text))[: chosen.loci]
    network = example.networks[chosen.variant]
    states = states_of(network, loci, example.about.input.max_steps)
    phase = np.concatenate([phases(locus) for locus in loci])
    coding = explained(states[phase < 3], phase[phase < 3])
    elsewhere = explained(states[phase >= 3], phase[phase >= 3])
    for unit in np.argsort(-coding)[:6]:
        backward, number = divmod(int(unit), network.config.hidden)
        name = f"{'backward' if backward else 'forward'} unit {number + 1}"
        sys.stdout.write(f"{name}: {coding[unit]:.2f} in coding bases, {elsewhere[unit]:.2f} elsewhere\n")


if __name__ == "__main__":
    main()
