"""The eye: a small convolutional network that says, for each of 12 x 12 places, which thing has its middle there.

Its weights are frozen once it has learned that; what it sees is what the writer reads, one vector for each place. The
net is the same everywhere, so that it can't know where on the paper a place is: that is said beside what it sees.
"""

from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from models.scenes.world import NAMES
from unrolled import WeightsError

GRID = 12  # places, each way
CLASSES = 1 + len(NAMES)  # nothing, and the things
SEEN = CLASSES + 4  # with it: the size, where in the place the middle is (x, y), and whether something covers it
WIDTHS = (24, 48, 96, 128, 192, 192, 192)
STRIDES = (2, 2, 2, 2, 1, 1, 1)
NOTHING = 0.05  # how much a place without a thing counts in its loss: there are twenty for each with one


class Eye(nn.Module):
    """See pictures, (B, 3, 192, 192), as (B, GRID * GRID, SEEN) numbers: logits first, then what lies there."""

    def __init__(self) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for inner, outer, stride in zip((3, *WIDTHS), WIDTHS, STRIDES, strict=False):
            layers += [nn.Conv2d(inner, outer, 3, stride, 1, bias=False), nn.BatchNorm2d(outer), nn.ReLU(inplace=True)]
        self.layers = nn.Sequential(*layers)
        self.head = nn.Conv2d(WIDTHS[-1], SEEN, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """See some pictures."""
        return self.head(self.layers(1 - pictures)).flatten(2).transpose(1, 2)

    def save(self, path: Path) -> None:
        """Write the weights as safetensors, half precision."""
        save_file({name: w.half().contiguous() for name, w in self.state_dict().items()}, path)

    @classmethod
    def load(cls, path: Path) -> "Eye":
        """Read what `save` wrote, ready to look. Raises WeightsError."""
        eye = cls()
        try:
            eye.load_state_dict({name: w.float() for name, w in load_file(path).items()})
        except (OSError, SafetensorError, RuntimeError) as error:
            raise WeightsError(f"{path}: not the eye's weights ({error})") from error
        return eye.eval().requires_grad_(False)


def corners() -> Tensor:
    """Say where the middle of each place is, as shares of the paper, (GRID * GRID, 2): x, y."""
    steps = (torch.arange(GRID) + 0.5) / GRID
    y, x = torch.meshgrid(steps, steps, indexing="ij")
    return torch.stack((x.flatten(), y.flatten()), -1)
