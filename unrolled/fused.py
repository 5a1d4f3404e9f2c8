"""The fast path: let the module's own code run, then recover every value that it did not return.

That code is torch's fused kernel where the cell has one, and the recovery belongs to the cell. A cell without a
kernel is stepped along time, which leaves nothing to recover.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence

from unrolled.cells import Cell, Ran, Values
from unrolled.cells.kernel import Given, Inside, spread
from unrolled.errors import ConfigError
from unrolled.modules import check_finite, check_input, recordable_cell, states_given, weights_as_called
from unrolled.padded import packed_by, padded
from unrolled.rows import Layout, Order
from unrolled.scan import Recurrent, Scan, as_state, first_states, scan_layer, states_of_layer
from unrolled.topology import Direction
from unrolled.weights import DIRECTIONS, Weights, weights_of


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
    give by their own equations. `real` marks the steps that are no padding, (T, B) or (B, T), where lengths were given.
    """

    output: Any
    state: Any
    layers: tuple[LayerValues, ...]
    max_abs_error: float
    real: Tensor | None = None

    def __repr__(self) -> str:
        """List the layers, not their numbers."""
        lines = "".join(f"\n  {layer}" for layer in self.layers)
        return f"Recording(max_abs_error={self.max_abs_error:.2g}{lines})"


def record_module(
    module: Recurrent, x: Tensor | PackedSequence, hx: Any = None, *, lengths: Any = None, grad: bool = False
) -> Recording:
    """Run a torch nn.RNN, nn.GRU or nn.LSTM, or a Scan, and record every value of every layer, direction and step.

    Takes what the module takes: x (T, n), (T, B, n), (B, T, n) if batch_first, or packed; hx as the module's own.
    `lengths` (B,) of a padded batch stand in place of packing: padded steps are never read, and are 0 and not `real`.
    With `grad` every value stays in the graph, so that a loss can be put on each; that steps the cells.
    Raises ConfigError for a module that does more than run its cells (a hook, a `forward` of its own, dropout while it
    trains, autocast), LengthError or InvalidRequest for an x or hx that it cannot read, or that is not finite.
    """
    if grad and torch.is_inference_mode_enabled():
        raise ConfigError("grad=True keeps a graph, and inference_mode allows none; record outside of it")
    cell = recordable_cell(module)
    check_input(module, cell, x, hx)
    given = x if lengths is None else packed_by(module, x, lengths)
    # not inference_mode: its tensors could never be part of a training
    with torch.set_grad_enabled(grad), weights_as_called(module):
        recording = _record(module, cell, given, states_given(cell, hx), grad)
    return recording if isinstance(x, PackedSequence) or lengths is None else padded(module, recording, x)


def _record(
    module: Recurrent, cell: Cell, x: Tensor | PackedSequence, given: list[Tensor] | None, grad: bool
) -> Recording:
    layout = Layout.of(module, x)
    rows, directions = layout.rows, DIRECTIONS[: 2 if module.bidirectional else 1]
    states = first_states(module, cell, given, layout)
    run = run_steps if grad or cell.kernel is None or isinstance(module, Scan) else run_kernel
    layers: list[LayerValues] = []
    last: list[tuple[Tensor, ...]] = []
    worst = 0.0
    for layer in range(module.num_layers):
        mine = states_of_layer(states, layer, len(directions))
        weights = [weights_of(module, layer, direction) for direction in directions]
        ran = run(cell, weights, layout, rows, mine)
        for d, direction in enumerate(directions):
            values, initial = ran.values[d], {name: s[d].clone() for name, s in mine.items()}
            check_finite(module, layout.rows, {name: values[name] for name in cell.states})
            layers.append(LayerValues(layer, direction, initial, {n: layout.restore(v) for n, v in values.items()}))
        rows, last, worst = ran.out, [*last, ran.final], max(worst, ran.error)
    return Recording(layout.restore(rows.clone()), as_state(layout, last), tuple(layers), worst)


class LayerRan(NamedTuple):
    """Hold what one layer computed: its output (N, directions * size of h), and its values in each direction."""

    out: Tensor
    final: tuple[Tensor, ...]  # the last states, each (directions, B, size)
    values: list[Values]  # each value (N, size)
    error: float


