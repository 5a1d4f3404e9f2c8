"""What a cell is: its named values with their equations, and the step that computes them."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import torch.nn.functional as F
from torch import Tensor

from unrolled.cells.kernel import Kernel
from unrolled.errors import ConfigError
from unrolled.weights import Weights

Role = Literal["gate", "candidate", "state"]
Values = dict[str, Tensor]
Edit = Callable[[str, Tensor], Tensor]


def unedited(_name: str, value: Tensor) -> Tensor:
    """Leave a value as it was computed."""
    return value


@dataclass(frozen=True)
class Value:
    """Name one recorded quantity of a cell: its role, the range of its entries and its equation in LaTeX."""

    name: str
    role: Role
    low: float | None  # None where nothing bounds it
    high: float | None
    latex: str


class Cell(ABC):
    """Is what all recurrent units have in common; a subclass with an entry in `CELLS` is a new cell.

    `values` lists the named quantities in the order of computation, `states` those that are carried to the next
    step: h, or h and c, as torch's modules take and return them. The weights are torch's, `gates` blocks of hidden
    rows each; `extra` names vectors that a cell has besides, with their number of blocks. `kernel` is torch's
    fused module for the same equations, where there is one; a cell without one is scanned by `Scan`.
    """

    kind: ClassVar[str]
    gates: ClassVar[int]
    states: ClassVar[tuple[str, ...]] = ("h",)
    values: ClassVar[tuple[Value, ...]]
    extra: ClassVar[Mapping[str, int]] = {}
    kernel: ClassVar[Kernel | None] = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.states not in (("h",), ("h", "c")):
            raise ConfigError(f"{cls.__name__} carries {', '.join(cls.states)}; a cell carries h, or h and c")

    @abstractmethod
    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Compute every value, in order, from the input and the states before; each (..., hidden).

        gi (..., gates * hidden) is W_i x_t + b_i, which needs no state and is therefore worked out for all steps
        at once. `edit` may replace each value as it appears. The leading dimensions are free.
        """


def hidden_product(previous: Mapping[str, Tensor], weights: Weights) -> Tensor:
    """Compute gh = W_h h_{t-1} + b_h, (..., gates * hidden)."""
    return F.linear(previous["h"], weights.w_hh, weights.b_hh)
