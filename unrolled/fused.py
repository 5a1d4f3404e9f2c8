"""The fast path: let torch's fused kernel run, then recover every value that it did not return.

The kernel's output holds h_t for every step, so h_{t-1} is known everywhere and all gates of all steps are
one more batched product. Only an LSTM's c_t needs a walk along time, and that walk is elementwise.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from unrolled.cells import Cell, Values, cell_of
from unrolled.topology import Direction

DIRECTIONS: tuple[Direction, Direction] = ("forward", "backward")
CHECKED = 16  # steps whose equations are worked out a second time; all of them would cost as much as the run
_KERNELS: Mapping[str, Callable[..., Any]] = {"rnn": torch.rnn_tanh, "gru": torch.gru, "lstm": torch.lstm}


@dataclass(frozen=True)
class Weights:
    """Hold the weights of one layer in one direction, as torch stores them: gates stacked along the rows."""

    w_ih: Tensor  # (gates * hidden, n_in)
    w_hh: Tensor  # (gates * hidden, hidden)
    b_ih: Tensor | None  # (gates * hidden,)
    b_hh: Tensor | None


def weights_of(module: nn.RNNBase, layer: int, direction: Direction) -> Weights:
    """Find the weights of one layer in one direction of a torch module."""
    suffix = f"_l{layer}" + ("_reverse" if direction == "backward" else "")
    names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
    return Weights(*(getattr(module, name + suffix, None) for name in names))  # type: ignore[arg-type]


@dataclass(frozen=True)
class LayerValues:
    """Hold every named value of one layer in one direction.

    Each value is shaped like the module's input, with hidden entries in the last dimension (a
    PackedSequence for packed input); row t belongs to x[t] in both directions. `initial` holds the first
    states, (B, hidden).
    """

    layer: int
    direction: Direction
    initial: Values
    values: dict[str, Any]


@dataclass(frozen=True)
class Recording:
    """Hold what a recurrent module returned, and everything that it computed on the way.

    `output` and `state` are the module's own return values. `max_abs_error` is the largest distance between
    the module's h and the h that the recorded values give by their own equations.
    """

    output: Any
    state: Any
    layers: tuple[LayerValues, ...]
    max_abs_error: float


@torch.inference_mode()
def record_module(module: nn.RNNBase, x: Tensor | PackedSequence, hx: Any = None) -> Recording:
    """Run a torch nn.RNN, nn.GRU or nn.LSTM and record every value of every layer, direction and step.

    Takes what the module takes: x (T, n), (T, B, n), (B, T, n) if batch_first, or packed; hx as the
    module's own. Runs without dropout, as in eval mode. Raises ConfigError for a module whose equations are
    not recorded.
    """
    cell = cell_of(module)
    layout = Layout.of(module, x)
    rows, batch = layout.rows, layout.sizes[0] if layout.sizes else 0
    states = first_states(module, cell, hx, batch, layout)
    layers: list[LayerValues] = []
    last: list[tuple[Tensor, ...]] = []
    worst = 0.0
    for layer in range(module.num_layers):
        width = 2 if module.bidirectional else 1
        mine = {name: s[layer * width : (layer + 1) * width] for name, s in states.items()}  # (directions, B, hidden)
        out, final = run_layer(module, cell, layer, layout, rows, mine)
        for d, direction in enumerate(DIRECTIONS[:width]):
            h = out[:, d * module.hidden_size : (d + 1) * module.hidden_size]
            initial = {name: s[d] for name, s in mine.items()}
            values, error = recover(cell, weights_of(module, layer, direction), rows, h, initial, layout, direction)
            layers.append(LayerValues(layer, direction, initial, {n: layout.restore(v) for n, v in values.items()}))
            worst = max(worst, error)
        rows, last = out, [*last, final]
    ends = [layout.restore_state(torch.cat(parts)) for parts in zip(*last, strict=True)]
    state = tuple(ends) if len(ends) > 1 else ends[0]
    return Recording(layout.restore(rows), state, tuple(layers), worst)


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


def first_states(module: nn.RNNBase, cell: Cell, hx: Any, batch: int, layout: Layout) -> Values:
    """Read the initial states, zeros unless given; each (layers * directions, B, hidden) in the rows' order."""
    if hx is None:
        count = module.num_layers * (2 if module.bidirectional else 1)
        zeros = layout.rows.new_zeros(count, batch, module.hidden_size)
        return dict.fromkeys(cell.states, zeros)
    given = hx if isinstance(hx, tuple) else (hx,)
    shaped = [s if layout.batched else s.unsqueeze(1) for s in given]
    if layout.packed is not None and layout.packed.sorted_indices is not None:
        shaped = [s.index_select(1, layout.packed.sorted_indices) for s in shaped]
    return dict(zip(cell.states, shaped, strict=True))


