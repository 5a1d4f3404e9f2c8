"""Train the three networks on UNIPEN's characters, each bent and scaled anew every time: five to ten minutes each.

    python -m models.handwriting.train [rnn gru lstm]

The weights are written beside this file.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models import datasets
from models.handwriting.pen import SIDE, WIDTH, batch_steps, fine
from models.handwriting.unipen import CHARACTERS, GROUPS, Written, read_npz, split
from models.handwriting.unipen import SIDE as BOX
from models.training import RUNS, along_a_cosine, batches_by_length, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

SOURCE = "handwriting/unipen_1abc_stroke3.npz"
HIDDEN = {"rnn": 128, "gru": 192, "lstm": 128}
RATE = {"rnn": 1e-3, "gru": 4e-3, "lstm": 4e-3}
EPOCHS = {"rnn": 14, "gru": 26, "lstm": 14}
DROPOUT = {"rnn": 0.1, "gru": 0.15, "lstm": 0.1}
BATCH = 256
SPACING = 10.0  # of the fine points, while a character fills the square; it is made smaller afterwards
SOONER = 0.15  # how much of the loss is asked of all steps, so that the verdict means something while one writes
FOLDER = Path(__file__).parent
Batch = tuple[Tensor, Tensor, Tensor]  # x (B, T, WIDTH), lengths (B,), classes (B,)


def network_of(cell: str) -> Network:
    """Make a network that reads a pen's path and says once, at the end, which character it was."""
    config = NetworkConfig(
        kind="many_to_one", cell=cell, hidden=HIDDEN[cell], n_y=len(CHARACTERS), read=Embed(size=WIDTH)
    )
    return Network(config, dropout=DROPOUT[cell])


def rounded(points: np.ndarray, share: float) -> np.ndarray:
    """Put three points on each line, this share of the way from it to a curve through its ends (Catmull and Rom 1974).

    UNIPEN keeps few points of a curve; a browser gives many.
    """
    xy, lift = points[:, :2], points[:, 2] > 0.5
    lines = np.flatnonzero(~lift[:-1])
    first = np.concatenate(([True], lift[:-1]))
    before = xy[np.where(first[lines], lines, lines - 1)]
    after = xy[np.where(lift[lines + 1], lines + 1, np.minimum(lines + 2, len(xy) - 1))]
    a, b = xy[lines], xy[lines + 1]
    t = np.array([0.25, 0.5, 0.75])[:, None, None]
    curve = 0.5 * (2 * a + (b - before) * t + (2 * before - 5 * a + 4 * b - after) * t**2)
    curve += 0.5 * (3 * a - before - 3 * b + after) * t**3
    new = (1 - share) * (a + t * (b - a)) + share * curve  # (3, lines, 2)
    rows = [points, *(np.column_stack((some, np.zeros(len(lines)))) for some in new)]
    order = np.concatenate([np.arange(len(points))] + [lines + s for s in (0.25, 0.5, 0.75)])
    return np.concatenate(rows)[np.argsort(order, kind="stable")]


