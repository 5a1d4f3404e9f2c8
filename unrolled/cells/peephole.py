"""The LSTM whose gates see its memory."""

from collections.abc import Mapping

import torch
from torch import Tensor

from unrolled.cells.base import Cell, Edit, Value, Values, hidden_product, unedited
from unrolled.weights import Weights

PEEPHOLES = "weight_ch"


class PeepholeCell(Cell):
    """Compute the LSTM with peepholes of Gers & Schmidhuber (2000): each gate sees its own unit's memory.

    https://doi.org/10.1109/IJCNN.2000.861302, with tanh for both squashing functions, as Graves (2013) has it.
    i and f look at the old memory, o at the new one. torch has no module for it. The weights are stacked in torch's
    order, i, f, g, o; the peepholes `weight_ch` (3 * hidden,) in the order i, f, o.
    """

    kind = "peephole"
    gates = 4
    states = ("h", "c")
    extra = {PEEPHOLES: 3}  # noqa: RUF012  (declared a ClassVar by Cell)
    values = (
        Value("i", "gate", 0.0, 1.0, r"i_t = \sigma(W_{ii} x_t + W_{hi} h_{t-1} + p_i \circ c_{t-1} + b_i)"),
        Value("f", "gate", 0.0, 1.0, r"f_t = \sigma(W_{if} x_t + W_{hf} h_{t-1} + p_f \circ c_{t-1} + b_f)"),
        Value("g", "candidate", -1.0, 1.0, r"g_t = \tanh(W_{ig} x_t + W_{hg} h_{t-1} + b_g)"),
        Value("c", "state", None, None, r"c_t = f_t \circ c_{t-1} + i_t \circ g_t"),
        Value("o", "gate", 0.0, 1.0, r"o_t = \sigma(W_{io} x_t + W_{ho} h_{t-1} + p_o \circ c_t + b_o)"),
        Value("h", "state", -1.0, 1.0, r"h_t = o_t \circ \tanh(c_t)"),
    )

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Forget and add by the old memory, show by the new."""
        a_i, a_f, a_g, a_o = (gi + hidden_product(previous, weights)).chunk(4, -1)
        p_i, p_f, p_o = weights.extra[PEEPHOLES].chunk(3)
        i = edit("i", torch.sigmoid(torch.addcmul(a_i, p_i, previous["c"])))
        f = edit("f", torch.sigmoid(torch.addcmul(a_f, p_f, previous["c"])))
        g = edit("g", torch.tanh(a_g))
        c = edit("c", torch.addcmul(f * previous["c"], i, g))
        o = edit("o", torch.sigmoid(torch.addcmul(a_o, p_o, c)))
        return {"i": i, "f": f, "g": g, "c": c, "o": o, "h": edit("h", o * torch.tanh(c))}
