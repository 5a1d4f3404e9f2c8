"""What somebody is doing, of fourteen actions, read frame by frame from fifteen joints."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
import torch
from torch import Tensor

from models.activity.clips import ACTIONS, ARRAYS, CLASSES, Clip, parse
from models.bodies import MovingBody, padded
from models.example import likeliest
from models.variants import Variant
from unrolled import Trace

BATCH = 64  # clips of a file that are read at once


class Activity(MovingBody):
    """Watch a body, and say at the end what it did."""

    file_format = ARRAYS

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the actions."""
        return tuple(ACTIONS.values())

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the action and how sure the network is; where it is not, also the next one."""
        assert trace.y_hat is not None
        return likeliest(self.y_labels(variant), trace.y_hat[0])

    def evaluate(self, files: Mapping[str, bytes], variant: Variant) -> dict[str, float]:
        """Measure the share of clips that is called right, and whose action is among the best three.

        `halfway` and `first_frame` are the shares that are right after so much of each clip, `least` is that of the
        action which is found least often. Raises InvalidInput.
        """
        clips = parse(files)
        classes = np.array([clip.action for clip in clips])
        whole, half, first = (
            self.logits([Clip(c.places[: math.ceil(share * len(c.places))], c.action) for c in clips], variant)
            for share in (1, 0.5, 0.001)
        )
        right = whole.argmax(-1).numpy() == classes
        scores = {
            "accuracy": right.mean(),
            "top3": (whole.topk(3).indices.numpy() == classes[:, None]).any(1).mean(),
            "halfway": (half.argmax(-1).numpy() == classes).mean(),
            "first_frame": (first.argmax(-1).numpy() == classes).mean(),
            "least": min(right[classes == action].mean() for action in set(classes)),
        }
        return {name: round(float(score), 4) for name, score in scores.items()} | {"clips": len(clips)}

    def logits(self, clips: Sequence[Clip], variant: Variant) -> Tensor:
        """Read clips, many at once; gives (clips, actions)."""
        network, found = self.networks[variant.id], []
        for group in (clips[i : i + BATCH] for i in range(0, len(clips), BATCH)):
            places, lengths = padded([clip.places for clip in group])
            x = torch.from_numpy(self.body.features(places.astype(np.float64)))
            with torch.inference_mode():
                found.append(network(x, torch.from_numpy(lengths))[:, 0])
        return torch.cat(found) if found else torch.zeros(0, len(CLASSES))


EXAMPLE = Activity
