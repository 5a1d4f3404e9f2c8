"""A watched run as a trace."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor, nn

from unrolled.cells import Cell
from unrolled.describe import FULL_OUTPUTS, topology_record
from unrolled.errors import ConfigError
from unrolled.topology import Column, Kind, Topology, seen
from unrolled.topology import Part as PartName
from unrolled.trace import CellRecord, Check, GradientRecord, Label, LayerRecord, NetworkRecord, Trace
from unrolled.watch.answers import Answer
from unrolled.watch.call import as_floats
from unrolled.watch.flow import Mask
from unrolled.watch.outputs import Read, as_outputs
from unrolled.watch.values import LayerSteps, values_of
from unrolled.watch.wiring import Part


@dataclass(frozen=True, eq=False)
class Seen:
    """Hold all that was made out about a run, before it is written down."""

    model: nn.Module
    kind: Kind
    parts: tuple[Part, ...]
    sequence: int
    answer: Answer
    at: tuple[int, ...]  # the step of the last part at which each output stands
    at_ends: bool  # whether an answer at the end reads each direction where that one ends
    read: Read
    chosen: tuple[int | None, ...]  # the class that was read after each output, where a decoder reads classes
    fed_back: bool
    x_labels: tuple[Label, ...]
    x: Tensor  # (T_x, n)
    attention: np.ndarray | None  # (T_y, T_x)
    remarks: tuple[str, ...]
    reads: Mask | None  # what the outputs read of the chain on top
    padded: tuple[int, ...]  # the steps of the last part that are padding
    swapped: bool  # whether steps and sequences look exchanged

    @property
    def cell(self) -> Cell:
        """Find the one cell of all parts."""
        return self.parts[0].top.cell

    @property
    def names(self) -> tuple[PartName, ...]:
        """Name the parts."""
        if self.kind == "encoder_decoder":
            return ("encoder", "decoder")
        return ("decoder",) if self.kind == "one_to_many" else ("encoder",)

    @property
    def topology(self) -> Topology:
        """Say how the network is wired."""
        first = self.parts[0]
        return Topology(self.kind, first.layers, 2 if len(first.directions) == 2 else 1)


def check_drawable(parts: Sequence[Part]) -> None:
    """Raise ConfigError, naming `module`, for parts that one picture cannot hold."""
    cells = {chain.cell.kind for part in parts for chain in part.chains}
    if len(cells) > 1:
        raise ConfigError(f"the parts run different cells ({', '.join(sorted(cells))}); choose one of them: module=")
    batches = {chain.batch: chain.name for part in parts for chain in part.chains}
    if len(batches) > 1:
        named = ", ".join(f"{name} {batch}" for batch, name in batches.items())
        raise ConfigError(f"the parts run over batches of different size ({named}); choose one of them: module=")
    if len({part.layers for part in parts}) > 1:
        counts = " and ".join(str(part.layers) for part in parts)
        raise ConfigError(f"encoder and decoder have {counts} layers, which one picture cannot hold; choose: module=")
    for part in parts:
        if len({chain.directions for chain in part.chains}) > 1:
            raise ConfigError("layers of one and of two directions are stacked; choose some of them: module=")
    if len(parts) > 1 and len(parts[1].directions) > 1:
        raise ConfigError(f"{parts[1].top.name} reads what comes later, and is no decoder; choose: module=")


def columns_of(seen: Seen) -> tuple[Column, ...]:
    """Lay the run out over time."""
    emits = {step: y for y, step in enumerate(seen.at)}
    first = seen.parts[0].top.T(seen.sequence)
    if seen.kind == "one_to_many":
        return tuple(
            Column(t, "decoder", t, x=None if t else 0, y_prev=t - 1 if t else None, y=emits.get(t))
            for t in range(first)
        )
    alone = len(seen.parts) == 1
    columns = [Column(t, "encoder", t, x=t, y=emits.get(t) if alone else None) for t in range(first)]
    if not alone:
        columns += [
            Column(first + s, "decoder", s, y_prev=emits.get(s - 1), y=emits.get(s))
            for s in range(seen.parts[1].top.T(seen.sequence))
        ]
    return tuple(columns)


def layers_of(part: Part, sequence: int) -> tuple[list[LayerSteps], float]:
    """Record every layer of a part, and say how far the worst lies from what the model computed."""
    found: list[LayerSteps] = []
    worst = 0.0
    for chain in part.chains:
        runs = [values_of(call, sequence) for call in chain.calls]
        worst = max(worst, *(error for _, error in runs))
        for place, first in enumerate(runs[0][0]):
            pieces = [layers[place].values for layers, _ in runs]
            values = {name: np.concatenate([as_floats(piece[name]) for piece in pieces]) for name in first.values}
            below = sum(c.layers for c in part.chains[: part.chains.index(chain)])
            found.append(LayerSteps(below + first.layer, first.direction, first.initial, values))  # type: ignore[arg-type]
    return found, worst


def trace_of(run: Seen, gradient: GradientRecord | None = None) -> Trace:
    """Write a watched run down."""
    columns, topology = columns_of(run), run.topology
    T_x = len(run.x_labels)
    records: list[LayerRecord] = []
    worst = 0.0
    for name, part in zip(run.names, run.parts, strict=True):
        layers, error = layers_of(part, run.sequence)
        worst = max(worst, error)
        for layer in layers:
            spans = [seen(topology, T_x, c, layer.layer, layer.direction) for c in columns if c.part == name]
            records.append(
                LayerRecord(
                    part=name,
                    layer=layer.layer,
                    direction=layer.direction,
                    initial={n: as_floats(s) for n, s in layer.initial.items()},
                    values=layer.values,  # type: ignore[arg-type]  (numpy by now)
                    seen_x=tuple(s.x for s in spans),
                    seen_y=tuple(s.y for s in spans),
                )
            )
    outputs = as_outputs(run.read, run.chosen, run.fed_back)
    return Trace(
        network=network_record(run),
        T_x=T_x,
        T_y=len(outputs),
        columns=columns,
        x=as_floats(run.x),
        x_labels=run.x_labels,
        layers=tuple(records),
        outputs=outputs,
        y_hat=run.read.y_hat if run.read.y_hat.shape[1] <= FULL_OUTPUTS else None,
        attention=run.attention,
        gradient=gradient,
        remarks=(*run.remarks, *run.read.remarks),
        check=Check(path="fast", reference="torch" if run.cell.kernel else "cell", max_abs_error=worst),
    )


def network_record(run: Seen) -> NetworkRecord:
    """Describe the network that ran."""
    cell, wiring = run.cell, topology_record(run.topology)
    return NetworkRecord(
        topology=wiring.model_copy(update={"answers_each_step": run.kind == "many_to_many" or not run.at_ends}),
        cell=CellRecord(kind=cell.kind, values=cell.values, states=cell.states),
        hidden=max(chain.calls[0].hidden for part in run.parts for chain in part.chains),
        n_y=run.read.y_hat.shape[1],
        output=run.read.output,
        end=None,
        blank=None,
        parameters=sum(p.numel() for p in run.model.parameters()),
    )
