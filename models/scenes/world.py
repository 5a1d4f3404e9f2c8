"""What is true of a scene, and the one sentence that says it.

The rules leave no choice, so that every scene has its sentence, whatever it is, also where a person might see it
otherwise. The network knows none of this: it is what its sentences are measured by.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from models.inputs import Item

# Whoever stands earlier here is spoken of first: animals, then vehicles, then what stands about.
NAMES = (
    "cat", "dog", "rabbit", "pig", "frog", "fish", "turtle", "penguin", "elephant",
    "car", "bus", "bicycle", "boat", "rocket",
    "ball", "apple", "balloon", "umbrella", "tulip", "mushroom", "cactus", "tree", "house", "moon", "sun",
)  # fmt: skip
PLURALS = {"fish": "fish", "bus": "buses", "cactus": "cactuses"}
SIDE = 30.0  # of a thing of size 1, in a scene of 100 x 100
SMALL, BIG = 0.79, 1.26  # the sizes below and above which a thing is called so
NEAR = 0.68  # of their mean side: how close the middles of two things are when one stands in front of the other
COUNTS = ("", "", "two", "three")
WORDS_OF = {
    "left": "left of", "right": "right of", "above": "above", "below": "below",
    "front": "in front of", "behind": "behind",
}  # fmt: skip
END = "."
WORDS = (
    END,
    *dict.fromkeys(chain.from_iterable(words.split() for words in WORDS_OF.values())),
    *("a", "an", "and", "big", "small", *COUNTS[2:]),
    *dict.fromkeys(chain.from_iterable((name, PLURALS.get(name, f"{name}s")) for name in NAMES)),
)


class Fact(NamedTuple):
    """Say how one kind of thing stands to another."""

    subject: str
    relation: str
    object: str


def relation_of(a: Item, b: Item, in_front: bool) -> str:
    """Say how a stands to b; `in_front` says that a was drawn later."""
    dx, dy = a.x - b.x, a.y - b.y
    if math.hypot(dx, dy) < NEAR * SIDE * (a.size + b.size) / 2:
        return "front" if in_front else "behind"
    if abs(dx) >= abs(dy):
        return "left" if dx < 0 else "right"
    return "above" if dy < 0 else "below"


def kinds_of(items: Sequence[Item]) -> list[list[int]]:
    """Gather equal things: the numbers of the items of each kind, in the order in which they are spoken of."""
    return [found for name in NAMES if (found := [i for i, item in enumerate(items) if item.name == name])]


def stands(items: Sequence[Item], a: Sequence[int], b: Sequence[int]) -> str | None:
    """Say how one kind stands to another: what is true of each thing of the one and each of the other, if anything."""
    found = {relation_of(items[i], items[k], i > k) for i in a for k in b}
    return found.pop() if len(found) == 1 else None


def fact_of(items: Sequence[Item]) -> Fact | None:
    """Say how the kinds of a scene stand to each other, where there are two and all of them agree."""
    kinds = kinds_of(items)
    if len(kinds) != 2:
        return None
    first, second = kinds
    relation = stands(items, first, second)
    return None if relation is None else Fact(items[first[0]].name, relation, items[second[0]].name)


def called(items: Sequence[Item]) -> str:
    """Name some equal things, one with its size: `a big cat`, `two cats`."""
    name = items[0].name
    if len(items) > 1:
        return f"{COUNTS[len(items)]} {PLURALS.get(name, f'{name}s')}"
    size = "small " if items[0].size < SMALL else "big " if items[0].size > BIG else ""
    return f"{'an' if (size + name)[0] in 'aeiou' else 'a'} {size}{name}"


def sentence_of(items: Sequence[Item]) -> str:
    """Say what is true of one to three things: `two cats left of a big house`; three kinds are only named."""
    kinds = [called([items[i] for i in some]) for some in kinds_of(items)]
    fact = fact_of(items)
    return f" {WORDS_OF[fact.relation] if fact else 'and'} ".join(kinds)


def indices(sentence: str) -> list[int]:
    """Write a sentence as the network does: the index of each word in WORDS, and of END. Raises ValueError."""
    return [WORDS.index(word) for word in (*sentence.split(), END)]


def things_in(words: Iterable[str]) -> frozenset[str]:
    """Say which things are named, whatever is said of them."""
    singular = {PLURALS.get(name, f"{name}s"): name for name in NAMES} | {name: name for name in NAMES}
    return frozenset(singular[word] for word in words if word in singular)
