"""The inside of torch's LSTM on a CPU: oneDNN keeps every gate and c for back-propagation, and they are read there.

In single precision `nn.LSTM` runs `torch.mkldnn_rnn_layer`. Asked to keep what back-propagation needs, it returns a
workspace beside its output: all gates, in the order of computation, and further on c of every step but the last. How
they lie in there is written down nowhere and may change. So nothing that is read is believed unless every step
satisfies c_t = f_t ∘ c_{t-1} + i_t ∘ g_t and h_t = o_t ∘ tanh(c_t) with the h that was returned, and, the first time
that inputs have a shape, torch's own cell gives this h and c at some steps.
"""

from math import inf

import numpy as np
import torch
from torch import Tensor

from unrolled.cells.kernel import Given, Inside, some_steps

LSTM = 2  # torch's number for this kind of layer
CLOSE = 1e-4  # far more than rounding makes, far less than numbers from another place would
LINE, PAGE = 16, 1024  # rows of gates begin at multiples of 16 floats, and each part of a workspace at one of 1024
BLOCK = 8192  # floats of each value that are read at once: as much as stays at the processor's hand
PLACES: dict[tuple[int | bool, ...], int] = {}  # where c is kept, of those shapes that torch's cell has proven


def look_inside(given: Given) -> Inside | None:
    """Run an LSTM layer in one direction by torch's kernel; None where it runs another one, or nothing can be read."""
    if not runs_here(given):
        return None
    try:
        out, h_n, c_n, workspace = run(given)
    except (AttributeError, RuntimeError, TypeError):  # a torch that is called otherwise
        return None
    backward, (T, B, H) = given.order.direction == "backward", out.shape
    gates, memory, floats = torch.empty(4, T * B, H), torch.empty(T * B + B, H), workspace.view(torch.float32).numpy()
    computed = slice(None, None, -1 if backward else 1)  # the steps of a sequence, in the order of computation
    kept = (gates.numpy().reshape(4, T, B, H)[:, computed], memory.numpy().reshape(T + 1, B, H)[computed])
    kept[1][0], kept[1][-1] = given.initial["c"].numpy(), c_n.numpy()[0]
    shape = (len(given.rows[0]), T, B, H, backward, len(floats))
    with np.errstate(all="ignore"):  # it may read what nobody has written
        place = PLACES.get(shape) or place_of_c(floats, kept[1][0], T)
        if place is None or not (error := read(floats, place, *kept, out.numpy()[computed])) < CLOSE:
            return None
    h, c = out.view(T * B, H), memory[:-B] if backward else memory[B:]
    i, f, g, o = gates.unbind()
    if shape not in PLACES:
        if (
            not by_torch(given, {"h": h, "c": c}) < CLOSE or i.min() < 0
        ):  # that i and g are exchanged is forgiven by all equations
            return None
        PLACES[shape] = place
    return Inside({"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}, (h_n[0], c_n[0]), error)


def runs_here(given: Given) -> bool:
    """Say whether torch runs this layer by oneDNN, in single precision, and more than one step of it."""
    layout, rows, mkldnn = given.order.layout, given.rows, torch.backends.mkldnn
    if rows.dtype != torch.float32 or rows.device.type != "cpu" or not layout.even or len(layout.sizes) == 1:
        return False
    return mkldnn.is_available() and bool(mkldnn.enabled)


def run(given: Given) -> tuple[Tensor, ...]:
    """Run the kernel as for a training: h (T, B, hidden), the last h and c (1, B, hidden), and the workspace."""
    w, backward = given.weights, given.order.direction == "backward"
    x = given.order.layout.steps(given.rows).detach().contiguous()
    h_0, c_0 = (given.initial[name].detach().unsqueeze(0).contiguous() for name in ("h", "c"))
    w_ih, w_hh, none = w.w_ih.detach(), w.w_hh.detach(), w.w_ih.new_empty(0)
    b_ih, b_hh = (none if b is None else b.detach() for b in (w.b_ih, w.b_hh))
    more = (1, w.b_ih is not None, False, False, True)  # layers, biases, both directions, batch first, training
    with torch.enable_grad():  # without it, nothing is kept; nothing here asks for a gradient
        return torch.mkldnn_rnn_layer(x, w_ih, w_hh, b_ih, b_hh, h_0, c_0, backward, [], LSTM, c_0.shape[-1], *more)


def read(floats: np.ndarray, place: int, gates: np.ndarray, c: np.ndarray, h: np.ndarray) -> float:
    """Copy gates (4, T, B, hidden) and c (T + 1, B, hidden) out of a workspace that keeps c at a place.

    All are in the order of computation, c with its first state before them, of which the first and the last are
    there already; h (T, B, hidden). Gives the largest error of both equations at any step; infinity for no number.
    """
    _, T, B, H = gates.shape
    row, some = row_of_gates(H), -(-BLOCK // (B * H))
    kept = floats[: T * B * row].reshape(T, B, row)[..., : 4 * H].reshape(T, B, 4, H).transpose(2, 0, 1, 3)
    c[1:-1] = floats[place : place + (T - 1) * B * H].reshape(T - 1, B, H)
    worst, room = 0.0, np.empty((2, min(some, T), B, H), np.float32)
    for t in range(0, T, some):  # so many steps as the processor has at hand
        here = slice(t, t + some)
        gates[:, here] = kept[:, here]
        (i, f, g, o), now = gates[:, here], c[1:][here]
        a, b = room[:, : len(now)]
        np.add(np.multiply(f, c[:-1][here], a), np.multiply(i, g, b), a)
        worst = max(worst, furthest(np.subtract(a, now, a)))
        worst = max(worst, furthest(np.subtract(np.multiply(np.tanh(now, a), o, a), h[here], a)))
    return worst


def furthest(errors: np.ndarray) -> float:
    """Find the largest error, which is overwritten by its size; infinity where one is no number."""
    found = float(np.abs(errors, errors).max())
    return found if found == found else inf


def by_torch(given: Given, states: dict[str, Tensor]) -> float:
    """Let torch's cell compute some steps, from the recorded states before them; gives how far both states are."""
    w, (rows, before, after) = given.weights, some_steps(given, states)
    again = torch.lstm_cell(rows, (before["h"], before["c"]), w.w_ih, w.w_hh, w.b_ih, w.b_hh)
    return max((after[name] - s).abs().max().item() for name, s in zip(("h", "c"), again, strict=True))


def row_of_gates(hidden: int) -> int:
    """Say how many floats one row of gates takes: whole lines, and one more where rows would crowd in the cache."""
    size = -(-4 * hidden // LINE) * LINE
    return size + LINE if size % 256 == 0 else size


def place_of_c(floats: np.ndarray, c_0: np.ndarray, T: int) -> int | None:
    """Find where c is kept from the first step on: where its gates make it of c_0, (B, hidden).

    That part of the workspace has room for T + 1 states of the layer below, and for c_0.
    """
    B, H = c_0.shape
    size, row = B * H, row_of_gates(H)
    if len(floats) < T * B * row:
        return None
    i, f, g, _ = floats[: B * row].reshape(B, row)[:, : 4 * H].reshape(B, 4, H).swapaxes(0, 1)
    first = (f * c_0 + i * g).ravel()
    begin = -(-T * B * row // PAGE) * PAGE + (T + 2) * size
    places = range(begin, len(floats) - (T - 1) * size + 1, PAGE)
    return next((p for p in places if np.abs(floats[p : p + size] - first).max() < CLOSE), None)
