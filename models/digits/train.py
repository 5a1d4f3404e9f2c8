"""Train the two networks on MNIST with its digits turned, moved and distorted: about five minutes each.

    python -m models.digits.train [one two]

The last 5,000 of the 60,000 training pictures are kept for development. A network that sees only one step never uses
what its cell would hand to the next one, so those weights stay zero. The weights are written beside this file.
"""

from collections.abc import Iterator
from pathlib import Path

import torch
from torch import Tensor, nn

from models import datasets
from models.digits.mnist import SIDE, Digits, read_idx
from models.training import RUNS, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

HELD_OUT = 5000
EPOCHS, BATCH, HIDDEN, RATE, DROPOUT = 40, 256, 512, 2e-3, 0.2
LAYERS = {"one": 1, "two": 2}
FOLDER = Path(__file__).parent
Batch = tuple[Tensor, Tensor]


def source() -> Digits:
    """Read MNIST's 60,000 training pictures."""
    return Digits(*(read_idx(datasets.read(f"digits/train-{name}-ubyte")) for name in ("images-idx3", "labels-idx1")))


def as_batch(digits: Digits) -> Batch:
    """Turn bytes into what the network reads: pictures (count, 28, 28) from 0 to 1, and classes (count,)."""
    return torch.from_numpy(digits.pictures / 255).float(), torch.from_numpy(digits.labels.copy()).long()


def distorted(pictures: Tensor, generator: torch.Generator) -> Tensor:
    """Turn, scale, slant, move and bend each picture a little, as hands do (Simard, Steinkraus & Platt 2003)."""
    count = len(pictures)

    def uniform(*shape: int) -> Tensor:
        return torch.rand(*shape, generator=generator) * 2 - 1

    angle, slant = 0.22 * uniform(count), 0.22 * uniform(count)
    scale = 1 + 0.13 * uniform(count, 2)
    cos, sin = angle.cos(), angle.sin()
    turn = torch.stack([torch.stack([cos, -sin + slant], -1), torch.stack([sin, cos], -1)], 1) * scale[:, None]
    move = (2.2 / SIDE * uniform(count, 2))[..., None]
    grid = nn.functional.affine_grid(torch.cat([turn, move], -1), [count, 1, SIDE, SIDE], align_corners=False)
    waves = nn.functional.interpolate(uniform(count, 2, 5, 5), (SIDE, SIDE), mode="bicubic", align_corners=True)
    grid = grid + 0.09 * waves.permute(0, 2, 3, 1)
    return nn.functional.grid_sample(pictures[:, None], grid, align_corners=False)[:, 0]


def network_of(layers: int) -> Network:
    """Make a network of tanh layers over one picture; what a cell would hand on is zero, and is not trained."""
    config = NetworkConfig(
        kind="one_to_one", cell="rnn", hidden=HIDDEN, n_y=10, layers=layers, read=Embed(size=SIDE * SIDE)
    )
    network = Network(config, dropout=DROPOUT)
    assert network.encoder is not None
    for name, weight in network.encoder.named_parameters():
        if "_hh_" in name:
            nn.init.zeros_(weight)
            weight.requires_grad_(False)
    return network


def accuracy(network: Network, batch: Batch) -> float:
    """Measure the share of pictures that are read rightly."""
    pictures, labels = batch
    logits = network(pictures.flatten(1)[:, None])[:, 0]
    return (logits.argmax(-1) == labels).float().mean().item()


def train_variant(name: str, digits: Digits, seed: int = 0) -> None:
    """Train one network and write its weights."""
    seed_everything(seed)
    generator = torch.Generator().manual_seed(seed)
    network = network_of(LAYERS[name])
    pictures, labels = as_batch(digits[:-HELD_OUT])
    held_out = as_batch(digits[-HELD_OUT:])

    def epoch_batches() -> Iterator[Batch]:
        for some in torch.randperm(len(pictures), generator=generator).split(BATCH):
            yield distorted(pictures[some], generator), labels[some]

    def loss_of(batch: Batch) -> Tensor:
        x, y = batch
        return nn.functional.cross_entropy(network(x.flatten(1)[:, None])[:, 0], y, label_smoothing=0.02)

    train(
        network,
        epoch_batches,
        loss_of,
        lambda: accuracy(network, held_out),
        torch.optim.Adam([w for w in network.parameters() if w.requires_grad], RATE),
        epochs=EPOCHS,
        patience=EPOCHS,
        schedule=lambda done: min(1.0, 1.6 * (1 - done)) ** 1.5 + 0.005,
        average=0.999,
        checkpoint=RUNS / "digits" / f"{name}.pt",
        title=name,
    )
    network.save(FOLDER / f"{name}.safetensors")


def main() -> None:
    """Train the variants named on the command line, or both."""
    digits = source()
    for name in command_line(main.__doc__, LAYERS).parse_args().variants or LAYERS:
        train_variant(name, digits)


if __name__ == "__main__":
    main()
