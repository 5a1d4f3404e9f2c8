"""Checks of `record`: its arguments before anything runs, and that all numbers are finite before a trace is made."""

from collections.abc import Iterable, Sequence
from typing import get_args

import numpy as np
import torch
from torch import Tensor

from unrolled.decoding import Decoding
from unrolled.errors import ConfigError, InterventionError, InvalidRequest, LengthError, NotFinite
from unrolled.interventions import Clamp, Force, Freeze, Intervention
from unrolled.modules import recordable_cell
from unrolled.network import Network
from unrolled.run import LayerRun, Path
from unrolled.scan import Recurrent
from unrolled.topology import Topology
from unrolled.trace import Label


def check_network(network: object) -> None:
    """Raise ConfigError for what is no Network, or whose modules do more than run their kernels."""
    if isinstance(network, Network):
        for part in parts_of(network):
            if (found := recordable_cell(part)) is not network.cell:
                raise ConfigError(f"this network's cell is {network.cell.kind}, and one of its parts runs {found.kind}")
        return
    instead = "record_module() records it" if isinstance(network, Recurrent) else "build one from a NetworkConfig"
    raise ConfigError(f"record() runs an unrolled.Network, and this is a {type(network).__name__}; {instead}")


def parts_of(network: Network) -> list[Recurrent]:
    """List the recurrent modules of a network."""
    return [part for part in (network.encoder, network.decoder) if part is not None]


def listed(interventions: object) -> tuple[Intervention, ...]:
    """List interventions; raises InterventionError for what is no list of them."""
    if not isinstance(interventions, Iterable) or isinstance(interventions, Clamp | Freeze | Force | str):
        raise InterventionError(f"interventions is a {type(interventions).__name__}; give a list, which may be empty")
    known: list[Intervention] = []
    for number, intervention in enumerate(interventions):
        if not isinstance(intervention, Clamp | Freeze | Force):
            what = f"a {type(intervention).__name__} is no intervention; there are Clamp, Freeze and Force"
            raise InterventionError(what, f"interventions.{number}")
        known.append(intervention)
    return tuple(known)


def check_options(T_y: object, gradient: object, top_k: object, path: object, decoding: object) -> None:
    """Raise InvalidRequest for an option of the wrong type or range, with the field's name."""
    if not _whole(T_y) or T_y < 1:  # type: ignore[operator]
        raise LengthError(f"T_y is {T_y!r}; it is a whole number, 1 or more", "T_y")
    if not _whole(top_k) or top_k < 1:  # type: ignore[operator]
        raise InvalidRequest(f"top_k is {top_k!r}; it is a whole number, 1 or more", "top_k")
    if gradient is not None and not _whole(gradient):
        raise InvalidRequest(f"gradient is {gradient!r}; it is the number of an output, or None", "gradient")
    if path is not None and path not in get_args(Path):
        raise InvalidRequest(f"path is {path!r}; there are {', '.join(get_args(Path))}", "path")
    if decoding is not None and not isinstance(decoding, Decoding):
        what = f"decoding is a {type(decoding).__name__}; give a Decoding(method=...), or None"
        raise InvalidRequest(what, "decoding")


def output_asked_for(topology: Topology, y: int, count: int) -> int | None:
    """Find which of `count` outputs is differentiated, -1 being the last; None for all of them, as one reading.

    Raises InvalidRequest, naming the field, if there is no such output.
    """
    if topology.collapse:
        if y != -1:
            raise InvalidRequest(f"outputs that collapse are scored as one reading; ask for -1, not {y}", "gradient")
        return None
    if not -1 <= y < count:
        what = f"there is no output {y}; outputs count from 0 to {count - 1}, and -1 is the last"
        raise InvalidRequest(what, "gradient")
    return y % count


def check_labels(x_labels: Sequence[object] | None, T_x: int, y_labels: Sequence[object] | None, n_y: int) -> None:
    """Raise InvalidRequest unless there is one label for each input, and one text for each class."""
    for name, labels in (("x_labels", x_labels), ("y_labels", y_labels)):
        if labels is not None and not isinstance(labels, Sequence):
            raise InvalidRequest(f"{name} is a {type(labels).__name__}; give a list, or None", name)
    if x_labels is not None and (len(x_labels) != T_x or not all(isinstance(label, Label) for label in x_labels)):
        raise InvalidRequest(f"x_labels needs one Label(text=...) for each of the {T_x} inputs", "x_labels")
    if y_labels is not None and (len(y_labels) != n_y or not all(isinstance(label, str) for label in y_labels)):
        raise InvalidRequest(f"y_labels needs one text for each of the {n_y} outputs of the head", "y_labels")


def check_finite_run(layers: Iterable[LayerRun], logits: Tensor) -> None:
    """Raise NotFinite for the first step whose values or output are not finite numbers; logits (T_y, n_y)."""
    for layer in layers:
        bad = {name: row for name, v in layer.values.items() if (row := _first_bad(v)) is not None}
        if bad:
            name, step = min(bad.items(), key=lambda entry: entry[1])
            where = f"layer {layer.layer}, {layer.direction}"
            raise NotFinite(f"{name} of the {layer.part} ({where}) is not a finite number at step {step}", step)
    if (step := _first_bad(logits)) is not None:
        raise NotFinite(f"output {step} is not a finite number", step)


def check_finite_gradient(score: float, rows: Iterable[np.ndarray]) -> None:
    """Raise NotFinite for gradients that are not finite numbers, each (T,)."""
    for row in (np.array([score]), *rows):
        bad = np.flatnonzero(~np.isfinite(row))
        if len(bad):
            raise NotFinite(f"the gradient is not a finite number at step {bad[0]}", int(bad[0]))


def _whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)


def _first_bad(rows: Tensor) -> int | None:
    finite = torch.isfinite(rows)
    return None if finite.all() else int((~finite).flatten(1).any(1).nonzero()[0])
