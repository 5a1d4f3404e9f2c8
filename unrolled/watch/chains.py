"""Chains: the calls of one module that go on from one another, which together are one pass along time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Literal

import torch

from unrolled.cells import Cell
from unrolled.topology import Direction
from unrolled.watch.call import Call
from unrolled.watch.flow import Flow


@dataclass(frozen=True, eq=False)
class Chain:
    """Hold calls of one module, of which each but the first starts from the states of the one before.

    `changed` says that a state was changed on its way (masked, dropped, normalised), `restarts` that single steps
    follow one another and each of them starts from zeros.
    """

    calls: tuple[Call, ...]
    changed: bool = False
    restarts: bool = False

    @property
    def name(self) -> str:
        """Name the module as the model does."""
        return self.calls[0].name or "the model"

    @property
    def cell(self) -> Cell:
        """Find the cell that ran."""
        return self.calls[0].cell

    @property
    def layers(self) -> int:
        """Count the layers."""
        return self.calls[0].layers

    @property
    def directions(self) -> tuple[Direction, ...]:
        """List the directions."""
        return self.calls[0].directions

    @property
    def batch(self) -> int:
        """Count the sequences."""
        return self.calls[0].batch

    @cached_property
    def _starts(self) -> dict[int, list[int]]:
        return {}

    def starts(self, sequence: int) -> list[int]:
        """Say at which step of the chain each call begins, and at the end how many steps there are."""
        if sequence not in self._starts:
            lengths = (len(call.rows_of(sequence)) for call in self.calls)
            self._starts[sequence] = list(accumulate(lengths, initial=0))
        return self._starts[sequence]

    def T(self, sequence: int) -> int:
        """Count the steps of one sequence."""
        return self.starts(sequence)[-1]


Link = Literal["as it is", "changed", "from zeros"]


def chains_of(calls: Sequence[Call], flow: Flow) -> list[Chain]:
    """Join calls that go on from one another; chains in the order in which they began."""
    open_: dict[str, list[Call]] = {}
    links: dict[str, set[Link]] = {}
    found: list[Chain] = []

    def close(name: str) -> None:
        how = links.pop(name)
        found.append(Chain(tuple(open_.pop(name)), "changed" in how, "from zeros" in how))

    for call in calls:
        before = open_.get(call.name)
        link = _link(before[-1], call, flow) if before else None
        if before and link is not None:
            before.append(call)
            links[call.name].add(link)
            continue
        if before:
            close(call.name)
        open_[call.name], links[call.name] = [call], set()
    for name in list(open_):
        close(name)
    return sorted(found, key=lambda chain: chain.calls[0].number)


def _link(before: Call, call: Call, flow: Flow) -> Link | None:
    """Say how a call goes on from another; None if it does not."""
    if len(call.directions) > 1:
        return None
    if _one_step_from_zeros(before) and _one_step_from_zeros(call):
        return "from zeros"
    if not call.given:
        return None
    if len(call.given) == len(before.state) and all(
        a.shape == b.shape and torch.equal(a.detach(), b.detach())
        for a, b in zip(call.given, before.state, strict=True)
    ):
        return "as it is"
    touches = (flow.touch(state) for state in call.given)
    return "changed" if any(touch is not None and touch.of(before) for touch in touches) else None


def _one_step_from_zeros(call: Call) -> bool:
    return len(call.layout.sizes) == 1 and not any(bool((s != 0).any()) for s in call.given)
