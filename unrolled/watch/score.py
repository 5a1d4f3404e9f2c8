"""What is differentiated, and the record of its gradients."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from unrolled.errors import ConfigError, InvalidRequest
from unrolled.trace import GradientRecord
from unrolled.watch.back import Reached, back_through
from unrolled.watch.call import as_floats
from unrolled.watch.chains import Chain
from unrolled.watch.describe import Seen
from unrolled.watch.listen import Heard

Loss = Callable[[Any], Tensor]


def gradient_of(heard: Heard, run: Seen, loss: Loss | None, output: int | None) -> GradientRecord | None:
    """Differentiate a loss of what the model returned, or the score of one output, -1 being the last.

    None where nothing is asked for, or where the model ran without a graph. Raises InvalidRequest or ConfigError,
    naming `gradient` or `loss`.
    """
    if output is None:
        return None
    count = len(run.read.scores)
    if not -count <= output < count:
        raise InvalidRequest(
            f"there is no output {output}; they count from 0 to {count - 1}, -1 is the last", "gradient"
        )
    y = output % count
    score = _loss(heard, loss).neg() if loss is not None else _score(run, y)
    if not score.requires_grad:
        return None
    found = back_through(score, heard.calls, run.sequence)
    states = {name: _states(run, found, name) for name in run.cell.states}
    entries = _x_of(run.parts[0].chains[0], found, run.sequence)[: len(run.x)]
    if not all(np.isfinite(row).all() for row in (entries, *(row for rows in states.values() for row in rows))):
        return None
    return GradientRecord(
        y=y if loss is None else None,
        label=_label(run, y) if loss is None else "loss",
        score=score.item(),
        h=states["h"],
        c=states.get("c"),
        x=np.linalg.norm(entries, axis=-1),
        x_entries=entries if len(entries) == 1 else None,
    )


def _loss(heard: Heard, loss: Loss) -> Tensor:
    value = loss(heard.returned)
    if not isinstance(value, Tensor) or value.numel() != 1:
        raise ConfigError("loss= is a function of what the model returns that gives one number, as a tensor")
    if not value.requires_grad:
        raise ConfigError("the loss does not depend on what the recurrent modules gave: give another loss=")
    return value.reshape(())


def _chosen(run: Seen, y: int) -> int:
    chosen = run.chosen[y]
    return int(run.read.y_hat[y].argmax()) if chosen is None else chosen


def _score(run: Seen, y: int) -> Tensor:
    scores = run.read.scores[y]
    return scores[_chosen(run, y)] if run.read.output == "softmax" else scores.sum()


def _label(run: Seen, y: int) -> str:
    if run.read.output == "softmax":
        return run.read.names[_chosen(run, y)]
    return f"{run.read.y_hat[y, 0]:.4g}"


def _states(run: Seen, found: dict[int, Reached], name: str) -> tuple[np.ndarray, ...]:
    """List |dL/ds_t| of a state for each layer record, (T,)."""
    rows: list[np.ndarray] = []
    for part in run.parts:
        for chain in part.chains:
            for layer in range(chain.layers):
                for direction in chain.directions:
                    pieces = [
                        _piece(chain, found, i, (layer, direction, name), run.sequence) for i in range(len(chain.calls))
                    ]
                    rows.append(np.concatenate(pieces))
    return tuple(rows)


def _piece(chain: Chain, found: dict[int, Reached], i: int, key: Any, sequence: int) -> np.ndarray:
    call = chain.calls[i]
    lengths = found[call.number].states.get(key)
    return np.zeros(len(call.rows_of(sequence))) if lengths is None else lengths.float().numpy()


def _x_of(chain: Chain, found: dict[int, Reached], sequence: int) -> np.ndarray:
    pieces: Sequence[Tensor] = [
        call.x_of(sequence).detach() * 0 if (x := found[call.number].x) is None else x for call in chain.calls
    ]
    return as_floats(torch.cat(list(pieces)))
