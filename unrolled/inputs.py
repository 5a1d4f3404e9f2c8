"""What a network is given to read: checked, embedded, and named."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from unrolled.errors import InvalidRequest, LengthError
from unrolled.network import Network
from unrolled.trace import Label

RANKS = {"tokens": 1, "bag": 2, "vector": 2, "places": 3}
Inputs = Sequence[int] | Sequence[Sequence[float]] | Sequence[Sequence[int]] | np.ndarray | Tensor


class Embedded(NamedTuple):
    """Hold the vectors that the first layer reads, (T_x, n), and the places whose mean the one of them is, (P, n)."""

    x: Tensor
    places: Tensor | None = None


def embed(network: Network, x: Inputs | None) -> Embedded:
    """Turn an input into what a network reads; checks its shape and its range."""
    spec = network.config.read
    if x is None:
        size = spec.size if spec else 0
        if network.encoder is not None:
            raise LengthError(f"{network.config.kind} reads x: at least one step is needed")
        return Embedded(torch.zeros(0, size))
    if spec is None or network.read is None:
        raise LengthError("this network reads no x (x = ∅); pass None")
    raw = as_numbers(x)
    if raw.dim() and len(raw) == 0:
        raise LengthError("x is empty; at least one step is needed")
    width = {"vector": spec.size, "places": spec.count}.get(spec.kind)
    if raw.dim() != RANKS[spec.kind] or 0 in raw.shape or (width and raw.shape[-1] != width):
        want = {"tokens": "(T_x,)", "bag": "(T_x, k)", "vector": f"(T_x, {width})", "places": f"(T_x, P, {width})"}
        raise LengthError(f"x has the shape {tuple(raw.shape)}; this network reads {want[spec.kind]}")
    if width:
        rows = raw.detach().to(torch.float32, copy=True)  # a trace never changes with what it was made from
        if raw.is_complex() or not rows.isfinite().all():
            raise InvalidRequest("x has entries that are not finite numbers (NaN or infinite); replace them first")
        return Embedded(network.read(rows), network.places(rows[0]) if len(rows) == 1 else None)
    if raw.is_floating_point() or raw.is_complex() or raw.min() < 0 or raw.max() >= spec.count:
        raise LengthError(f"x has entries that are no index; indices count from 0 to {spec.count - 1}")
    return Embedded(network.read(raw.long()))


def as_numbers(x: Inputs) -> Tensor:
    """Read x as a tensor. Raises InvalidRequest for what is none: text, or rows of different length."""
    if isinstance(x, Tensor) and (x.layout != torch.strided or x.device.type != "cpu"):
        raise InvalidRequest(f"x is {x.layout} on {x.device}; give a dense tensor on the CPU")
    try:
        return torch.as_tensor(x.copy() if isinstance(x, np.ndarray) else x)  # a trace's own arrays are read-only
    except (TypeError, ValueError, RuntimeError) as error:
        raise InvalidRequest(f"x is no array of numbers ({error}); give one entry a step, all of one length") from None


def name_places(places: Tensor | None, labels: Sequence[Label] | None) -> tuple[Label, ...] | None:
    """Name places (P, n): as given, or counted from 1. Raises InvalidRequest unless there is one name for each."""
    if places is None:
        if labels is not None:
            raise InvalidRequest("place_labels are given, and this network reads no places", "place_labels")
        return None
    if labels is not None and (len(labels) != len(places) or not all(isinstance(label, Label) for label in labels)):
        raise InvalidRequest(f"place_labels needs one Label(text=...) for each of {len(places)} places", "place_labels")
    return tuple(labels or (Label(text=str(p)) for p in range(1, len(places) + 1)))


def default_labels(x: Inputs | None, T_x: int) -> tuple[Label, ...]:
    """Name inputs that came without labels: an index by itself, a vector by its step (counted from 1)."""
    raw = torch.zeros(0) if x is None else as_numbers(x)
    names = raw.tolist() if raw.dim() == 1 else range(1, T_x + 1)
    return tuple(Label(text=str(name)) for name in names)
