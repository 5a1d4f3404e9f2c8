"""Outputs as a reader knows them: the choice of each step with its likeliest alternatives."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from unrolled.network import Network
from unrolled.trace import Alternative, Output


@dataclass(frozen=True)
class Choice:
    """Hold the logits (T, n_y) of some outputs and what was chosen at each: a class, or a vector (n_y,)."""

    logits: Tensor
    chosen: tuple[int | Tensor, ...]


def as_outputs(
    choice: Choice, network: Network, labels: Sequence[str] | None, top_k: int, forced: Collection[int]
) -> tuple[Output, ...]:
    """Describe each output with its `top_k` best alternatives, by the network's own y_hat (at temperature 1)."""
    n_y = network.config.n_y
    names = labels if labels is not None else [str(y) for y in range(n_y)]
    y_hat = network.activate(choice.logits).detach().numpy()  # (T, n_y)
    if network.config.output == "softmax":
        ranked = np.argsort(-y_hat, axis=1, kind="stable")[:, :top_k]
        pairs = zip(choice.chosen, ranked, y_hat, strict=True)
        return tuple(
            _class_output(int(y), names, order.tolist(), p, step in forced) for step, (y, order, p) in enumerate(pairs)
        )
    return tuple(_number_output(names, row, step in forced) for step, row in enumerate(_numbers(choice)))


def _class_output(y: int, names: Sequence[str], order: Sequence[int], p: np.ndarray, forced: bool) -> Output:
    alternatives = tuple(Alternative(index=i, label=names[i], p=float(p[i])) for i in order)
    return Output(index=y, label=names[y], p=float(p[y]), alternatives=alternatives, forced=forced)


def _numbers(choice: Choice) -> list[np.ndarray]:
    """Give the chosen vectors; a forced one stands in for what the network computed."""
    return [y.numpy() for y in choice.chosen if isinstance(y, Tensor)]


def _number_output(names: Sequence[str], row: np.ndarray, forced: bool) -> Output:
    alternatives = tuple(Alternative(index=i, label=names[i], p=float(v)) for i, v in enumerate(row))
    return Output(index=None, label=f"{row[0]:.4g}", p=float(row[0]), alternatives=alternatives, forced=forced)
