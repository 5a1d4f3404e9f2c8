"""What a network's numbers mean in the unit of whoever uses it: set beside what was recorded, never in its place."""

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


def with_units(trace: Trace, unit: Unit | None, truth: Sequence[float] | None) -> Trace:
    """Give a trace its unit, the value of each output in it, and what really came; recorded fields do not change."""
    if truth is not None:
        values = np.array(truth, dtype=np.float32)
        values.setflags(write=False)
        trace = trace.model_copy(update={"truth": values})
    if unit is None:
        return trace
    running = trace.running and tuple(_in_unit([output], unit)[0] for output in trace.running)
    return trace.model_copy(update={"unit": unit.name, "outputs": _in_unit(trace.outputs, unit), "running": running})


def _in_unit(outputs: Sequence[Output], unit: Unit) -> tuple[Output, ...]:
    own = [[number.p for number in sorted(output.alternatives, key=lambda a: a.index)] for output in outputs]
    values = unit.convert(np.array(own, dtype=np.float32))  # (T,)
    return tuple(o.model_copy(update={"value": float(v)}) for o, v in zip(outputs, values, strict=True))
