"""Describe one run as a trace: what came out, what it would have said on its way, how exact it is."""

from dataclasses import asdict

import numpy as np
from torch.nn.utils.rnn import pack_sequence

from unrolled.checks import check_finite_gradient
from unrolled.decoding import Decoding
from unrolled.gradient import back_propagate
from unrolled.network import Network, as_hx, state_of
from unrolled.outputs import Names, as_outputs, as_reading, as_readings, likeliest
from unrolled.run import LayerRun, Run
from unrolled.topology import Column, Topology, seen, unroll
from unrolled.trace import (
    CellRecord,
    Check,
    GradientRecord,
    Label,
    LayerRecord,
    NetworkRecord,
    Output,
    Reading,
    TopologyRecord,
    Trace,
)

FULL_OUTPUTS = 64  # up to so many classes, a trace holds y_hat whole


def trace_of(
    run: Run,
    x_labels: tuple[Label, ...],
    place_labels: tuple[Label, ...] | None,
    names: Names,
    decoding: Decoding | None,
    gradient: int | None,
) -> Trace:
    """Write a run down; `gradient` asks for back-propagation from the output at that step. Raises as `record` does."""
    network, written = run.network, run.written
    columns = unroll(network.topology, run.T_x, run.T_y)
    outputs = as_outputs(run.emitted, network, names, run.plan.forced())
    readings = as_readings(run, names)
    y_hat = network.activate(run.emitted.logits)
    return Trace(
        network=network_record(network),
        T_x=run.T_x,
        T_y=run.T_y,
        columns=columns,
        x=run.inputs.numpy(),
        x_labels=x_labels,
        places=place_labels,
        layers=tuple(layer_record(network, layer, columns, run.T_x) for layer in run.layers),
        outputs=outputs,
        y_hat=y_hat.numpy() if network.config.n_y <= FULL_OUTPUTS else None,
        reading=as_reading(run, names),
        readings=readings,
        running=running(run, names),
        attention=written.attention.numpy() if written and written.attention is not None else None,
        gradient=None if gradient is None else gradient_record(run, gradient, outputs, readings or ()),
        decoding=decoding,
        interventions=run.plan.interventions,
        check=Check(
            path="step" if run.stepped else "fast",
            reference="torch" if network.cell.kernel else "cell",
            max_abs_error=error(run),
        ),
    )


def running(run: Run, names: Names) -> tuple[Output, ...] | None:
    """Ask a many-to-one network for its answer after every step, as if the input stopped there.

    One direction needs no second run: the head reads every h_t. Two directions read every beginning of x
    again, because a backward state depends on where the input ends; None if interventions would have to be
    repeated there.
    """
    network = run.network
    if network.config.kind != "many_to_one" or run.read is None or network.encoder is None:
        return None
    if network.config.directions == 1:
        tops = run.read.top
    elif run.plan.changes_values:
        return None
    else:
        beginnings = [run.inputs[: t + 1] for t in range(run.T_x - 1, -1, -1)]  # longest first, as packing wants
        _, state = network.encoder(pack_sequence(beginnings))
        tops = network.last(state_of(state)).flip(0)
    return as_outputs(likeliest(network, network.head(tops)), network, names)


def error(run: Run) -> float | None:
    """Measure how far the recorded h lies from the one that the modules compute over the same inputs."""
    network, read, written = run.network, run.read, run.written
    if run.plan.changes_values:
        return None
    worst = 0.0
    if read is not None and network.encoder is not None:
        worst = read.max_abs_error
        if run.stepped:
            out, _ = network.encoder(run.inputs)
            worst = (out - read.top).abs().max().item()
    if written is not None and network.decoder is not None:
        hx = as_hx(tuple(s.contiguous() for s in network.hand_over(read.last))) if read else None
        out, _ = network.decoder(written.fed.unsqueeze(1), hx)
        worst = max(worst, (out[:, 0] - written.top).abs().max().item())
    return worst


def network_record(network: Network) -> NetworkRecord:
    """Describe a network for the trace."""
    cell, config = network.cell, network.config
    return NetworkRecord(
        topology=topology_record(network.topology),
        cell=CellRecord(kind=cell.kind, values=cell.values, states=cell.states),
        hidden=config.hidden,
        n_y=config.n_y,
        output=config.output,
        end=config.end,
        blank=config.blank,
        parameters=sum(p.numel() for p in network.parameters()),
    )


def topology_record(topology: Topology) -> TopologyRecord:
    """Describe a wiring for the trace."""
    return TopologyRecord(
        **asdict(topology),
        parts=topology.parts,
        answers_each_step=topology.answers_each_step,
        carries=topology.carries,
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
    run: Run, y: int, outputs: tuple[Output, ...], readings: tuple[Reading, ...] = ()
) -> GradientRecord:
    """Back-propagate from one output, or from the reading; steps after an output get zeros."""
    found = back_propagate(run, y)
    steps = [len(layer.values["h"]) for layer in run.layers]
    states = {
        name: tuple(np.pad(found_.numpy(), (0, T - len(found_))) for found_, T in zip(lengths, steps, strict=True))
        for name, lengths in found.states.items()
    }
    check_finite_gradient(found.score, [found.x.numpy(), *(row for rows in states.values() for row in rows)])
    return GradientRecord(
        y=found.y,
        label=outputs[found.y].label if found.y is not None else readings[0].text,
        score=found.score,
        x=found.x.numpy(),
        x_entries=found.entries.numpy() if run.T_x == 1 else None,
        places=None if found.places is None else found.places.numpy(),
        h=states["h"],
        c=states.get("c"),
    )
