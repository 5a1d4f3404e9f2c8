"""What a figure shows: a topology, unrolled over so many steps, and what is written into its boxes."""

from typing import Literal

from unrolled import Topology
from unrolled.ctc import Stretch, collapse
from unrolled.document import Document
from unrolled.topology import AttentionKind, Column, Kind, unroll


class Diagram(Document):
    """Say which topology to draw, and how long; `path` is what each output says where they collapse, `_` the blank.

    `x_words` and `y_words` stand in the boxes of the first inputs and outputs, in place of their symbols. `initial`
    draws the states before the first step, too.
    """

    kind: Kind
    T_x: int
    T_y: int
    path: str = ""
    layers: int = 1
    directions: Literal[1, 2] = 1
    attention: AttentionKind | None = None
    x_words: tuple[str, ...] = ()
    y_words: tuple[str, ...] = ()
    initial: bool = False

    @property
    def topology(self) -> Topology:
        """Give its wiring. Raises ConfigError for one that there is not."""
        return Topology(self.kind, self.layers, self.directions, self.attention, "ctc" if self.path else None)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Unroll it. Raises LengthError for lengths that its kind does not have."""
        return unroll(self.topology, self.T_x, self.T_y)

    @property
    def reading(self) -> tuple[Stretch, ...]:
        """List what is left of the path; empty where nothing collapses."""
        return reading_of(self.path)


def reading_of(path: str) -> tuple[Stretch, ...]:
    """List what is left of a path without repeats and blanks (`_`)."""
    return collapse([ord(character) for character in path], ord("_"))
