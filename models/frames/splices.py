"""Actions in a row: recordings of one person, joined so that the cut does not give itself away.

The body of the next recording is moved and scaled to where the last one's trunk is. Its limbs may still jump.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from models.bodies import Body, at_times
from models.frames.kard import RATE, Clip

SLOWER = 10  # frames a second that are read: a third of what was recorded
LARGEST = 1.4  # how much a body is scaled at most to match the one before
TOGETHER = 4  # recordings in a row, where a file is measured
ROUNDS = 3  # how often each of them is measured, each time among others
NEAR = SLOWER // 2  # frames on either side of a cut that count as near it


@dataclass(frozen=True)
class Splice:
    """Hold several actions in a row: places (T, 15, 2), and of each frame its action and its recording, (T,)."""

    places: np.ndarray
    actions: np.ndarray
    pieces: np.ndarray

    @property
    def near(self) -> np.ndarray:
        """Mark the frames within half a second of a cut, (T,)."""
        cuts = np.flatnonzero(np.diff(self.pieces)) + 1
        frames = np.arange(len(self.pieces))[:, None]
        return np.asarray(((frames >= cuts - NEAR) & (frames < cuts + NEAR)).any(1))

    @property
    def beginning(self) -> np.ndarray:
        """Mark the frames of the first half second of each recording, (T,)."""
        starts = np.flatnonzero(np.diff(self.pieces, prepend=-1))
        frames = np.arange(len(self.pieces))[:, None]
        return np.asarray(((frames >= starts) & (frames < starts + NEAR)).any(1))


def slower(places: np.ndarray, speed: float = 1.0, start: float = 0.0) -> np.ndarray:
    """Read a recording at SLOWER frames a second, perhaps faster, beginning at a share of the first step."""
    step = speed * RATE / SLOWER
    return at_times(places, np.arange(start * step, len(places), step))


def joined(parts: Sequence[np.ndarray], actions: Sequence[int], body: Body) -> Splice:
    """Join movements (T, joints, 2) so that each begins with the trunk where and as large as the last one ended."""
    placed = [parts[0]]
    for part in parts[1:]:
        last, first = placed[-1][-1], part[0]
        scale = np.clip(reach(last, body) / max(reach(part[0], body), 1e-6), 1 / LARGEST, LARGEST)
        placed.append((part - first[body.trunk].mean(0)) * scale + last[body.trunk].mean(0))
    lengths = [len(part) for part in parts]
    return Splice(np.concatenate(placed), np.repeat(actions, lengths), np.repeat(np.arange(len(parts)), lengths))


def reach(figure: np.ndarray, body: Body) -> float:
    """Measure the trunk of one figure (joints, 2): how far shoulders and hips are from their middle, on average."""
    trunk = figure[body.trunk]
    return float(np.hypot(*(trunk - trunk.mean(0)).T).mean())


def measured(clips: Iterable[Clip], body: Body, seed: int = 0) -> Iterator[Splice]:
    """Join all recordings of each subject in random order, TOGETHER at a time, ROUNDS times; always the same."""
    rng = np.random.default_rng(seed)
    clips = sorted(clips, key=lambda clip: clip.subject)
    for subject in sorted({clip.subject for clip in clips}):
        own = [clip for clip in clips if clip.subject == subject]
        for order in (rng.permutation(len(own)) for _ in range(ROUNDS)):
            for some in (order[i : i + TOGETHER] for i in range(0, len(order), TOGETHER)):
                yield joined([slower(own[i].places) for i in some], [own[i].action for i in some], body)
