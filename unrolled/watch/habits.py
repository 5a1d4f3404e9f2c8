"""What units, gates and gradients do over a whole run: what never moves, what is stuck, what vanishes or explodes.

The limits are far from what the trained networks of the gallery do, all of which pass (`tests/test_watch_findings.py`).
"""

from collections.abc import Iterator

import numpy as np

from unrolled.findings import Finding
from unrolled.trace import LayerRecord, Trace
from unrolled.watch.evidence import Evidence

ENOUGH = 5  # steps below which nothing is said of what a unit does always
SHARE = 0.25  # of a layer's units, below which some may do as they like
STILL = 1e-3  # a unit that moves less does not move
FULL = 0.99  # beyond it tanh is flat, and gates are open; as far from 0 they are shut
STUCK = 0.95  # of a gate's units
VANISHED = 1e-7  # of the gradient where it begins
LONG = 20  # steps over which a gradient should last
EXPLODED = 1e3


def still_units(evidence: Evidence) -> Iterator[Finding]:
    """Find units that have one value from the first step to the last."""
    for layer in evidence.trace.layers:
        h = layer.values["h"]
        if len(h) < ENOUGH:
            continue
        still = np.flatnonzero(np.ptp(h, axis=0) < STILL)
        if len(still) >= SHARE * h.shape[1]:
            dead = bool((h[:, still] == 0).all())
            yield Finding(
                kind="still_units",
                title="Units never move",
                sentence=f"{len(still)} of {h.shape[1]} units of {_where(layer)} keep one value over {len(h)} steps"
                + (", which is 0." if dead else "."),
                way_out="Try a smaller learning rate or another beginning: these units carry nothing."
                if dead
                else "Check that what is read differs from step to step, and its scale.",
                part=layer.part,
                layer=layer.layer,
                direction=layer.direction,
                units=tuple(still.tolist()),
            )


def saturated_units(evidence: Evidence) -> Iterator[Finding]:
    """Find units whose squashing function is at its end at every step."""
    bounded = next((v.high == 1 for v in evidence.trace.network.cell.values if v.name == "h"), False)
    for layer in evidence.trace.layers if bounded else ():
        h = layer.values["h"]
        full = np.flatnonzero((np.abs(h) > FULL).all(0)) if len(h) >= ENOUGH else np.array([], dtype=int)
        if len(full) >= SHARE * h.shape[1]:
            yield Finding(
                kind="saturated_units",
                title="Units are always saturated",
                sentence=f"{len(full)} of {h.shape[1]} units of {_where(layer)} lie beyond ±{FULL} at every step, "
                "where tanh is flat and no gradient passes.",
                way_out="Scale what is read to about 1 (nn.LayerNorm, or standardise it), and clip the gradient.",
                part=layer.part,
                layer=layer.layer,
                direction=layer.direction,
                units=tuple(full.tolist()),
            )


def stuck_gates(evidence: Evidence) -> Iterator[Finding]:
    """Find gates that are open, or shut, in nearly all units at every step."""
    gates = [v.name for v in evidence.trace.network.cell.values if v.role == "gate"]
    for layer in evidence.trace.layers:
        for gate in gates:
            values = layer.values[gate]
            if len(values) < ENOUGH:
                continue
            for how, units in (("open", (values > FULL).all(0)), ("shut", (values < 1 - FULL).all(0))):
                if units.mean() >= STUCK:
                    yield Finding(
                        kind="stuck_gate",
                        title=f"Gate {gate} is stuck {how}",
                        sentence=f"{gate} of {_where(layer)} is {'above' if how == 'open' else 'below'} "
                        f"{FULL if how == 'open' else 1 - FULL:.2g} in {units.mean():.0%} of its units at every "
                        f"step.",
                        way_out="Look at this gate's bias and at the scale of what is read; a gate that never moves "
                        "does not learn.",
                        part=layer.part,
                        layer=layer.layer,
                        direction=layer.direction,
                        units=tuple(np.flatnonzero(units).tolist()),
                    )


def vanishing_gradient(evidence: Evidence) -> Iterator[Finding]:
    """Find an answer at the end that nothing at the beginning can reach."""
    trace = evidence.trace
    if trace.gradient is None or trace.network.topology.kind != "many_to_one" or trace.T_x < LONG:
        return
    ways = {layer.direction for layer in trace.layers}
    if len(ways) > 1 or not _read_at_end_only(evidence):
        return
    reached = carried(trace, len(trace.layers) - 1)
    first = reached.max()
    gone = np.flatnonzero(reached < VANISHED * first)
    if first == 0 or not len(gone):
        return
    step = int(gone[-1])
    yield Finding(
        kind="vanishing_gradient",
        title="The gradient vanishes",
        sentence=f"At step {step + 1} of {trace.T_x} it is {reached[step] / first:.0e} of what it is at the end: "
        "what was read before has no say in training.",
        way_out="Use an LSTM or a GRU; in an LSTM, begin with a forget bias of 1.",
        steps=evidence.columns(gone),
        part=trace.layers[-1].part,
        layer=trace.layers[-1].layer,
    )


def exploding_gradient(evidence: Evidence) -> Iterator[Finding]:
    """Find a gradient that grows on its way back."""
    trace = evidence.trace
    alone = len({(layer.part, layer.direction) for layer in trace.layers}) == 1
    if trace.gradient is None or not alone or len(trace.columns) < ENOUGH:
        return
    for i, layer in enumerate(trace.layers):
        way = carried(trace, i)
        reached = np.flatnonzero(way)
        ratio = way / way[reached[-1]] if len(reached) else way
        if ratio.max() > EXPLODED:
            step = int(ratio.argmax())
            yield Finding(
                kind="exploding_gradient",
                title="The gradient explodes",
                sentence=f"In {_where(layer)} it is {ratio.max():.0e} times as large at step {step + 1} as where it "
                "begins.",
                way_out="Clip it before the optimizer's step, or make the recurrent weights smaller.",
                steps=(step,),
                part=layer.part,
                layer=layer.layer,
                direction=layer.direction,
                code="torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)",
            )


def carried(trace: Trace, layer: int) -> np.ndarray:
    """Give what comes through to each step of a layer, by h or by c, whichever is more; (T,)."""
    assert trace.gradient is not None
    h = trace.gradient.h[layer]
    return h if trace.gradient.c is None else np.maximum(h, trace.gradient.c[layer])


def _read_at_end_only(evidence: Evidence) -> bool:
    return evidence.reads is None or len(evidence.top("forward")) == 1


def _where(layer: LayerRecord) -> str:
    way = " backward" if layer.direction == "backward" else ""
    return f"layer {layer.layer + 1}{way} of the {layer.part}"


HABITS = (still_units, saturated_units, stuck_gates, vanishing_gradient, exploding_gradient)
