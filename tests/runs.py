"""Draws runs for property tests: any wiring and cell, what it reads and writes, and what somebody changes in it."""

from dataclasses import dataclass
from typing import Any

import torch
from hypothesis import strategies as st

from tests.tiny import FED_BACK, TOKENS, all_wirings
from unrolled import (
    CELLS,
    Clamp,
    Decoding,
    Embed,
    Force,
    Freeze,
    Intervention,
    Network,
    NetworkConfig,
    Topology,
    Trace,
    record,
)
from unrolled.topology import Part

HIDDEN = 4
N_Y = 5
NUMBERS = st.floats(-2, 2, width=16)
READS = (TOKENS, Embed(kind="vector", size=4), Embed(kind="bag", count=9, size=4))
DECODINGS = st.builds(
    Decoding,
    method=st.sampled_from(("greedy", "sample", "beam")),
    temperature=st.sampled_from((0.5, 1.0, 1.5)),
    seed=st.integers(0, 99),
    width=st.integers(1, 3),
)


@dataclass(frozen=True)
class Drawn:
    """Hold what a run is made of, so that a failing one can be read and repeated."""

    config: NetworkConfig
    seed: int  # of the weights
    x: list[Any] | None
    T_y: int
    decoding: Decoding
    interventions: tuple[Intervention, ...] = ()

    @property
    def network(self) -> Network:
        torch.manual_seed(self.seed)
        return Network(self.config).eval().requires_grad_(False)

    @property
    def limits(self) -> dict[Part, int]:
        return {"encoder": len(self.x or ()), "decoder": self.T_y}

    def record(self, **options: Any) -> Trace:
        return record(
            self.network, self.x, T_y=self.T_y, decoding=self.decoding, interventions=self.interventions, **options
        )


@st.composite
def configs(draw: st.DrawFn) -> NetworkConfig:
    """Draw a network: all wirings with all registered cells, each kind of input and of output."""
    wiring = draw(st.sampled_from(all_wirings()))
    parts = Topology(wiring["kind"]).parts
    output = draw(st.sampled_from(("softmax",) if wiring.get("collapse") else ("softmax", "sigmoid", "identity")))
    classes = output == "softmax"
    config: dict[str, Any] = {**wiring, "hidden": HIDDEN, "n_y": N_Y if classes else 4, "output": output}
    if "encoder" in parts or draw(st.booleans()):
        config["read"] = draw(st.sampled_from(READS))
    if "decoder" in parts:
        config["feed_back"] = FED_BACK if classes else Embed(kind="vector", size=4)
        config["end"] = draw(st.sampled_from((None, 2))) if classes else None
    return NetworkConfig(**config)


def inputs(config: NetworkConfig) -> st.SearchStrategy[list[Any] | None]:
    """Draw an input that a network reads."""
    if config.read is None:
        return st.none()
    step: dict[str, st.SearchStrategy[Any]] = {
        "tokens": st.integers(0, config.read.count - 1),
        "bag": st.lists(st.integers(0, 8), min_size=3, max_size=3),
        "vector": st.lists(NUMBERS, min_size=config.read.size, max_size=config.read.size),
    }
    longest = 1 if config.kind in ("one_to_one", "one_to_many") else 6
    return st.lists(step[config.read.kind], min_size=1, max_size=longest)


@st.composite
def changes(draw: st.DrawFn, config: NetworkConfig, limits: dict[Part, int]) -> Clamp | Freeze:
    """Draw a clamp or a freeze of something that a network has."""
    topology, cell = config.topology, CELLS[config.cell]
    part = draw(st.sampled_from(topology.parts))
    value = draw(st.sampled_from(cell.values))
    steps = st.none() | st.lists(st.integers(0, limits[part] - 1), min_size=1, max_size=3).map(tuple)
    where: dict[str, Any] = {
        "part": part,
        "layer": draw(st.integers(0, config.layers - 1)),
        "direction": draw(st.sampled_from(topology.directions_of(part))),
        "steps": draw(steps),
        "value": draw(st.floats(-1 if value.low is None else value.low, value.high or 1, width=16)),
    }
    unit = st.integers(0, config.hidden - 1)
    if value.role == "state":
        return Clamp(state=value.name, unit=draw(unit), **where)  # type: ignore[arg-type]  (h or c)
    return Freeze(gate=value.name, unit=draw(st.none() | unit), **where)


def forces(config: NetworkConfig, T_y: int) -> st.SearchStrategy[Force]:
    """Draw an output to be forced on a decoder."""
    numbers = st.lists(st.floats(0, 1, width=16), min_size=config.n_y, max_size=config.n_y).map(tuple)
    y = st.integers(0, config.n_y - 1) if config.output == "softmax" else numbers
    return st.builds(Force, step=st.integers(0, T_y - 1), y=y)


@st.composite
def runs(draw: st.DrawFn, changed: bool = True) -> Drawn:
    """Draw a run; unless it may be changed, no clamp or freeze reaches into its cells."""
    config = draw(configs())
    drawn = Drawn(config, draw(st.integers(0, 3)), draw(inputs(config)), draw(st.integers(1, 4)), draw(DECODINGS))
    found: list[Intervention] = []
    if "decoder" in config.topology.parts:
        found += draw(st.lists(forces(config, drawn.T_y), max_size=2))
    if changed:
        found += draw(st.lists(changes(config, drawn.limits), max_size=3))
    return Drawn(config, drawn.seed, drawn.x, drawn.T_y, drawn.decoding, tuple(found))
