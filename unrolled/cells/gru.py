"""The gated recurrent unit."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from unrolled.cells.base import Cell, Edit, Value, Values, hidden_product, unedited
from unrolled.cells.kernel import Kernel, Ran
from unrolled.weights import Weights


def gates_of(gi: Tensor, gh: Tensor, edit: Edit = unedited) -> Values:
    """Compute r, z and n from both products (..., 3 * hidden); each (..., hidden)."""
    i_r, i_z, i_n = gi.chunk(3, -1)
    h_r, h_z, h_n = gh.chunk(3, -1)
    r = edit("r", torch.sigmoid(i_r + h_r))
    z = edit("z", torch.sigmoid(i_z + h_z))
    n = edit("n", torch.tanh(torch.addcmul(i_n, r, h_n)))
    return {"r": r, "z": z, "n": n}


def recover(ran: Ran) -> Values:
    """Compute the gates of all steps at once."""
    return {**gates_of(*ran.products()), "h": ran.h}


class GruCell(Cell):
    """Compute the gated recurrent unit of Cho et al. (2014), as PyTorch runs it: r acts after the hidden product."""

    kind = "gru"
    gates = 3
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
    kernel = Kernel(nn.GRU, torch.gru, recover)

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Mix the candidate with the old state: z keeps the old."""
        v = gates_of(gi, hidden_product(previous, weights), edit)
        return {**v, "h": edit("h", torch.lerp(v["n"], previous["h"], v["z"]))}
