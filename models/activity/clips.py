"""Clips of people who do something: the file of JHMDB's poses, and which clips are held out."""

import io
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.files import ArchiveFormat
from unrolled import InvalidInput

ACTIONS = {  # JHMDB's name -> what it is
    "catch": "catch",
    "clap": "clap",
    "golf": "golf",
    "jump": "jump",
    "pick": "pick up",
    "pour": "pour",
    "pullup": "pull up",
    "push": "push",
    "run": "run",
    "sit": "sit down",
    "stand": "stand up",
    "throw": "throw",
    "walk": "walk",
    "wave": "wave",
}
CLASSES = list(ACTIONS)
JOINTS = 15
FOLDS = 6  # the first is the development part; cross-validation holds out each in turn
ARRAYS = ArchiveFormat((".npy",))  # an .npz is a zip archive of arrays


@dataclass(frozen=True)
class Clip:
    """Hold the places of one clip's joints (T, 15, 2), y downwards, and what is done in it, a class."""

    places: np.ndarray
    action: int


def array_of(files: Mapping[str, bytes], name: str) -> np.ndarray:
    """Read one array of the archive. Raises InvalidInput."""
    try:
        return np.load(io.BytesIO(files[f"{name}.npy"]), allow_pickle=False)
    except KeyError:
        raise InvalidInput(f"there is no array '{name}' in it", "path") from None
    except (ValueError, OSError, EOFError, zipfile.BadZipFile) as error:
        raise InvalidInput(f"its array '{name}' cannot be read ({error})", "path") from None


def parse(files: Mapping[str, bytes]) -> list[Clip]:
    """Make clips of the arrays poses (sum T, 15, 2), lengths and labels. Raises InvalidInput."""
    poses, lengths, labels = (array_of(files, name) for name in ("poses", "lengths", "labels"))
    if poses.ndim != 3 or poses.shape[1:] != (JOINTS, 2):
        raise InvalidInput(f"its poses have the shape {poses.shape}, not (frames, {JOINTS}, 2)", "path")
    if lengths.dtype.kind not in "iu" or lengths.shape != labels.shape or lengths.ndim != 1 or (lengths < 1).any():
        raise InvalidInput("its lengths are not whole numbers of frames, one for each label", "path")
    if lengths.sum() != len(poses):
        raise InvalidInput(f"its lengths add up to {lengths.sum()} frames, its poses are {len(poses)}", "path")
    if unknown := sorted(set(labels.astype(str)) - set(CLASSES)):
        raise InvalidInput(f"'{unknown[0]}' is none of the actions {', '.join(CLASSES)}", "path")
    if poses.dtype.kind != "f" or not np.isfinite(poses).all():
        raise InvalidInput("some of its poses are not finite numbers", "path")
    pieces = np.split(poses.astype(np.float32), lengths.cumsum()[:-1])
    return [Clip(p, CLASSES.index(name)) for p, name in zip(pieces, labels.astype(str), strict=True) if len(p)]


def folds(clips: Sequence[Clip]) -> np.ndarray:
    """Say which fold each clip falls into, (clips,): the clips of an action take turns."""
    seen: Counter[int] = Counter()
    found = []
    for clip in clips:
        found.append((seen[clip.action] + clip.action) % FOLDS)
        seen[clip.action] += 1
    return np.array(found, int)


def write(clips: Sequence[Clip]) -> bytes:
    """Write clips as an .npz that `parse` reads."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        poses=np.concatenate([clip.places for clip in clips]),
        lengths=np.array([len(clip.places) for clip in clips]),
        labels=np.array([CLASSES[clip.action] for clip in clips]),
    )
    return file.getvalue()
