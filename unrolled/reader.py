"""The encoder's part of a run: all of x read, by the fused kernel or one step after another.

Written so that autograd can follow it (`gradient`), which is why nothing here is changed in place.
"""

import torch
from torch import Tensor

from unrolled.cells import Values
from unrolled.fused import record_module
from unrolled.network import Network, state_of
from unrolled.plan import Plan
from unrolled.rows import Layout, Order
from unrolled.run import EncoderRun, LayerRun
from unrolled.steps import stack, step_layer
from unrolled.topology import Direction
from unrolled.weights import DIRECTIONS, weights_of


def read_fast(network: Network, inputs: Tensor) -> EncoderRun:
    """Record the encoder behind the fused kernel; inputs (T_x, n)."""
    assert network.encoder is not None
    recording = record_module(network.encoder, inputs)
    layers = tuple(
        LayerRun("encoder", lv.layer, lv.direction, {n: s[0] for n, s in lv.initial.items()}, lv.values)
        for lv in recording.layers
    )
    last = tuple(s.unsqueeze(1) for s in state_of(recording.state))
    return EncoderRun(layers, recording.output, last, recording.max_abs_error)


def read_steps(plan: Plan, inputs: Tensor) -> EncoderRun:
    """Record the encoder by stepping its cells, with what the plan changes; inputs (T_x, n)."""
    network = plan.network
    assert network.encoder is not None
    cell, directions = network.cell, DIRECTIONS[: network.config.directions]
    first = dict.fromkeys(cell.states, inputs.new_zeros(1, network.config.hidden))
    rows, layout = inputs, Layout.of(network.encoder, inputs)
    layers: list[LayerRun] = []
    last: list[Values] = []
    for layer in range(network.config.layers):
        tops: list[Tensor] = []
        for direction in directions:
            weights = weights_of(network.encoder, layer, direction)

            def edit_at(step: int, layer: int = layer, direction: Direction = direction):
                return plan.edit("encoder", layer, direction, step)

            steps = step_layer(cell, weights, rows, first, Order(layout, direction), edit_at)
            initial = {name: s[0] for name, s in first.items()}
            layers.append(LayerRun("encoder", layer, direction, initial, stack(cell, steps), tuple(steps)))
            tops.append(layers[-1].values["h"])
            last.append(steps[-1 if direction == "forward" else 0])
        rows = torch.cat(tops, -1)
    final = tuple(torch.stack([step[name] for step in last]) for name in cell.states)
    return EncoderRun(tuple(layers), rows, final, 0.0)
