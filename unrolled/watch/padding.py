"""Which steps are padding, and whether a module runs along the sequences in place of the steps."""

from collections.abc import Mapping, Sequence

import numpy as np
from torch import Tensor

from unrolled.watch.chains import Chain
from unrolled.watch.flow import Flow
from unrolled.watch.given import Given
from unrolled.watch.listen import Heard
from unrolled.watch.wiring import Part


def padded_steps(
    heard: Heard, parts: Sequence[Part], given: Given, ids: Sequence[int] | None, sequence: int
) -> tuple[int, ...]:
    """List the steps behind the end of a sequence: those that look padding up, or that the caller has no names for."""
    bottom = parts[0].chains[0]
    T = bottom.T(sequence)
    if len(parts) > 1:
        return ()
    real = T
    if ids is not None:
        paddings = {one.padding for one in heard.looked if one.padding is not None}
        while real > 0 and ids[real - 1] in paddings:
            real -= 1
    names = given.tokens
    if names is not None and not isinstance(names, Mapping) and not callable(names):
        listed = list(names)
        if listed and not isinstance(listed[0], str) and isinstance(listed[0], Sequence):
            listed = list(listed[sequence])
        real = min(real, len(listed))
    return tuple(range(real, T)) if real else ()


def only_sequence(answer: Tensor | list[Tensor], top: Chain, flow: Flow) -> int | None:
    """Find the one sequence of a batch that the whole answer depends on; None where it is not so."""
    if isinstance(answer, list) or top.batch < 2 or answer.dim() < 2:
        return None
    touch = flow.touch(answer)
    if touch is None or not any(size == top.T(0) for size in answer.shape):
        return None
    read = np.flatnonzero(sum(touch.sequences(call).numpy() for call in top.calls))
    return int(read[0]) if len(read) == 1 else None


def across_sequences(heard: Heard, bottom: Chain) -> bool:
    """Say whether padding lies at the end along the batch, and not along the steps: then the two are exchanged."""
    call = bottom.calls[0]
    if len(bottom.calls) > 1 or call.layout.packed is not None or not call.layout.batched:
        return False
    for one in heard.looked:
        if one.padding is not None and one.ids.dim() == 2 and one.ids.numel() == len(call.layout.rows):
            steps_first = one.ids.T if call.layout.batch_first else one.ids
            pads = (steps_first == one.padding).cpu().numpy().astype(int)
            if pads.any() and _ends(pads, 1) and not _ends(pads, 0) and not _ends(-pads, 0):
                return True
    return False


def _ends(pads: np.ndarray, axis: int) -> bool:
    """Say whether padding, once begun, goes on to the end of an axis, everywhere."""
    return bool((np.diff(pads, axis=axis) >= 0).all())
