"""Which character somebody writes, read point by point from the path of the pen."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import torch
from torch import Tensor

from models.example import UNSURE, Encoded, Example, likeliest, percent
from models.handwriting.pen import SIDE, Steps, batch_steps, fine, steps
from models.handwriting.unipen import CHARACTERS, GROUPS, TWINS, StrokesFormat, parse
from models.handwriting.unipen import SIDE as BOX
from models.inputs import Strokes
from models.inputs.sources import sketch
from models.variants import Variant
from unrolled import Label, Network, Trace
from unrolled.source import Stretch

FEW = 0.05  # of the likeliest: the probability from which a twin is named
BATCH = 256  # characters of a file that are read at once
SIZE = 0.6  # of the square: how large the characters of a file are written
EIGHTHS = ("right", "down right", "down", "down left", "left", "up left", "up", "up right")


def narrowed(network: Network, classes: Sequence[int]) -> Network:
    """Make of a network one that knows some of its classes only, with the same weights.

    Its probabilities are those of the whole network, given that it is one of these.
    """
    few = Network(network.config.model_copy(update={"n_y": len(classes)}))
    weights = network.state_dict()
    few.load_state_dict({name: w[list(classes)] if name.startswith("head.") else w for name, w in weights.items()})
    return few.eval().requires_grad_(False)


def words_of(read: Steps) -> list[str]:
    """Say in words what the pen does in each step."""
    down, lifted = read.x[:, -2] > 0, read.x[:, -1] > 0
    eighth = np.rint(np.arctan2(read.x[:, 3], read.x[:, 2]) / (np.pi / 4)).astype(int) % 8
    return [
        "a dot" if d and up else "pen down" if d else f"{EIGHTHS[e]}, pen up" if up else EIGHTHS[e]
        for d, up, e in zip(down, lifted, eighth, strict=True)
    ]


class Handwriting(Example):
    """Follow the pen, and say at its end which character it wrote."""

    file_format = StrokesFormat()

    @cached_property
    def networks(self) -> Mapping[str, Network]:
        """Load a network for each cell; told what it chooses among, it keeps those rows of its head."""
        whole = {cell: Network.load(self.folder / f"{cell}.safetensors") for cell in self.weights}
        rows = {name: [CHARACTERS.index(character) for character in group] for name, group in GROUPS.items()}
        return {id_: narrowed(whole[v["cell"]], rows[v["among"]]) for id_, v in self.variants.items()}

    @property
    def weights(self) -> tuple[str, ...]:
        """Name the files of weights: one for each cell."""
        return tuple(dict.fromkeys(variant["cell"] for variant in self.variants.values()))

    def encode(self, raw: Strokes, variant: Variant) -> Encoded:
        """Cut the path into steps; x is (T, WIDTH)."""
        path = fine(raw.xyl.astype(np.float32))
        read = steps(path)
        self.limit_steps(len(read.x), "steps of the pen", "write one character")
        labels = tuple(
            Label(text=text, slice=Stretch(first=first, last=last))
            for text, first, last in zip(words_of(read), (0, *read.at.tolist()), read.at.tolist(), strict=False)
        )
        return Encoded(torch.from_numpy(read.x), labels, source=sketch(Strokes.of(path)))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the characters that it chooses among."""
        return tuple(GROUPS[variant["among"]])

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the character and how sure the network is; with it, those that only their size tells apart."""
        assert trace.y_hat is not None
        group, p = GROUPS[variant["among"]], trace.y_hat[0]
        first = int(p.argmax())
        same = next((twins for twins in TWINS if group[first] in twins), group[first])
        named = [c for c in same if c in group and p[group.index(c)] >= FEW * p[first]]
        total = sum(float(p[group.index(c)]) for c in named)
        if len(named) > 1 and total >= UNSURE:
            named.sort(key=lambda c: -p[group.index(c)])
            either = f"{', '.join(named[:-1])} or {named[-1]}"
            return f"{either} ({percent(total)}): nothing but its size would tell them apart"
        return likeliest(group, p)

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure the share that is right, and among the best three, within the variant's group. Raises BadLine."""
        group = GROUPS[variant["among"]]
        characters = [written for written in parse(text) if written.character in group]
        if not characters:
            return {"accuracy": 0.0, "top3": 0.0}
        logits = self.logits([written.points for written in characters], variant)
        classes = torch.tensor([group.index(written.character) for written in characters])
        right = logits.topk(3).indices == classes[:, None]
        found = {"accuracy": right[:, 0], "top3": right.any(1)}
        return {name: round(float(each.float().mean()), 4) for name, each in found.items()}

    def logits(self, characters: Sequence[np.ndarray], variant: Variant) -> Tensor:
        """Read the points of each character of a file, (n, 3), many at once; gives (characters, n_y)."""
        scale = np.array([SIZE * SIDE / BOX, SIZE * SIDE / BOX, 1], np.float32)
        paths = [fine(points * scale) for points in characters]
        order = sorted(range(len(paths)), key=lambda row: len(paths[row]))  # so that little is filled up
        network = self.networks[variant.id]
        logits = torch.zeros(len(paths), network.config.n_y)
        for rows in (order[i : i + BATCH] for i in range(0, len(order), BATCH)):
            lengths = np.array([len(paths[row]) for row in rows])
            padded = np.stack(
                [np.pad(paths[row], ((0, lengths.max() - len(paths[row])), (0, 0)), "edge") for row in rows]
            )
            x, _, count = batch_steps(padded[..., :2], padded[..., 2] > 0, lengths)
            with torch.inference_mode():
                logits[rows] = network(torch.from_numpy(x), torch.from_numpy(count))[:, 0]
        return logits


EXAMPLE = Handwriting
