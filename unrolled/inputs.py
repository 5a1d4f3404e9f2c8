"""What a network is given to read: checked, embedded, and named."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from unrolled.errors import InvalidRequest, LengthError
from unrolled.network import Network
from unrolled.trace import Label

Inputs = Sequence[int] | Sequence[Sequence[float]] | Sequence[Sequence[int]] | np.ndarray | Tensor


def embed(network: Network, x: Inputs | None) -> Tensor:
    """Turn an input into the vectors that the first layer reads, (T_x, n); checks its shape and its range."""
    spec = network.config.read
    if x is None:
        size = spec.size if spec else 0
        if network.encoder is not None:
            raise LengthError(f"{network.config.kind} reads x: at least one step is needed")
        return torch.zeros(0, size)
    if spec is None or network.read is None:
        raise LengthError("this network reads no x (x = ∅); pass None")
    raw = as_numbers(x)
    if raw.dim() and len(raw) == 0:
        raise LengthError("x is empty; at least one step is needed")
    rank = {"tokens": 1, "bag": 2, "vector": 2}[spec.kind]
    if raw.dim() != rank or (spec.kind == "vector" and raw.shape[1] != spec.size):
        want = {"tokens": "(T_x,)", "bag": "(T_x, k)", "vector": f"(T_x, {spec.size})"}[spec.kind]
        raise LengthError(f"x has the shape {tuple(raw.shape)}; this network reads {want}")
    if spec.kind == "vector":
        rows = raw.detach().to(torch.float32, copy=True)  # a trace never changes with what it was made from
        if raw.is_complex() or not rows.isfinite().all():
            raise InvalidRequest("x has entries that are not finite numbers (NaN or infinite); replace them first")
        return rows
    if raw.is_floating_point() or raw.is_complex() or raw.min() < 0 or raw.max() >= spec.count:
        raise LengthError(f"x has entries that are no index; indices count from 0 to {spec.count - 1}")
    return network.read(raw.long())


def as_numbers(x: Inputs) -> Tensor:
    """Read x as a tensor. Raises InvalidRequest for what is none: text, or rows of different length."""
    if isinstance(x, Tensor) and (x.layout != torch.strided or x.device.type != "cpu"):
        raise InvalidRequest(f"x is {x.layout} on {x.device}; give a dense tensor on the CPU")
    try:
        return torch.as_tensor(x.copy() if isinstance(x, np.ndarray) else x)  # a trace's own arrays are read-only
    except (TypeError, ValueError, RuntimeError) as error:
        raise InvalidRequest(f"x is no array of numbers ({error}); give one entry a step, all of one length") from None


def default_labels(x: Inputs | None, T_x: int) -> tuple[Label, ...]:
    """Name inputs that came without labels: an index by itself, a vector by its step (counted from 1)."""
    raw = torch.zeros(0) if x is None else as_numbers(x)
    names = raw.tolist() if raw.dim() == 1 else range(1, T_x + 1)
    return tuple(Label(text=str(name)) for name in names)
