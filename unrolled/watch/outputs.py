"""The outputs of a watched run: which activation they get, what was chosen, and what it is called."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from unrolled.config import OutputKind
from unrolled.errors import ConfigError, NotFinite
from unrolled.network import activate
from unrolled.outputs import Names, outputs_of
from unrolled.trace import Output
from unrolled.watch.given import Given
from unrolled.watch.labels import name_classes

SHAPES_ONLY = tuple(
    "View Reshape Squeeze Unsqueeze Transpose Permute Select Slice Stack Clone Unbind Index Alias Cat Expand Copy "
    "Movedim Split".split()
)
ENDS: dict[str, OutputKind] = {"Softmax": "softmax", "LogSoftmax": "softmax", "Sigmoid": "sigmoid"}


@dataclass(frozen=True, eq=False)
class Read:
    """Hold y_hat (T_y, n_y) with its kind and names, and the scores from which it was made, in the graph."""

    output: OutputKind
    y_hat: np.ndarray
    scores: tuple[Tensor, ...]  # each (n_y,): the log-probabilities of classes, or the numbers themselves
    names: list[str]
    remarks: tuple[str, ...]


def read_outputs(rows: Sequence[Tensor], given: Given) -> Read:
    """Make y_hat of rows (n_y,). Raises ConfigError, naming `output`, where the rows cannot be classes."""
    ends = last_function(rows[0])
    output = given.output or ENDS.get(ends)
    remarks: list[str] = []
    if output is None and len(rows[0]) == 1:
        raise ConfigError("an output is one number: say what it is, output='sigmoid' (a score) or output='identity'")
    if output is None:
        output = "softmax"
        remarks.append("the outputs are read as the scores of classes (softmax)")
    done = ends == "Softmax" if output == "softmax" else ENDS.get(ends) == output
    scores = tuple(_score(row, output, done) for row in rows)
    if output == "sigmoid" and len(rows[0]) == 1 and given.classes is not None and len(given.classes) == 2:
        # One probability, of the second of two classes: log p and log (1 - p) are what softmax would give.
        output, scores = "softmax", tuple(torch.cat((torch.log1p(-s), s.log())) for s in scores)
    stacked = torch.stack(scores).detach()
    y_hat = (stacked.exp() if output == "softmax" else stacked).float().cpu().numpy()
    if len(bad := np.flatnonzero(~np.isfinite(y_hat).all(1))):
        raise NotFinite(f"output {bad[0]} is not a finite number", int(bad[0]))
    return Read(output, y_hat, scores, name_classes(y_hat.shape[1], given.classes), tuple(remarks))


def _score(row: Tensor, output: OutputKind, done: bool) -> Tensor:
    row = row.float() if row.dtype in (torch.float16, torch.bfloat16) else row
    if output != "softmax":
        return row if done else activate(output, row)
    return row.clamp_min(torch.finfo(row.dtype).tiny).log() if done else row.log_softmax(-1)


def last_function(row: Tensor) -> str:
    """Name the function that made a tensor, as autograd knows it; what only moves entries about is passed over."""
    node = row.grad_fn
    while node is not None:
        name = node.name().removesuffix("0").removesuffix("Backward").removesuffix("1").removesuffix("Backward")
        name = name.lstrip("_").removesuffix("Data")
        if not (name == "T" or name.startswith(SHAPES_ONLY)) or not node.next_functions:
            return name
        node = next((fn for fn, _ in node.next_functions if fn is not None), None)
    return ""


def as_outputs(read: Read, chosen: Sequence[int | None], fed_back: bool, top_k: int = 5) -> tuple[Output, ...]:
    """Describe outputs; `chosen` holds the class that was read after each, which is dictated unless it is fed back."""
    likeliest = [int(y.argmax()) if read.output == "softmax" else y for y in read.y_hat]
    picked = [own if y is None else y for own, y in zip(likeliest, chosen, strict=True)]
    forced = [t for t, y in enumerate(chosen) if y is not None and y != likeliest[t] and not fed_back]
    return outputs_of(read.y_hat, picked, read.output, Names(read.names, top_k), forced)
