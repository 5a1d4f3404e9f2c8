"""A figure of our own that moves: the samples of this example are drawn by it, and recorded of nobody.

`python -m models.frames.animate` writes samples.json.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from models.bodies import mirror
from models.frames.example import Frames
from models.inputs import Pose
from models.inputs.pose import PoseKind

FOLDER = Path(__file__).parent
EXAMPLE = Frames(FOLDER)
BODY, RATE = EXAMPLE.body, EXAMPLE.spec.rate
Places = dict[str, tuple[float, float]]
Keys = Sequence[tuple[float, Places]]  # at which second which joints are how far from where they rest

REST: Places = {  # in shares of the picture
    "head": (0.5, 0.18),
    "neck": (0.5, 0.26),
    "torso": (0.5, 0.33),
    **{
        f"{side} {joint}": (0.5 + sign * x, y)
        for side, sign in (("right", -1), ("left", 1))
        for joint, x, y in (
            ("shoulder", 0.052, 0.265),
            ("elbow", 0.075, 0.345),
            ("hand", 0.095, 0.43),
            ("hip", 0.033, 0.39),
            ("knee", 0.042, 0.52),
            ("foot", 0.046, 0.645),
        )
    },
}
UPPER = [joint for joint in REST if not joint.endswith(("knee", "foot", "hip"))]
SWAY = 0.0015  # how much a figure at rest moves


def both(joints: Places) -> Places:
    """Let the left side do what the right one does."""
    return {**joints, **{name.replace("right", "left"): (-x, y) for name, (x, y) in joints.items()}}


def lowered(by: float, hips: float, knees: float = 0.0) -> Places:
    """Let the upper body sink, and the hips and knees by other amounts."""
    down = dict.fromkeys(UPPER, (0.0, by))
    sides = ("right", "left")
    return down | {f"{s} hip": (0.0, hips) for s in sides} | {f"{s} knee": (0.0, knees) for s in sides}


UP = {"right elbow": (0.0, -0.17), "right hand": (0.02, -0.36)}
OUT = {"right elbow": (-0.05, -0.16), "right hand": (-0.1, -0.34)}
SIDE = {"right elbow": (-0.04, -0.05), "right hand": (-0.1, -0.13)}
APART = both({"right elbow": (-0.02, -0.01), "right hand": (-0.06, -0.05)})
CLAPPED = both({"right elbow": (0.02, -0.02), "right hand": (0.088, -0.105)})
SEATED = lowered(0.12, 0.1, -0.02) | both({"right foot": (0.0, -0.025)})
RISING = SEATED | {"head": (0.0, 0.18), "neck": (0.0, 0.16), "torso": (0.0, 0.14)}
BENDING = lowered(0.1, 0.02) | {"head": (0.0, 0.2), "neck": (0.0, 0.16)}
BENT = lowered(0.13, 0.05, 0.02) | {"head": (0.01, 0.22), "neck": (0.0, 0.17), "torso": (0.0, 0.08)}
KICKED = {"right knee": (-0.05, -0.09), "right foot": (-0.16, -0.16)}
LEANING = dict.fromkeys(UPPER, (0.05, 0.0)) | {f"{side} hip": (0.035, 0.0) for side in ("right", "left")}
PHONING = {"right elbow": (-0.015, -0.06), "right hand": (0.045, -0.21)}

KEYS: Mapping[str, Keys] = {
    "wave high": [
        (0.5, {}), (1.0, SIDE), (1.4, OUT), (1.8, UP), (2.2, OUT), (2.6, UP), (3.0, OUT), (3.4, SIDE), (3.9, {}),
    ],
    "wave both hands": [
        (0.5, {}), (1.0, both(SIDE)), (1.4, both(OUT)), (1.8, both(UP)), (2.2, both(OUT)), (2.6, both(UP)),
        (3.0, both(OUT)), (3.5, both(SIDE)), (4.0, {}),
    ],
    "clap": [(0.4, {}), (0.8, APART), *((1.1 + 0.3 * i, (CLAPPED, APART)[i % 2]) for i in range(7)), (3.4, {})],
    "bend": [(0.5, {}), (1.2, BENDING), (1.7, BENT), (2.3, BENT), (2.9, BENDING), (3.6, {})],
    "kick sideways": [(0.4, {}), (0.9, LEANING), (1.3, LEANING | KICKED), (1.7, LEANING), (2.3, {}), (2.7, {})],
    "phone": [(0.5, {}), (1.0, SIDE), (1.6, PHONING), (4.2, PHONING), (4.8, SIDE), (5.4, {})],
    "sit down": [(0.6, {}), (1.4, BENDING), (2.2, SEATED), (4.0, SEATED)],
    "stand up": [(0.6, SEATED), (1.1, RISING), (1.8, {}), (3.2, {})],
    "stand": [(3.0, {})],
}  # fmt: skip
SAMPLES = (  # what it does, and what to say of it; behind "mirror" it does things with its other side
    (("wave high", "bend", "clap"), "a wave, a bend, a clap: the cuts are at 3.9 and 7.5 s"),
    (("sit down", "stand up", "kick sideways"), "sits down, stands up again, kicks to the side"),
    (("wave both hands", "phone"), "waves both hands, and takes a phone to its ear"),
    (("clap", "mirror", "wave high"), "claps, and waves with the left hand"),
    (("stand",), "only stands there: it has no way to say that nothing is done"),
)


def figure(moved: Places) -> np.ndarray:
    """Place the joints (joints, 2), some of them away from where they rest."""
    return np.array([REST[name] for name in BODY.joints]) + [moved.get(name, (0, 0)) for name in BODY.joints]


def movement(keys: Keys, rate: float) -> np.ndarray:
    """Move from key to key, slowly at both ends of the way; gives (T, joints, 2)."""
    times = np.arange(0, keys[-1][0], 1 / rate)
    at = np.array([0, *(second for second, _ in keys)])
    places = np.stack([figure(keys[0][1] if keys[0][1] is SEATED else {}), *(figure(moved) for _, moved in keys)])
    after = np.clip(np.searchsorted(at, times, "right"), 1, len(at) - 1)
    share = (times - at[after - 1]) / (at[after] - at[after - 1])
    eased = (0.5 - 0.5 * np.cos(np.pi * share))[:, None, None]
    return places[after - 1] * (1 - eased) + places[after] * eased


def drawn(actions: Sequence[str], rate: float) -> Pose:
    """Let the figure do one thing after the other; what follows "mirror" it does with its other side."""
    parts, mirrored = [], False
    for action in actions:
        if action == "mirror":
            mirrored = True
            continue
        part = movement(KEYS[action], rate)
        parts.append(mirror(part, BODY) + np.array((1, 0)) if mirrored else part)
    places = np.concatenate(parts)
    seconds = np.arange(len(places))[:, None, None] / rate
    phases = np.arange(len(BODY.joints))[:, None] + np.array((0, 2))
    return Pose.of(places + SWAY * np.sin(2.1 * seconds + 1.7 * phases) + SWAY / 2 * np.sin(6.3 * seconds + phases**2))


def main() -> None:
    """Write samples.json."""
    samples = [{"input": PoseKind().to_text(drawn(actions, RATE)), "note": note} for actions, note in SAMPLES]
    (FOLDER / "samples.json").write_text(json.dumps(samples, indent=2) + "\n")


if __name__ == "__main__":
    main()
