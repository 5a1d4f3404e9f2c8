"""Rows in packed order: the one form in which any input of a torch module is recorded, and the way back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from unrolled.topology import Direction


@dataclass(frozen=True)
class Layout:
    """Flatten any input that a module takes to rows in packed order (time-major), and find the way back.

    `sizes[t]` is the number of sequences that have a step t.
    """

    rows: Tensor  # (sum of sizes, n)
    sizes: list[int]
    packed: PackedSequence | None
    batched: bool
    batch_first: bool

    @classmethod
    def of(cls, module: nn.Module, x: Tensor | PackedSequence) -> "Layout":
        """Read the layout off an input of a recurrent module."""
        if isinstance(x, PackedSequence):
            return cls(x.data, x.batch_sizes.tolist(), x, True, False)
        if x.dim() == 2:
            return cls(x, [1] * x.shape[0], None, False, False)
        batch_first = bool(module.batch_first)
        steps_first = x.transpose(0, 1) if batch_first else x
        T, B, _ = steps_first.shape
        return cls(steps_first.flatten(0, 1), [B] * T, None, True, batch_first)

    @property
    def even(self) -> bool:
        """Say whether all sequences have the same length."""
        return self.packed is None

    def steps(self, rows: Tensor) -> Tensor:
        """View even rows as (T, B, n)."""
        return rows.view(len(self.sizes), -1, rows.shape[-1])

    def by_step(self, rows: Any) -> Iterable[Any]:
        """Cut rows, an array or a tensor, into one view a step, (sizes[t], hidden)."""
        if isinstance(rows, Tensor):
            return rows.split(self.sizes)
        if self.even:
            return rows.reshape(len(self.sizes), -1, rows.shape[-1])
        ends = np.cumsum(self.sizes).tolist()
        return [rows[end - size : end] for size, end in zip(self.sizes, ends, strict=True)]

    def restore(self, rows: Tensor) -> Any:
        """Give rows the shape of the input."""
        if self.packed is not None:
            return self.packed._replace(data=rows)
        if not self.batched:
            return rows
        steps = self.steps(rows)
        return steps.transpose(0, 1) if self.batch_first else steps

    def restore_state(self, state: Tensor) -> Tensor:
        """Give a state (layers * directions, B, hidden) the module's order and shape."""
        if self.packed is not None and self.packed.unsorted_indices is not None:
            return state.index_select(1, self.packed.unsorted_indices)
        return state if self.batched else state[:, 0]


@dataclass(frozen=True)
class Order:
    """Say in which order the steps of a layout are computed: from the first on, or from the last."""

    layout: Layout
    direction: Direction

    @property
    def steps(self) -> range:
        """List the steps in this order."""
        T = len(self.layout.sizes)
        return range(T) if self.direction == "forward" else range(T - 1, -1, -1)

    def before(self, rows: Tensor, initial: Tensor) -> Tensor:
        """Give every row the row of the step before it in this direction, or the initial state; (N, size)."""
        sizes, batch, forward = self.layout.sizes, initial.shape[0], self.direction == "forward"
        if self.layout.even:
            return torch.cat((initial, rows[:-batch]) if forward else (rows[batch:], initial))
        steps = rows.split(sizes)
        if forward:
            return torch.cat([initial[: sizes[0]], *(s[:n] for s, n in zip(steps, sizes[1:], strict=False))])
        after = [*sizes[1:], 0]  # sequences that go on beyond step t; the others start there, running backward
        pieces = [p for t, n in enumerate(after) for p in ((*steps[t + 1 : t + 2], initial[n : sizes[t]]))]
        return torch.cat(pieces)

    def ends(self, rows: Tensor) -> Tensor:
        """Find the row of each sequence's last step in this direction, (B, size)."""
        if self.layout.even:
            batch = self.layout.sizes[0]
            return rows[:batch] if self.direction == "backward" else rows[-batch:]
        return ends_of(rows.split(self.layout.sizes), self.direction)

    def walk(self, *rows: Any) -> Iterable[tuple[Any, ...]]:
        """Go through arrays or tensors of rows step by step, together; each step (sizes[t], size) is a view."""
        steps = zip(*(self.layout.by_step(a) for a in rows), strict=True)
        return steps if self.direction == "forward" else reversed(list(steps))


def resumed(state: Tensor, initial: Tensor, n: int) -> Tensor:
    """Keep the states of the n sequences that have the next step; those that begin there start from `initial`."""
    return state[:n] if len(state) > n else torch.cat((state, initial[len(state) : n]))


def ends_of(steps: Sequence[Tensor], direction: Direction) -> Tensor:
    """Find where each sequence ends, of all steps' rows (sizes[t], size): its last step, or its first one backward."""
    if direction == "backward":
        return steps[0]
    ended = zip(reversed(steps), reversed([*(len(s) for s in steps[1:]), 0]), strict=True)  # the longest come first
    return torch.cat([step[n:] for step, n in ended if len(step) > n])
