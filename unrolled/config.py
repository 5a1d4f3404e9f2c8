"""Everything about a network except its numbers: its wiring, its cell, its sizes, what it reads."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from torch import Tensor, nn

from unrolled.cells import CELLS
from unrolled.errors import ConfigError
from unrolled.topology import AttentionKind, Collapse, Kind, Topology

OutputKind = Literal["softmax", "sigmoid", "identity"]


class Embed(BaseModel):
    """Say how one step is turned into a vector of `size` numbers.

    `vector`: the step already is that vector. `tokens`: an index below `count`. `bag`: several indices whose
    rows are added up, 0 standing for "no index" (characters of a word, say). `places`: several vectors of `count`
    numbers (the places of a picture), of which each is mapped linearly and the mean is read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["vector", "tokens", "bag", "places"] = "vector"
    size: int = Field(ge=1)
    count: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _count_fits_kind(self) -> Self:
        if (self.kind == "vector") != (self.count == 0):
            raise ValueError(f"an embedding of kind '{self.kind}' has count {self.count}; only 'vector' has none")
        return self

    def build(self) -> nn.Module:
        """Make the module that maps (..., ), (..., k), (..., size) or (..., P, count) to (..., size)."""
        match self.kind:
            case "vector":
                return nn.Identity()
            case "tokens":
                return nn.Embedding(self.count, self.size)
            case "bag":
                return Bag(self.count, self.size)
            case "places":
                return Places(self.count, self.size)


class Bag(nn.Module):
    """Add up the rows of several indices; index 0 adds nothing."""

    def __init__(self, count: int, size: int) -> None:
        super().__init__()
        self.table = nn.Embedding(count, size, padding_idx=0)

    def forward(self, indices: Tensor) -> Tensor:
        """Sum over the last dimension: (..., k) -> (..., size)."""
        return self.table(indices).sum(-2)


class Places(nn.Module):
    """Read the mean of several vectors; attention can look at each of them."""

    def __init__(self, count: int, size: int) -> None:
        super().__init__()
        self.map = nn.Linear(count, size)

    def each(self, places: Tensor) -> Tensor:
        """Map every place, (..., P, count) -> (..., P, size)."""
        return self.map(places)

    def forward(self, places: Tensor) -> Tensor:
        """Map and average them, (..., P, count) -> (..., size)."""
        return self.each(places).mean(-2)


class NetworkConfig(BaseModel):
    """Hold everything about a network except its numbers.

    `cell` is a kind in `CELLS`. `read` embeds x, `feed_back` embeds the previous output (decoders only), `n_y` is the
    number of entries of one output, `output` what the head makes of its logits. A decoder stops after it emits class
    `end`. Outputs that `collapse` are classes, of which `blank` says nothing.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    cell: str
    hidden: int = Field(ge=1)
    n_y: int = Field(ge=1)
    layers: int = Field(default=1, ge=1)
    directions: Literal[1, 2] = 1
    attention: AttentionKind | None = None
    read: Embed | None = None
    feed_back: Embed | None = None
    output: OutputKind = "softmax"
    end: int | None = None
    collapse: Collapse | None = None
    blank: int | None = None

    @field_validator("cell")
    @classmethod
    def _cell_exists(cls, cell: str) -> str:
        if cell not in CELLS:
            raise ValueError(f"unknown cell '{cell}'; there are {', '.join(CELLS)}")
        return cell

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        try:
            topology = self.topology
        except ConfigError as error:
            raise ValueError(str(error)) from error
        if "decoder" in topology.parts and self.feed_back is None:
            raise ValueError(f"{self.kind} feeds outputs back: 'feed_back' is missing")
        if "encoder" in topology.parts and self.read is None:
            raise ValueError(f"{self.kind} reads x: 'read' is missing")
        if "decoder" not in topology.parts and (self.feed_back or self.end is not None):
            raise ValueError(f"{self.kind} feeds nothing back: 'feed_back' and 'end' are for decoders")
        self._outputs_can_collapse()
        sizes = {embed.size for embed in (self.read, self.feed_back) if embed}
        if self.kind == "one_to_many" and len(sizes) > 1:
            raise ValueError(f"one_to_many reads x and outputs through the same cell: sizes {sizes} differ")
        if self.attention and self.kind == "one_to_many" and (self.read is None or self.read.kind != "places"):
            raise ValueError("attention without an encoder looks at the places of x: 'read' is not of kind 'places'")
        if self.feed_back:
            self._outputs_can_be_fed_back(self.feed_back)
        return self

    def _outputs_can_collapse(self) -> None:
        if self.collapse is None:
            if self.blank is not None:
                raise ValueError("'blank' is for outputs that collapse")
        elif self.output != "softmax" or self.n_y < 2:
            raise ValueError("outputs that collapse are classes (softmax): a blank and at least one more")
        elif self.blank is None or not 0 <= self.blank < self.n_y:
            raise ValueError(f"blank is {self.blank}; it is the class that says nothing, from 0 to {self.n_y - 1}")

    def _outputs_can_be_fed_back(self, feed_back: Embed) -> None:
        if self.output == "softmax":
            if feed_back.kind != "tokens" or feed_back.count != self.n_y:
                raise ValueError(f"classes are fed back as tokens, one for each of the {self.n_y} classes")
            if self.end is not None and not 0 <= self.end < self.n_y:
                raise ValueError(f"end is {self.end}; classes count from 0 to {self.n_y - 1}")
        elif feed_back.kind != "vector" or feed_back.size != self.n_y or self.end is not None:
            raise ValueError(f"numbers are fed back as a vector of size n_y = {self.n_y}, and have no end symbol")

    @property
    def topology(self) -> Topology:
        """Say how the network is wired; raises ConfigError if it cannot be."""
        return Topology(self.kind, self.layers, self.directions, self.attention, self.collapse)
