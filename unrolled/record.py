"""Record one run of a network as a trace: the library's main entry."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils.rnn import pack_sequence

from unrolled.asked import (
    check_finite_gradient,
    check_finite_run,
    check_labels,
    check_network,
    check_options,
    listed,
    parts_of,
)
from unrolled.decoding import Decoding
from unrolled.gradient import back_propagate
from unrolled.inputs import Inputs, default_labels, embed
from unrolled.interventions import Intervention
from unrolled.modules import weights_as_called
from unrolled.network import Network, as_hx, state_of
from unrolled.outputs import Choice, as_outputs
from unrolled.plan import Plan
from unrolled.run import DecoderRun, EncoderRun, LayerRun, Path, read_fast, read_steps, write_steps
from unrolled.search import beam, chooser
from unrolled.topology import Column, check_lengths, seen, unroll
from unrolled.trace import CellRecord, Check, GradientRecord, Label, LayerRecord, NetworkRecord, Output, Trace

FULL_OUTPUTS = 64  # up to so many classes, a trace holds y_hat whole


@torch.inference_mode()
def record(
    network: Network,
    x: Inputs | None = None,
    *,
    T_y: int = 100,
    x_labels: Sequence[Label] | None = None,
    y_labels: Sequence[str] | None = None,
    decoding: Decoding | None = None,
    interventions: Iterable[Intervention] = (),
    gradient: int | None = None,
    top_k: int = 5,
    path: Path | None = None,
) -> Trace:
    """Run a network over one input and record every value at every step.

    x is what `network.read` takes, one entry a step: class indices (T_x,), bags of them (T_x, k) or vectors
    (T_x, n_x); None for x = ∅. A decoder stops at its end symbol or after T_y outputs; the other kinds
    ignore T_y. `gradient` asks for back-propagation from the output at that step, -1 being the last. `path`
    is chosen by itself: the fused kernel, unless interventions reach into the cells. `decoding` is for decoders;
    the others ignore it.

    Raises LengthError, InterventionError, NotFinite or another InvalidRequest, each with the way out; ConfigError for
    what is no Network, or one whose modules do more than run their kernels.
    """
    check_network(network)
    check_options(T_y, gradient, top_k, path, decoding)
    changes = listed(interventions)
    inputs = embed(network, x)  # (T_x, n)
    check_labels(x_labels, len(inputs), y_labels, network.config.n_y)
    plan = Plan(network, changes, {"encoder": len(inputs), "decoder": T_y})
    with ExitStack() as made:
        for part in parts_of(network):
            made.enter_context(weights_as_called(part))
        stepping = path == "step" or plan.changes_values
        read = read_all(network, inputs, plan, stepping) if network.encoder is not None else None
        first = first_input(network, inputs)
        decoding = (decoding or Decoding()) if network.decoder is not None else None
        written = write(network, read, first, plan, T_y, decoding) if decoding else None
        choice = choose_outputs(network, read, written)
        T_y = len(choice.logits)
        columns = unroll(network.topology, len(inputs), T_y)
        layers = (*(read.layers if read else ()), *(written.layers if written else ()))
        check_finite_run(layers, choice.logits)
        outputs = as_outputs(choice, network, y_labels, top_k, plan.forced())
        y_hat = network.activate(choice.logits)
        return Trace(
            network=describe(network),
            T_x=len(inputs),
            T_y=T_y,
            columns=columns,
            x=inputs.numpy(),
            x_labels=tuple(x_labels) if x_labels is not None else default_labels(x, len(inputs)),
            layers=tuple(layer_record(network, layer, columns, len(inputs)) for layer in layers),
            outputs=outputs,
            y_hat=y_hat.numpy() if network.config.n_y <= FULL_OUTPUTS else None,
            running=running(network, inputs, read, plan, y_labels, top_k) if read else None,
            attention=written.attention.numpy() if written and written.attention is not None else None,
            gradient=None
            if gradient is None
            else gradient_record(network, inputs, first, plan, choice, gradient, outputs, layers),
            decoding=decoding,
            interventions=plan.interventions,
            check=Check(
                path="step" if stepping else "fast",
                max_abs_error=error(network, inputs, read, written, plan, stepping),
            ),
        )


def read_all(network: Network, inputs: Tensor, plan: Plan, stepping: bool) -> EncoderRun:
    """Run the encoder over inputs (T_x, n), by the one path or the other."""
    T_x = len(inputs)
    check_lengths(network.topology, T_x, T_x if network.config.kind == "many_to_many" else 1)
    return read_steps(network, inputs, plan) if stepping else read_fast(network, inputs)


def first_input(network: Network, inputs: Tensor) -> Tensor:
    """Find what a decoder reads first, (n,): x where there is no encoder, a zero vector where there is no x."""
    if network.encoder is None and len(inputs):
        return inputs[0]
    return torch.zeros(network.decoder.input_size if network.decoder is not None else 0)


def write(
    network: Network, read: EncoderRun | None, first: Tensor, plan: Plan, T_y: int, decoding: Decoding
) -> DecoderRun:
    """Run the decoder as asked; a beam is searched first and then recorded as if its outputs were forced."""
    check_lengths(network.topology, plan.lengths["encoder"], T_y)
    forced = plan.forced()
    if decoding.method == "beam" and network.config.output == "softmax":
        forced = {**forced, **beam(network, read, first, plan, T_y, decoding.width)}
    return write_steps(network, read, first, plan, T_y, chooser(network, decoding, forced))


def choose_outputs(network: Network, read: EncoderRun | None, written: DecoderRun | None) -> Choice:
    """Find the logits (T_y, n_y) of a run, and what was chosen at each output."""
    if written is not None:
        return Choice(written.logits, written.chosen)
    assert read is not None
    top = read.top if network.config.kind == "many_to_many" else network.last(read.last)
    return best_choice(network, network.head(top))


def best_choice(network: Network, logits: Tensor) -> Choice:
    """Choose the likeliest class of each row of logits (T, n_y), or the numbers themselves."""
    y_hat = network.activate(logits)
    chosen = y_hat.argmax(-1).tolist() if network.config.output == "softmax" else y_hat
    return Choice(logits, tuple(chosen))


def running(
    network: Network, inputs: Tensor, read: EncoderRun, plan: Plan, y_labels: Sequence[str] | None, top_k: int
) -> tuple[Output, ...] | None:
    """Ask a many-to-one network for its answer after every step, as if the input stopped there.

    One direction needs no second run: the head reads every h_t. Two directions read every beginning of x
    anew, because a backward state depends on where the input ends; None if interventions would have to be
    redone there.
    """
    if network.config.kind != "many_to_one":
        return None
    if network.config.directions == 1:
        tops = read.top
    elif plan.changes_values:
        return None
    else:
        assert network.encoder is not None
        beginnings = [inputs[: t + 1] for t in range(len(inputs) - 1, -1, -1)]  # longest first, as packing wants
        _, state = network.encoder(pack_sequence(beginnings))
        tops = network.last(state_of(state)).flip(0)
    return as_outputs(best_choice(network, network.head(tops)), network, y_labels, top_k, {})


def error(
    network: Network,
    inputs: Tensor,
    read: EncoderRun | None,
    written: DecoderRun | None,
    plan: Plan,
    stepped: bool,
) -> float | None:
    """Measure how far the recorded h lies from the one that torch.nn computes over the same inputs."""
    if plan.changes_values:
        return None
    worst = 0.0
    if read is not None and network.encoder is not None:
        worst = read.max_abs_error
        if stepped:
            out, _ = network.encoder(inputs)
            worst = (out - read.top).abs().max().item()
    if written is not None and network.decoder is not None:
        hx = as_hx(tuple(s.contiguous() for s in network.hand_over(read.last))) if read else None
        out, _ = network.decoder(written.fed.unsqueeze(1), hx)
        worst = max(worst, (out[:, 0] - written.top).abs().max().item())
    return worst


def describe(network: Network) -> NetworkRecord:
    """Describe a network for the trace."""
    cell, config = network.cell, network.config
    return NetworkRecord(
        topology=network.topology,
        cell=CellRecord(kind=cell.kind, values=cell.values, states=cell.states),
        hidden=config.hidden,
        n_y=config.n_y,
        output=config.output,
        end=config.end,
        parameters=sum(p.numel() for p in network.parameters()),
    )


def layer_record(network: Network, layer: LayerRun, columns: tuple[Column, ...], T_x: int) -> LayerRecord:
    """Turn the values of one layer into their record, with what each state has seen."""
    spans = [seen(network.topology, T_x, c, layer.layer, layer.direction) for c in columns if c.part == layer.part]
    return LayerRecord(
        part=layer.part,
        layer=layer.layer,
        direction=layer.direction,
        initial={name: s.numpy() for name, s in layer.initial.items()},
        values={name: v.numpy() for name, v in layer.values.items()},
        seen_x=tuple(s.x for s in spans),
        seen_y=tuple(s.y for s in spans),
    )


def gradient_record(
    network: Network, inputs: Tensor, first: Tensor, plan: Plan, choice: Choice, y: int,
    outputs: tuple[Output, ...], layers: tuple[LayerRun, ...],
) -> GradientRecord:  # fmt: skip
    """Back-propagate from one output; steps after it get zeros, because it does not depend on them."""
    found = back_propagate(network, inputs, first, plan, choice.chosen, y)
    steps = [len(layer.values["h"]) for layer in layers]
    states = {
        name: tuple(np.pad(found_.numpy(), (0, T - len(found_))) for found_, T in zip(lengths, steps, strict=True))
        for name, lengths in found.states.items()
    }
    check_finite_gradient(found.score, [found.x.numpy(), *(row for rows in states.values() for row in rows)])
    return GradientRecord(
        y=found.y,
        label=outputs[found.y].label,
        score=found.score,
        x=found.x.numpy(),
        x_entries=found.entries.numpy() if len(inputs) == 1 else None,
        h=states["h"],
        c=states.get("c"),
    )
