"""Rows in packed order: the one form in which any input of a torch module is recorded, and the way back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence


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
    def of(cls, module: nn.RNNBase, x: Tensor | PackedSequence) -> "Layout":
        """Read the layout off an input."""
        if isinstance(x, PackedSequence):
            return cls(x.data, x.batch_sizes.tolist(), x, True, False)
        if x.dim() == 2:
            return cls(x, [1] * x.shape[0], None, False, False)
        steps_first = x.transpose(0, 1) if module.batch_first else x
        T, B, _ = steps_first.shape
        return cls(steps_first.flatten(0, 1), [B] * T, None, True, module.batch_first)

    @property
    def even(self) -> bool:
        """Say whether all sequences have the same length."""
        return self.packed is None

    def steps(self, rows: Tensor) -> Tensor:
        """View even rows as (T, B, n)."""
        return rows.view(len(self.sizes), -1, rows.shape[-1])

    def by_step(self, rows: np.ndarray) -> Iterable[np.ndarray]:
        """Cut rows into one view a step, (sizes[t], hidden)."""
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
