"""A tiny example that looks at scenes: two random networks write how many things there are."""

from collections.abc import Sequence
from pathlib import Path

import torch

from models.example import Encoded, Example
from models.inputs import Scene
from models.variants import Variant
from tests.tiny_gallery import CELLS, write_example
from unrolled import Embed, Label, NetworkConfig, Trace

NAMES = ("cat", "house", "sun")
LOOKER = {
    "title": "Tiny looker",
    "task": "a verdict on scenes",
    "story": "Put things into a scene and see what two random networks make of it.",
    "topology_page": "many-to-one",
    "reads": "numbers",
    "writes": "classes",
    "axes": [CELLS],
    "default_variant": "gru",
    "input": {
        "kind": "scene",
        "label": "A scene",
        "names": NAMES,
        "max_items": 3,
        "width": 100,
        "height": 100,
        "smallest": 0.5,
        "largest": 2,
        "side": 30,
        "max_steps": 3,
    },
    "measured_on": "any text",
}


class Looker(Example):
    """Look at one thing after another."""

    def encode(self, raw: Scene, variant: Variant) -> Encoded:
        rows = [[NAMES.index(item.name), item.x / 100, item.y / 100, item.size, item.turn / 180] for item in raw.items]
        labels = tuple(Label(text=f"{item.name} {item.x:g} {item.y:g}") for item in raw.items)
        return Encoded(torch.tensor(rows, dtype=torch.float32), labels)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        return ("few", "many")

    def decode(self, trace: Trace, variant: Variant) -> str:
        return trace.outputs[0].label

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        return {"characters": len(text)}


def looking_gallery(folder: Path) -> dict[str, Example]:
    """Write and load it."""
    config = NetworkConfig(kind="many_to_one", cell="gru", hidden=4, n_y=2, read=Embed(kind="vector", size=5))
    samples = [
        {"input": "house,55,60,1.4,0;cat,30,70,0.8,0", "note": "a cat in front of a house"},
        {"input": "sun,80,20,1,0", "note": "the sun"},
    ]
    write_example(folder / "looker", LOOKER, config, samples)
    return {"looker": Looker(folder / "looker")}
