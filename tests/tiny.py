"""Tiny seeded networks and recurrent modules for the tests."""

from typing import Any

import torch

from unrolled import CELLS, KINDS, Embed, Network, NetworkConfig
from unrolled.scan import Recurrent, recurrent
from unrolled.topology import Kind

CELL_KINDS = tuple(CELLS)
FUSED_KINDS = tuple(kind for kind, cell in CELLS.items() if cell.kernel)
TOKENS = Embed(kind="tokens", count=9, size=4)
COLLAPSING: dict[str, Any] = {"collapse": "ctc", "blank": 0}
MORE: dict[str, tuple[dict[str, Any], ...]] = {  # what some kinds can have besides
    "encoder_decoder": tuple({"attention": attention} for attention in (None, "dot", "additive")),
    "many_to_many": ({}, COLLAPSING),
}
FED_BACK = Embed(kind="tokens", count=5, size=4)


def tiny_network(kind: Kind, cell: str = "lstm", seed: int = 0, **changes: Any) -> Network:
    """Make a network of 6 units with random weights; 9 input tokens, 5 classes."""
    torch.manual_seed(seed)
    config: dict[str, Any] = {"kind": kind, "cell": cell, "hidden": 6, "n_y": 5}
    if kind != "one_to_many":
        config["read"] = TOKENS
    if kind in ("one_to_many", "encoder_decoder"):
        config |= {"feed_back": FED_BACK}
    return Network(NetworkConfig(**config | changes)).eval().requires_grad_(False)


def some_input(kind: Kind) -> list[int] | None:
    """Give a small input that a tiny network of this kind reads."""
    return {"one_to_one": [3], "one_to_many": None}.get(kind, [1, 5, 2, 8, 0, 3, 3])


def all_wirings() -> list[dict[str, Any]]:
    """List every kind x cell x layers x directions x attention or collapse that can exist."""
    return [
        {"kind": kind, "cell": cell, "layers": layers, "directions": directions, **more}
        for kind in KINDS
        for cell in CELL_KINDS
        for layers in (1, 2)
        for directions in ((1,) if kind == "one_to_many" else (1, 2))
        for more in MORE.get(kind, ({},))
    ]


def wiring_name(wiring: dict[str, Any]) -> str:
    """Name a wiring for a test's id."""
    return "-".join(str(part) for part in wiring.values())


def tiny_module(cell: str, layers: int = 1, bidirectional: bool = False, **changes: Any) -> Recurrent:
    """Make a recurrent module of 7 units that reads 5 numbers: torch's own, or a Scan where there is none."""
    torch.manual_seed(1)
    module = recurrent(CELLS[cell], 5, 7, layers, bidirectional, **changes)
    return module.eval().requires_grad_(False)
