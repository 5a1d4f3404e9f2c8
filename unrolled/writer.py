"""The decoder's part of a run: outputs written one after another, each fed back to be read at the next step.

Written so that autograd can follow it (`gradient`), which is why nothing here is changed in place.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from unrolled.cells import Values
from unrolled.network import State
from unrolled.plan import Plan
from unrolled.run import DecoderRun, EncoderRun, LayerRun
from unrolled.steps import Stepper, stack

Choose = Callable[[Tensor, int], "int | Tensor"]  # logits (n_y,), step -> a class, or a vector (n_y,)


class Writer:
    """Advance a decoder, with its attention and its head, one output at a time for a batch of beginnings."""

    def __init__(self, plan: Plan, read: EncoderRun | None, first: Tensor, places: Tensor | None) -> None:
        network = plan.network
        assert network.decoder is not None
        self.network, self.plan, self.first = network, plan, first  # (n,), what is read before any output is there
        looked_at = read.top if read else places
        self.memory = None if looked_at is None else looked_at.unsqueeze(0)  # (1, T_x, m), or (1, P, n) of x itself
        config, states = network.config, network.cell.states
        if read is None:
            start: State = tuple(torch.zeros(config.layers, 1, config.hidden) for _ in states)
        else:
            start = network.hand_over(read.last)
        self.initial = [{n: s[layer] for n, s in zip(states, start, strict=True)} for layer in range(config.layers)]
        self.stepper = Stepper(network.cell, network.decoder, self.initial)

    def write(self, inputs: Tensor, step: int) -> tuple[Tensor, Tensor | None, list[Values]]:
        """Read inputs (B, n) at a step; gives logits (B, n_y), attention (B, T_x or P) and each layer's values."""
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


def write_steps(writer: Writer, choose: Choose, limit: int) -> DecoderRun:
    """Record the decoder: feed every choice back until the end symbol, or until `limit` outputs are there."""
    network = writer.network
    inputs, fed, logits, attention = writer.first.unsqueeze(0), [], [], []
    steps: list[list[Values]] = []
    chosen: list[int | Tensor] = []
    for step in range(limit):
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
