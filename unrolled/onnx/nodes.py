"""One RNN, GRU or LSTM node of an ONNX graph: what it says it computes, as torch computes it.

https://onnx.ai/onnx/operators/onnx__LSTM.html and its siblings. ONNX stacks the gates of an LSTM in the order i, o, f,
c and those of a GRU as z, r, h, where torch has i, f, g, o and r, z, n; both keep two biases.
"""

from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
import torch
from torch import Tensor

from unrolled.cells.peephole import PEEPHOLES
from unrolled.errors import ConfigError
from unrolled.onnx.constants import Constants
from unrolled.onnx.library import library

ORDER = {"RNN": (0,), "GRU": (1, 0, 2), "LSTM": (0, 2, 3, 1)}  # where ONNX keeps the gates that torch stacks
SEES_MEMORY = (0, 2, 1)  # the peepholes of i, f and o, which ONNX keeps as i, o, f
USUAL = {"RNN": ("tanh",), "GRU": ("sigmoid", "tanh"), "LSTM": ("sigmoid", "tanh", "tanh")}
CELLS = {(kind, names): kind.lower() for kind, names in USUAL.items()} | {("RNN", ("relu",)): "rnn_relu"}
STATES = ("initial_h", "initial_c")
INPUTS = ("X", "W", "R", "B", "sequence_lens", *STATES, "P")


@dataclass(frozen=True, eq=False)
class Node:
    """Hold one recurrent node: its cell, its sizes, the tensors that it reads, and its weights under torch's names."""

    name: str
    cell: str  # a kind in `unrolled.CELLS`
    features: int
    hidden: int
    directions: int
    backward: bool  # reads its sequence from the last step on, and in no other direction
    batch_first: bool
    bias: bool
    reads: dict[str, str]  # by their names in INPUTS
    writes: str  # Y, every h
    weights: tuple[dict[str, Tensor], ...]  # of each direction, by torch's name without its place

    def can_follow(self, below: "Node") -> bool:
        """Say whether one module of torch can hold both, this one as the next layer."""
        alike = ("cell", "hidden", "directions", "backward", "batch_first", "bias")
        same = all(getattr(self, name) == getattr(below, name) for name in alike)
        lengths = self.reads.get("sequence_lens") == below.reads.get("sequence_lens")
        started = [name in self.reads for name in STATES] == [name in below.reads for name in STATES]
        return same and lengths and started and self.features == below.hidden * below.directions


def read_node(node: Any, name: str, constants: Constants) -> Node:
    """Read one node of a graph. Raises ConfigError for what torch's modules, and the cells here, do not compute."""
    said = {a.name: library("onnx").helper.get_attribute_value(a) for a in node.attribute}
    reads = dict(zip(INPUTS, node.input, strict=False))
    reads = {known: tensor for known, tensor in reads.items() if tensor}
    direction = text(said.get("direction", "forward"))
    w, r = (constants.find(reads[part]) for part in ("W", "R"))  # (directions, gates * hidden, n), (..., hidden)
    cell = cell_of(node.op_type, name, said, len(w), peepholes="P" in reads)
    b = constants.find(reads["B"]) if "B" in reads else None  # (directions, 2 * gates * hidden)
    p = constants.find(reads["P"]) if "P" in reads else None  # (directions, 3 * hidden)
    weights = tuple(
        weights_of(node.op_type, w[d], r[d], None if b is None else b[d], None if p is None else p[d])
        for d in range(len(w))
    )
    sizes = (w.shape[2], r.shape[2], len(w), direction == "reverse")
    reads = {known: tensor for known, tensor in reads.items() if known in ("X", "sequence_lens", *STATES)}
    return Node(name, cell, *sizes, said.get("layout", 0) == 1, b is not None, reads, node.output[0], weights)


def cell_of(kind: str, name: str, said: dict[str, Any], directions: int, peepholes: bool) -> str:
    """Find the cell that a node runs, by its attributes."""
    usual = USUAL[kind]
    named = tuple(text(a).lower() for a in said.get("activations", ())) or usual * directions
    cells = {CELLS.get((kind, named[at : at + len(usual)])) for at in range(0, len(named), len(usual))}
    if len(cells) != 1 or (cell := cells.pop()) is None:
        raise ConfigError(f"{kind} '{name}' has the activations {', '.join(named)}; torch has {', '.join(usual)} alone")
    if said.get("clip", inf) < inf:
        raise ConfigError(f"{kind} '{name}' clips its sums at {said['clip']:g}, which torch's modules do not do")
    if said.get("input_forget", 0):
        raise ConfigError(f"LSTM '{name}' couples its input gate to its forget gate, which torch's modules do not do")
    if kind == "GRU" and not said.get("linear_before_reset", 0):
        raise ConfigError(
            f"GRU '{name}' resets the state before the product (linear_before_reset = 0), and torch's resets it after; "
            "in Keras that is reset_after=True"
        )
    return "peephole" if peepholes else cell


def weights_of(
    kind: str, w: np.ndarray, r: np.ndarray, b: np.ndarray | None, p: np.ndarray | None
) -> dict[str, Tensor]:
    """Give the weights of one direction torch's order and names."""
    found = {"weight_ih": sorted_as(w, ORDER[kind]), "weight_hh": sorted_as(r, ORDER[kind])}
    if b is not None:
        found["bias_ih"], found["bias_hh"] = (sorted_as(part, ORDER[kind]) for part in np.split(b, 2))
    if p is not None:
        found[PEEPHOLES] = sorted_as(p, SEES_MEMORY)
    return {name: torch.from_numpy(part) for name, part in found.items()}


def sorted_as(stacked: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
    """Give the blocks of an array another order."""
    blocks = np.split(stacked, len(order))
    return np.concatenate([blocks[at] for at in order])


def text(said: bytes | str) -> str:
    """Give an attribute as text."""
    return said.decode() if isinstance(said, bytes) else said