def run_steps(cell: Cell, weights: list[Weights], layout: Layout, rows: Tensor, states: Values) -> LayerRan:
    """Step one layer along time; rows (N, n), states (directions, B, size)."""
    found, final = scan_layer(cell, weights, layout, rows, states)
    worst = 0.0
    for d, values in enumerate(found):
        order = Order(layout, DIRECTIONS[d])
        with torch.no_grad():
            previous = {name: order.before(values[name], s[d]) for name, s in states.items()}
            worst = max(worst, check(cell, weights[d], rows, values, previous))
    return LayerRan(torch.cat([values["h"] for values in found], -1), final, found, worst)


def run_kernel(cell: Cell, weights: list[Weights], layout: Layout, rows: Tensor, states: Values) -> LayerRan:
    """Run one layer's kernel, both directions at once, and recover its values, unless they can be had from inside.

    rows (N, n), states (directions, B, size).
    """
    assert cell.kernel is not None
    if (ran := run_inside(cell, weights, layout, rows, states)) is not None:
        return ran
    hx = [s.contiguous() for s in states.values()]
    flat = [w for direction in weights for w in direction.flat]
    tail = (tuple(hx) if len(hx) > 1 else hx[0], flat, weights[0].b_ih is not None, 1, 0.0, False, len(weights) > 1)
    if layout.packed is not None:
        out, *final = cell.kernel.run(rows, layout.packed.batch_sizes, *tail)
    else:
        out, *final = cell.kernel.run(layout.steps(rows), *tail, False)
        out = out.flatten(0, 1)
    found: list[Values] = []
    worst = 0.0
    for d, h in enumerate(out.chunk(len(weights), -1)):
        order, initial = Order(layout, DIRECTIONS[d]), {name: s[d] for name, s in states.items()}
        values, error = recover(cell, Ran(rows, initial, weights[d], order, h, order.before(h, initial["h"])))
        found.append(values)
        worst = max(worst, error)
    return LayerRan(out, tuple(final), found, worst)


def run_inside(cell: Cell, weights: list[Weights], layout: Layout, rows: Tensor, states: Values) -> LayerRan | None:
    """Run one layer, one direction after the other, so that its values are had on the way; None if it cannot be."""
    assert cell.kernel is not None
    if cell.kernel.inside is None:
        return None
    found: list[Inside] = []
    worst = 0.0
    for d, mine in enumerate(weights):
        given = Given(rows, {name: s[d] for name, s in states.items()}, mine, Order(layout, DIRECTIONS[d]))
        inside = cell.kernel.inside(given)
        if inside is None:
            return None
        found.append(inside)
        worst = max(worst, inside.error)
    hs = [inside.values["h"] for inside in found]
    final = tuple(torch.stack(state) for state in zip(*(inside.final for inside in found), strict=True))
    return LayerRan(hs[0] if len(hs) == 1 else torch.cat(hs, -1), final, [inside.values for inside in found], worst)


def recover(cell: Cell, ran: Ran) -> tuple[Values, float]:
    """Compute every value of every step of a layer that its kernel has run; also how far they are from its h.

    In single precision where the module's own is less, so that no second rounding adds to the kernel's.
    """
    assert cell.kernel is not None
    if (dtype := ran.h.dtype) in (torch.float16, torch.bfloat16):
        values, error = recover(cell, ran.to(torch.float32))
        return {name: v.to(dtype) for name, v in values.items()}, error
    values = cell.kernel.recover(ran)
    later = {name: ran.order.before(values[name], ran.initial[name]) for name in cell.states if name != "h"}
    error = check(cell, ran.weights, ran.rows, values, {"h": ran.before, **later})
    return {value.name: values[value.name] for value in cell.values}, error


def check(cell: Cell, weights: Weights, rows: Tensor, values: Values, previous: Values) -> float:
    """Compute h again at some evenly spread steps; return its largest distance from the module's h."""
    every = spread(len(rows))
    before = {name: v[every] for name, v in previous.items()}
    again = cell.step(F.linear(rows[every], weights.w_ih, weights.b_ih), before, weights)
    return (again["h"] - values["h"][every]).abs().max().item()
