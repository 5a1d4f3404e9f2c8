"""Scenes made at random, in which nothing is ambiguous, and what is held out of training: pairs, and relations."""

import math
import random
from collections.abc import Iterator, Sequence
from itertools import combinations

from models.inputs import Item
from models.scenes.world import BIG, NAMES, SIDE, SMALL, Fact, fact_of, kinds_of
from models.training import hash_fraction

SIZES = {"small": (0.62, 0.7), "": (0.88, 1.12), "big": (1.4, 1.65)}
EDGE = 0.45  # of its side: how close to the edge a thing's middle comes
BESIDE, WITHIN = 0.88, (0.42, 0.58)  # of their mean side: how far apart two things are, beside and before each other
CLOSEST, FULL = 0.34, 6.0  # how close things come in a crowd, and how much they cover together, in things of size 1
SPREAD = 0.7  # the share that is left out of scenes in which two of a kind stand on different sides of a third
SLANT = 1.6  # how many times farther two things are apart one way than the other
PAIRS, RELATIONS = 0.1, 0.15  # the shares that are held out


def held_out(fact: Fact) -> bool:
    """Say whether training leaves out this pair of things, or this pair in this relation."""
    pair = " ".join(sorted((fact.subject, fact.object)))
    return hash_fraction(pair) < PAIRS or hash_fraction(" ".join(fact)) < RELATIONS


def clear(items: Sequence[Item], in_row: bool = True) -> bool:
    """Say whether people would agree on how every two things stand; `in_row` asks it of left and right, too."""
    for a, b in combinations(items, 2):
        far, dx, dy = apart(a, b), abs(a.x - b.x), abs(a.y - b.y)
        if a.name != b.name and WITHIN[0] <= far <= WITHIN[1]:
            continue
        if far < BESIDE or (in_row and a.name != b.name and max(dx, dy) < SLANT * min(dx, dy)):
            return False
    return True


def apart(a: Item, b: Item) -> float:
    """Say how far apart two things are, in their mean sides."""
    return math.hypot(a.x - b.x, a.y - b.y) / (SIDE * (a.size + b.size) / 2)


def turned(rng: random.Random) -> float:
    """Draw a turn: most things stand upright, and none lies on its side."""
    return 0.0 if rng.random() < 0.65 else rng.uniform(-30, 30)


def within(place: float, size: float) -> float:
    """Hold a place where almost all of a thing of this size lies on the paper."""
    edge = EDGE * SIDE * size
    return round(min(max(place, edge), 100 - edge), 1)


def thing(name: str, size: float, rng: random.Random) -> Item:
    """Put a thing somewhere."""
    x, y = (within(rng.uniform(EDGE * SIDE * size, 100 - EDGE * SIDE * size), size) for _ in "xy")
    return Item(name, x, y, round(size, 2), round(turned(rng)))


def near(item: Item, other: Item, rng: random.Random) -> Item:
    """Move a thing to where it stands before another one or behind it."""
    far, angle = rng.uniform(*WITHIN) * SIDE * (item.size + other.size) / 2, rng.uniform(0, 2 * math.pi)
    x, y = other.x + far * math.cos(angle), other.y + far * math.sin(angle)
    return item._replace(x=within(x, item.size), y=within(y, item.size))


def some(rng: random.Random) -> list[Item]:
    """Draw one to three things, which may be clear or not; equal ones are of one size."""
    count = rng.choices((1, 2, 3), (1, 9, 12))[0]
    names = rng.sample(NAMES, count)
    if count > 1 and rng.random() < (0.2, 0.6)[count - 2]:
        names = [names[0], *names[: count - 1]]
    sizes = {name: rng.uniform(*SIZES[rng.choices(tuple(SIZES), (2, 5, 2))[0]]) for name in names}
    items = [thing(name, sizes[name], rng) for name in names]
    if len(set(names)) == count > 1 and rng.random() < 0.25:
        items[1] = near(items[1], items[0], rng)
    rng.shuffle(items)
    return items


def hides(items: Sequence[Item]) -> bool:
    """Say whether a thing hides one that is much smaller."""
    return any(apart(a, b) < BESIDE and a.size < 0.75 * b.size for a, b in combinations(items, 2))


def scenes(rng: random.Random, unseen: bool = False) -> Iterator[list[Item]]:
    """Give clear scenes without end: those for training, or those with a pair or a relation that training never had."""
    while True:
        items = some(rng)
        fact = fact_of(items)
        in_row = len(kinds_of(items)) == 2  # else nothing is said of left and right
        if in_row and fact is None and rng.random() < SPREAD:
            continue
        if clear(items, in_row) and not hides(items) and (fact is not None and held_out(fact)) == unseen:
            yield items


def crowd(rng: random.Random) -> list[Item]:
    """Fill the paper with things, as the eye learns from: no sentence would hold them."""
    items: list[Item] = []
    for _ in range(40):
        size = rng.choice((0.6, 0.75, 0.9, 1.0, 1.1, 1.3, 1.55)) * rng.uniform(0.92, 1.08)
        new = thing(rng.choice(NAMES), size, rng)
        if items and rng.random() < 0.3:
            new = near(new, rng.choice(items), rng)
        if all(apart(new, old) > (BESIDE if new.name == old.name else CLOSEST) for old in items):
            items += [] if hides([*items, new]) else [new]
        if sum(item.size**2 for item in items) > FULL:
            break
    return items


assert SIZES["small"][1] < SMALL < SIZES[""][0] and SIZES[""][1] < BIG < SIZES["big"][0]
