"""Train both variants of the date reader: `python -m models.dates.train`, a few minutes on one core."""

import json
import random
from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F

from models.dates import characters as c
from models.dates.corpus import Item, characters, items, split
from models.training import RUNS, batches_by_length, command_line, pad, seed_everything, train
from unrolled import Embed, Network, NetworkConfig
from unrolled.greedy import decode_batch

HERE = Path(__file__).parent
VARIANTS = ("attention", "none")
HIDDEN, BATCH, EPOCH, RATE = 128, 128, 40_000, 3e-3
Indexed = tuple[list[int], list[int]]  # T_x characters read, T_y written


def config_of(variant: str) -> NetworkConfig:
    """Describe the network of a variant; the two differ in the attention alone."""
    return NetworkConfig(
        kind="encoder_decoder",
        cell="gru",
        hidden=HIDDEN,
        n_y=len(c.WRITTEN),
        directions=2,
        attention="dot" if variant == "attention" else None,
        read=Embed(kind="tokens", count=len(c.alphabet()) + 1, size=32),
        feed_back=Embed(kind="tokens", count=len(c.WRITTEN), size=16),
        end=c.END,
    )


def indexed(found: Iterator[Item]) -> list[Indexed]:
    """Turn written dates into what the network reads and writes."""
    return [(c.read_indices(c.normalise(item.written)), c.write_indices(item.iso)) for item in found]


def inputs(batch: list[Indexed]) -> tuple[Tensor, Tensor]:
    """Stack what is read: x (B, T_x) padded, and the lengths (B,)."""
    return pad([read for read, _ in batch], c.PAD), torch.tensor([len(read) for read, _ in batch])


def train_variant(variant: str, epochs: int, folder: Path) -> float:
    """Train one variant and write its weights beside this file; gives its development exact match."""
    seed_everything(0)
    rng = random.Random(0)
    training_days, development_days, _ = split()
    development = indexed(items(development_days, random.Random(2)))
    network = Network(config_of(variant), dropout=0.05)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, fused=True)

    def epoch_batches() -> Iterator[list[Indexed]]:
        fresh = indexed(items(rng.sample(training_days, EPOCH), rng))
        return batches_by_length(fresh, BATCH, lambda pair: len(pair[0]), rng)

    def loss_of(batch: list[Indexed]) -> Tensor:
        x, lengths = inputs(batch)
        y = torch.tensor([written for _, written in batch])
        return F.cross_entropy(network(x, lengths, y).flatten(0, 1), y.flatten())

    def exact() -> float:
        right = 0
        for batch in batches_by_length(development, 512, lambda pair: len(pair[0])):
            written = decode_batch(network, *inputs(batch), c.T_Y).classes.tolist()
            right += sum(c.joined(row) == c.joined(pair[1]) for row, pair in zip(written, batch, strict=True))
        return right / len(development)

    best = train(
        network, epoch_batches, loss_of, exact, optimizer,
        epochs=epochs, patience=epochs, clip=1.0, schedule=lambda done: min(1.0, done * 20, (1 - done) * 2),
        checkpoint=folder / f"{variant}.pt", title=variant,
    )  # fmt: skip
    network.save(HERE / f"{variant}.safetensors")
    return best.score


def main() -> None:
    """Train the named variants, one after the other."""
    parser = command_line(__doc__, VARIANTS)
    parser.add_argument("--epochs", type=int, default=12)
    options = parser.parse_args()
    file = HERE / "alphabet.json"
    if not file.exists():
        file.write_text(json.dumps(characters(), ensure_ascii=False) + "\n", "utf-8")
    for variant in options.variants or VARIANTS:
        print(f"{variant}: exact {train_variant(variant, options.epochs, RUNS / 'dates'):.4f}")


if __name__ == "__main__":
    main()
