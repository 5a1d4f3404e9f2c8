"""The step path: run the cells one timestep after another, so that someone can reach in between.

Slower than the fused kernel by an order of magnitude, and the only way to clamp a unit, freeze a gate, feed
an output back, or keep every state in the graph for back-propagation.
"""

from collections.abc import Callable, Mapping, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.cells import Cell, Edit, Values, unedited
from unrolled.rows import Order, ends_of, resumed
from unrolled.topology import Direction
from unrolled.weights import Weights, weights_of

EditAt = Callable[[int], Edit]  # what to change at a step


def never(_step: int) -> Edit:
    """Change nothing at any step."""
    return unedited


def step_layer(
    cell: Cell,
    weights: Weights,
    rows: Tensor,
    initial: Values,
    order: Order,
    edit_at: EditAt = never,
) -> list[Values]:
    """Run one layer in one direction over rows (N, n) in packed order; gives each step's values, in input order.

    The values of a step are (sizes[t], size), for the sequences that have this step.
    """
    sizes = order.layout.sizes
    gi = F.linear(rows, weights.w_ih, weights.b_ih).split(sizes)  # needs no state, so all steps at once
    steps: dict[int, Values] = {}
    state: Mapping[str, Tensor] = initial
    for t in order.steps:
        if len(state["h"]) != sizes[t]:
            state = {name: resumed(state[name], initial[name], sizes[t]) for name in cell.states}
        state = steps[t] = cell.step(gi[t], state, weights, edit_at(t))
    return [steps[t] for t in range(len(sizes))]


def last_states(steps: Sequence[Values], name: str, direction: Direction) -> Tensor:
    """Find where each sequence ends: its last step, or its first one backward; (B, size)."""
    return ends_of([step[name] for step in steps], direction)


class Stepper:
    """Advance the stacked layers of a one-directional module one step at a time, keeping their states."""

    def __init__(self, cell: Cell, module: nn.Module, states: Sequence[Values]) -> None:
        self.cell = cell
        self.weights = [weights_of(module, layer, "forward") for layer in range(len(states))]
        self.states = list(states)

    def advance(self, inputs: Tensor, edits: Sequence[Edit]) -> list[Values]:
        """Read inputs (B, n) and compute every layer's values of this step; `edits` holds one edit a layer."""
        for layer, (weights, edit) in enumerate(zip(self.weights, edits, strict=True)):
            gi = F.linear(inputs, weights.w_ih, weights.b_ih)
            self.states[layer] = self.cell.step(gi, self.states[layer], weights, edit)
            inputs = self.states[layer]["h"]
        return list(self.states)

    def choose(self, rows: Tensor) -> None:
        """Go on with some rows of the batch only (beam search); rows (B',) are indices, repeats allowed."""
        self.states = [{n: v.index_select(0, rows) for n, v in state.items()} for state in self.states]


def stack(cell: Cell, steps: Sequence[Values]) -> Values:
    """Join the values of many steps, rows in packed order: each (N, size), or (T, size) for one sequence."""
    return {v.name: torch.cat([step[v.name] for step in steps]) for v in cell.values}
