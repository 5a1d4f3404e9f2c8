"""Train the networks of the DNA example on crops of the fly's genes: about ten minutes for the three.

    python -m models.dna.train [bigru gru birnn]
    python -m models.dna.train --write-development runs/dna/development.gb

The weights are written beside this file.
"""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models import datasets
from models.dna.example import BASES, ROWS, Dna, indices, kmers, windows
from models.dna.genbank import Locus, parse
from models.dna.rhythm import phases
from models.training import RUNS, command_line, hash_fraction, seed_everything, train
from unrolled import Embed, Network, NetworkConfig
from unrolled.config import Bag

SOURCE = "dna/genes.gb.train"
HELD_OUT, SALT = 0.1, "fly "  # salted so that the few long loci do not all fall on one side
SHORTEST, BATCH_BASES, UNKNOWN, RATE = 16, 25_600, 0.003, 4e-3
EPOCHS = {"bigru": 3, "gru": 2, "birnn": 2}
FOLDER = Path(__file__).parent
LONGEST = Dna(FOLDER).about.input.max_steps
Batch = tuple[Tensor, Tensor]


def network_of(variant: str) -> Network:
    """Make an untrained network."""
    return Network(
        NetworkConfig(
            kind="many_to_many",
            cell="rnn" if variant == "birnn" else "gru",
            hidden=64,
            n_y=1,
            directions=1 if variant == "gru" else 2,
            read=Embed(kind="bag", size=32, count=ROWS),
            output="sigmoid",
        )
    )


def start_from_counts(network: Network, loci: Sequence[Locus]) -> None:
    """Let the table begin with what gene finders count: how much likelier a k-mer is at each place in a codon.

    The first three numbers of each row become log P(k-mer | coding, phase) / P(k-mer | not coding), scaled.
    """
    assert isinstance(network.read, Bag)
    counts = torch.ones(4, ROWS)
    for locus in loci:
        rows = kmers(indices(locus.bases))  # (T, 3)
        place = torch.from_numpy(np.minimum(phases(locus), 3))  # 0, 1, 2 within a codon, 3 outside of genes
        for p in range(4):
            counts[p] += torch.bincount(rows[place == p].flatten(), minlength=ROWS)
    share = (counts / counts.sum(1, keepdim=True)).log()
    with torch.no_grad():
        network.read.table.weight.mul_(0.3)
        network.read.table.weight[1:, :3] = (share[:3] - share[3])[:, 1:].T


def is_held_out(name: str) -> bool:
    """Decide by the hash of a locus' name whether it is for development."""
    return hash_fraction(SALT + name) < HELD_OUT


def split(loci: Sequence[Locus]) -> tuple[list[Locus], list[Locus]]:
    """Hold out a tenth of the loci, by the hash of their name."""
    held_out = [locus for locus in loci if is_held_out(locus.name)]
    return [locus for locus in loci if not is_held_out(locus.name)], held_out


class Crops:
    """Cut random crops: half of the batches as long as the network can read, the others of any length."""

    def __init__(self, loci: Sequence[Locus], seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.bases = torch.cat([indices(locus.bases) for locus in loci])
        self.coding = torch.from_numpy(np.concatenate([locus.coding for locus in loci])).float()
        ends = np.cumsum([len(locus.bases) for locus in loci])
        self.end_of = torch.from_numpy(np.repeat(ends, [len(locus.bases) for locus in loci]))

    def epoch(self) -> Iterator[Batch]:
        """Give about as many bases as there are; each crop lies within one locus."""
        for _ in range(len(self.bases) // BATCH_BASES):
            length = LONGEST if self.rng.random() < 0.5 else int(self.rng.integers(SHORTEST, LONGEST + 1))
            yield self.batch(length, BATCH_BASES // length)

    def batch(self, length: int, count: int) -> Batch:
        """Cut `count` crops of one length; a few of their bases are made unknown."""
        starts = torch.from_numpy(self.rng.integers(0, len(self.bases) - length, 2 * count))
        starts = starts[self.end_of[starts] >= starts + length][:count]
        at = starts[:, None] + torch.arange(length)  # (B, T_x)
        unknown = torch.from_numpy(self.rng.random(tuple(at.shape)) < UNKNOWN)
        return self.bases[at].masked_fill(unknown, BASES.index("N")), self.coding[at]


def whole_windows(loci: Sequence[Locus]) -> tuple[Tensor, Tensor]:
    """Cut loci into windows, without the shorter last ones; x and y, each (count, LONGEST)."""
    cut = partial(windows, longest=LONGEST)
    pairs = [
        pair
        for locus in loci
        for pair in zip(cut(indices(locus.bases)), cut(torch.from_numpy(locus.coding)), strict=True)
        if len(pair[0]) == LONGEST
    ]
    return torch.stack([x for x, _ in pairs]), torch.stack([y for _, y in pairs])


def train_variant(variant: str, loci: Sequence[Locus], held_out: Sequence[Locus], seed: int = 0) -> None:
    """Train one network and write its weights."""
    seed_everything(seed)
    network, crops = network_of(variant), Crops(loci, seed)
    start_from_counts(network, loci)
    x_dev, y_dev = whole_windows(held_out)

    def loss_of(batch: Batch) -> Tensor:
        x, y = batch
        return nn.functional.binary_cross_entropy_with_logits(network(kmers(x))[..., 0], y)

    def development() -> float:
        called = torch.cat([network(kmers(x))[..., 0] >= 0 for x in x_dev.split(64)])
        return (called == (y_dev == 1)).float().mean().item()

    train(
        network,
        crops.epoch,
        loss_of,
        development,
        torch.optim.Adam(network.parameters(), RATE, fused=True),
        epochs=EPOCHS[variant],
        patience=EPOCHS[variant],
        clip=1.0,
        schedule=lambda done: min(1.0, done / 0.05, 0.02 + 1.5 * (1 - done)),
        checkpoint=RUNS / "dna" / f"{variant}.pt",
        title=variant,
    )
    network.save(FOLDER / f"{variant}.safetensors")


def write_development(text: str, path: Path) -> None:
    """Write the held-out loci as a GenBank file, so that `make evaluate` can read it."""
    records = [record.lstrip("\n") for record in re.split(r"(?m)^//\s*$", text) if record.strip()]
    held_out = [r for r in records if is_held_out(r.split(maxsplit=2)[1])]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{record.rstrip()}\n//\n" for record in held_out))


def main() -> None:
    """Train the variants named on the command line, or all; or write the part that is held out."""
    parser = command_line(main.__doc__, EPOCHS)
    parser.add_argument("--write-development", type=Path, metavar="PATH")
    chosen = parser.parse_args()
    text = datasets.read(SOURCE).decode("latin-1")
    if chosen.write_development:
        write_development(text, chosen.write_development)
        return
    loci, held_out = split(list(parse(text)))
    for variant in chosen.variants or EPOCHS:
        train_variant(variant, loci, held_out)


if __name__ == "__main__":
    main()
