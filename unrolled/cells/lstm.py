"""The long short-term memory, plain and with torch's projection of its h."""

from collections.abc import Mapping

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.cells.base import Cell, Edit, Value, Values, hidden_product, unedited
from unrolled.cells.kernel import Kernel, Ran
from unrolled.cells.onednn import look_inside
from unrolled.rows import Order
from unrolled.weights import PROJECTION, Weights


def gates_of(gates: Tensor, edit: Edit = unedited) -> Values:
    """Compute i, f, g and o from the sum of both products (..., 4 * hidden); each (..., hidden)."""
    i, f, g, o = gates.chunk(4, -1)
    return {
        "i": edit("i", torch.sigmoid(i)),
        "f": edit("f", torch.sigmoid(f)),
        "g": edit("g", torch.tanh(g)),
        "o": edit("o", torch.sigmoid(o)),
    }


def recover(ran: Ran) -> Values:
    """Compute the gates of all steps at once, and walk along time for c."""
    v = gates_of(ran.sums())
    return {**v, "c": memory(v["f"], v["i"] * v["g"], ran.initial["c"], ran.order), "h": ran.h}


def memory(f: Tensor, ig: Tensor, initial: Tensor, order: Order) -> Tensor:
    """Walk c_t = f_t ∘ c_{t-1} + (i ∘ g)_t along time; all (N, hidden).

    In numpy, because one elementwise step costs a third of what it does as two torch calls.
    """
    keeps, adds, start = (a.cpu().numpy() for a in (f, ig, initial))
    out = np.empty_like(adds)
    c = start[:0] if order.direction == "backward" else start
    for keep, add, here in order.walk(keeps, adds, out):
        n = len(here)
        if len(c) != n:
            c = c[:n] if len(c) > n else np.concatenate((c, start[len(c) : n]))
        np.multiply(keep, c, out=here)
        np.add(here, add, out=here)
        c = here
    return torch.from_numpy(out).to(ig.device)


class LstmCell(Cell):
    """Compute the long short-term memory of Hochreiter & Schmidhuber (1997), with Gers' forget gate (2000)."""

    kind = "lstm"
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
    kernel = Kernel(nn.LSTM, torch.lstm, recover, {"proj_size": 0}, look_inside)

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Forget, add, and show a part of the memory."""
        v = gates_of(gi + hidden_product(previous, weights), edit)
        c = edit("c", torch.addcmul(v["f"] * previous["c"], v["i"], v["g"]))
        return {**v, "c": c, "h": edit("h", v["o"] * torch.tanh(c))}


class ProjectedLstmCell(Cell):
    """Compute torch's LSTM with `proj_size`: h is a smaller projection of what the output gate lets out.

    From Sak, Senior & Beaufays (2014). Here h has proj_size entries, and every other value has hidden_size.
    """

    kind = "lstm_projected"
    gates = 4
    states = ("h", "c")
    values = (
        *LstmCell.values[:-1],
        Value("h", "state", None, None, r"h_t = W_{hr} (o_t \circ \tanh(c_t))"),
    )
    kernel = Kernel(nn.LSTM, torch.lstm, recover)

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Forget, add, show a part of the memory, and make it smaller."""
        v = gates_of(gi + hidden_product(previous, weights), edit)
        c = edit("c", torch.addcmul(v["f"] * previous["c"], v["i"], v["g"]))
        return {**v, "c": c, "h": edit("h", F.linear(v["o"] * torch.tanh(c), weights.extra[PROJECTION]))}
