"""One run of a network: its encoder read, its decoder written, every value kept as tensors.

Written so that autograd can follow it (`gradient`), which is why nothing here is changed in place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor

from unrolled.cells import Values
from unrolled.fused import record_module
from unrolled.network import Network, State, state_of
from unrolled.plan import Plan
from unrolled.steps import Stepper, stack, step_layer
from unrolled.topology import Direction, Part
from unrolled.weights import DIRECTIONS, weights_of

Path = Literal["fast", "step"]
Choose = Callable[[Tensor, int], "int | Tensor"]  # logits (n_y,), step -> a class, or a vector (n_y,)


@dataclass(frozen=True)
class LayerRun:
    """Hold the values of one layer in one direction, and the states of every step as graph nodes of their own."""

    part: Part
    layer: int
    direction: Direction
    initial: Values  # (hidden,)
    values: Values  # (T, hidden)
    steps: tuple[Values, ...] = ()  # each value (1, hidden); on the step path only


@dataclass(frozen=True)
class EncoderRun:
    """Hold what the encoder computed: the top outputs (T_x, directions * hidden) and the last states."""

    layers: tuple[LayerRun, ...]
    top: Tensor
    last: State  # each (layers * directions, 1, hidden)
    max_abs_error: float


@dataclass(frozen=True)
class DecoderRun:
    """Hold what the decoder computed, and what it chose at each step."""

    layers: tuple[LayerRun, ...]
    logits: Tensor  # (T_y, n_y)
    attention: Tensor | None  # (T_y, T_x)
    chosen: tuple[int | Tensor, ...]
    fed: Tensor  # (T_y, n), what the first layer read
    top: Tensor  # (T_y, hidden), h of the last layer


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


def read_steps(network: Network, inputs: Tensor, plan: Plan) -> EncoderRun:
    """Record the encoder by stepping its cells; inputs (T_x, n)."""
    assert network.encoder is not None
    cell, directions = network.cell, DIRECTIONS[: network.config.directions]
    zero = inputs.new_zeros(1, network.config.hidden)
    rows, sizes = inputs, [1] * len(inputs)
    layers: list[LayerRun] = []
    last: list[Values] = []
    for layer in range(network.config.layers):
        tops: list[Tensor] = []
        for direction in directions:
            weights = weights_of(network.encoder, layer, direction)

            def edit_at(step: int, layer: int = layer, direction: Direction = direction):
                return plan.edit("encoder", layer, direction, step)

            steps = step_layer(cell, weights, rows, sizes, dict.fromkeys(cell.states, zero), direction, edit_at)
            initial = dict.fromkeys(cell.states, zero[0])
            layers.append(LayerRun("encoder", layer, direction, initial, stack(cell, steps), tuple(steps)))
            tops.append(layers[-1].values["h"])
            last.append(steps[-1 if direction == "forward" else 0])
        rows = torch.cat(tops, -1)
    final = tuple(torch.stack([step[name] for step in last]) for name in cell.states)
    return EncoderRun(tuple(layers), rows, final, 0.0)


class Writer:
    """Advance a decoder, with its attention and its head, one output at a time for a batch of beginnings."""

    def __init__(self, network: Network, read: EncoderRun | None, plan: Plan, batch: int = 1) -> None:
        assert network.decoder is not None
        self.network, self.plan = network, plan
        self.memory = read.top.unsqueeze(0) if read else None  # (1, T_x, m)
        config, states = network.config, network.cell.states
        if read is None:
            first: State = tuple(torch.zeros(config.layers, 1, config.hidden) for _ in states)
        else:
            first = network.hand_over(read.last)
        self.initial = [{n: s[layer] for n, s in zip(states, first, strict=True)} for layer in range(config.layers)]
        spread = [{n: v.expand(batch, -1) for n, v in state.items()} for state in self.initial]
        self.stepper = Stepper(network.cell, network.decoder, spread)

    def write(self, inputs: Tensor, step: int) -> tuple[Tensor, Tensor | None, list[Values]]:
        """Read inputs (B, n) at a step; gives logits (B, n_y), attention (B, T_x) and each layer's values."""
        edits = [self.plan.edit("decoder", layer, "forward", step) for layer in range(self.network.config.layers)]
        values = self.stepper.advance(inputs, edits)
        top, weights = values[-1]["h"], None
        if self.network.attention is not None and self.memory is not None:
            mixed, weights = self.network.attention(top.unsqueeze(0), self.memory)  # all rows look at one memory
            top, weights = mixed[0], weights[0]
        return self.network.head(top), weights, values

    def feed(self, chosen: Sequence[int | Tensor]) -> Tensor:
        """Embed the outputs chosen for each row of the batch, to be read at the next step; (B, n)."""
        assert self.network.feed_back is not None
        if isinstance(chosen[0], int):
            return self.network.feed_back(torch.tensor(chosen))
        return self.network.feed_back(torch.stack([c for c in chosen if isinstance(c, Tensor)]))


def write_steps(
    network: Network, read: EncoderRun | None, first: Tensor, plan: Plan, T_y: int, choose: Choose
) -> DecoderRun:
    """Record the decoder: feed every choice back until the end symbol or T_y outputs; first (n,)."""
    writer = Writer(network, read, plan)
    inputs, fed, logits, attention = first.unsqueeze(0), [], [], []
    steps: list[list[Values]] = []
    chosen: list[int | Tensor] = []
    for step in range(T_y):
        out, weights, values = writer.write(inputs, step)
        fed.append(inputs)
        logits.append(out)
        steps.append(values)
        if weights is not None:
            attention.append(weights)
        chosen.append(choose(out[0], step))
        if network.config.end is not None and chosen[-1] == network.config.end:
            break
        inputs = writer.feed(chosen[-1:])
    layers = tuple(
        LayerRun(
            "decoder", layer, "forward",
            {n: v[0] for n, v in writer.initial[layer].items()},
            stack(network.cell, [values[layer] for values in steps]),
            tuple(values[layer] for values in steps),
        )
        for layer in range(network.config.layers)
    )  # fmt: skip
    weights = torch.cat(attention) if attention else None
    return DecoderRun(layers, torch.cat(logits), weights, tuple(chosen), torch.cat(fed), layers[-1].values["h"])
