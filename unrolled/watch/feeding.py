"""What a part that runs step by step reads: its own outputs, fed back, or what it is given."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor

from unrolled.errors import ConfigError
from unrolled.watch.call import as_floats
from unrolled.watch.chains import Chain
from unrolled.watch.labels import ids_of
from unrolled.watch.listen import Heard
from unrolled.watch.outputs import Read
from unrolled.watch.wiring import x_at


@dataclass(frozen=True)
class Fed:
    """Say whether outputs are fed back, and which class each step after an output really read (None: not known)."""

    back: bool
    known: bool
    chosen: tuple[int | None, ...]
    ids: tuple[int, ...] | None  # what was looked up for each step


def feeding(heard: Heard, chain: Chain, read: Read, at: Sequence[int], sequence: int, said: bool | None) -> Fed:
    """Find out what the steps of a part read after each output; row r of `read` stands at step `at[r]`.

    A part that ran in one call had all of x beforehand. Classes are known by the index that is looked up, numbers by
    standing in x. Raises ConfigError, naming `feedback`, where classes come neither from the outputs nor the caller.
    """
    T, looked = chain.T(sequence), ids_of(chain, heard.looked, sequence)
    ids = None if looked is None else looked[0]
    classes = read.output == "softmax"
    known = looked is not None and classes and looked[1].count == read.y_hat.shape[1]
    chosen = tuple(ids[s + 1] if known and ids and s + 1 < T else None for s in at)
    followed = [(r, s + 1) for r, s in enumerate(at) if s + 1 < T]
    own = [int(y.argmax()) for y in read.y_hat]
    if said is not None:
        back = said
    elif len(chain.calls) < 2 or not followed:
        back = False
    elif not classes:
        back = all(_stands_in(read.y_hat[r], as_floats(x_at(chain, sequence, s))) for r, s in followed)
    else:
        back = ids is not None and all(ids[s] == own[r] for r, s in followed)
        if known and ids and not back and not any(_holds(a, ids[1:]) for a in _tensors(heard.asked)):
            raise ConfigError(
                f"{chain.name} reads classes that are not the likeliest outputs, nor what the model was called with: "
                "say whether they are its own outputs (feedback=True: sampled, perhaps) or were given (feedback=False)"
            )
    return Fed(back, known, chosen, None if ids is None else tuple(ids))


def _stands_in(y: np.ndarray, x: np.ndarray) -> bool:
    """Say whether numbers stand side by side in x."""
    if len(y) > len(x):
        return False
    windows = np.lib.stride_tricks.sliding_window_view(x, len(y))
    return bool(np.isclose(windows, y, rtol=1e-5, atol=1e-7).all(1).any())


def _tensors(asked: Any) -> Iterable[Tensor]:
    """List the tensors of indices among the arguments of a call."""
    if isinstance(asked, Tensor):
        if not asked.is_floating_point():
            yield asked
    elif isinstance(asked, dict):
        yield from _tensors(tuple(asked.values()))
    elif isinstance(asked, tuple | list):
        for one in asked:
            yield from _tensors(one)


def _holds(tensor: Tensor, ids: Sequence[int]) -> bool:
    """Say whether indices stand in a row along some axis of a tensor."""
    array, wanted = tensor.detach().cpu().numpy(), np.array(ids)
    for axis in range(array.ndim):
        if len(ids) <= array.shape[axis]:
            windows = np.lib.stride_tricks.sliding_window_view(array, len(ids), axis)
            if (windows == wanted).all(-1).any():
                return True
    return False
