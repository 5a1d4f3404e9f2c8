"""Traces as somebody else's network gives them: no words of ours, any cell, any length."""

from typing import Any

import torch

from unrolled import Embed, Label, Network, NetworkConfig, Trace, record
from unrolled.cells import Value
from unrolled.trace import CellRecord

HOSTILE = ("</script><script>alert(1)</script>", "<!--", "\x00\x0b", "a" * 300, "“ ”", "🙂", "مرحبا", "", "\u2028")


def foreign_network(kind: str = "many_to_one", **changes: Any) -> Network:
    """Make a network with random weights that reads vectors of 3 numbers."""
    torch.manual_seed(5)
    config = {"kind": kind, "cell": "lstm", "hidden": 5, "n_y": 3, "read": Embed(size=3), **changes}
    return Network(NetworkConfig.model_validate(config)).eval().requires_grad_(False)


def foreign_run(
    T_x: int,
    *,
    labels: tuple[str, ...] = (),
    classes: tuple[str, ...] = (),
    gradient: int | None = None,
    **changes: Any,
) -> Trace:
    """Record a run over random vectors, labelled by the texts given, or by their numbers."""
    network = foreign_network(**changes)
    named = tuple(Label(text=text) for text in labels) or None
    return record(network, torch.randn(T_x, 3).tolist(), x_labels=named, y_labels=classes or None, gradient=gradient)


LATEX = r"\mathfrak{q}_t = \operatorname{clip}(<b> x_t)"  # of every value: nothing says that equations differ
OWN = {"r": "tau", "z": "lambda_2", "n": "cand"}  # names that no page knows


def with_own_cell(trace: Trace) -> Trace:
    """Say that a GRU is a cell that nobody knows: names of its own, no ranges, LaTeX that is not ours."""
    cell = trace.network.cell
    values = tuple(Value(OWN.get(v.name, v.name), v.role, None, None, LATEX) for v in cell.values)
    known = trace.network.model_copy(update={"cell": CellRecord(kind="liquid", values=values, states=cell.states)})
    layers = tuple(
        layer.model_copy(update={"values": {OWN.get(name, name): rows for name, rows in layer.values.items()}})
        for layer in trace.layers
    )
    return trace.model_copy(update={"network": known, "layers": layers})


def foreign_traces() -> dict[str, Trace]:
    """List what has to be drawn well, by what is foreign in it."""
    return {
        "gradient": foreign_run(6, gradient=0),
        "own cell": with_own_cell(foreign_run(6, cell="gru")),
        "two layers both ways": foreign_run(5, kind="many_to_many", layers=2, directions=2),
        "long": foreign_run(200),
        "wide": foreign_run(8, hidden=512),
        "one step": foreign_run(1, kind="one_to_one"),
        "numbers": foreign_run(6, kind="many_to_many", n_y=1, output="identity"),
        "many classes": foreign_run(4, n_y=500),
        "classes of one name": foreign_run(4, kind="many_to_many", classes=("same", "same", "other")),
        "hostile labels": foreign_run(len(HOSTILE), labels=HOSTILE),
    }
