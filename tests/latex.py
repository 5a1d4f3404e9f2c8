"""Works out the LaTeX of a value's equation with numbers, so that what is printed is what is tested."""

import re
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from unrolled import Cell
from unrolled.cells import Values
from unrolled.weights import Weights

FUNCTIONS: dict[str, Any] = {"sigma": torch.sigmoid, "tanh": torch.tanh, "max": lambda low, v: v.clamp(min=low)}
SIGNS = {r"\circ": "*", r"\sigma": "sigma", r"\tanh": "tanh", r"\max": "max"}
PEEPHOLES = ("i", "f", "o")


class Matrix:
    """Stand for a weight matrix (n, m): `W @ v` is the product with each row of v (N, m)."""

    def __init__(self, weight: Tensor) -> None:
        self.weight = weight

    def __matmul__(self, v: Tensor) -> Tensor:
        return v @ self.weight.T


def symbols_of(cell: Cell, weights: Weights) -> dict[str, Any]:
    """Name the weights as equations do: W_{ii}, W_{hf}, b_o (the sum of both biases), b_{hn}, p_i, W_{hr}."""
    gates = [v.name for v in cell.values if v.role != "state"] or ["h"]
    if cell.kind == "peephole":
        gates = ["i", "f", "g", "o"]  # stacked as torch stacks them; o is computed after c
    found: dict[str, Any] = {}
    pairs = (("i", weights.w_ih, weights.b_ih), ("h", weights.w_hh, weights.b_hh))
    for side, w, b in pairs:
        for gate, block in zip(gates, w.chunk(cell.gates), strict=True):
            found[f"W_{side}{gate}"] = Matrix(block)
        for gate, block in zip(
            gates, w[:, 0].mul(0).chunk(cell.gates) if b is None else b.chunk(cell.gates), strict=True
        ):
            found[f"b_{side}{gate}"] = block
            found[f"b_{gate}"] = found.get(f"b_{gate}", 0) + block
    if "weight_ch" in weights.extra:
        found |= {f"p_{g}": p for g, p in zip(PEEPHOLES, weights.extra["weight_ch"].chunk(3), strict=True)}
    if "weight_hr" in weights.extra:
        found["W_hr"] = Matrix(weights.extra["weight_hr"])
    return found


def python_of(latex: str) -> str:
    """Write the right side of an equation as a Python expression."""
    text = latex.split(" = ", 1)[1]
    for sign, own in SIGNS.items():
        text = text.replace(sign, own)
    text = re.sub(r"_\{t-1\}", "_before", text)
    text = re.sub(r"_\{(\w+)\}", r"_\1", text)
    return re.sub(r"(W_\w+) ", r"\1 @ ", text)


def work_out(
    cell: Cell,
    weights: Weights,
    x: Tensor,
    previous: Mapping[str, Tensor],
    recorded: Mapping[str, Tensor] | None = None,
) -> Values:
    """Compute one step by the printed equations alone; x (B, n), previous states (B, size).

    Each equation is given the values that were computed before it, or the recorded ones where there are any.
    """
    known = FUNCTIONS | symbols_of(cell, weights) | {"x_t": x} | {f"{n}_before": s for n, s in previous.items()}
    found: Values = {}
    for value in cell.values:
        found[value.name] = eval(python_of(value.latex), {"__builtins__": {}}, known)
        known[f"{value.name}_t"] = (recorded or found)[value.name]
    return found
