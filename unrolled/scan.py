"""A torch module for cells that torch has no module for: it steps them along time, and looks like `nn.RNN`."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from unrolled.cells import CELLS, Cell, Values
from unrolled.errors import ConfigError
from unrolled.rows import Layout, Order
from unrolled.steps import stack, step_layer
from unrolled.weights import DIRECTIONS, Weights, suffix, weights_of


class Scan(nn.Module):
    """Run any cell over a sequence, one step after another, in as many layers and directions as asked.

    Takes what `nn.RNN` takes and returns what it returns: x (T, n), (T, B, n), (B, T, n) if batch_first, or packed;
    hx and the last states (layers * directions, B, hidden), a pair (h, c) for a cell that carries c. The parameters
    have torch's names and shapes (weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, ..._reverse), so the weights of
    an `nn.GRU` load into Scan("gru", ...). It can be trained; a fused kernel is many times faster where there is one.

    Raises ConfigError for a cell that is not in `CELLS`, or sizes that are not positive.
    """

    def __init__(
        self,
        cell: str | Cell,
        input_size: int,
        hidden_size: int,
        num_layers: int = 1,
        bias: bool = True,
        batch_first: bool = False,
        dropout: float = 0.0,
        bidirectional: bool = False,
    ) -> None:
        super().__init__()
        if isinstance(cell, str) and cell not in CELLS:
            raise ConfigError(f"unknown cell '{cell}'; there are {', '.join(CELLS)}")
        if min(input_size, hidden_size, num_layers) < 1:
            raise ConfigError(f"sizes are {input_size}, {hidden_size} and {num_layers} layers; each is 1 or more")
        self.cell = CELLS[cell] if isinstance(cell, str) else cell
        self.input_size, self.hidden_size, self.num_layers = input_size, hidden_size, num_layers
        self.bias, self.batch_first, self.dropout, self.bidirectional = bias, batch_first, dropout, bidirectional
        self.extra = tuple(self.cell.extra)
        self._flat_weights_names = [
            self._add(name + suffix(layer, direction), shape)
            for layer in range(num_layers)
            for direction in DIRECTIONS[: 1 + bidirectional]
            for name, shape in self._shapes(layer).items()
        ]
        self.reset_parameters()

    def _shapes(self, layer: int) -> dict[str, tuple[int, ...]]:
        rows = self.cell.gates * self.hidden_size
        n = self.input_size if layer == 0 else self.hidden_size * (1 + self.bidirectional)
        shapes: dict[str, tuple[int, ...]] = {"weight_ih": (rows, n), "weight_hh": (rows, self.hidden_size)}
        if self.bias:
            shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
        return shapes | {name: (blocks * self.hidden_size,) for name, blocks in self.cell.extra.items()}

    def _add(self, name: str, shape: tuple[int, ...]) -> str:
        self.register_parameter(name, nn.Parameter(torch.empty(shape)))
        return name

    def reset_parameters(self) -> None:
        """Draw every weight from a uniform distribution within 1 / sqrt(hidden_size), as torch's modules do."""
        bound = self.hidden_size**-0.5
        for weight in self.parameters():
            nn.init.uniform_(weight, -bound, bound)

    def extra_repr(self) -> str:
        """Print as torch's modules do, the cell first."""
        more = {"num_layers": 1, "bias": True, "batch_first": False, "dropout": 0.0, "bidirectional": False}
        named = [f"{name}={getattr(self, name)}" for name, usual in more.items() if getattr(self, name) != usual]
        return ", ".join([self.cell.kind, str(self.input_size), str(self.hidden_size), *named])

    def check_input(self, rows: Tensor, batch_sizes: Tensor | None = None) -> None:
        """Raise ValueError unless the rows of x (..., n) fit this module, as torch's modules do."""
        weight = next(self.parameters())
        if rows.dtype != weight.dtype:
            raise ValueError(f"x is {rows.dtype}, the weights are {weight.dtype}; use one")
        if rows.shape[-1] != self.input_size:
            raise ValueError(f"a step of x has {rows.shape[-1]} entries; this module reads {self.input_size}")

    def check_forward_args(self, rows: Tensor, hidden: Any, batch_sizes: Tensor | None) -> None:
        """Raise ValueError unless the initial states, each (layers * directions, B, hidden), go with x."""
        batch = rows.shape[0 if self.batch_first else 1] if batch_sizes is None else int(batch_sizes[0])
        want = (self.num_layers * (1 + self.bidirectional), batch, self.hidden_size)
        for s in hidden if isinstance(hidden, tuple | list) else (hidden,):
            if tuple(s.shape) != want:
                raise ValueError(f"hx has the shape {tuple(s.shape)}; with this x it is {want}")

    def forward(self, x: Tensor | PackedSequence, hx: Any = None) -> tuple[Any, Any]:
        """Compute h of the last layer at every step, shaped like x, and the last states of all layers."""
        layout = Layout.of(self, x)
        rows = layout.rows
        self.check_input(rows)
        given = None if hx is None else list(hx) if isinstance(hx, tuple | list) else [hx]
        states = first_states(self, self.cell, given, layout)
        self.check_forward_args(rows, list(states.values()), torch.tensor(layout.sizes[:1]))
        last: list[tuple[Tensor, ...]] = []
        for layer in range(self.num_layers):
            mine = states_of_layer(states, layer, 1 + self.bidirectional)
            weights = [weights_of(self, layer, direction) for direction in DIRECTIONS[: 1 + self.bidirectional]]
            found, final = scan_layer(self.cell, weights, layout, rows, mine)
            rows = torch.cat([values["h"] for values in found], -1)
            last.append(final)
            if self.dropout and layer < self.num_layers - 1:
                rows = F.dropout(rows, self.dropout, self.training)
        return layout.restore(rows), as_state(layout, last)


