"""Outputs as a reader knows them: the choice of each step with its likeliest alternatives."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from unrolled.network import Network
from unrolled.run import Emitted
from unrolled.trace import Alternative, Output


@dataclass(frozen=True)
class Names:
    """Say what the entries of an output are called (by their numbers if None), and how many alternatives are listed."""

    labels: Sequence[str] | None
    top_k: int

    def of(self, n_y: int) -> Sequence[str]:
        """List the names of so many entries."""
        return self.labels if self.labels is not None else [str(y) for y in range(n_y)]


def as_outputs(emitted: Emitted, network: Network, names: Names, forced: Collection[int] = ()) -> tuple[Output, ...]:
    """Describe each output with its best alternatives, by the network's own y_hat (at temperature 1)."""
    labels = names.of(network.config.n_y)
    y_hat = network.activate(emitted.logits).detach().numpy()  # (T, n_y)
    if network.config.output == "softmax":
        ranked = np.argsort(-y_hat, axis=1, kind="stable")[:, : names.top_k]
        pairs = zip(emitted.chosen, ranked, y_hat, strict=True)
        return tuple(
            _class_output(int(y), labels, order.tolist(), p, step in forced) for step, (y, order, p) in enumerate(pairs)
        )
    return tuple(_number_output(labels, row, step in forced) for step, row in enumerate(_numbers(emitted)))


def likeliest(network: Network, logits: Tensor) -> Emitted:
    """Choose the likeliest class of each row of logits (T, n_y), or the numbers themselves."""
    y_hat = network.activate(logits)
    chosen = y_hat.argmax(-1).tolist() if network.config.output == "softmax" else y_hat
    return Emitted(logits, tuple(chosen))


def _class_output(y: int, names: Sequence[str], order: Sequence[int], p: np.ndarray, forced: bool) -> Output:
    alternatives = tuple(Alternative(index=i, label=names[i], p=float(p[i])) for i in order)
    return Output(index=y, label=names[y], p=float(p[y]), alternatives=alternatives, forced=forced)


def _numbers(emitted: Emitted) -> list[np.ndarray]:
    """Give the chosen vectors; a forced one stands in for what the network computed."""
    return [y.numpy() for y in emitted.chosen if isinstance(y, Tensor)]


def _number_output(names: Sequence[str], row: np.ndarray, forced: bool) -> Output:
    alternatives = tuple(Alternative(index=i, label=names[i], p=float(v)) for i, v in enumerate(row))
    return Output(index=None, label=f"{row[0]:.4g}", p=float(row[0]), alternatives=alternatives, forced=forced)
