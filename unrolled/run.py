"""One run of a network: what it was given, what its encoder read, what its decoder wrote, what was chosen."""

from dataclasses import dataclass
from typing import Literal

from torch import Tensor

from unrolled.cells import Values
from unrolled.ctc import Labelling, Stretch, collapse
from unrolled.network import Network, State
from unrolled.plan import Plan
from unrolled.topology import Direction, Part

Path = Literal["fast", "step"]


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
    attention: Tensor | None  # (T_y, T_x), or (T_y, P) over the places of x
    chosen: tuple[int | Tensor, ...]
    fed: Tensor  # (T_y, n), what the first layer read
    top: Tensor  # (T_y, hidden), h of the last layer


@dataclass(frozen=True)
class Emitted:
    """Hold the logits (T, n_y) of some outputs and what was chosen at each: a class, or a vector (n_y,).

    `readings` are the labellings that were considered where outputs collapse, the likeliest first, each with its
    log-probability over all paths.
    """

    logits: Tensor
    chosen: tuple[int | Tensor, ...]
    readings: tuple[tuple[Labelling, float], ...] = ()


@dataclass(frozen=True)
class Run:
    """Hold one run of a network, as tensors; a trace describes it."""

    plan: Plan
    inputs: Tensor  # (T_x, n), embedded
    places: Tensor | None  # (P, n), whose mean the one input is; None where x has no places
    first: Tensor  # (n,), what the decoder reads first
    read: EncoderRun | None
    written: DecoderRun | None
    emitted: Emitted
    stepped: bool  # whether the encoder was stepped cell by cell

    @property
    def network(self) -> Network:
        """Give the network that ran."""
        return self.plan.network

    @property
    def layers(self) -> tuple[LayerRun, ...]:
        """List the layers of all parts, in the order in which they ran."""
        return (*(self.read.layers if self.read else ()), *(self.written.layers if self.written else ()))

    @property
    def T_x(self) -> int:
        """Count the inputs that were read."""
        return len(self.inputs)

    @property
    def reading(self) -> tuple[Stretch, ...] | None:
        """Read what is left of the outputs after they collapse; None where they do not."""
        blank = self.network.config.blank
        return None if blank is None else collapse([int(y) for y in self.emitted.chosen], blank)

    @property
    def T_y(self) -> int:
        """Count the outputs that were emitted, the end symbol included, or what is left of them after a collapse.

        Never more than the plan's limit.
        """
        return len(self.emitted.logits) if self.reading is None else len(self.reading)
