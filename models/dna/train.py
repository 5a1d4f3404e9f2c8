"""Train the networks of the DNA example on crops of the fly's genes: about half an hour for the three.

    python -m models.dna.train [bigru gru birnn]

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
from models.dna.codons import Codons
from models.dna.example import PLACES, ROWS, WORDS, Dna, indices, kmers, windows
from models.dna.genbank import Locus, parse
from models.dna.pasted import BASES
from models.dna.rhythm import phases
from models.training import RUNS, along_a_cosine, command_line, hash_fraction, seed_everything, train
from unrolled import Embed, Network, NetworkConfig
from unrolled.config import Bag

SOURCE = "dna/genes.gb.train"
HELD_OUT, SALT = 0.1, "fly "  # salted so that the few long loci do not all fall on one side
SHORTEST, BATCH_BASES, UNKNOWN, RATE = 16, 16_000, 0.003, 4e-3
HIDDEN, DROPOUT, EPOCHS, BESIDE = 64, 0.15, 2, 0.5
COSINE = 8  # epochs that the rate would take to fall; the average of the weights makes up for what is left of it
SYNONYMS = 0.3  # of the codons are exchanged for others of the same amino acid, drawn anew for each epoch
VARIANTS = ("bigru", "gru", "birnn")
FOLDER = Path(__file__).parent
LONGEST = Dna(FOLDER).about.input.max_steps
Batch = tuple[Tensor, Tensor]


def network_of(variant: str) -> Network:
    """Make an untrained network."""
    return Network(
        NetworkConfig(
            kind="many_to_many",
            cell="rnn" if variant == "birnn" else "gru",
            hidden=HIDDEN,
            n_y=1,
            layers=2,
            directions=1 if variant == "gru" else 2,
            read=Embed(kind="bag", size=32, count=ROWS),
            output="sigmoid",
        ),
        dropout=DROPOUT,
    )


def start_from_counts(network: Network, loci: Sequence[Locus]) -> None:
    """Let the table begin with what gene finders count: how much likelier a k-mer is at each place in a codon.

    The first three numbers of a row become log P(k-mer | coding, phase) / P(k-mer | not coding), one for each of the
    three frames that codons may be in: whatever row is read, the same number speaks for the same frame.
    """
    assert isinstance(network.read, Bag)
    counts = torch.ones(4, 1 + WORDS)
    for locus in loci:
        rows = kmers(indices(locus.bases))  # (T, 3)
        words = torch.where(rows > 0, (rows - 1) % WORDS + 1, 0)
        place = torch.from_numpy(np.minimum(phases(locus), 3))  # 0, 1, 2 within a codon, 3 outside of genes
        for p in range(4):
            counts[p] += torch.bincount(words[place == p].flatten(), minlength=1 + WORDS)
    share = (counts / counts.sum(1, keepdim=True)).log()
    odds = (share[:3] - share[3])[:, 1:]  # (3, WORDS)
    with torch.no_grad():
        table = network.read.table.weight
        table.mul_(0.3)
        for at in range(PLACES):
            for frame in range(3):
                table[1 + at * WORDS : 1 + (at + 1) * WORDS, frame] = odds[(at - frame) % 3]


def is_held_out(name: str) -> bool:
    """Decide by the hash of a locus' name whether it is for development."""
    return hash_fraction(SALT + name) < HELD_OUT


def split(loci: Sequence[Locus]) -> tuple[list[Locus], list[Locus]]:
    """Hold out a tenth of the loci, by the hash of their name."""
    held_out = [locus for locus in loci if is_held_out(locus.name)]
    return [locus for locus in loci if not is_held_out(locus.name)], held_out


def kinds_of(locus: Locus) -> np.ndarray:
    """Say of each base what it is: 0, 1, 2 within a codon, 3 between exons, 4 before or behind the gene."""
    kinds = np.minimum(phases(locus), 3)
    exons = np.flatnonzero(locus.coding)
    kinds[: exons[0]] = kinds[exons[-1] + 1 :] = 4
    return kinds


