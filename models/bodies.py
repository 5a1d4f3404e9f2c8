"""Moving bodies: what networks read of them, made in the same way of a data set's poses and a visitor's.

Nothing that is read looks ahead: a body is as large as it was on average so far, and it began where its first frame
stands. So a beginning of a movement gives the beginning of what is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import torch

from models.example import Encoded, Example
from models.inputs import Pose, PoseSpec
from models.inputs.sources import figures
from models.variants import Variant
from unrolled import InvalidInput, Label
from unrolled.source import Figure

FASTER = 10.0  # what movements between frames are multiplied by, to be about as large as the other features
LAG = 3  # frames: how far back the slower movement looks
NOWHERE = 1e-4  # a body or a bone that is shorter, as a share of the picture, has no direction
FARTHEST = 20.0  # bones; beyond it a tracker has lost a joint, and farther is no more than far


@dataclass(frozen=True)
class Body:
    """Say which joints a body has, by their names (`left knee`), and which pairs of them are joined by bones."""

    joints: tuple[str, ...]
    bones: tuple[tuple[int, int], ...]

    @cached_property
    def pairs(self) -> np.ndarray:
        """List all pairs of joints, (pairs, 2)."""
        return np.array(list(combinations(range(len(self.joints)), 2)))

    @cached_property
    def mirrored(self) -> list[int]:
        """Say which joint takes the place of each one in a mirror: left and right are exchanged."""
        other = {"left": "right", "right": "left"}
        names = (" ".join(other.get(word, word) for word in joint.split()) for joint in self.joints)
        return [self.joints.index(name) for name in names]

    @cached_property
    def trunk(self) -> list[int]:
        """List shoulders and hips, in whose middle a body is."""
        return [i for i, joint in enumerate(self.joints) if joint.endswith(("shoulder", "hip"))]

    @property
    def width(self) -> int:
        """Count the features of a frame."""
        return len(self.pairs) + 2 * len(self.bones) + 6 * len(self.joints) + 6

    def along(self, places: np.ndarray) -> np.ndarray:
        """Give each bone as an arrow, (..., T, bones, 2), of places (..., T, joints, 2)."""
        first, second = np.array(self.bones).T
        return places[..., second, :] - places[..., first, :]

    def size(self, places: np.ndarray) -> np.ndarray:
        """Measure a body in each frame by its mean bone, (..., T)."""
        return lengths_of(self.along(places)).mean(-1)

    def features(self, places: np.ndarray) -> np.ndarray:
        """Say what is read of each frame, (..., T, width), of places (..., T, joints, 2), y downwards.

        Lengths are in bones of this body: the distances between all joints, the directions of the bones, where the
        joints are, seen from the trunk, how they moved since the last frame and since three before, and how far the
        trunk went since then and since the beginning.
        """
        size = np.maximum(so_far(self.size(places)), NOWHERE)[..., None, None]
        trunk = places[..., self.trunk, :].mean(-2, keepdims=True)
        joints, gone = (places - trunk) / size, (trunk - trunk[..., :1, :, :]) / size
        one, two = self.pairs.T
        bones = self.along(places)
        directions = bones / np.maximum(lengths_of(bones), NOWHERE)[..., None]
        parts = [directions, joints, *moves(joints), *moves(gone), gone / 4]
        rows = [part.reshape(*part.shape[:-2], -1) for part in parts]
        apart = lengths_of(joints[..., one, :] - joints[..., two, :])
        return np.concatenate((apart, *rows), -1).clip(-FARTHEST, FARTHEST).astype(np.float32)


def lengths_of(vectors: np.ndarray) -> np.ndarray:
    """Measure vectors (..., 2)."""
    return np.hypot(vectors[..., 0], vectors[..., 1])


def so_far(values: np.ndarray) -> np.ndarray:
    """Give the mean of all values up to each one, (..., T)."""
    return values.cumsum(-1) / np.arange(1, values.shape[-1] + 1)


def moves(places: np.ndarray) -> list[np.ndarray]:
    """Say how far everything moved a frame, since the last one and since LAG before; each (..., T, n, 2)."""
    now = np.arange(places.shape[-3])
    return [FASTER / lag * (places - places.take(np.maximum(now - lag, 0), axis=-3)) for lag in (1, LAG)]


def at_times(places: np.ndarray, times: np.ndarray) -> np.ndarray:
    """Read places (T, joints, 2) between the frames, at times that count in frames; gives (times, joints, 2)."""
    first = np.clip(times.astype(int), 0, len(places) - 1)
    second = np.minimum(first + 1, len(places) - 1)
    share = (times - first)[:, None, None]
    return places[first] * (1 - share) + places[second] * share


def padded(movements: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Stack movements (T, joints, 2) into one (B, T, joints, 2); each is filled up with its last frame.

    Gives their lengths (B,), too.
    """
    lengths = np.array([len(places) for places in movements])
    longer = lengths.max() - lengths
    rows = [np.pad(p, ((0, more), (0, 0), (0, 0)), "edge") for p, more in zip(movements, longer, strict=True)]
    return np.stack(rows), lengths


def bent(places: np.ndarray, body: Body, turn: float, rng: np.random.Generator) -> np.ndarray:
    """Turn (up to so many radians), slant and stretch a movement, and shift and shake its joints, as others would."""
    angle, slant = rng.uniform(-turn, turn), rng.uniform(-0.15, 0.15)
    cos, sin = np.cos(angle), np.sin(angle)
    matrix = np.array(((cos, -sin), (sin, cos))) * np.exp(rng.uniform(-0.15, 0.15, 2)) @ ((1, slant), (0, 1))
    bone = body.size(places).mean()
    shift, shake = rng.standard_normal((1, *places.shape[1:])), rng.standard_normal(places.shape)
    return (places @ matrix + bone * (0.06 * shift + 0.02 * shake)).astype(np.float32)


def mirror(places: np.ndarray, body: Body) -> np.ndarray:
    """Show a movement in a mirror."""
    return (places * np.array((-1, 1), places.dtype))[..., body.mirrored, :]


class MovingBody(Example):
    """Is an example that reads the poses of a body, a frame a step."""

    @cached_property
    def spec(self) -> PoseSpec:
        """Give the limits of its input."""
        assert isinstance(self.about.input, PoseSpec)
        return self.about.input

    @cached_property
    def body(self) -> Body:
        """Give the body that it reads."""
        return Body(self.spec.joints, self.spec.bones)

    def encode(self, raw: Pose, variant: Variant) -> Encoded:
        """Read each frame; x is (T, width). Raises InvalidInput for a single frame, and a body that is a dot."""
        places = raw.places.astype(np.float64)
        self.limit_steps(len(places), "frames")
        if len(places) == 1:
            raise InvalidInput("one frame is no movement: send two or more, or choose a sample")
        dots = np.flatnonzero(self.body.size(places) < NOWHERE)
        if len(dots):
            raise InvalidInput(f"in frame {dots[0] + 1} all joints are in one place: move them apart")
        x = torch.from_numpy(self.body.features(places))
        rate = self.spec.rate
        labels = tuple(Label(text=f"{t / rate:.2f} s", slice=Figure(frame=t)) for t in range(len(x)))
        return Encoded(x, labels, source=figures(raw, self.spec.bones), seconds=[1 / rate] * len(x))
