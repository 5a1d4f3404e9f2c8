"""A tiny example that watches: two random networks read a movement, a frame at a time, and each frame has a time."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import orjson
import torch

from models.example import Encoded, Example
from models.inputs import Pose
from models.inputs.sources import figures
from models.variants import Variant
from tests.tiny_gallery import CELLS, write_example
from unrolled import Embed, Label, NetworkConfig, Trace
from unrolled.source import Figure

RATE = 10
JOINTS = ("hip", "neck", "head", "left hand", "right hand", "left foot", "right foot")
BONES = ((0, 1), (1, 2), (1, 3), (1, 4), (0, 5), (0, 6))
STANDING = np.array([[0.5, 0.6], [0.5, 0.3], [0.5, 0.18], [0.35, 0.5], [0.65, 0.5], [0.42, 0.92], [0.58, 0.92]])
WATCHER = {
    "title": "Tiny watcher",
    "task": "a verdict on movements",
    "story": "Trim a movement and see what two random networks make of it.",
    "topology_page": "many-to-one",
    "reads": "numbers",
    "writes": "classes",
    "axes": [CELLS],
    "default_variant": "gru",
    "input": {
        "kind": "pose",
        "label": "A movement",
        "joints": JOINTS,
        "bones": BONES,
        "rate": RATE,
        "max_frames": 30,
        "max_steps": 30,
    },
    "measured_on": "any text",
}


def waving(frames: int = 24) -> np.ndarray:
    """Wave the right hand: (T, joints, 2)."""
    places = np.repeat(STANDING[None], frames, 0)
    angle = 2 * np.pi * np.arange(frames) / 12
    places[:, 4] = np.stack((0.7 + 0.1 * np.sin(angle), 0.3 - 0.15 * np.arange(frames) / frames), -1)
    return places


class Watcher(Example):
    """Watch how the joints move."""

    def encode(self, raw: Pose, variant: Variant) -> Encoded:
        places = torch.from_numpy(raw.places.copy()).flatten(1)
        labels = tuple(Label(text=f"frame {t + 1}", slice=Figure(frame=t)) for t in range(len(places)))
        return Encoded(places, labels, source=figures(raw, BONES), seconds=[1 / RATE] * len(places))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        return ("rests", "waves")

    def decode(self, trace: Trace, variant: Variant) -> str:
        return trace.outputs[0].label

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        return {"characters": len(text)}


def watching_gallery(folder: Path) -> dict[str, Example]:
    """Write and load it."""
    read = Embed(kind="vector", size=2 * len(JOINTS))
    config = NetworkConfig(kind="many_to_one", cell="gru", hidden=4, n_y=2, read=read)
    samples = [{"file": "wave.json", "note": "waves"}, {"file": "rest.json", "note": "rests"}]
    write_example(folder / "watcher", WATCHER, config, samples)
    for name, places in (("wave", waving()), ("rest", np.repeat(STANDING[None], 6, 0))):
        (folder / "watcher" / f"{name}.json").write_bytes(orjson.dumps(places.tolist()))
    return {"watcher": Watcher(folder / "watcher")}
