"""Greedy decoding of whole batches, with nothing recorded: for evaluations over thousands of inputs."""

from typing import NamedTuple

import torch
from torch import Tensor

from unrolled.errors import ConfigError
from unrolled.network import Network, as_hx, real_steps, state_of


class Written(NamedTuple):
    """Hold what a network wrote for a batch: classes (B, T_y), and any attention (B, T_y, T_x)."""

    classes: Tensor
    attention: Tensor | None


@torch.inference_mode()
def decode_batch(network: Network, x: Tensor, lengths: Tensor | None, limit: int) -> Written:
    """Let an encoder-decoder write for each input of a batch, always taking the likeliest class.

    x (B, T_x, ...), lengths (B,) if x is padded; writes at most `limit` classes. A row is finished at its first
    `end`; what follows there is `end` too. Raises ConfigError for a network that does not write classes.
    """
    if network.decoder is None or network.encoder is None or network.feed_back is None:
        raise ConfigError(f"{network.config.kind} has no encoder and decoder to run")
    if network.config.output != "softmax":
        raise ConfigError("only classes (softmax) can be decoded in batches")
    memory, state = network.encode(x, lengths)
    state = network.hand_over(state)
    mask = real_steps(memory, lengths)
    end = network.config.end
    done = torch.zeros(len(x), dtype=torch.bool)
    fed = memory.new_zeros(len(x), 1, network.decoder.input_size)  # the first column reads nothing
    written: list[Tensor] = []
    attention: list[Tensor] = []
    for _ in range(limit):
        out, after = network.decoder(fed.transpose(0, 1), as_hx(state))
        state = state_of(after)
        out = out.transpose(0, 1)  # (B, 1, hidden)
        if network.attention is not None:
            out, weights = network.attention(out, memory, mask)
            attention.append(weights)
        choice = network.head(out)[:, 0].argmax(-1)  # (B,)
        if end is not None:
            choice = choice.masked_fill(done, end)
            done |= choice == end
        written.append(choice)
        if done.all():
            break
        fed = network.feed_back(choice[:, None])
    return Written(torch.stack(written, 1), torch.cat(attention, 1) if attention else None)
