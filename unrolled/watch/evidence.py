"""What findings are looked for in: a trace, what its outputs read, and which of its steps are padding."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from unrolled.topology import Direction, Part
from unrolled.trace import Trace
from unrolled.watch.flow import Mask


@dataclass(frozen=True, eq=False)
class Evidence:
    """Hold a trace, and what is known of the run besides.

    `reads` says which steps of the last part's layers the outputs read directly, layers counted within the chain on
    top; None where no graph says. `padded` are steps that are no input but padding.
    """

    trace: Trace
    reads: Mask | None = None
    padded: tuple[int, ...] = ()
    restarts: bool = False  # each call of the module began from zeros
    packed: bool = False
    batch_first: bool = False
    swapped: bool = False  # steps and sequences are exchanged
    name: str = "rnn"

    @property
    def part(self) -> Part:
        """Name the part on top."""
        return self.trace.layers[-1].part

    @property
    def ways(self) -> tuple[Direction, ...]:
        """List the directions of the part on top."""
        return tuple(sorted({way for _, way in self.reads or {}}, reverse=True))  # forward first

    @property
    def T(self) -> int:
        """Count the steps of the part on top."""
        return len(self.trace.layers[-1].seen_x)

    @property
    def offset(self) -> int:
        """Say in which column the part on top begins."""
        return len(self.trace.columns) - self.T

    def columns(self, steps: Sequence[int] | np.ndarray) -> tuple[int, ...]:
        """Turn steps of the part on top into columns."""
        return tuple(self.offset + int(step) for step in steps)

    def top(self, way: Direction) -> np.ndarray:
        """List the steps of the top layer that are read, in one direction."""
        if self.reads is None:
            return np.array([], dtype=int)
        layer = max(layer for layer, _ in self.reads)
        return np.flatnonzero(self.reads[layer, way])
