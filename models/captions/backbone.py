"""What looks at a photo: the convolutions of EfficientNet-lite0 (Liu et al., 2020), trained on ImageNet by others.

It is frozen, and no part of the networks here: a photo becomes 7 x 7 places of 1280 numbers, which they read. Each
batch normalisation is folded into the convolution before it (`convert.py`), so that only convolutions are left.
"""

from functools import cache
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from safetensors.torch import load_file
from torch import Tensor, nn

FILE = Path(__file__).parent / "backbone.safetensors"
SIDE = 224  # pixels that it reads
GRID = 7  # places along a side
FEATURES = 1280  # numbers of a place
# kernel, stride, how much wider inside, channels in and out, how many in a row (Tan and Le, 2019, table 1)
STAGES = (
    (3, 1, 1, 32, 16, 1),
    (3, 2, 6, 16, 24, 2),
    (5, 2, 6, 24, 40, 2),
    (3, 2, 6, 40, 80, 3),
    (5, 1, 6, 80, 112, 3),
    (5, 2, 6, 112, 192, 4),
    (3, 1, 6, 192, 320, 1),
)


class Convolution(nn.Conv2d):
    """Convolve so that a stride of 2 halves an even side; what one side needs more is put right and below.

    That is the padding of the weights' first home, TensorFlow; torch's own puts it left and above.
    """

    def __init__(self, read: int, written: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        super().__init__(read, written, kernel, stride, groups=groups)
        before = (kernel - stride) // 2
        self.around = (before, kernel - stride - before) * 2

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 -- torch calls it so
        """Convolve (B, read, H, W) to (B, written, H / stride, W / stride)."""
        return super().forward(F.pad(input, self.around))


class Block(nn.Module):
    """Widen the channels, look around in each of them apart, narrow them (Sandler et al., 2018)."""

    def __init__(self, kernel: int, stride: int, wider: int, read: int, written: int) -> None:
        super().__init__()
        inside = read * wider
        self.widen = Convolution(read, inside, 1) if wider > 1 else None
        self.look = Convolution(inside, inside, kernel, stride, groups=inside)
        self.narrow = Convolution(inside, written, 1)
        self.adds = stride == 1 and read == written

    def forward(self, x: Tensor) -> Tensor:
        """Compute (B, written, H / stride, W / stride) of (B, read, H, W)."""
        inside = F.relu6(self.widen(x)) if self.widen is not None else x
        out = self.narrow(F.relu6(self.look(inside)))
        return x + out if self.adds else out


class Backbone(nn.Module):
    """Turn pictures into places: what stands before the classifier in EfficientNet-lite0."""

    def __init__(self) -> None:
        super().__init__()
        self.first = Convolution(3, 32, 3, 2)
        self.blocks = nn.Sequential()
        for kernel, stride, wider, read, written, count in STAGES:
            self.blocks.append(Block(kernel, stride, wider, read, written))
            self.blocks.extend(Block(kernel, 1, wider, written, written) for _ in range(count - 1))
        self.last = Convolution(320, FEATURES, 1)

    def forward(self, pictures: Tensor) -> Tensor:
        """Compute the places (B, 49, 1280), row by row, of pictures (B, 3, 224, 224) from -1 to 1."""
        out = F.relu6(self.last(self.blocks(F.relu6(self.first(pictures)))))  # (B, 1280, 7, 7)
        return out.flatten(2).transpose(1, 2)


@cache
@torch.inference_mode(False)  # weights loaded in inference mode could never be part of a gradient
def backbone() -> Backbone:
    """Load the frozen weights, once."""
    network = Backbone()
    network.load_state_dict({name: weight.float() for name, weight in load_file(FILE).items()})
    network.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue] -- torch's stubs lack it
    return network.eval().requires_grad_(False)


def whole(image: Image.Image) -> np.ndarray:
    """Squeeze a picture into the square that the backbone reads, (224, 224, 3): nothing of it is cut off."""
    return np.array(image.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BICUBIC, reducing_gap=3.0))


def scaled(pixels: np.ndarray) -> Tensor:
    """Bring pixels (..., 224, 224, 3) from 0 to 255 to the range that the weights were trained on, channels first."""
    return (torch.from_numpy(pixels).float() - 127).div(128).movedim(-1, -3)


@torch.inference_mode()
def places(pixels: np.ndarray) -> Tensor:
    """Look at pictures (B, 224, 224, 3) of bytes; gives their places (B, 49, 1280)."""
    return backbone()(scaled(pixels).contiguous(memory_format=torch.channels_last))
