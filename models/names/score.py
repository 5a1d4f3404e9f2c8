"""How well a network predicts names: nats for each character."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.names.letters import END, encode_letters
from models.training import batches_by_length, pad
from unrolled import Network

IGNORED = -100  # marks padding, which counts for no loss


def nats(network: Network, names: Sequence[str], reduction: str = "mean") -> Tensor:
    """Compute the cross entropy of names in nats, over their letters and the end symbol of each."""
    y = pad([[*encode_letters(name), END] for name in names], IGNORED)  # (B, T_y)
    logits = network(None, y=y.clamp(min=0))  # (B, T_y, n_y)
    return cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=IGNORED, reduction=reduction)


def nats_per_character(network: Network, names: Sequence[str]) -> float:
    """Measure names: nats for each character, the end of a name counted as one."""
    network.eval()
    with torch.inference_mode():
        total = sum(nats(network, batch, "sum").item() for batch in batches_by_length(names, 512, len))
    return total / sum(len(name) + 1 for name in names)
