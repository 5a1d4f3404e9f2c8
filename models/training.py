"""What all training scripts share: command line, seeds, splits, batches, one loop with early stopping."""

import argparse
import hashlib
import math
import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pad_sequence
from torch.optim.lr_scheduler import LambdaLR
from torch.optim.swa_utils import AveragedModel
from tqdm import tqdm

T = TypeVar("T")
B = TypeVar("B")

RUNS = Path(__file__).parent.parent / "runs"


def command_line(description: str | None, variants: Iterable[str]) -> argparse.ArgumentParser:
    """Make a parser that takes the variants to train; it gives an empty list, meaning all, if none is named."""
    known = tuple(variants)

    def variant(name: str) -> str:  # `choices` would refuse an empty list
        if name not in known:
            raise argparse.ArgumentTypeError(f"there is no '{name}'; there are {', '.join(known)}")
        return name

    parser = argparse.ArgumentParser(description=description)
    parser.add_argument(
        "variants", nargs="*", type=variant, metavar="variant", help=f"{', '.join(known)}; all if none is named"
    )
    return parser


def seed_everything(seed: int, threads: int = 1) -> None:
    """Make a training repeatable: seed Python, numpy and torch, and fix the number of threads."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)
    torch.set_num_threads(threads)


def normalise(text: str) -> str:
    """Write a text the way in which two copies of it are equal: NFKC, no case, single spaces."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


def hash_fraction(text: str) -> float:
    """Map a text to a number in [0, 1) that depends on its normalised form alone, for stable splits."""
    digest = hashlib.sha256(normalise(text).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def split_by_hash(items: Iterable[T], shares: Sequence[float], text: Callable[[T], str] = str) -> tuple[list[T], ...]:
    """Split items into parts of about these shares; equal texts always fall into the same part."""
    bounds = np.cumsum(shares) / sum(shares)
    parts: tuple[list[T], ...] = tuple([] for _ in shares)
    for item in items:
        parts[int(np.searchsorted(bounds, hash_fraction(text(item)), side="right"))].append(item)
    return parts


def batches_by_length(
    items: Sequence[T], size: int, length: Callable[[T], int], rng: random.Random | None = None
) -> Iterator[list[T]]:
    """Give batches of items of similar length, so that little is spent on padding.

    With `rng`, items of equal length are mixed and the batches come in random order; without, all is in order
    of length.
    """
    order = sorted(items, key=lambda item: (length(item), rng.random() if rng else 0.0))
    batches = [order[i : i + size] for i in range(0, len(order), size)]
    if rng:
        rng.shuffle(batches)
    yield from batches


def pad(rows: Sequence[Sequence[int]], value: int = 0) -> Tensor:
    """Stack rows of different length into one (B, T) tensor of integers, filled up with `value`."""
    return pad_sequence([torch.tensor(row, dtype=torch.long) for row in rows], batch_first=True, padding_value=value)


@dataclass
class Best:
    """Remember the best development score, and the weights that reached it."""

    score: float = float("-inf")
    epoch: int = -1
    weights: dict[str, Tensor] | None = None


def moving_average(network: nn.Module, decay: float) -> AveragedModel:
    """Keep an exponential moving average of a network's weights, which often does better than the weights.

    It moves faster at first, when it has seen few updates.
    """

    def average(mean: Tensor, weight: Tensor, updates: Tensor | int) -> Tensor:
        return torch.lerp(mean, weight, 1 - min(decay, int(updates) / (int(updates) + 10)))

    return AveragedModel(network, avg_fn=average)


@contextmanager
def weights_of(other: nn.Module, network: nn.Module) -> Iterator[None]:
    """Put the weights of another module of the same shape into a network for a while."""
    own = {name: w.clone() for name, w in network.state_dict().items()}
    network.load_state_dict(other.state_dict())
    try:
        yield
    finally:
        network.load_state_dict(own)


def along_a_cosine(warm: float, least: float = 0.003) -> Callable[[float], float]:
    """Make a schedule for `train`: the rate rises over the first share `warm`, and falls along a cosine to `least`."""
    return lambda done: min(1.0, done / warm) * (1 + math.cos(math.pi * done)) / 2 + least


def scheduled(
    optimizer: torch.optim.Optimizer, schedule: Callable[[float], float], epoch: int, epochs: int, batches: int
) -> LambdaLR:
    """Scale the learning rates along one epoch, by the share of the whole training that is done; step it a batch."""
    return LambdaLR(optimizer, lambda batch: schedule((epoch + batch / batches) / epochs))


def train(
    network: nn.Module,
    epoch_batches: Callable[[], Iterable[B]],
    loss_of: Callable[[B], Tensor],
    development: Callable[[], float],
    optimizer: torch.optim.Optimizer,
    *,
    epochs: int,
    patience: int = 3,
    clip: float = 5.0,
    evaluate_every: int | None = None,
    schedule: Callable[[float], float] = lambda done: 1.0,
    average: float = 0.0,
    checkpoint: Path | None = None,
    title: str = "training",
) -> Best:
    """Train until `development` (higher is better) has not improved for `patience` evaluations.

    `epoch_batches` gives the batches of one epoch, `loss_of` the loss of one batch; `schedule` maps the share
    of the training that is done, in [0, 1], to a factor of the learning rate. It is evaluated after each
    epoch, and every `evaluate_every` batches. With `average`, what is evaluated and kept is the moving average
    of the weights, with that decay. The network ends with its best weights, which are also written to
    `checkpoint` each time they improve.
    """
    best, stale = Best(), 0
    mean = moving_average(network, average)
    for epoch in range(epochs):
        batches = list(epoch_batches())
        every = evaluate_every or len(batches)
        rates = scheduled(optimizer, schedule, epoch, epochs, len(batches))
        bar = tqdm(batches, desc=f"{title} {epoch + 1}/{epochs}", mininterval=2)
        for i, batch in enumerate(bar, start=1):
            loss = step(network, optimizer, loss_of, batch, clip)
            bar.set_postfix(loss=f"{loss:.3f}", best=f"{best.score:.4f}", refresh=False)
            rates.step()
            mean.update_parameters(network)
            if i % every == 0 or i == len(batches):
                with weights_of(mean.module, network):
                    better = evaluate_and_keep(best, network, development, epoch, checkpoint)
                stale = 0 if better else stale + 1
        if stale >= patience:
            break
    if best.weights is not None:
        network.load_state_dict(best.weights)
    return best


def step(
    network: nn.Module,
    optimizer: torch.optim.Optimizer,
    loss_of: Callable[[B], Tensor],
    batch: B,
    clip: float,
) -> float:
    """Take one step down the gradient, its length limited to `clip`; gives the loss."""
    network.train()
    optimizer.zero_grad(set_to_none=True)
    loss = loss_of(batch)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), clip)
    optimizer.step()
    return loss.item()


def evaluate_and_keep(
    best: Best, network: nn.Module, development: Callable[[], float], epoch: int, checkpoint: Path | None
) -> bool:
    """Evaluate the network; if it is the best so far, keep its weights and write the checkpoint. Says whether it is."""
    network.eval()
    with torch.inference_mode():
        score = development()
    tqdm.write(f"epoch {epoch + 1}: development {score:.4f} (best {max(score, best.score):.4f})")
    if score <= best.score:
        return False
    best.score, best.epoch = score, epoch
    best.weights = {name: w.detach().clone() for name, w in network.state_dict().items()}
    if checkpoint:
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        torch.save(best.weights, checkpoint)
    return True
