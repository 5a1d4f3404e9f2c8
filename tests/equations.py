"""The equations of PyTorch's documentation, as a plain loop in double precision, to hold recordings against."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

Values = dict[str, Tensor]


def step(module: nn.RNNBase, gi: Tensor, gh: Tensor, h: Tensor, c: Tensor) -> Values:
    """Compute one step from W_i x + b_i and W_h h + b_h, each (B, gates * hidden)."""
    if isinstance(module, nn.LSTM):
        i, f, g, o = (gi + gh).chunk(4, -1)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        c = f * c + i * g
        return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": o * c.tanh()}
    if isinstance(module, nn.GRU):
        (ir, iz, i_n), (hr, hz, hn) = gi.chunk(3, -1), gh.chunk(3, -1)
        r, z = (ir + hr).sigmoid(), (iz + hz).sigmoid()
        n = (i_n + r * hn).tanh()
        return {"r": r, "z": z, "n": n, "h": (1 - z) * n + z * h}
    return {"h": (gi + gh).tanh()}


def run(module: nn.RNNBase, x: Tensor, states: Sequence[Tensor]) -> dict[tuple[int, str], Values]:
    """Run all layers and directions over x (T, B, n) from states, h or h and c, each (layers * directions, B, hidden).

    Gives each value, (T, B, hidden), by layer and direction.
    """
    found: dict[tuple[int, str], Values] = {}
    rows, names = x, ("forward", "backward")[: 1 + module.bidirectional]
    for layer in range(module.num_layers):
        for d, direction in enumerate(names):
            k = layer * len(names) + d
            pre_activations = _pre_activations(module, f"_l{layer}" + ("_reverse" if d else ""))
            h, c = states[0][k], states[-1][k]
            steps: dict[int, Values] = {}
            for t in range(len(x)) if d == 0 else range(len(x) - 1, -1, -1):
                steps[t] = step(module, *pre_activations(rows[t], h), h, c)
                h, c = steps[t]["h"], steps[t].get("c", c)
            found[layer, direction] = {n: torch.stack([steps[t][n] for t in range(len(x))]) for n in steps[0]}
        rows = torch.cat([found[layer, direction]["h"] for direction in names], -1)
    return found


def _pre_activations(module: nn.RNNBase, suffix: str) -> Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]:
    w_i, w_h, *biases = (
        getattr(module, name + suffix).detach().double()
        for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")[: 4 if module.bias else 2]
    )
    b_i, b_h = biases or (0.0, 0.0)
    return lambda x, h: (x @ w_i.T + b_i, h @ w_h.T + b_h)
