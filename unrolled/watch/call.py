"""One call of a recurrent module, and where each sequence of its batch lies in it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from unrolled.cells import CELLS, PROJECTED, Cell
from unrolled.modules import cell_of
from unrolled.rows import Layout
from unrolled.topology import Direction
from unrolled.weights import DIRECTIONS

KERNEL_OF_CELL = {nn.LSTMCell: "lstm", nn.GRUCell: "gru"}


@dataclass(frozen=True, eq=False)
class Call:
    """Hold one call: what came in (in the graph of what made it), and what was given (leaves of the graph).

    `x` and `out` have the module's own shapes, a PackedSequence for packed input (`out` is then its data). `given` and
    `state` are h, or h and c; (layers * directions, B, size), for a cell (B, size); `given` is empty for zeros.
    """

    name: str
    module: nn.Module
    number: int
    x: Tensor | PackedSequence
    given: tuple[Tensor, ...]
    out: Tensor
    state: tuple[Tensor, ...]
    weights: dict[str, Tensor]
    training: bool
    random: Tensor | None

    @cached_property
    def cell(self) -> Cell:
        """Find the cell that ran."""
        if not isinstance(self.module, nn.RNNCellBase):
            return cell_of(self.module)
        for kind, name in KERNEL_OF_CELL.items():
            if isinstance(self.module, kind):
                return CELLS[name]
        return CELLS["rnn_relu" if getattr(self.module, "nonlinearity", "") == "relu" else "rnn"]

    @property
    def one_step(self) -> bool:
        """Say whether this is the call of a cell: one step, without an axis of time."""
        return isinstance(self.module, nn.RNNCellBase)

    @property
    def layers(self) -> int:
        """Count the layers."""
        return 1 if self.one_step else int(self.module.num_layers)  # type: ignore[arg-type]

    @property
    def directions(self) -> tuple[Direction, ...]:
        """List the directions."""
        return DIRECTIONS[: 2 if getattr(self.module, "bidirectional", False) else 1]

    @property
    def hidden(self) -> int:
        """Count the units."""
        return int(self.module.hidden_size)  # type: ignore[arg-type]

    @property
    def projected(self) -> bool:
        """Say whether h is smaller than the cell."""
        return self.cell is PROJECTED

    @cached_property
    def layout(self) -> Layout:
        """Say how the rows of this call lie, packed order being the one form of all."""
        if not self.one_step:
            return Layout.of(self.module, self.x)
        assert isinstance(self.x, Tensor)
        rows = self.x if self.x.dim() == 2 else self.x.unsqueeze(0)
        return Layout(rows, [len(rows)], None, self.x.dim() == 2, False)

    @property
    def batch(self) -> int:
        """Count the sequences."""
        return self.layout.sizes[0]

    def as_rows(self, tensor: Tensor) -> Tensor:
        """Bring something shaped like x or out into rows (N, n) in packed order."""
        if self.layout.packed is not None or tensor.dim() == (2 if self.one_step else 1):
            return tensor
        if tensor.dim() == 2 and not self.one_step:
            return tensor  # (T, n), one sequence without a batch
        if self.one_step:
            return tensor.unsqueeze(0)
        return (tensor.transpose(0, 1) if self.layout.batch_first else tensor).flatten(0, 1)

    def as_states(self, tensor: Tensor) -> Tensor:
        """Bring a state into the shape (layers * directions, B, size)."""
        if self.one_step:
            return tensor.reshape(1, self.batch, -1)
        return tensor if self.layout.batched else tensor.unsqueeze(1)

    @cached_property
    def places(self) -> Tensor:
        """Say of each row which step of which sequence it is, (N, 2): t, and the place in the user's batch."""
        packed = self.layout.packed
        order = torch.arange(self.batch) if packed is None or packed.sorted_indices is None else packed.sorted_indices
        order = order.cpu()
        return torch.cat([torch.stack((torch.full((n,), t), order[:n]), 1) for t, n in enumerate(self.layout.sizes)])

    @cached_property
    def _found(self) -> dict[int, Tensor]:
        return {}

    def rows_of(self, sequence: int) -> Tensor:
        """List the rows of one sequence, step by step, (T,)."""
        if sequence not in self._found:
            self._found[sequence] = (self.places[:, 1] == sequence).nonzero()[:, 0]
        return self._found[sequence]

    def x_of(self, sequence: int) -> Tensor:
        """Give what one sequence read, (T, n)."""
        return self.layout.rows[self.rows_of(sequence).to(self.layout.rows.device)]

    def out_of(self, sequence: int) -> Tensor:
        """Give what the module gave for one sequence, (T, directions * size of h)."""
        return self.as_rows(self.out)[self.rows_of(sequence).to(self.out.device)]


def as_floats(tensor: Tensor) -> np.ndarray:
    """Give a tensor's numbers as a trace holds them."""
    return tensor.detach().float().cpu().numpy()


def dropout_of(module: nn.Module) -> float:
    """Say how much a module drops between its layers as it now runs."""
    stacked = getattr(module, "num_layers", 1) > 1
    return float(getattr(module, "dropout", 0.0)) if module.training and stacked else 0.0


def tensors_of(state: Any) -> tuple[Tensor, ...]:
    """List the tensors of a state: none, one, or a pair."""
    if state is None:
        return ()
    return tuple(state) if isinstance(state, tuple | list) else (state,)