Recurrent = nn.RNNBase | Scan


def recurrent(
    cell: Cell, input_size: int, hidden_size: int, num_layers: int = 1, bidirectional: bool = False, **settings: Any
) -> Recurrent:
    """Make the module that runs a cell: torch's own where there is one, else a Scan."""
    if cell.kernel is None:
        return Scan(cell, input_size, hidden_size, num_layers, bidirectional=bidirectional, **settings)
    made: Any = cell.kernel.module
    fixed = {**cell.kernel.settings, **settings}
    return made(input_size, hidden_size, num_layers, bidirectional=bidirectional, **fixed)


def first_states(module: Recurrent, cell: Cell, given: list[Tensor] | None, layout: Layout) -> Values:
    """Read the initial states, zeros unless given; each (layers * directions, B, size) in the rows' order."""
    if given is None:
        count = module.num_layers * (2 if module.bidirectional else 1)
        sizes = {"h": h_size(module), "c": module.hidden_size}
        return {name: layout.rows.new_zeros(count, layout.sizes[0], sizes[name]) for name in cell.states}
    shaped = [s if layout.batched else s.unsqueeze(1) for s in given]
    if layout.packed is not None and layout.packed.sorted_indices is not None:
        shaped = [s.index_select(1, layout.packed.sorted_indices) for s in shaped]
    return dict(zip(cell.states, shaped, strict=True))


def h_size(module: Recurrent) -> int:
    """Say how many entries h has: hidden_size, or proj_size where torch projects it."""
    return getattr(module, "proj_size", 0) or module.hidden_size


def states_of_layer(states: Values, layer: int, directions: int) -> Values:
    """Cut one layer out of states (layers * directions, B, size); each (directions, B, size)."""
    return {name: s[layer * directions : (layer + 1) * directions] for name, s in states.items()}


def scan_layer(
    cell: Cell, weights: list[Weights], layout: Layout, rows: Tensor, states: Values
) -> tuple[list[Values], tuple[Tensor, ...]]:
    """Step one layer along time, each direction by itself; rows (N, n), states (directions, B, size).

    Gives the values (N, size) of each direction, and the last states.
    """
    found: list[Values] = []
    ends: list[list[Tensor]] = []
    for d, direction in enumerate(DIRECTIONS[: len(weights)]):
        initial = {name: s[d] for name, s in states.items()}
        order = Order(layout, direction)
        found.append(stack(cell, step_layer(cell, weights[d], rows, initial, order)))
        ends.append([order.ends(found[-1][name]) for name in cell.states])
    return found, tuple(torch.stack(state) for state in zip(*ends, strict=True))


def as_state(layout: Layout, last: list[tuple[Tensor, ...]]) -> Any:
    """Join the last states of all layers as torch returns them: one tensor, or a pair."""
    ends = [layout.restore_state(torch.cat(parts)) for parts in zip(*last, strict=True)]
    return tuple(ends) if len(ends) > 1 else ends[0]
