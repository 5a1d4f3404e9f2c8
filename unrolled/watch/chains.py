"""Chains: the calls of one module that go on from one another, which together are one pass along time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

import torch

from unrolled.cells import Cell
from unrolled.topology import Direction
from unrolled.watch.call import Call
from unrolled.watch.flow import Flow


@dataclass(frozen=True, eq=False)
class Chain:
    """Hold calls of one module, of which each but the first starts from the states of the one before.

    `changed` says that a state was changed on its way (masked, dropped, normalised).
    """

    calls: tuple[Call, ...]
    changed: bool = False

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


def chains_of(calls: Sequence[Call], flow: Flow) -> list[Chain]:
    """Join calls that go on from one another; chains in the order in which they began."""
    open_: dict[str, list[Call]] = {}
    changed: dict[str, bool] = {}
    found: list[tuple[list[Call], bool]] = []

    def close(name: str) -> None:
        if name in open_:
            found.append((open_.pop(name), changed.pop(name)))

    for call in calls:
        before = open_.get(call.name)
        goes_on = _goes_on(before[-1], call, flow) if before else None
        if goes_on is None:
            close(call.name)
            open_[call.name], changed[call.name] = [call], False
        else:
            open_[call.name].append(call)
            changed[call.name] |= not goes_on
    for name in list(open_):
        close(name)
    ordered = sorted(found, key=lambda one: one[0][0].number)
    return [Chain(tuple(members), was_changed) for members, was_changed in ordered]


def _goes_on(before: Call, call: Call, flow: Flow) -> bool | None:
    """Say whether a call starts from the states of another: as they are (True), changed (False), or not (None)."""
    if not call.given or len(call.directions) > 1:
        return None
    if len(call.given) == len(before.state) and all(
        a.shape == b.shape and torch.equal(a.detach(), b.detach())
        for a, b in zip(call.given, before.state, strict=True)
    ):
        return True
    for state in call.given:
        touch = flow.touch(state)
        if touch is not None and touch.of(before):
            return False
    return None
