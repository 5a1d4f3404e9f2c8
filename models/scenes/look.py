"""How the eye learns: pictures crowded with things, and which of them has its middle in which place."""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn

from models.inputs import Item
from models.scenes.art import Art
from models.scenes.eye import CLASSES, GRID, NOTHING, SEEN, Eye
from models.scenes.picture import WIDTH, compose
from models.scenes.stage import apart, crowd, scenes
from models.scenes.variety import BASE, varied
from models.scenes.world import NAMES, NEAR, kinds_of

UNASKED = -1.0  # of a thing that nothing stands before or behind, whether it is covered
HIDING = 1.0  # how much that counts in the loss
Seen = tuple[Tensor, Tensor]  # pictures (B, 3, P, P) in bytes, targets (B, places, 1 + 4): class, size, x, y, covered


class Drawings:
    """Hold drawings by name, of some vendors, each in several variations if there is a generator to make them.

    `true` says how often each is also there as its vendor drew it.
    """

    def __init__(self, arts: Sequence[Art], rng: random.Random | None = None, each: int = 1, true: int = 0) -> None:
        self.rng, self.each, self.true = rng or random.Random(0), each, true
        self.pool: Mapping[str, list[Image.Image]] = {name: list(self._of(name, arts, rng)) for name in NAMES}

    def _of(self, name: str, arts: Sequence[Art], rng: random.Random | None) -> Iterator[Image.Image]:
        for art in (some for some in arts if some.has(name)):
            for drawing in art.all_drawings(name) if rng else [art.drawing(name)]:
                small = drawing.resize((BASE, BASE), Image.Resampling.BICUBIC)
                yield from (varied(small, rng) for _ in range(self.each)) if rng else (small,)
                yield from (small,) * self.true

    def __call__(self, item: Item) -> Image.Image:
        """Choose one drawing of a thing."""
        return self.rng.choice(self.pool[item.name])


def targets_of(items: Sequence[Item]) -> np.ndarray:
    """Say what is to be seen in each place, (places, 5): class, log of the size, where its middle is, covered."""
    targets = np.zeros((GRID * GRID, 5), np.float32)
    for i, item in enumerate(items):
        x, y = (min(GRID - 1e-3, place * GRID / WIDTH) for place in (item.x, item.y))
        touching = [k for k, other in enumerate(items) if k != i and apart(item, other) < NEAR]
        covered = UNASKED if not touching else float(max(touching) > i)
        row = (1 + NAMES.index(item.name), np.log(item.size), x % 1 - 0.5, y % 1 - 0.5, covered)
        targets[int(y) * GRID + int(x)] = row
    return targets


def bytes_of(picture: Image.Image) -> Tensor:
    """Give a picture as bytes, (3, P, P)."""
    return torch.from_numpy(np.asarray(picture).transpose(2, 0, 1).copy())


def pictures_of(shown: Sequence[Sequence[Item]], drawings: Drawings) -> Tensor:
    """Draw some scenes, (B, 3, P, P) in bytes."""
    return torch.stack([bytes_of(compose(items, drawings)) for items in shown])


def batch_of(shown: Sequence[Sequence[Item]], drawings: Drawings) -> Seen:
    """Draw some scenes, and say what is where."""
    return pictures_of(shown, drawings), torch.from_numpy(np.stack([targets_of(items) for items in shown]))


def crowds(count: int, size: int, drawings: Drawings, rng: random.Random) -> list[Seen]:
    """Draw batches of crowded pictures, and of scenes: as many of each."""
    calm = scenes(rng)
    return [batch_of([next(calm) if i % 2 else crowd(rng) for i in range(size)], drawings) for _ in range(count)]


def hard(items: Sequence[Item]) -> bool:
    """Say whether the eye finds a scene hard: two things touch, or two are equal."""
    return len(kinds_of(items)) < len(items) or any(apart(a, b) < NEAR for a, b in combinations(items, 2))


