"""The gated recurrent unit."""

from collections.abc import Mapping
from functools import partial

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from unrolled.cells.base import Cell, Edit, Value, Values, hidden_product, unedited
from unrolled.cells.kernel import Given, Inside, Kernel, Ran, some_steps
from unrolled.rows import resumed
from unrolled.weights import Weights


def gates_of(gi: Tensor, gh: Tensor, edit: Edit = unedited) -> Values:
    """Compute r, z and n from both products (..., 3 * hidden); each (..., hidden)."""
    i_r, i_z, i_n = gi.chunk(3, -1)
    h_r, h_z, h_n = gh.chunk(3, -1)
    r = edit("r", torch.sigmoid(i_r + h_r))
    z = edit("z", torch.sigmoid(i_z + h_z))
    n = edit("n", torch.tanh(torch.addcmul(i_n, r, h_n)))
    return {"r": r, "z": z, "n": n}


def run_as_torch(given: Given) -> Inside | None:
    """Run a layer in one direction on a CPU by the operations of torch's own loop, in its order, and keep the gates.

    torch runs a GRU on a CPU as such a loop and drops what it works out, so that this gives the same h, but for how a
    last bit is rounded; some steps are run by torch besides. A sum or a product of a step costs a third in numpy of
    what it does in torch, and is the same number.
    """
    rows, w, order, h_0 = given.rows, given.weights, given.order, given.initial["h"]
    if rows.device.type != "cpu" or rows.dtype not in (torch.float32, torch.float64):
        return None
    N, H = len(rows), w.w_hh.shape[1]
    gi, rz, n, h = F.linear(rows, w.w_ih, w.b_ih), rows.new_empty(N, 2 * H), rows.new_empty(N, H), rows.new_empty(N, H)
    multiply = torch.mm if w.b_hh is None else partial(torch.addmm, w.b_hh)
    turned, before = w.w_hh.t(), h_0[:0]
    arrays = (a.numpy() for a in (gi[:, : 2 * H], gi[:, 2 * H :], rz, rz[:, :H], rz[:, H:], n, h))
    add, subtract, times, sigmoid_, tanh_ = np.add, np.subtract, np.multiply, torch.sigmoid_, torch.tanh_
    batch, gh = 0, rows.new_empty(0, 3 * H)
    h_before = h_rz = h_n = gh.numpy()
    for i_rz, i_n, rz_t, r_t, z_t, n_t, h_t, rz_here, n_here, h_here in order.walk(*arrays, rz, n, h):
        if batch != len(h_t):
            batch = len(h_t)
            before, gh = resumed(before, h_0, batch), rows.new_empty(batch, 3 * H)
            h_before, h_rz, h_n = (a.numpy() for a in (before, gh[:, : 2 * H], gh[:, 2 * H :]))
        multiply(before, turned, out=gh)
        add(h_rz, i_rz, rz_t)
        sigmoid_(rz_here)
        times(h_n, r_t, h_n)
        add(i_n, h_n, n_t)
        tanh_(n_here)
        subtract(h_before, n_t, h_t)
        times(h_t, z_t, h_t)
        add(h_t, n_t, h_t)
        before, h_before = h_here, h_t
    values = {**dict(zip("rz", (gate.contiguous() for gate in rz.chunk(2, -1)), strict=True)), "n": n, "h": h}
    return Inside(values, (order.ends(h),), by_torch(given, h))


def by_torch(given: Given, h: Tensor) -> float:
    """Let torch's cell compute some steps, from the recorded states before them; gives how far its h is."""
    w, (rows, before, after) = given.weights, some_steps(given, {"h": h})
    again = torch.gru_cell(rows, before["h"], w.w_ih, w.w_hh, w.b_ih, w.b_hh)
    return (again - after["h"]).abs().max().item()


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
    kernel = Kernel(nn.GRU, torch.gru, recover, inside=run_as_torch)

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        """Mix the candidate with the old state: z keeps the old."""
        v = gates_of(gi, hidden_product(previous, weights), edit)
        return {**v, "h": edit("h", torch.lerp(v["n"], previous["h"], v["z"]))}
