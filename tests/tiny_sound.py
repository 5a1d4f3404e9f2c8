"""A tiny example that hears: two random networks read how loud each tenth of a second is."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from models.example import Encoded, Example
from models.inputs import Sound
from models.inputs.sources import recording
from models.variants import Variant
from tests.some_inputs import sound_file, tone
from tests.tiny_gallery import CELLS, write_example
from unrolled import Embed, Label, NetworkConfig, Trace
from unrolled.source import TimeRange

STEP = 0.1  # seconds
LISTENER = {
    "title": "Tiny listener",
    "task": "a verdict on sounds",
    "story": "Record something and see what two random networks make of it.",
    "topology_page": "many-to-one",
    "reads": "numbers",
    "writes": "classes",
    "axes": [CELLS],
    "default_variant": "gru",
    "input": {"kind": "sound", "label": "A sound", "rate": 16000, "max_seconds": 2, "max_steps": 20},
    "measured_on": "any text",
}


class Listener(Example):
    """Hear how loud it is."""

    def encode(self, raw: Sound, variant: Variant) -> Encoded:
        size = round(STEP * (raw.rate or 1))
        count = max(1, len(raw.wave) // size)
        loud = np.resize(raw.wave, (count, size)).std(1).astype(np.float32)
        labels = tuple(
            Label(text=f"{STEP * t:.1f} s", slice=TimeRange(first=STEP * t, last=STEP * (t + 1))) for t in range(count)
        )
        source = recording(raw, np.abs(np.resize(raw.wave, (count, size))).T[:40])
        return Encoded(torch.from_numpy(loud[:, None]), labels, source=source, seconds=[STEP] * count)

    def y_labels(self, variant: Variant) -> Sequence[str]:
        return ("quiet", "loud")

    def decode(self, trace: Trace, variant: Variant) -> str:
        return trace.outputs[0].label

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        return {"characters": len(text)}


def listening_gallery(folder: Path) -> dict[str, Example]:
    """Write and load it; its samples are files."""
    config = NetworkConfig(kind="many_to_one", cell="gru", hidden=4, n_y=2, read=Embed(kind="vector", size=1))
    samples = [{"file": "tone.wav", "note": "a tone"}, {"file": "short.flac", "note": "a short one"}]
    write_example(folder / "listener", LISTENER, config, samples)
    (folder / "listener" / "tone.wav").write_bytes(sound_file("wav", "pcm_s16le", tone(1, 48_000)))
    (folder / "listener" / "short.flac").write_bytes(sound_file("flac", "flac", tone(0.5, 48_000)))
    return {"listener": Listener(folder / "listener")}