class Crops:
    """Cut random crops: half of the batches as long as the network can read, the others of any length."""

    def __init__(self, loci: Sequence[Locus], seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.written = torch.cat([indices(locus.bases) for locus in loci])
        self.bases = self.written
        self.kinds = torch.from_numpy(np.concatenate([kinds_of(locus) for locus in loci]))
        self.codons = Codons(self.written.numpy(), self.kinds.numpy())
        ends = np.cumsum([len(locus.bases) for locus in loci])
        self.end_of = torch.from_numpy(np.repeat(ends, [len(locus.bases) for locus in loci]))

    def epoch(self) -> Iterator[Batch]:
        """Give about as many bases as there are; each crop lies within one locus, and some codons are exchanged."""
        self.bases = torch.from_numpy(self.codons.exchanged(SYNONYMS, self.rng))
        for _ in range(len(self.bases) // BATCH_BASES):
            length = LONGEST if self.rng.random() < 0.5 else int(self.rng.integers(SHORTEST, LONGEST + 1))
            yield self.batch(length, BATCH_BASES // length)

    def batch(self, length: int, count: int) -> Batch:
        """Cut `count` crops of one length; a few of their bases are made unknown."""
        starts = torch.from_numpy(self.rng.integers(0, len(self.bases) - length, 2 * count))
        starts = starts[self.end_of[starts] >= starts + length][:count]
        at = starts[:, None] + torch.arange(length)  # (B, T_x)
        unknown = torch.from_numpy(self.rng.random(tuple(at.shape)) < UNKNOWN)
        return self.bases[at].masked_fill(unknown, BASES.index("N")), self.kinds[at]


def frames(kinds: Tensor) -> Tensor:
    """Turn the place in a codon, (B, T_x), into the frame that its codons are in, counted from the first base."""
    return torch.where(kinds < 3, (torch.arange(kinds.shape[-1]) - kinds) % 3, kinds)


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
    rate = along_a_cosine(0.03)
    # Beside P(coding) the states must tell the frame, and an intron from what lies outside of the gene; this head is
    # for training alone.
    beside = nn.Linear(network.head.in_features, 5)

    def loss_of(batch: Batch) -> Tensor:
        x, kinds = batch
        states = network.dropout(network.encode(kmers(x))[0])
        coding = nn.functional.binary_cross_entropy_with_logits(network.head(states)[..., 0], (kinds < 3).float())
        return coding + BESIDE * nn.functional.cross_entropy(beside(states).flatten(0, 1), frames(kinds).flatten())

    def development() -> float:
        called = torch.cat([network(kmers(x))[..., 0] >= 0 for x in x_dev.split(64)])
        return (called == (y_dev == 1)).float().mean().item()

    train(
        network,
        crops.epoch,
        loss_of,
        development,
        torch.optim.AdamW([*network.parameters(), *beside.parameters()], RATE, weight_decay=0.01, fused=True),
        epochs=EPOCHS,
        patience=EPOCHS,
        clip=1.0,
        schedule=lambda done: rate(done * EPOCHS / COSINE),
        average=0.99,
        checkpoint=RUNS / "dna" / f"{variant}.pt",
        title=variant,
    )
    network.save(FOLDER / f"{variant}.safetensors")


def source() -> str:
    """Read the annotated genes."""
    return datasets.read(SOURCE).decode("latin-1")


def held_out_records(text: str) -> str:
    """Give the GenBank records of the held-out loci."""
    records = [record.lstrip("\n") for record in re.split(r"(?m)^//\s*$", text) if record.strip()]
    held_out = [r for r in records if is_held_out(r.split(maxsplit=2)[1])]
    return "".join(f"{record.rstrip()}\n//\n" for record in held_out)


def main() -> None:
    """Train the variants named on the command line, or all."""
    chosen = command_line(main.__doc__, VARIANTS).parse_args()
    loci, held_out = split(list(parse(source())))
    for variant in chosen.variants or VARIANTS:
        train_variant(variant, loci, held_out)


if __name__ == "__main__":
    main()
