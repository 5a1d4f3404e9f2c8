"""Where the rows and columns of a figure stand."""

from dataclasses import dataclass
from typing import Self

from app.figures.diagram import Diagram
from unrolled.topology import Direction, Part

WIDTH, HEIGHT = 18.0, 12.0  # of a box
APART = 12.0  # between two columns
GAP = 14.0  # between the rows; arrows live here
CLOSE = 7.0  # between the two directions of a layer
MARGIN = 8.0
SHIFT = 5.0  # of each of two directions, to its own side
LETTER = 3.4  # about how wide a letter of a word is
ARCS = 6.0  # what the arcs of attention need besides, over the states


@dataclass(frozen=True)
class Grid:
    """Place the columns: `first` is where the first one begins, `total` how wide the whole figure is."""

    width: float
    first: float
    total: float

    @classmethod
    def of(cls, diagram: Diagram, columns: int) -> Self:
        """Make boxes as wide as their words, and leave room for the states before the first step."""
        longest = max(map(len, (*diagram.x_words, *diagram.y_words)), default=0)
        width = max(WIDTH, LETTER * longest + 6)
        left = width + APART if diagram.initial else 0.0
        right = left if diagram.directions == 2 and diagram.kind != "encoder_decoder" else 0.0
        total = 2 * MARGIN + left + width + (width + APART) * (columns - 1) + right
        return cls(width, MARGIN + left, total)

    @property
    def pitch(self) -> float:
        """Say how far it is from one column to the next."""
        return self.width + APART

    def left(self, t: int) -> float:
        """Say where a column begins."""
        return self.first + self.pitch * t

    def centre(self, t: int) -> float:
        """Say where a column has its middle."""
        return self.left(t) + self.width / 2


@dataclass(frozen=True)
class Chain:
    """Place the states of one layer in one direction.

    Two directions stand apart, so that what passes one reaches the other.
    """

    layer: int
    direction: Direction
    y: float
    shift: float

    @property
    def lane(self) -> float:
        """Say how far from the middle of its column its arrows run."""
        return 1.3 * self.shift


@dataclass(frozen=True)
class Rows:
    """Say at which height each row begins, and list the chains from the top down."""

    y: float
    chains: tuple[Chain, ...]
    x: float

    @classmethod
    def of(cls, diagram: Diagram) -> Self:
        """Stack the rows; arcs need room above the states, and a reading above the outputs."""
        y = MARGIN + (HEIGHT + GAP if diagram.path else 0)
        at = y + HEIGHT + GAP + (ARCS if diagram.attention else 0)
        chains: list[Chain] = []
        for layer in reversed(range(diagram.layers)):
            if diagram.directions == 2:
                chains += [Chain(layer, "backward", at, SHIFT), Chain(layer, "forward", at + HEIGHT + CLOSE, -SHIFT)]
            else:
                chains.append(Chain(layer, "forward", at, 0))
            at = chains[-1].y + HEIGHT + GAP
        return cls(y, tuple(chains), at)

    def chains_of(self, part: Part) -> tuple[Chain, ...]:
        """List the chains that a part has: a decoder runs in one direction."""
        return tuple(chain for chain in self.chains if part == "encoder" or chain.direction == "forward")
