"""The recurrent cells: what each one computes, by name, with the equation that PyTorch runs.

A cell turns two pre-activations, `gi = W_i x_t + b_i` and `gh = W_h h_{t-1} + b_h` (each (..., gates *
hidden)), and the previous state into its named values. The same few lines serve one step and a whole
sequence at once, because the leading dimensions are free.

The equations are those of https://docs.pytorch.org/docs/stable/generated/torch.nn.LSTM.html and its siblings,
in PyTorch's symbols. Two of them differ from many lectures: the GRU's z multiplies the *old* state, and its r
is applied *after* the hidden product. PyTorch keeps two biases for each gate; the equations show their sum,
b_r = b_ir + b_hr, except in the GRU's n, where r separates the two.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

import torch
from torch import Tensor, nn

from unrolled.errors import ConfigError

CellKind = Literal["rnn", "gru", "lstm"]
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
    """Is what all recurrent units have in common; the subclasses below are the registry `CELLS`.

    `values` lists the named quantities in the order of computation, `states` those that are carried to the
    next step.
    """

    kind: ClassVar[CellKind]
    module: ClassVar[type[nn.RNN] | type[nn.GRU] | type[nn.LSTM]]
    gates: ClassVar[int]
    states: ClassVar[tuple[str, ...]]
    values: ClassVar[tuple[Value, ...]]

    @abstractmethod
    def inner(self, gi: Tensor, gh: Tensor, edit: Edit = unedited) -> Values:
        """Compute the gates and the candidate; gi, gh (..., gates * hidden), each value (..., hidden)."""

    @abstractmethod
    def state(self, inner: Values, previous: Mapping[str, Tensor], edit: Edit = unedited) -> Values:
        """Compute the new state from the inner values and the previous state, each (..., hidden)."""

    def step(self, gi: Tensor, gh: Tensor, previous: Mapping[str, Tensor], edit: Edit = unedited) -> Values:
        """Compute every value of one step, in order; `edit` may replace each one as it appears."""
        inner = self.inner(gi, gh, edit)
        return {**inner, **self.state(inner, previous, edit)}


class RnnCell(Cell):
    """Compute the plain recurrent unit of Elman (1990), with tanh."""

    kind = "rnn"
    module = nn.RNN
    gates = 1
    states = ("h",)
    values = (Value("h", "state", -1.0, 1.0, r"h_t = \tanh(W_{ih} x_t + W_{hh} h_{t-1} + b_h)"),)

    def inner(self, gi: Tensor, gh: Tensor, edit: Edit = unedited) -> Values:
        """Hold the pre-activation; the plain unit has no gates, so this is not one of its named values."""
        return {"pre": gi + gh}

    def state(self, inner: Values, previous: Mapping[str, Tensor], edit: Edit = unedited) -> Values:
        """Squash the pre-activation."""
        return {"h": edit("h", torch.tanh(inner["pre"]))}


class GruCell(Cell):
    """Compute the gated recurrent unit of Cho et al. (2014), as PyTorch runs it: r acts after the hidden product."""

    kind = "gru"
    module = nn.GRU
    gates = 3
    states = ("h",)
    values = (
        Value("r", "gate", 0.0, 1.0, r"r_t = \sigma(W_{ir} x_t + W_{hr} h_{t-1} + b_r)"),
        Value("z", "gate", 0.0, 1.0, r"z_t = \sigma(W_{iz} x_t + W_{hz} h_{t-1} + b_z)"),
        Value(
            "n",
            "candidate",
            -1.0,
            1.0,
            r"n_t = \tanh(W_{in} x_t + b_{in} + r_t \circ (W_{hn} h_{t-1} + b_{hn}))",
        ),
        Value("h", "state", -1.0, 1.0, r"h_t = (1 - z_t) \circ n_t + z_t \circ h_{t-1}"),
    )

    def inner(self, gi: Tensor, gh: Tensor, edit: Edit = unedited) -> Values:
        """Compute r, z and n."""
        i_r, i_z, i_n = gi.chunk(3, -1)
        h_r, h_z, h_n = gh.chunk(3, -1)
        r = edit("r", torch.sigmoid(i_r + h_r))
        z = edit("z", torch.sigmoid(i_z + h_z))
        n = edit("n", torch.tanh(torch.addcmul(i_n, r, h_n)))
        return {"r": r, "z": z, "n": n}

    def state(self, inner: Values, previous: Mapping[str, Tensor], edit: Edit = unedited) -> Values:
        """Mix the candidate with the old state: z keeps the old."""
        return {"h": edit("h", torch.lerp(inner["n"], previous["h"], inner["z"]))}


class LstmCell(Cell):
    """Compute the long short-term memory of Hochreiter & Schmidhuber (1997), with Gers' forget gate (2000)."""

    kind = "lstm"
    module = nn.LSTM
    gates = 4
    states = ("h", "c")
    values = (
        Value("i", "gate", 0.0, 1.0, r"i_t = \sigma(W_{ii} x_t + W_{hi} h_{t-1} + b_i)"),
        Value("f", "gate", 0.0, 1.0, r"f_t = \sigma(W_{if} x_t + W_{hf} h_{t-1} + b_f)"),
        Value("g", "candidate", -1.0, 1.0, r"g_t = \tanh(W_{ig} x_t + W_{hg} h_{t-1} + b_g)"),
        Value("o", "gate", 0.0, 1.0, r"o_t = \sigma(W_{io} x_t + W_{ho} h_{t-1} + b_o)"),
        Value("c", "state", None, None, r"c_t = f_t \circ c_{t-1} + i_t \circ g_t"),
        Value("h", "state", -1.0, 1.0, r"h_t = o_t \circ \tanh(c_t)"),
    )

    def inner(self, gi: Tensor, gh: Tensor, edit: Edit = unedited) -> Values:
        """Compute i, f, g and o."""
        i, f, g, o = (gi + gh).chunk(4, -1)
        return {
            "i": edit("i", torch.sigmoid(i)),
            "f": edit("f", torch.sigmoid(f)),
            "g": edit("g", torch.tanh(g)),
            "o": edit("o", torch.sigmoid(o)),
        }

    def state(self, inner: Values, previous: Mapping[str, Tensor], edit: Edit = unedited) -> Values:
        """Forget, add, and show a part of the memory."""
        c = edit("c", torch.addcmul(inner["f"] * previous["c"], inner["i"], inner["g"]))
        return {"c": c, "h": edit("h", inner["o"] * torch.tanh(c))}


CELLS: dict[CellKind, Cell] = {cell.kind: cell for cell in (RnnCell(), GruCell(), LstmCell())}


def cell_of(module: nn.Module) -> Cell:
    """Find the cell that a torch module runs.

    Raises ConfigError for a module whose equations are not among ours: a ReLU RNN or a projected LSTM.
    """
    for cell in CELLS.values():
        if isinstance(module, cell.module):
            if getattr(module, "nonlinearity", "tanh") != "tanh":
                raise ConfigError("nn.RNN with nonlinearity='relu' is not recorded; use nonlinearity='tanh'")
            if getattr(module, "proj_size", 0):
                raise ConfigError("nn.LSTM with proj_size is not recorded; use proj_size=0")
            return cell
    raise ConfigError(f"{type(module).__name__} is not a recurrent module; use nn.RNN, nn.GRU or nn.LSTM")
