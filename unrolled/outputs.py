"""Outputs as a reader knows them: the choice of each step with its likeliest alternatives."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from unrolled.config import OutputKind
from unrolled.network import Network
from unrolled.run import Emitted, Run
from unrolled.trace import Alternative, Output, Reading, Span


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
    y_hat = network.activate(emitted.logits).detach().numpy()  # (T, n_y)
    chosen = [y if isinstance(y, int) else y.numpy() for y in emitted.chosen]
    return outputs_of(y_hat, chosen, network.config.output, names, forced)


def outputs_of(
    y_hat: np.ndarray,
    chosen: Sequence[int | np.ndarray],
    output: OutputKind,
    names: Names,
    forced: Collection[int] = (),
) -> tuple[Output, ...]:
    """Describe each output by its y_hat (T, n_y) and what was chosen: a class, or numbers (n_y,), forced or not."""
    labels = names.of(y_hat.shape[1])
    if output == "softmax":
        ranked = np.argsort(-y_hat, axis=1, kind="stable")[:, : names.top_k]
        pairs = zip(chosen, ranked, y_hat, strict=True)
        return tuple(
            _class_output(int(y), labels, order.tolist(), p, step in forced) for step, (y, order, p) in enumerate(pairs)
        )
    return tuple(_number_output(labels, np.asarray(row), step in forced) for step, row in enumerate(chosen))


def as_reading(run: Run, names: Names) -> tuple[Span, ...] | None:
    """Describe each label that is left after a collapse; `p` is how likely it is that one of its frames says it."""
    if run.reading is None:
        return None
    labels = names.of(run.network.config.n_y)
    silent = 1 - run.network.activate(run.emitted.logits.double()).detach().numpy()  # (T, n_y)
    return tuple(
        Span(label=labels[y], name=labels[y], kind=y, first=first, last=last, p=1 - silent[first : last + 1, y].prod())
        for y, first, last in run.reading
    )


def as_readings(run: Run, names: Names) -> tuple[Reading, ...] | None:
    """Describe the labellings that were considered; None where nothing collapses."""
    labels = names.of(run.network.config.n_y)
    said = (([labels[y] for y in labelling], log_p) for labelling, log_p in run.emitted.readings)
    return tuple(Reading(text=in_a_row(texts), labels=tuple(texts), p=np.exp(log_p)) for texts, log_p in said) or None


def in_a_row(labels: Sequence[str]) -> str:
    """Write labels in a row: characters as they are, longer ones with spaces between."""
    return ("" if all(len(label) == 1 for label in labels) else " ").join(labels)


def likeliest(network: Network, logits: Tensor) -> Emitted:
    """Choose the likeliest class of each row of logits (T, n_y), or the numbers themselves."""
    y_hat = network.activate(logits)
    chosen = y_hat.argmax(-1).tolist() if network.config.output == "softmax" else y_hat
    return Emitted(logits, tuple(chosen))


def _class_output(y: int, names: Sequence[str], order: Sequence[int], p: np.ndarray, forced: bool) -> Output:
    alternatives = tuple(Alternative(index=i, label=names[i], p=float(p[i])) for i in order)
    return Output(index=y, label=names[y], p=float(p[y]), alternatives=alternatives, forced=forced)


def _number_output(names: Sequence[str], row: np.ndarray, forced: bool) -> Output:
    alternatives = tuple(Alternative(index=i, label=names[i], p=float(v)) for i, v in enumerate(row))
    return Output(index=None, label=f"{row[0]:.4g}", p=float(row[0]), alternatives=alternatives, forced=forced)
