"""KARD's recordings: one action each, by one of ten people, as fifteen joints that a depth camera tracked.

A file's name says which: `a14_s07_e02_screen.txt` is action 14 by subject 7 for the second time. A line is one joint,
`u v depth`, in pixels of a picture of 640 x 480, fifteen lines a frame, 30 frames a second. The depth is not read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from models.files import ArchiveFormat
from unrolled import InvalidInput

ACTIONS = {  # KARD's number -> what is done: the twelve of its eighteen that can be told apart by their frames
    2: "wave high",
    3: "wave both hands",
    8: "toss paper",
    9: "kick forward",
    10: "kick sideways",
    11: "take umbrella",
    12: "bend",
    13: "clap",
    14: "walk",
    15: "phone",
    17: "sit down",
    18: "stand up",
}
NUMBERS = list(ACTIONS)
JOINTS, WIDE, RATE = 15, 640, 30
HELD_OUT = (7, 8)  # subjects, for development; 9 and 10 are kept aside
RECORDINGS = ArchiveFormat((".txt",))
NAME = re.compile(r"a(\d\d)_s(\d\d)_e(\d\d)\w*\.txt", re.IGNORECASE)


@dataclass(frozen=True)
class Clip:
    """Hold one recording: places (T, 15, 2) in widths of the picture, y downwards, its class, and who it is."""

    places: np.ndarray
    action: int
    subject: int


def parse(files: Mapping[str, bytes]) -> list[Clip]:
    """Read recordings; those of other actions are left out. Raises InvalidInput, naming the file, and if none is left.

    The coordinates of the world that KARD also has (`_realworld.txt`) are not read.
    """
    found = []
    for path, contents in files.items():
        name = NAME.fullmatch(path.rpartition("/")[2])
        if name and int(name[1]) in ACTIONS and "realworld" not in path:
            found.append(Clip(places_of(contents, path), NUMBERS.index(int(name[1])), int(name[2])))
    if not found:
        numbers = ", ".join(map(str, NUMBERS))
        raise InvalidInput(f"no file in it is called aAA_sSS_eEE_screen.txt, with AA one of {numbers}", "path")
    return found


def places_of(contents: bytes, path: str) -> np.ndarray:
    """Read the joints of one recording, (T, 15, 2). Raises InvalidInput."""
    try:
        rows = [[float(number) for number in line.split()] for line in contents.decode("ascii").splitlines()]
        places = np.array([row for row in rows if row], np.float64)[:, :2]
    except (ValueError, IndexError):  # UnicodeDecodeError is a ValueError
        raise InvalidInput(f"{path}: a line is u, v and depth of a joint, three numbers", "path") from None
    if len(places) % JOINTS or places.shape[1] != 2 or not (np.abs(places) < 100 * WIDE).all():
        raise InvalidInput(f"{path}: {len(places)} lines are no whole frames of {JOINTS} joints in pixels", "path")
    return places.reshape(-1, JOINTS, 2) / WIDE
