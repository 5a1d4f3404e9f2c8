"""The minimal gated unit."""

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Tensor

from unrolled.cells.base import Cell, Edit, Value, Values, unedited
from unrolled.weights import Weights


class MguCell(Cell):
    """Compute the minimal gated unit of Zhou, Wu, Zhang & Zhou (2016): one gate that both forgets and lets in.

    https://doi.org/10.1007/s11633-016-1006-2. torch has no module for it. The weights are
    stacked in the order f, n.
    """

    kind = "mgu"
    gates = 2
    values = (
        Value("f", "gate", 0.0, 1.0, r"f_t = \sigma(W_{if} x_t + W_{hf} h_{t-1} + b_f)"),
        Value("n", "candidate", -1.0, 1.0, r"n_t = \tanh(W_{in} x_t + W_{hn} (f_t \circ h_{t-1}) + b_n)"),
        Value("h", "state", -1.0, 1.0, r"h_t = (1 - f_t) \circ h_{t-1} + f_t \circ n_t"),
    )

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Show the candidate a part of the old state, and mix it in by the same gate."""
        h, (i_f, i_n), (w_f, w_n) = previous["h"], gi.chunk(2, -1), weights.w_hh.chunk(2)
        b_f, b_n = (None, None) if weights.b_hh is None else weights.b_hh.chunk(2)
        f = edit("f", torch.sigmoid(i_f + F.linear(h, w_f, b_f)))
        n = edit("n", torch.tanh(i_n + F.linear(f * h, w_n, b_n)))
        return {"f": f, "n": n, "h": edit("h", torch.lerp(h, n, f))}
