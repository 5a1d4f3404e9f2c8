"""What the network reads of a pen: one vector a step, made in the same way of a data set's strokes and a visitor's.

A step is a length of the pen's path, not a length of time, so that neither the speed of the hand nor the rate of the
device matters. How long a step is depends on how large the writing is *so far*; nothing that is read looks ahead, and
a beginning of a path gives the beginning of its steps.
"""

from dataclasses import dataclass

import numpy as np

SIDE = 1000.0  # of the square that is written on; y points down
STEP = 0.2  # of the writing's size so far: the length of the path that a step reads
SMALLEST = 150.0  # a writing smaller than this counts as this large
FINE = 5.0  # how far apart the points are that steps are made of
MOVE = 4.0  # what displacements are multiplied by, to be about as large as the other features
FEATURES = (
    "move right", "move down", "towards right", "towards down", "bow right", "bow down", "turn", "straight on",
    "from the left", "from the top", "from the start, right", "from the start, down",
    "width", "height", "growth", "pen set down", "pen lifted",
)  # fmt: skip
WIDTH = len(FEATURES)


@dataclass(frozen=True)
class Steps:
    """Hold the features of each step (T, WIDTH) and which fine point each one stands on (T,)."""

    x: np.ndarray
    at: np.ndarray


def fine(points: np.ndarray, spacing: float = FINE) -> np.ndarray:
    """Fill up a path (n, 3) of x, y, lift with points on its lines, at most `spacing` apart: (m, 3).

    lift is 1 at the last point of a stroke; nothing is put between two strokes.
    """
    xy, lift = points[:, :2], points[:, 2] > 0.5
    gaps = np.hypot(*np.diff(xy, axis=0).T)
    pieces = np.where(lift[:-1], 1, np.maximum(1, np.ceil(gaps / spacing))).astype(int)
    line = np.repeat(np.arange(len(pieces)), pieces)  # (m - 1,): the line that a new point ends on
    share = (np.arange(len(line)) - np.repeat(np.cumsum(pieces) - pieces, pieces) + 1) / pieces[line]
    filled = xy[line] + share[:, None] * (xy[line + 1] - xy[line])
    lifts = np.where(share == 1, lift[line + 1], False)
    return np.concatenate((points[:1], np.column_stack((filled, lifts))))


def steps(path: np.ndarray) -> Steps:
    """Make steps of one path that `fine` made, (m, 3)."""
    x, at, count = batch_steps(path[None, :, :2], path[None, :, 2] > 0.5, np.array([len(path)]))
    return Steps(x[0, : count[0]], at[0, : count[0]])


def batch_steps(xy: np.ndarray, lift: np.ndarray, lengths: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Make steps of several paths: xy (B, m, 2) and lift (B, m), of which the first `lengths` (B,) are real.

    Gives the features (B, T, WIDTH), 0 where there is no step, the fine point of each step (B, T), and how many steps
    each path has (B,).
    """
    real = np.arange(xy.shape[1]) < lengths[:, None]  # (B, m)
    low, high = np.minimum.accumulate(xy, 1), np.maximum.accumulate(xy, 1)
    scale = np.maximum((high - low).max(-1), SMALLEST)  # (B, m): how large the writing is so far
    began = np.concatenate((np.ones_like(lift[:, :1]), lift[:, :-1]), 1)  # (B, m)
    gone = np.hypot(*np.moveaxis(np.diff(xy, axis=1, prepend=xy[:, :1]), -1, 0)) / scale
    ticks = np.floor(np.cumsum(np.where(began, 0, gone), 1) / STEP)
    chosen = real & (began | lift | (np.diff(ticks, axis=1, prepend=0) > 0))
    count = chosen.sum(1)
    at = np.argsort(~chosen, axis=1, kind="stable")[:, : count.max()]  # (B, T)
    there = np.arange(at.shape[1]) < count[:, None]

    def take(values: np.ndarray) -> np.ndarray:
        return np.take_along_axis(values, at if values.ndim == 2 else at[..., None], 1)

    place, size, flags = take(xy), take(scale), (take(began), take(lift))
    moved = np.diff(place, axis=1, prepend=place[:, :1])
    halfway = np.take_along_axis(xy, (np.concatenate((at[:, :1], at[:, :-1]), 1) + at)[..., None] // 2, 1)
    bow = np.where(flags[0][..., None], 0, halfway - place + moved / 2)  # how far the path is off the line
    far = np.hypot(moved[..., 0], moved[..., 1])
    towards = moved / np.maximum(far, 1e-6)[..., None]
    before = np.concatenate((towards[:, :1], towards[:, :-1]), 1)
    grown = np.log(size) - np.log(np.concatenate((size[:, :1], size[:, :-1]), 1))
    features = np.concatenate(
        (
            MOVE * moved / size[..., None],
            towards,
            2 * MOVE * bow / size[..., None],
            (before[..., 0] * towards[..., 1] - before[..., 1] * towards[..., 0])[..., None],
            (before * towards).sum(-1)[..., None],
            (place - take(low)) / size[..., None],
            (place - place[:, :1]) / size[..., None],
            (take(high) - take(low)) / size[..., None],
            np.stack((MOVE * grown, *flags), -1),
        ),
        -1,
    )
    return (features * there[..., None]).astype(np.float32), at, count
