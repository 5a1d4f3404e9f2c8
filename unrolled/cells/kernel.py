"""A fused kernel of torch, and how the values that it does not return are recovered from its output.

The kernel's output holds h_t for every step, so h_{t-1} is known everywhere and all gates of all steps are one
more batched product.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.rows import Order
from unrolled.weights import Weights


@dataclass(frozen=True)
class Ran:
    """Hold what is known of one layer in one direction once its kernel has run; rows are in packed order."""

    rows: Tensor  # (N, n), what the layer read
    h: Tensor  # (N, size of h), what it returned
    before: Tensor  # (N, size of h), h of the step before
    initial: Mapping[str, Tensor]  # each (B, size of the state)
    weights: Weights
    order: Order

    def products(self) -> tuple[Tensor, Tensor]:
        """Compute W_i x_t + b_i and W_h h_{t-1} + b_h for all steps, each (N, gates * hidden)."""
        w = self.weights
        return F.linear(self.rows, w.w_ih, w.b_ih), F.linear(self.before, w.w_hh, w.b_hh)

    def to(self, dtype: torch.dtype) -> "Ran":
        """Give the same in another precision."""
        initial = {name: s.to(dtype) for name, s in self.initial.items()}
        rows, h, before = (t.to(dtype) for t in (self.rows, self.h, self.before))
        return Ran(rows, h, before, initial, self.weights.to(dtype), self.order)


@dataclass(frozen=True)
class Kernel:
    """Hold torch's module for a cell, the function that runs one layer of it, and how its values are recovered.

    `settings` are the module's arguments that choose these equations. `recover` computes the cell's values, each
    (N, size), from what is known once the layer has run.
    """

    module: type[nn.RNNBase]
    run: Callable[..., Any]
    recover: Callable[[Ran], dict[str, Tensor]]
    settings: Mapping[str, Any] = field(default_factory=dict)

    def runs(self, module: nn.Module) -> bool:
        """Say whether a module computes by this kernel."""
        return isinstance(module, self.module) and all(getattr(module, n) == v for n, v in self.settings.items())
