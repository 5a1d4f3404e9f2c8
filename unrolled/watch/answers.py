"""What the model answers: which of the things that it returns, and which rows of it belong to one sequence."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from unrolled.errors import ConfigError
from unrolled.watch.chains import Chain
from unrolled.watch.flow import Flow, mixture
from unrolled.watch.listen import Heard
from unrolled.watch.wiring import moves_along, probes, steps_read

CLEARLY = 1.2  # how many times likelier the one axis must be than the other to be that of the sequences

Select = int | str | Callable[[Any], Any] | None


@dataclass(frozen=True, eq=False)
class Answer:
    """Hold the rows of one sequence, each (n_y,) in the graph, and the steps of the last chain that each reads."""

    rows: tuple[Tensor, ...]
    read: tuple[np.ndarray, ...]
    each_step: bool  # rows move along time; else there is one


def choose(heard: Heard, select: Select) -> Tensor | list[Tensor]:
    """Find the tensor that is the model's answer, or the list of them where it gives one for each step.

    Raises ConfigError, naming `answer`, where the model returns several.
    """
    if isinstance(select, str) and select in heard.given:
        return [one for one in map(_one, heard.given[select]) if one is not None]
    if callable(select):
        return _usable(select(heard.returned))
    if select is not None:
        return _usable(entry_of(heard.returned, select, "answer"))
    states = [leaf for call in heard.calls for leaf in (*call.state, call.out)]
    entries = [(name, e) for name, e in _entries(heard.returned) if _tensors(e) and not _is_state(e, states)]
    if len(entries) == 1:
        return _usable(entries[0][1])
    if not entries:
        raise ConfigError(
            f"the model returns {_shape(heard.returned)}, in which no output is found beside its states; say what its "
            "output is: answer=0, answer='logits', a function of what it returns, or the name of the module that "
            "gives it"
        )
    listed = "; ".join(f"answer={name!r} is {_shape(entry)}" for name, entry in entries)
    raise ConfigError(f"the model returns several tensors; say which is its output: {listed}")


def entry_of(returned: Any, select: int | str, option: str) -> Any:
    """Take an entry out of what a model returned. Raises ConfigError, naming the option, if there is none."""
    try:
        if isinstance(select, str) and not isinstance(returned, Mapping):
            return getattr(returned, select)
        return returned[select]
    except (LookupError, AttributeError, TypeError):
        raise ConfigError(f"the model returns {_shape(returned)}, which has no {option}={select!r}") from None


def _entries(returned: Any) -> list[tuple[int | str, Any]]:
    if isinstance(returned, Mapping):
        return list(returned.items())
    if is_dataclass(returned) and not isinstance(returned, type):
        return [(f.name, getattr(returned, f.name)) for f in fields(returned)]
    if isinstance(returned, tuple) or (isinstance(returned, list) and not _tensors(returned)):
        return list(enumerate(returned))
    return [(0, returned)]


def _tensors(entry: Any) -> bool:
    """Say whether this is a tensor of numbers, or a list of such tensors of one shape."""
    if isinstance(entry, Tensor):
        return entry.is_floating_point()
    listed = isinstance(entry, list) and len(entry) > 0 and all(isinstance(e, Tensor) for e in entry)
    return listed and all(e.is_floating_point() and e.shape == entry[0].shape for e in entry)


def _is_state(entry: Any, states: Sequence[Tensor]) -> bool:
    one = entry if isinstance(entry, Tensor) else None
    return one is not None and any(one.shape == s.shape and torch.equal(one.detach(), s.detach()) for s in states)


def _usable(entry: Any) -> Tensor | list[Tensor]:
    if not _tensors(entry):
        raise ConfigError(f"the answer is {_shape(entry)}; it is a tensor of numbers, or a list of them: say answer=")
    return entry


def _one(entry: Any) -> Tensor | None:
    return entry if isinstance(entry, Tensor) else entry[0] if isinstance(entry, tuple) else None


def _shape(entry: Any) -> str:
    if isinstance(entry, Tensor):
        return f"a tensor {tuple(entry.shape)} of {str(entry.dtype).removeprefix('torch.')}"
    if isinstance(entry, tuple | list):
        return f"a {type(entry).__name__} of {len(entry)}"
    return f"a {type(entry).__name__}"


def rows_of(
    answer: Tensor | list[Tensor], chain: Chain, flow: Flow, sequence: int, each_step: bool | None, alone: bool = False
) -> Answer:
    """Find the rows of one sequence in an answer of any shape, by which steps and sequences each entry depends on.

    `each_step` is what the caller says: None where they say nothing. `alone` says that the answer is of this sequence
    only. Raises ConfigError, naming `kind` or `answer`,
    where the axes of sequences and steps cannot be told.
    """
    steps_known = isinstance(answer, list)
    whole = torch.stack(answer) if isinstance(answer, list) else answer
    if whole.dim() == 0:
        raise ConfigError("the answer is a single number, a loss perhaps; say which tensor is the output: answer=")
    if steps_known and not whole.requires_grad:
        return _no_graph(whole, chain, flow, sequence)
    mine = whole if alone else sequence_of(whole, chain, flow, sequence, 0 if steps_known else None)
    axis = 0 if steps_known else _axis_of_time(mine, chain, flow, sequence, each_step)
    rest = [d for d in range(mine.dim()) if d != axis and mine.shape[d] > 1]
    if len(rest) > 1:
        raise ConfigError(
            f"the output {tuple(whole.shape)} has more axes than sequences, steps and classes; say which part of it is "
            "the output: answer=lambda returned: ..., or kind='many_to_many' if each step has one"
        )
    if axis is None:
        row = mine.reshape(-1)
        return Answer((row,), (_read(row, chain, flow, sequence),), False)
    rows = [row.reshape(-1) for row in mine.unbind(axis)]
    some = {place: _read(rows[place], chain, flow, sequence) for place in probes(len(rows))}
    if all(steps.tolist() == [place] for place, steps in some.items()):  # one step each, so that is how all of them are
        return Answer(tuple(rows), tuple(np.array([place]) for place in range(len(rows))), True)
    pairs = [(row, _read(row, chain, flow, sequence)) for row in rows]
    kept = [(row, steps) for row, steps in pairs if len(steps)] or pairs  # rows of zeros, say, that nothing wrote
    return Answer(tuple(row for row, _ in kept), tuple(steps for _, steps in kept), True)


def _no_graph(whole: Tensor, chain: Chain, flow: Flow, sequence: int) -> Answer:
    """Take outputs (T, ...) that no graph holds: a module gave one after each step of the chain."""
    mine = sequence_of(whole, chain, flow, sequence, 0)
    return Answer(tuple(row.reshape(-1) for row in mine), tuple(np.array([t]) for t in range(len(mine))), True)


def _read(row: Tensor, chain: Chain, flow: Flow, sequence: int) -> np.ndarray:
    touch = flow.touch(row)
    return np.array([], dtype=int) if touch is None else steps_read(chain, touch, sequence)


def sequence_of(
    answer: Tensor, chain: Chain, flow: Flow, sequence: int, not_axis: int | None, option: str = "answer"
) -> Tensor:
    """Take one sequence out of the batch. Raises ConfigError, naming the option, where no axis is that of the batch."""
    B = chain.batch
    if B == 1:
        return answer
    ways: list[Tensor] = []
    ways += [answer.movedim(d, 0) for d in range(answer.dim()) if answer.shape[d] == B and d != not_axis]
    if answer.dim() <= 2 and answer.shape[0] > B and answer.shape[0] % B == 0:  # (B * T, n_y), or (T * B, n_y)
        ways += [answer.unflatten(0, (B, -1)), answer.unflatten(0, (-1, B)).movedim(1, 0)]
    if not answer.requires_grad and len(ways) == 1:
        return ways[0][sequence]
    shares = [_own_share(way, chain, flow) for way in ways]
    best = sorted(shares, reverse=True)[:2]
    if best and (best[0] == 1 or len(best) == 1 or best[0] > CLEARLY * best[1]):
        return ways[shares.index(best[0])][sequence]
    raise ConfigError(
        f"no axis of {tuple(answer.shape)} belongs to the {B} sequences of the batch alone; watch one "
        f"sequence, or say which part of what the model returns is meant: {option}="
    )


def _own_share(answer: Tensor, chain: Chain, flow: Flow) -> float:
    """Measure how much of what entry b of the first axis depends on is sequence b: 1 unless batch norm mixes them."""
    shares: list[float] = []
    for b in probes(chain.batch):
        weights = torch.zeros_like(answer)
        weights[b] = mixture(answer[b])
        touch = flow.touch(answer, weights)
        found = [] if touch is None else [touch.sequences(call) for call in chain.calls]
        total = torch.stack(found).sum(0) if found else torch.zeros(chain.batch)
        shares.append(float(total[b] / total.sum()) if total.sum() > 0 else 0.0)
    return float(np.mean(shares))


def _axis_of_time(mine: Tensor, chain: Chain, flow: Flow, sequence: int, each_step: bool | None) -> int | None:
    """Find the axis along which what is read moves on; None where there is one output for all steps."""
    T = chain.T(sequence)
    if each_step is False:
        return None
    for axis in range(mine.dim()):
        if mine.shape[axis] < 2:
            continue
        read = []
        for place in probes(mine.shape[axis]):
            weights = torch.zeros_like(mine)
            weights.select(axis, place).copy_(mixture(mine.select(axis, place)))
            touch = flow.touch(mine, weights)
            read.append(np.array([]) if touch is None else steps_read(chain, touch, sequence))
        if moves_along(read):
            return axis
    if not each_step:
        return None
    fits = [d for d in range(mine.dim()) if mine.shape[d] == T]
    if not fits:
        raise ConfigError(f"no axis of the output has {T} entries, one for each step; say what the output is: answer=")
    return fits[0]