class Paths:
    """Hold characters as fine paths that fill the square, and give them in batches."""

    def __init__(self, characters: Sequence[Written], rng: np.random.Generator | None = None) -> None:
        scale = np.array([SIDE / BOX, SIDE / BOX, 1], np.float32)
        self.classes = np.array([CHARACTERS.index(c.character) for c in characters])
        self.paths = [
            fine(rounded(c.points * scale, rng.uniform()) if rng else c.points * scale, SPACING).astype(np.float16)
            for c in characters
        ]

    def padded(self, rows: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give some paths as xy (B, m, 2), lift (B, m) and lengths (B,); each is filled up with its last point."""
        lengths = np.array([len(self.paths[row]) for row in rows])
        index = np.minimum(np.arange(lengths.max()), lengths[:, None] - 1)
        points = np.stack([self.paths[row][index[i]] for i, row in enumerate(rows)]).astype(np.float32)
        return points[..., :2], points[..., 2] > 0.5, lengths

    def batches(self, rng: np.random.Generator | None = None) -> Iterator[Batch]:
        """Give all of them in batches of like length; bent, and mixed, if there is luck to do it with."""
        mixer = random.Random(int(rng.integers(2**32))) if rng else None
        for rows in batches_by_length(range(len(self.paths)), 8 * BATCH, lambda row: len(self.paths[row]) // 16, mixer):
            xy, lift, lengths = self.padded(rows)
            x, _, count = batch_steps(bent(xy, lift, rng) if rng else 0.6 * xy, lift, lengths)
            for some in np.array_split(np.argsort(count, kind="stable"), -(-len(rows) // BATCH)):
                part = x[some, : count[some].max()], count[some], self.classes[rows][some]
                yield torch.from_numpy(part[0]), torch.from_numpy(part[1]), torch.from_numpy(part[2])


def bent(xy: np.ndarray, lift: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Turn, slant, stretch, wave and scale each path, and move its strokes, as other hands would."""
    count = len(xy)

    def drawn(*shape: int) -> np.ndarray:
        return rng.uniform(-1, 1, shape).astype(np.float32)

    place = xy / SIDE - 0.5  # within -0.5 .. 0.5
    waves = np.pi * drawn(count, 1, 4), np.pi * (2 + drawn(count, 2, 4))
    angle = np.sin(waves[0] + place @ waves[1])  # (B, m, 4)
    place = place + np.stack((angle[..., :2].sum(-1), angle[..., 2:].sum(-1)), -1) * 0.02 * (1 + drawn(count, 1, 1))
    stroke = np.cumsum(lift, 1) - lift  # (B, m)
    moves = np.clip(0.03 * rng.standard_normal((count, stroke.max() + 1, 2)), -0.1, 0.1).astype(np.float32)
    place = place + np.take_along_axis(moves, stroke[..., None], 1)
    turn, slant, wide = 0.22 * drawn(count), 0.3 * drawn(count), np.exp(0.25 * drawn(count))
    cos, sin = np.cos(turn), np.sin(turn)
    matrix = np.stack((np.stack((cos, sin), -1), np.stack((slant * cos - sin, slant * sin + cos), -1)), 1)
    matrix = matrix * np.stack((wide, 1 / wide), -1)[:, :, None]
    size = SIDE * np.exp(rng.uniform(np.log(0.12), np.log(0.95), (count, 1, 1))).astype(np.float32)
    return size * (place @ matrix)


def measured(logits: Tensor, classes: Tensor) -> dict[str, float]:
    """Measure the share that is right among the 62 (the best, the best three), and within each group."""
    top = logits.topk(3).indices
    found = {"accuracy": float((top[:, 0] == classes).float().mean())}
    found["top3"] = float((top == classes[:, None]).any(1).float().mean())
    for name in ("digits", "upper", "lower"):
        group = torch.tensor([CHARACTERS.index(character) for character in GROUPS[name]])
        rows = torch.isin(classes, group)
        found[name] = float((group[logits[rows][:, group].argmax(-1)] == classes[rows]).float().mean())
    return found


def all_steps(network: Network, x: Tensor) -> Tensor:
    """Ask for the verdict at each step, (B, T, 62)."""
    return network.head(network.dropout(network.encode(x)[0]))


def train_variant(cell: str, training: Sequence[Written], held_out: Sequence[Written], seed: int = 0) -> None:
    """Train one network and write its weights."""
    seed_everything(seed)
    rng = np.random.default_rng(seed)
    network, paths = network_of(cell), Paths(training, rng)
    development_batches = list(Paths(held_out).batches())

    def loss_of(batch: Batch) -> Tensor:
        x, lengths, y = batch
        logits = all_steps(network, x)
        there = torch.arange(x.shape[1]) < lengths[:, None]
        last = nn.functional.cross_entropy(logits[torch.arange(len(x)), lengths - 1], y, label_smoothing=0.02)
        each = nn.functional.cross_entropy(logits[there], y[:, None].expand(there.shape)[there])
        return (1 - SOONER) * last + SOONER * each

    def development() -> float:
        logits = [all_steps(network, x)[torch.arange(len(x)), n - 1] for x, n, _ in development_batches]
        found = measured(torch.cat(logits), torch.cat([y for *_, y in development_batches]))
        print(" ".join(f"{name} {value:.4f}" for name, value in found.items()), flush=True)
        return sum(found.values()) / len(found)

    train(
        network,
        lambda: paths.batches(rng),
        loss_of,
        development,
        torch.optim.AdamW(network.parameters(), RATE[cell], weight_decay=0.01, fused=True),
        epochs=EPOCHS[cell],
        patience=EPOCHS[cell],
        clip=1.0,
        schedule=along_a_cosine(0.05),
        average=0.998,
        checkpoint=RUNS / "handwriting" / f"{cell}.pt",
        title=cell,
    )
    network.save(FOLDER / f"{cell}.safetensors")


def main() -> None:
    """Train the networks named on the command line, or all."""
    chosen = command_line(main.__doc__, HIDDEN).parse_args()
    training, held_out = split(read_npz(datasets.read(SOURCE)))
    for cell in chosen.variants or HIDDEN:
        train_variant(cell, training, held_out)


if __name__ == "__main__":
    main()
