"""The speech example: a phrase that was spoken becomes letters, and one of sixteen phrases, or none."""

from collections.abc import Mapping, Sequence

import numpy as np
import torch

from models.example import Encoded, Example, percent
from models.files import ArchiveFormat
from models.inputs import Sound
from models.inputs.sources import recording
from models.speech.corpus import MEDIA, decode, phrase_of
from models.speech.hearing import HOP, RATE, STACK, Heard, hear, spectrogram, steps
from models.speech.phrases import DIGITS, LETTERS, WAKE
from models.speech.verdict import Verdict, judge, of_frames, of_writer
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace
from unrolled.source import TimeRange

STEP = STACK * HOP / RATE  # seconds
UNHEARD = "I heard nothing but silence: speak up, come nearer to the microphone, or choose a sample"


class Speech(Example):
    """Hears six wake phrases and ten digits, letter by letter."""

    file_format = ArchiveFormat(tuple(MEDIA))

    def encode(self, raw: Sound, variant: Variant) -> Encoded:
        """Measure the loudest utterance; x is (T_x, 80), two frames of 40 bands a step. Raises InvalidInput."""
        heard = hear(raw.wave)
        if heard is None:
            raise InvalidInput(UNHEARD)
        x = torch.from_numpy(steps(heard.frames))
        labels = tuple(label_of(heard, step, raw.seconds) for step in range(len(x)))
        written = variant["network"] == "attention"  # a letter takes no time
        return Encoded(
            x, labels, source=recording(raw, spectrogram(raw.wave)), seconds=None if written else [STEP] * len(x)
        )

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the letters, behind the class that is none: CTC's blank, or the end of what is written."""
        return ("⟨end⟩" if variant["network"] == "attention" else "⟨blank⟩", *LETTERS.replace(" ", "␣"))

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say which of the sixteen phrases it was and how sure that is, and the letters where they differ."""
        letters = heard_letters(trace)
        verdict = self.verdict(trace, variant)
        likeliest = f"{verdict.phrase} ({percent(verdict.sure)})"
        if verdict.accepted:
            return likeliest if letters == verdict.phrase else f"{likeliest}, as heard: {letters or '(nothing)'}"
        return f"none of the sixteen, likeliest {likeliest}; as heard: {letters or '(no letters)'}"

    def verdict(self, trace: Trace, variant: Variant) -> Verdict:
        """Judge a run: by the classes of its frames, or by what the writer would write of the same x."""
        if variant["network"] == "attention":
            return of_writer(self.networks[variant.id], torch.tensor(trace.x))
        assert trace.y_hat is not None
        return of_frames(torch.tensor(trace.y_hat).clamp(min=1e-30).log())

    def evaluate(self, files: Mapping[str, bytes], variant: Variant) -> dict[str, float]:
        """Measure recordings in an archive: what is said by each, its folder or its name tells (`phrase_of`).

        `phrases` and `digits` are the shares of wake phrases and digits that are called what they are, `refused` that
        of other words which are called none of the sixteen, `silent` that of recordings in which nothing is heard.
        Raises InvalidInput if none of the files can be heard.
        """
        right: dict[str, list[bool]] = {}
        for path, data in files.items():
            said = phrase_of(path)
            heard = hear(decode(path, data))
            verdict = heard and judge(self.networks[variant.id], torch.from_numpy(steps(heard.frames)))
            answer = verdict.phrase if verdict and verdict.accepted else ""
            right.setdefault(group_of(said), []).append(answer == said)
            right.setdefault("silent", []).append(heard is None)
        scores = {group: round(float(np.mean(found)), 4) for group, found in sorted(right.items())}
        return {**scores, "recordings": len(files)}


def group_of(said: str) -> str:
    """Name the figure that a recording counts for."""
    return "phrases" if said in WAKE else "digits" if said in DIGITS else "refused"


def label_of(heard: Heard, step: int, seconds: float) -> Label:
    """Name a step by its time; where the recording had begun too late or ended too early, it is silence."""
    first = heard.start + step * STEP
    last = min(first + STEP, seconds)
    if last <= max(first, 0):
        return Label(text="silence")
    return Label(text=f"{max(first, 0):.2f} s", slice=TimeRange(first=max(first, 0), last=last))


def heard_letters(trace: Trace) -> str:
    """Write the letters that were read off the frames, or written up to the end."""
    if trace.reading is not None:
        labels = [span.label for span in trace.reading]
    else:
        labels = [output.label for output in trace.outputs if output.index]
    return "".join(labels).replace("␣", " ")


EXAMPLE = Speech
