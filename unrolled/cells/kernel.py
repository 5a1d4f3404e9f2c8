"""A fused kernel of torch, and how the values that it does not return are had.

Where one can look inside of it (`inside`), they are what it computed itself. Else they are recovered from its output,
which holds h_t for every step: so h_{t-1} is known everywhere, and all gates of all steps are one more batched product.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.rows import Order
from unrolled.weights import Weights

CHECKED = range(4, 17)  # how many steps are computed a second time: one of STEPS, within these
STEPS = 32


def spread(count: int) -> slice:
    """Choose steps to compute a second time, evenly spread; all of them would cost as much as the run."""
    chosen = min(max(count // STEPS, CHECKED.start), CHECKED.stop - 1)
    return slice(None, None, -(-count // chosen))


@dataclass(frozen=True)
class Given:
    """Hold what one layer reads in one direction; rows are in packed order."""

    rows: Tensor  # (N, n)
    initial: Mapping[str, Tensor]  # each (B, size of the state)
    weights: Weights
    order: Order


def some_steps(given: Given, states: Mapping[str, Tensor]) -> tuple[Tensor, Mapping[str, Tensor], Mapping[str, Tensor]]:
    """Choose evenly spread steps; gives what they read, the states before them, and those after them.

    `states` are those of all steps, each (N, size).
    """
    rows, order, batch = given.rows, given.order, given.order.layout.sizes[0]
    if not order.layout.even or len(rows) == batch:
        every = spread(len(rows))
        before = {name: order.before(s, given.initial[name])[every] for name, s in states.items()}
        return rows[every], before, {name: s[every] for name, s in states.items()}
    every, early, late = spread(len(rows) - batch), slice(-batch), slice(batch, None)
    first, then = (early, late) if order.direction == "forward" else (late, early)
    before, after = ({name: s[part][every] for name, s in states.items()} for part in (first, then))
    return rows[then][every], before, after


class Inside(NamedTuple):
    """Hold what one layer computed in one direction; `error` is how far torch's h is, which ran some steps again."""

    values: dict[str, Tensor]  # each (N, size)
    final: tuple[Tensor, ...]  # the last states, each (B, size)
    error: float


@dataclass(frozen=True)
class Ran(Given):
    """Hold what is known of one layer in one direction once its kernel has run."""

    h: Tensor  # (N, size of h), what it returned
    before: Tensor  # (N, size of h), h of the step before

    def products(self) -> tuple[Tensor, Tensor]:
        """Compute W_i x_t + b_i and W_h h_{t-1} + b_h for all steps, each (N, gates * hidden)."""
        w = self.weights
        return F.linear(self.rows, w.w_ih, w.b_ih), F.linear(self.before, w.w_hh, w.b_hh)

    def sums(self) -> Tensor:
        """Compute the sum of both products, (N, gates * hidden), without keeping either of them."""
        w = self.weights
        bias = None if w.b_ih is None or w.b_hh is None else w.b_ih + w.b_hh
        return F.linear(self.rows, w.w_ih, bias).addmm_(self.before, w.w_hh.t())

    def to(self, dtype: torch.dtype) -> "Ran":
        """Give the same in another precision."""
        initial = {name: s.to(dtype) for name, s in self.initial.items()}
        rows, h, before = (t.to(dtype) for t in (self.rows, self.h, self.before))
        return Ran(rows, initial, self.weights.to(dtype), self.order, h, before)


@dataclass(frozen=True)
class Kernel:
    """Hold torch's module for a cell, the function that runs one layer of it, and how its values are recovered.

    `settings` are the module's arguments that choose these equations. `recover` computes the cell's values, each
    (N, size), from what is known once the layer has run. `inside` runs one direction of a layer so that its values are
    had on the way, with no second computation; None if it cannot do so here (another device, precision or torch).
    """

    module: type[nn.RNNBase]
    run: Callable[..., Any]
    recover: Callable[[Ran], dict[str, Tensor]]
    settings: Mapping[str, Any] = field(default_factory=dict)
    inside: Callable[[Given], Inside | None] | None = None

    def runs(self, module: nn.Module) -> bool:
        """Say whether a module computes by this kernel."""
        return isinstance(module, self.module) and all(getattr(module, n) == v for n, v in self.settings.items())