def run_layer(
    module: nn.RNNBase, cell: Cell, layer: int, layout: Layout, rows: Tensor, states: Values
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """Run one layer's kernel, both directions at once: rows (N, directions * hidden), and the last states."""
    width = 2 if module.bidirectional else 1
    per_layer = 4 if module.bias else 2
    flat = module._flat_weights[layer * width * per_layer : (layer + 1) * width * per_layer]
    hx = tuple(states.values()) if cell.kind == "lstm" else states["h"]
    tail = (hx, flat, module.bias, 1, 0.0, False, module.bidirectional)
    kernel = _KERNELS[cell.kind]
    if layout.packed is not None:
        out, *final = kernel(rows, layout.packed.batch_sizes, *tail)
        return out, tuple(final)
    out, *final = kernel(layout.steps(rows), *tail, False)
    return out.flatten(0, 1), tuple(final)


def recover(
    cell: Cell,
    weights: Weights,
    rows: Tensor,
    h: Tensor,
    initial: Values,
    layout: Layout,
    direction: Direction,
) -> tuple[Values, float]:
    """Compute every value of every step from the inputs and the kernel's h; also how far they are from it."""
    previous = {"h": shift(h, initial["h"], layout, direction)}
    named = [v.name for v in cell.values if v.name not in cell.states]
    values: Values = {"h": h}
    if named:
        values.update(inner_values(cell, weights, rows, previous["h"]))
    if "c" in cell.states:
        values["c"] = memory(values["f"], values["i"] * values["g"], initial["c"], layout, direction)
        previous["c"] = shift(values["c"], initial["c"], layout, direction)
    error = check(cell, weights, rows, values, previous)
    return {value.name: values[value.name] for value in cell.values}, error


def inner_values(cell: Cell, weights: Weights, rows: Tensor, previous_h: Tensor) -> Values:
    """Compute the gates and the candidate of many steps at once, each (N, hidden)."""
    gi = F.linear(rows, weights.w_ih, weights.b_ih)
    return cell.inner(gi, F.linear(previous_h, weights.w_hh, weights.b_hh))


def check(cell: Cell, weights: Weights, rows: Tensor, values: Values, previous: Values) -> float:
    """Compute h anew at up to CHECKED steps, evenly spread, and give its largest distance from the kernel's."""
    count = len(values["h"])
    if count == 0:
        return 0.0
    every = slice(None, None, -(-count // CHECKED))
    before = {name: v[every] for name, v in previous.items()}
    state = cell.state(inner_values(cell, weights, rows[every], before["h"]), before)
    return (state["h"] - values["h"][every]).abs().max().item()


def shift(rows: Tensor, initial: Tensor, layout: Layout, direction: Direction) -> Tensor:
    """Give every row the row of the step before it in its own direction, or the initial state; (N, hidden)."""
    sizes, batch = layout.sizes, initial.shape[0]
    if layout.even:
        pieces = (initial, rows[:-batch]) if direction == "forward" else (rows[batch:], initial)
        return torch.cat(pieces)
    steps = rows.split(sizes)
    if direction == "forward":
        return torch.cat([initial[: sizes[0]], *(s[:n] for s, n in zip(steps, sizes[1:], strict=False))])
    after = [*sizes[1:], 0]  # sequences that go on beyond step t; the others start there, running backward
    pieces = [p for t, n in enumerate(after) for p in ((*steps[t + 1 : t + 2], initial[n : sizes[t]]))]
    return torch.cat(pieces)


def memory(f: Tensor, ig: Tensor, initial: Tensor, layout: Layout, direction: Direction) -> Tensor:
    """Walk c_t = f_t ∘ c_{t-1} + (i ∘ g)_t along time; all (N, hidden).

    In numpy, because one elementwise step costs a third of what it does as two torch calls.
    """
    out = np.empty(ig.shape, dtype=ig.numpy().dtype)
    start = initial.numpy()
    steps = zip(*(layout.by_step(a) for a in (f.numpy(), ig.numpy(), out)), strict=True)
    c = start[:0] if direction == "backward" else start
    for keep, add, here in steps if direction == "forward" else reversed(list(steps)):
        n = len(here)
        if len(c) != n:
            c = c[:n] if len(c) > n else np.concatenate((c, start[len(c) : n]))
        np.multiply(keep, c, out=here)
        np.add(here, add, out=here)
        c = here
    return torch.from_numpy(out)
