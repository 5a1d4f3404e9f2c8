"""The equations of PyTorch's documentation and of the papers, as a plain loop in double precision.

Written anew here, cell by cell, to hold recordings against.
"""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from unrolled import Scan
from unrolled.scan import Recurrent

Values = dict[str, Tensor]
NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr", "weight_ch")


class Gates:
    """Give W_i x + b_i and W_h h + b_h of one layer and direction, gate by gate, each (B, hidden)."""

    def __init__(self, module: Recurrent, suffix: str) -> None:
        self.hidden = module.hidden_size
        found = {name: getattr(module, name + suffix, None) for name in NAMES}
        self.weights = {name: weight.detach().double() for name, weight in found.items() if weight is not None}

    def i(self, gate: int, x: Tensor) -> Tensor:
        return self._product("ih", gate, x)

    def h(self, gate: int, h: Tensor) -> Tensor:
        return self._product("hh", gate, h)

    def both(self, gate: int, x: Tensor, h: Tensor) -> Tensor:
        return self.i(gate, x) + self.h(gate, h)

    def _product(self, side: str, gate: int, v: Tensor) -> Tensor:
        rows = slice(gate * self.hidden, (gate + 1) * self.hidden)
        bias = self.weights.get(f"bias_{side}", torch.zeros(rows.stop, dtype=torch.float64))
        return v @ self.weights[f"weight_{side}"][rows].T + bias[rows]


def rnn(w: Gates, x: Tensor, h: Tensor, _: Tensor) -> Values:
    return {"h": w.both(0, x, h).tanh()}


def rnn_relu(w: Gates, x: Tensor, h: Tensor, _: Tensor) -> Values:
    return {"h": w.both(0, x, h).clamp(min=0)}


def gru(w: Gates, x: Tensor, h: Tensor, _: Tensor) -> Values:
    r, z = w.both(0, x, h).sigmoid(), w.both(1, x, h).sigmoid()
    n = (w.i(2, x) + r * w.h(2, h)).tanh()
    return {"r": r, "z": z, "n": n, "h": (1 - z) * n + z * h}


def mgu(w: Gates, x: Tensor, h: Tensor, _: Tensor) -> Values:
    f = w.both(0, x, h).sigmoid()
    n = w.both(1, x, f * h).tanh()
    return {"f": f, "n": n, "h": (1 - f) * h + f * n}


def lstm(w: Gates, x: Tensor, h: Tensor, c: Tensor) -> Values:
    i, f, g, o = (w.both(k, x, h) for k in range(4))
    i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
    c = f * c + i * g
    h = o * c.tanh()
    return {
        "i": i,
        "f": f,
        "g": g,
        "o": o,
        "c": c,
        "h": h @ w.weights["weight_hr"].T if "weight_hr" in w.weights else h,
    }


def peephole(w: Gates, x: Tensor, h: Tensor, c: Tensor) -> Values:
    p_i, p_f, p_o = w.weights["weight_ch"].chunk(3)
    i = (w.both(0, x, h) + p_i * c).sigmoid()
    f = (w.both(1, x, h) + p_f * c).sigmoid()
    g = w.both(2, x, h).tanh()
    c = f * c + i * g
    o = (w.both(3, x, h) + p_o * c).sigmoid()
    return {"i": i, "f": f, "g": g, "c": c, "o": o, "h": o * c.tanh()}


STEPS: dict[str, Callable[[Gates, Tensor, Tensor, Tensor], Values]] = {
    "rnn": rnn,
    "rnn_relu": rnn_relu,
    "gru": gru,
    "mgu": mgu,
    "lstm": lstm,
    "peephole": peephole,
}


def kind_of(module: Recurrent) -> str:
    """Name the equations of a module."""
    if isinstance(module, Scan):
        return module.cell.kind
    return "rnn_relu" if module.mode == "RNN_RELU" else "rnn" if isinstance(module, nn.RNN) else module.mode.lower()


def run(module: Recurrent, x: Tensor, states: Sequence[Tensor]) -> dict[tuple[int, str], Values]:
    """Run all layers and directions over x (T, B, n) from states, h or h and c, each (layers * directions, B, size).

    Gives each value, (T, B, size), by layer and direction.
    """
    found: dict[tuple[int, str], Values] = {}
    step = STEPS[kind_of(module)]
    rows, names = x, ("forward", "backward")[: 1 + module.bidirectional]
    for layer in range(module.num_layers):
        for d, direction in enumerate(names):
            k = layer * len(names) + d
            gates = Gates(module, f"_l{layer}" + ("_reverse" if d else ""))
            h, c = states[0][k], states[-1][k]
            steps: dict[int, Values] = {}
            for t in range(len(x)) if d == 0 else range(len(x) - 1, -1, -1):
                steps[t] = step(gates, rows[t], h, c)
                h, c = steps[t]["h"], steps[t].get("c", c)
            found[layer, direction] = {n: torch.stack([steps[t][n] for t in range(len(x))]) for n in steps[0]}
        rows = torch.cat([found[layer, direction]["h"] for direction in names], -1)
    return found
