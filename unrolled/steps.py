"""The step path: run the cells one timestep after another, so that someone can reach in between.

Slower than the fused kernel by an order of magnitude, and the only way to clamp a unit, freeze a gate, feed
an output back, or keep every state in the graph for back-propagation.
"""

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.cells import Cell, Edit, Values, unedited
from unrolled.modules import Weights, weights_of
from unrolled.topology import Direction

EditAt = Callable[[int], Edit]  # what to change at a step


def never(_step: int) -> Edit:
    """Change nothing at any step."""
    return unedited


def step_once(cell: Cell, weights: Weights, gi: Tensor, previous: Values, edit: Edit = unedited) -> Values:
    """Compute one step from its input pre-activation gi (B, gates * hidden); each value (B, hidden)."""
    gh = F.linear(previous["h"], weights.w_hh, weights.b_hh)
    return cell.step(gi, gh, previous, edit)


def step_layer(
    cell: Cell,
    weights: Weights,
    inputs: Tensor,
    initial: Values,
    direction: Direction,
    edit_at: EditAt = never,
) -> list[Values]:
    """Run one layer in one direction over inputs (T, B, n); gives the values of every step, in input order."""
    gi = F.linear(inputs, weights.w_ih, weights.b_ih)  # (T, B, gates * hidden): needs no state, so all at once
    order = range(len(inputs)) if direction == "forward" else range(len(inputs) - 1, -1, -1)
    steps: dict[int, Values] = {}
    state = initial
    for t in order:
        state = steps[t] = step_once(cell, weights, gi[t], state, edit_at(t))
    return [steps[t] for t in range(len(inputs))]


class Stepper:
    """Advance the stacked layers of a one-directional module one step at a time, keeping their states."""

    def __init__(self, cell: Cell, module: nn.RNNBase, states: Sequence[Values]) -> None:
        self.cell = cell
        self.weights = [weights_of(module, layer, "forward") for layer in range(module.num_layers)]
        self.states = list(states)

    def advance(self, inputs: Tensor, edits: Sequence[Edit]) -> list[Values]:
        """Read inputs (B, n) and compute every layer's values of this step; `edits` holds one edit a layer."""
        for layer, (weights, edit) in enumerate(zip(self.weights, edits, strict=True)):
            gi = F.linear(inputs, weights.w_ih, weights.b_ih)
            self.states[layer] = step_once(self.cell, weights, gi, self.states[layer], edit)
            inputs = self.states[layer]["h"]
        return list(self.states)

    def choose(self, rows: Tensor) -> None:
        """Go on with some rows of the batch only (beam search); rows (B',) are indices, repeats allowed."""
        self.states = [{n: v.index_select(0, rows) for n, v in state.items()} for state in self.states]


def stack(cell: Cell, steps: Sequence[Values]) -> Values:
    """Join the values of many steps of one sequence: each (T, hidden)."""
    return {v.name: torch.cat([step[v.name] for step in steps]) for v in cell.values}
