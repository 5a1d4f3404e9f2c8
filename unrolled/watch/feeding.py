"""What a part that runs step by step reads: its own outputs, fed back, or what it is given."""

from collections.abc import Sequence

import numpy as np

from unrolled.watch.chains import Chain
from unrolled.watch.wiring import x_at


def feeds_back(
    chain: Chain, ids: Sequence[int] | None, y_hat: np.ndarray, at: Sequence[int], sequence: int, classes: bool
) -> bool:
    """Say whether each step of a chain reads the output of the step before.

    y_hat (rows, n_y), row r at step `at[r]`. Classes are known by the index that is looked up, numbers by standing in
    x. A chain that ran in one call had all of x beforehand.
    """
    followed = [(r, s + 1) for r, s in enumerate(at) if s + 1 < chain.T(sequence)]
    if len(chain.calls) < 2 or not followed:
        return False
    if classes:
        return ids is not None and all(ids[s] == int(y_hat[r].argmax()) for r, s in followed)
    return all(_stands_in(y_hat[r], x_at(chain, sequence, s).detach().float().cpu().numpy()) for r, s in followed)


def _stands_in(y: np.ndarray, x: np.ndarray) -> bool:
    """Say whether numbers stand side by side in x."""
    if len(y) > len(x):
        return False
    windows = np.lib.stride_tricks.sliding_window_view(x, len(y))
    return bool(np.isclose(windows, y, rtol=1e-5, atol=1e-7).all(1).any())