def sharpening(count: int, size: int, drawings: Drawings, rng: random.Random) -> list[Seen]:
    """Draw batches of what the eye must see in the end: scenes, half of them hard, and a crowded picture in four."""
    calm = scenes(rng)
    touching = filter(hard, scenes(rng))
    return [
        batch_of([crowd(rng) if i % 4 == 0 else next((calm, touching)[i % 2]) for i in range(size)], drawings)
        for _ in range(count)
    ]


def lit(pictures: Tensor, rng: torch.Generator | None = None) -> Tensor:
    """Give pictures in bytes as shares from 0 to 1; with a generator, under different lights and with some noise."""
    shares = pictures.float() / 255
    if rng is None:
        return shares
    count = len(pictures)
    tint = 1 - 0.08 * torch.rand(count, 3, 1, 1, generator=rng) * (torch.rand(count, 1, 1, 1, generator=rng) < 0.3)
    noise = 0.03 * torch.rand(count, 1, 1, 1, generator=rng) * torch.randn(shares.shape, generator=rng)
    return (shares * tint + noise).clamp(0, 1)


def loss_of(seen: Tensor, targets: Tensor) -> Tensor:
    """Compare what the eye saw, (B, places, SEEN), with what is there, (B, places, 5)."""
    kinds = targets[..., 0].long()
    there = kinds > 0
    weight = torch.full((CLASSES,), 1.0)
    weight[0] = NOTHING
    named = nn.functional.cross_entropy(
        seen[..., :CLASSES].flatten(0, 1), kinds.flatten(), weight, label_smoothing=0.02
    )
    lies = nn.functional.smooth_l1_loss(seen[..., CLASSES : SEEN - 1][there], targets[..., 1:4][there], beta=0.1)
    asked = there & (targets[..., 4] != UNASKED)
    covered = nn.functional.binary_cross_entropy_with_logits(seen[..., SEEN - 1][asked], targets[..., 4][asked])
    return named + lies + HIDING * covered


def imagined(targets: Tensor, rng: torch.Generator) -> Tensor:
    """Make up what a good eye would see of what is there, (B, places, 5): (B, places, SEEN), not all too precise."""
    kinds, there = targets[..., :1].long(), targets[..., 0] > 0
    shape = kinds.shape[:2]
    logits = torch.zeros(*shape, CLASSES)
    logits[..., 0] = torch.where(there, 0.0, 12.0)
    sure = 4.5 + 7.5 * torch.rand(*shape, 1, generator=rng)
    logits.scatter_add_(-1, kinds, torch.where(there.unsqueeze(-1), sure, 0.0))
    lies = targets[..., 1:4] + torch.tensor((0.06, 0.1, 0.1)) * torch.randn(*shape, 3, generator=rng)
    asked = targets[..., 4:] != UNASKED
    covered = torch.where(asked, 2 * targets[..., 4:] - 1, 2 * torch.rand(*shape, 1, generator=rng) - 1)
    covered = covered * (0.5 + 4 * torch.rand(*shape, 1, generator=rng))
    return torch.cat((logits, lies, covered), -1)


@torch.inference_mode()
def told(eye: Eye, batches: Sequence[Seen]) -> tuple[float, float, float]:
    """Measure what is seen: the shares of things called by their name, of empty places, and of who covers whom."""
    right, empty, order = [], [], []
    for pictures, targets in batches:
        seen = eye(lit(pictures))
        kinds, found = targets[..., 0].long(), seen[..., :CLASSES].argmax(-1)
        there = kinds > 0
        right.append((found == kinds)[there])
        empty.append((found == 0)[~there])
        asked = there & (targets[..., 4] != UNASKED)
        order.append((seen[..., SEEN - 1] > 0)[asked] == (targets[..., 4] > 0)[asked])
    right_share, empty_share, order_share = (float(torch.cat(some).float().mean()) for some in (right, empty, order))
    return right_share, empty_share, order_share
