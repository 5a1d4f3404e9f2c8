"""The plain recurrent unit, with tanh and with ReLU."""

from collections.abc import Mapping

import torch
from torch import Tensor, nn

from unrolled.cells.base import Cell, Edit, Value, Values, hidden_product, unedited
from unrolled.cells.kernel import Kernel, Ran
from unrolled.weights import Weights


def nothing_more(ran: Ran) -> Values:
    """Give h alone: a plain unit has no other value."""
    return {"h": ran.h}


class RnnCell(Cell):
    """Compute the plain recurrent unit of Elman (1990), with tanh."""

    kind = "rnn"
    gates = 1
    values = (Value("h", "state", -1.0, 1.0, r"h_t = \tanh(W_{ih} x_t + W_{hh} h_{t-1} + b_h)"),)
    kernel = Kernel(nn.RNN, torch.rnn_tanh, nothing_more, {"nonlinearity": "tanh"})

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Squash the sum of both products."""
        return {"h": edit("h", torch.tanh(gi + hidden_product(previous, weights)))}


class ReluRnnCell(Cell):
    """Compute the plain recurrent unit with ReLU, as Le, Jaitly & Hinton (2015) use it."""

    kind = "rnn_relu"
    gates = 1
    values = (Value("h", "state", 0.0, None, r"h_t = \max(0, W_{ih} x_t + W_{hh} h_{t-1} + b_h)"),)
    kernel = Kernel(nn.RNN, torch.rnn_relu, nothing_more, {"nonlinearity": "relu"})

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Cut the sum of both products off at zero."""
        return {"h": edit("h", torch.relu(gi + hidden_product(previous, weights)))}
