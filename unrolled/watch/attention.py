"""The weights of attention that a model computes: a row for each output, an entry for each input."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from unrolled.errors import ConfigError
from unrolled.watch.answers import Select, entry_of, sequence_of
from unrolled.watch.call import as_floats
from unrolled.watch.chains import Chain
from unrolled.watch.flow import Flow
from unrolled.watch.listen import Heard

EVEN = 1e-3  # how far from 1 a row may add up: half precision is coarse


def attention_of(
    heard: Heard, select: Select, encoder: Chain, flow: Flow, sequence: int, at: Sequence[int], steps: int
) -> np.ndarray | None:
    """Find the weights (T_y, T_x) of one sequence, rows for the outputs `at` steps; None where none are asked for.

    Raises ConfigError, naming `attention`, for what is no such thing.
    """
    if select is None:
        return None
    padded = max(len(call.layout.sizes) for call in encoder.calls) if len(encoder.calls) == 1 else len(encoder.calls)
    T_x = encoder.T(sequence)
    if isinstance(select, str) and select in heard.given:
        pieces = [found for one in heard.given[select] if (found := _weights_in(one, padded)) is not None]
        if not pieces:
            raise ConfigError(f"attention={select!r} gives no weights over the {padded} steps that add up to 1")
        whole, first = (torch.stack(pieces), 0) if len(pieces) > 1 else (pieces[0], None)
    else:
        chosen = select(heard.returned) if callable(select) else entry_of(heard.returned, select, "attention")
        listed = torch.stack(chosen) if isinstance(chosen, list) else chosen
        found = _weights_in(listed, padded)
        if found is None:
            raise ConfigError(f"attention={select!r} holds no weights over the {padded} steps that add up to 1")
        whole, first = found, 0 if isinstance(chosen, list) else None
    mine = sequence_of(whole, encoder, flow, sequence, first, "attention")
    rows = as_floats(mine).reshape(-1, padded)[:, :T_x]
    if len(rows) == steps and len(rows) != len(at):
        rows = rows[list(at)]
    if len(rows) != len(at):
        raise ConfigError(f"attention has {len(rows)} rows, and there are {len(at)} outputs; say which: attention=")
    return rows


def _weights_in(value: Any, T: int) -> Tensor | None:
    """Find a tensor of weights over T steps, which add up to 1; gives it with these steps last."""
    for tensor in value if isinstance(value, tuple) else (value,):
        if not isinstance(tensor, Tensor) or not tensor.is_floating_point():
            continue
        for axis in range(tensor.dim() - 1, -1, -1):
            sums = tensor.detach().float().sum(axis)
            if tensor.shape[axis] == T and bool(((sums - 1).abs() < EVEN).all()) and bool((tensor >= 0).all()):
                return tensor.movedim(axis, -1)
    return None
