"""What the numbers of a run mean outside of the network: said beside what was recorded, never in its place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from unrolled import Output, Trace
from unrolled.trace import Floats


@dataclass(frozen=True)
class Unit:
    """Name what a visitor measures in, and turn the network's own numbers (T, n_y) into such, (T,).

    Row t belongs to output t; a network that answers once is asked for one row at a time.
    """

    name: str
    convert: Callable[[Floats], Floats]


def told_outside(trace: Trace, unit: Unit | None, truth: Sequence[float] | None) -> Trace:
    """Give a trace its unit, the value of each output in it, and what really came; the recorded fields stay."""
    if truth is not None:
        came = np.array(truth, dtype=np.float32)
        came.setflags(write=False)
        trace = trace.model_copy(update={"truth": came})
    if unit is None:
        return trace
    running = trace.running and tuple(_valued([output], unit)[0] for output in trace.running)
    return trace.model_copy(update={"unit": unit.name, "outputs": _valued(trace.outputs, unit), "running": running})


def _valued(outputs: Sequence[Output], unit: Unit) -> tuple[Output, ...]:
    own = [[number.p for number in sorted(output.alternatives, key=lambda a: a.index)] for output in outputs]
    values = unit.convert(np.array(own, dtype=np.float32))  # (T,)
    return tuple(o.model_copy(update={"value": float(v)}) for o, v in zip(outputs, values, strict=True))
