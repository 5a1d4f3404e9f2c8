"""How well a network writes tunes: nats per token of tunes that it did not see."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.training import batches_by_length, pad
from unrolled import Network

NOTHING = -100  # marks padding, which counts for no loss
Written = tuple[int, list[int]]  # the number of the genre, the tokens of the tune


def nats(network: Network, tunes: Sequence[Written], reduction: str = "mean") -> Tensor:
    """Compute the cross entropy of tunes in nats, over their mode, notes, signs and end."""
    y = pad([tokens for _, tokens in tunes], NOTHING)  # (B, T_y)
    x = torch.tensor([[genre] for genre, _ in tunes])  # (B, 1)
    logits = network(x, y=y.clamp(min=0))  # (B, T_y, n_y)
    return cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=NOTHING, reduction=reduction)


def nats_per_token(network: Network, tunes: Sequence[Written]) -> float:
    """Measure tunes: nats for each token."""
    network.eval()
    with torch.inference_mode():
        total = sum(nats(network, batch, "sum").item() for batch in batches_by_length(tunes, 64, lambda t: len(t[1])))
    return total / sum(len(tokens) for _, tokens in tunes)
