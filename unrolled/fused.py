"""The fast path: let torch's fused kernel run, then recover every value that it did not return.

The kernel's output holds h_t for every step, so h_{t-1} is known everywhere and all gates of all steps are
one more batched product. Only an LSTM's c_t needs a walk along time, and that walk is elementwise.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from unrolled.cells import Cell, Values
from unrolled.modules import (
    DIRECTIONS,
    Weights,
    check_finite,
    check_input,
    followed,
    states_given,
    weights_as_called,
    weights_of,
)
from unrolled.rows import Layout
from unrolled.topology import Direction

CHECKED = 16  # steps whose equations are worked out a second time; all of them would cost as much as the run
_KERNELS: Mapping[str, Callable[..., Any]] = {"rnn": torch.rnn_tanh, "gru": torch.gru, "lstm": torch.lstm}


@dataclass(frozen=True, repr=False, eq=False)
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

    def __repr__(self) -> str:
        """Name the values and their shape, not their numbers."""
        first = next(iter(self.values.values()))
        shape = tuple((first.data if isinstance(first, PackedSequence) else first).shape)
        return f"LayerValues(layer={self.layer}, {self.direction}, {' '.join(self.values)}: {shape})"


@dataclass(frozen=True, repr=False, eq=False)
class Recording:
    """Hold what a recurrent module returned, and everything that it computed on the way.

    `output` and `state` are the module's own return values; no two tensors share memory, with one another or with
    what was given. `max_abs_error` is the largest distance between the module's h and the h that the recorded values
    give by their own equations.
    """

    output: Any
    state: Any
    layers: tuple[LayerValues, ...]
    max_abs_error: float

    def __repr__(self) -> str:
        """List the layers, not their numbers."""
        lines = "".join(f"\n  {layer}" for layer in self.layers)
        return f"Recording(max_abs_error={self.max_abs_error:.2g}{lines})"


@torch.no_grad()  # not inference_mode: its tensors could never be part of a training
def record_module(module: nn.RNNBase, x: Tensor | PackedSequence, hx: Any = None) -> Recording:
    """Run a torch nn.RNN, nn.GRU or nn.LSTM and record every value of every layer, direction and step.

    Takes what the module takes: x (T, n), (T, B, n), (B, T, n) if batch_first, or packed; hx as the module's own.
    Raises ConfigError for a module that does more than run its kernel (a hook, a `forward` of its own, dropout while it
    trains, autocast), LengthError or InvalidRequest for an x or hx that it cannot read, or that is not finite.
    """
    cell = followed(module)
    check_input(module, cell, x, hx)
    with weights_as_called(module):
        return _record(module, cell, x, states_given(cell, hx))


def _record(module: nn.RNNBase, cell: Cell, x: Tensor | PackedSequence, given: list[Tensor] | None) -> Recording:
    layout = Layout.of(module, x)
    rows = layout.rows
    states = first_states(module, cell, given, layout)
    layers: list[LayerValues] = []
    last: list[tuple[Tensor, ...]] = []
    worst = 0.0
    width = 2 if module.bidirectional else 1
    for layer in range(module.num_layers):
        mine = {name: s[layer * width : (layer + 1) * width] for name, s in states.items()}  # (directions, B, hidden)
        weights = [weights_of(module, layer, direction) for direction in DIRECTIONS[:width]]
        out, final = run_layer(module, cell, weights, layout, rows, mine)
        for d, direction in enumerate(DIRECTIONS[:width]):
            h = out[:, d * module.hidden_size : (d + 1) * module.hidden_size]
            initial = {name: s[d].clone() for name, s in mine.items()}
            values, error = recover(cell, weights[d], rows, h, initial, layout, direction)
            check_finite(module, layout.rows, values["h"], {name: values[name] for name in cell.states})
            layers.append(LayerValues(layer, direction, initial, {n: layout.restore(v) for n, v in values.items()}))
            worst = max(worst, error)
        rows, last = out, [*last, final]
    ends = [layout.restore_state(torch.cat(parts)) for parts in zip(*last, strict=True)]
    state = tuple(ends) if len(ends) > 1 else ends[0]
    return Recording(layout.restore(rows.clone()), state, tuple(layers), worst)


def first_states(module: nn.RNNBase, cell: Cell, given: list[Tensor] | None, layout: Layout) -> Values:
    """Read the initial states, zeros unless given; each (layers * directions, B, hidden) in the rows' order."""
    if given is None:
        count = module.num_layers * (2 if module.bidirectional else 1)
        zeros = layout.rows.new_zeros(count, layout.sizes[0], module.hidden_size)
        return dict.fromkeys(cell.states, zeros)
    shaped = [s if layout.batched else s.unsqueeze(1) for s in given]
    if layout.packed is not None and layout.packed.sorted_indices is not None:
        shaped = [s.index_select(1, layout.packed.sorted_indices) for s in shaped]
    return dict(zip(cell.states, shaped, strict=True))


def run_layer(
    module: nn.RNNBase, cell: Cell, weights: Sequence[Weights], layout: Layout, rows: Tensor, states: Values
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """Run one layer's kernel, both directions at once: rows (N, directions * hidden), and the last states."""
    flat = [w for direction in weights for w in direction.flat]
    hx = tuple(s.contiguous() for s in states.values()) if cell.kind == "lstm" else states["h"].contiguous()
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
    """Compute every value of every step from the inputs and the kernel's h; also how far they are from it.

    In single precision where the module's own is less, so that no second rounding adds to the kernel's.
    """
    if (dtype := h.dtype) in (torch.float16, torch.bfloat16):
        fine = torch.float32
        initial = {name: s.to(fine) for name, s in initial.items()}
        values, error = recover(cell, weights.to(fine), rows.to(fine), h.to(fine), initial, layout, direction)
        return {name: v.to(dtype) for name, v in values.items()}, error
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
    every = slice(None, None, -(-len(values["h"]) // CHECKED))
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
    keeps, adds, start = (a.cpu().numpy() for a in (f, ig, initial))
    out = np.empty_like(adds)
    steps = zip(*(layout.by_step(a) for a in (keeps, adds, out)), strict=True)
    c = start[:0] if direction == "backward" else start
    for keep, add, here in steps if direction == "forward" else reversed(list(steps)):
        n = len(here)
        if len(c) != n:
            c = c[:n] if len(c) > n else np.concatenate((c, start[len(c) : n]))
        np.multiply(keep, c, out=here)
        np.add(here, add, out=here)
        c = here
    return torch.from_numpy(out).to(ig.device)
