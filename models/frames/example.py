"""Which of twelve actions somebody does in each frame of a video, where one follows the other."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import numpy as np
import torch

from models.bodies import MovingBody, padded
from models.frames.kard import ACTIONS, RECORDINGS, parse
from models.frames.splices import Splice, measured
from models.variants import Variant
from unrolled import Trace

BATCH = 16  # splices of a file that are read at once


class Frames(MovingBody):
    """Write an action under every frame."""

    file_format = RECORDINGS

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the actions."""
        return tuple(ACTIONS.values())

    def decode(self, trace: Trace, variant: Variant) -> str:
        """List the actions in their order, with the seconds in which each one is done."""
        said, at = [], 0
        for action, frames in groupby(output.label for output in trace.outputs):
            count = len(list(frames))
            said.append(f"{action} ({at / self.spec.rate:.1f}-{(at + count) / self.spec.rate:.1f} s)")
            at += count
        return ", ".join(said)

    def evaluate(self, files: Mapping[str, bytes], variant: Variant) -> dict[str, float]:
        """Measure the share of frames that is called right, in recordings of one person joined four at a time.

        `least` is that of the action which is found least often, `near_cuts` that of the frames within half a second
        of a cut, `elsewhere` of the others, `beginning` of each recording's first half second. Raises InvalidInput.
        """
        splices = list(measured(parse(files), self.body))
        said = np.concatenate(self.said(splices, variant))
        actions, near, beginning = (
            np.concatenate(rows) for rows in zip(*((s.actions, s.near, s.beginning) for s in splices), strict=True)
        )
        right = said == actions
        shares = {
            "accuracy": right.mean(),
            "least": min(right[actions == action].mean() for action in set(actions.tolist())),
        }
        parts = {"near_cuts": near, "elsewhere": ~near, "beginning": beginning}
        shares |= {name: right[frames].mean() for name, frames in parts.items() if frames.any()}
        return {name: round(float(share), 4) for name, share in shares.items()} | {"frames": len(right)}

    def said(self, splices: Sequence[Splice], variant: Variant) -> list[np.ndarray]:
        """Name the likeliest action of every frame of some splices, each (T,)."""
        found: list[np.ndarray] = []
        for group in (splices[i : i + BATCH] for i in range(0, len(splices), BATCH)):
            places, lengths = padded([splice.places for splice in group])
            with torch.inference_mode():
                logits = self.networks[variant.id](
                    torch.from_numpy(self.body.features(places)), torch.from_numpy(lengths)
                )
            found += [row[:length] for row, length in zip(logits.argmax(-1).numpy(), lengths, strict=True)]
        return found


EXAMPLE = Frames
