"""What the steps of a run are called: by the caller's words, by a vocabulary, or by the index that was looked up."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from torch import Tensor

from unrolled.errors import InvalidRequest
from unrolled.trace import Label
from unrolled.watch.chains import Chain
from unrolled.watch.flow import gradients, mixture
from unrolled.watch.listen import Looked
from unrolled.watch.wiring import x_at

Tokens = Sequence[Any] | Mapping[Any, Any] | Callable[[int], str] | None


def ids_of(chain: Chain, looked: Sequence[Looked], sequence: int) -> tuple[list[int], Looked] | None:
    """Find the index that was looked up for each step of a sequence, and where; None where steps are no look-ups."""
    places: list[tuple[Looked, int]] = []
    for step in range(chain.T(sequence)):
        found = _looked_up(x_at(chain, sequence, step), looked)
        if found is None:
            return None
        places.append(found)
    if len({one.name for one, _ in places}) != 1:
        return None
    return [int(one.ids.flatten()[place]) for one, place in places], places[0][0]


def _looked_up(x: Tensor, looked: Sequence[Looked]) -> tuple[Looked, int] | None:
    """Find the one look-up that x (n,) depends on, or that it equals where no graph says; and its place there."""
    tables = [one for one in looked if one.vectors.requires_grad]
    if x.requires_grad and tables:
        found = gradients([x], [mixture(x)], [one.vectors for one in tables])
        hits = [(one, _only(g)) for one, g in zip(tables, found, strict=True) if g is not None and bool((g != 0).any())]
    else:
        alike = [one for one in looked if one.vectors.shape[-1] == len(x)]
        same = [(one, (one.vectors.flatten(0, -2) == x).all(-1).nonzero()[:, 0]) for one in alike]
        hits = [(one, int(rows[0])) for one, rows in same if len(rows)]
    return next(((one, place) for one, place in hits if place is not None), None)


def _only(grad: Tensor) -> int | None:
    """Find the one look-up that a step reads; None where it reads several."""
    rows = (grad.flatten(0, -2) != 0).any(-1).nonzero()[:, 0]
    return int(rows[0]) if len(rows) == 1 else None


def name_steps(T: int, ids: Sequence[int] | None, tokens: Tokens, sequence: int, batch: int) -> tuple[Label, ...]:
    """Name T steps. Raises InvalidRequest, naming `tokens`, for what does not fit them."""
    if tokens is None:
        return tuple(Label(text=str(name)) for name in (ids if ids is not None else range(1, T + 1)))
    if isinstance(tokens, Mapping) or callable(tokens):
        if ids is None:
            raise InvalidRequest(
                "tokens is a vocabulary, and the steps are no look-ups; give a list, one for each", "tokens"
            )
        return tuple(_in_vocabulary(tokens, i) for i in ids)
    listed = list(tokens)
    if listed and not isinstance(listed[0], str) and isinstance(listed[0], Sequence):
        if len(listed) != batch:
            raise InvalidRequest(f"tokens holds {len(listed)} lists, and the batch {batch} sequences", "tokens")
        listed = list(listed[sequence])
    if len(listed) > T:
        swapped = f": it reads {batch} sequences of {T}; is batch_first right?" if len(listed) == batch else ""
        what = f"tokens holds {len(listed)} names, and sequence {sequence} has {T} steps{swapped}"
        raise InvalidRequest(what, "tokens")
    rest = ids[len(listed) :] if ids is not None else [0] * (T - len(listed))
    return tuple(Label(text=str(name)) for name in (*listed, *(f"⟨{i}⟩" for i in rest)))


def _in_vocabulary(tokens: Mapping[Any, Any] | Callable[[int], str], index: int) -> Label:
    if callable(tokens):
        return Label(text=str(tokens(index)))
    if index in tokens:
        return Label(text=str(tokens[index]))
    names = [name for name, i in tokens.items() if i == index and isinstance(name, str)]  # a word_to_ix
    return Label(text=names[0]) if names else Label(text=str(index), note="unknown")


def name_classes(n_y: int, classes: Sequence[Any] | Mapping[Any, Any] | None) -> list[str]:
    """Name the entries of an output. Raises InvalidRequest, naming `classes`, unless there is one name for each."""
    if classes is None:
        return [str(y) for y in range(n_y)]
    if isinstance(classes, Mapping):
        listed = [_in_vocabulary(classes, y).text for y in range(n_y)]
    else:
        listed = [str(name) for name in classes]
    if len(listed) != n_y:
        raise InvalidRequest(f"classes holds {len(listed)} names, and an output has {n_y} entries", "classes")
    return listed
