"""Greedy decoding of whole batches, with nothing recorded: for evaluations over thousands of inputs."""

from typing import NamedTuple

import torch
from torch import Tensor

from unrolled.errors import ConfigError
from unrolled.network import Network, State, as_hx, real_steps, state_of


class Written(NamedTuple):
    """Hold what a network wrote for a batch: classes (B, T_y), and any attention (B, T_y, T_x) or (B, T_y, P)."""

    classes: Tensor
    attention: Tensor | None


@torch.inference_mode()
def decode_batch(network: Network, x: Tensor, lengths: Tensor | None, limit: int) -> Written:
    """Let a network write for each input of a batch, always taking the likeliest class.

    An encoder-decoder reads x (B, T_x, ...), lengths (B,) if x is padded; a network of the kind one_to_many its one
    input (B, 1, ...). Writes at most `limit` classes. A row is finished at its first `end`; what follows there is `end`
    too. Raises ConfigError for a network that reads nothing, or does not write classes.
    """
    if network.decoder is None or network.read is None or network.feed_back is None:
        raise ConfigError(f"{network.config.kind} has no encoder and decoder to run, or reads nothing")
    if network.config.output != "softmax":
        raise ConfigError("only classes (softmax) can be decoded in batches")
    fed, memory, state = _begun(network, x, lengths)
    mask = None if memory is None else real_steps(memory, lengths)
    end = network.config.end
    done = torch.zeros(len(x), dtype=torch.bool)
    written: list[Tensor] = []
    attention: list[Tensor] = []
    for _ in range(limit):
        out, after = network.decoder(fed.transpose(0, 1), None if state is None else as_hx(state))
        state = state_of(after)
        out = out.transpose(0, 1)  # (B, 1, hidden)
        if network.attention is not None and memory is not None:
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


def _begun(network: Network, x: Tensor, lengths: Tensor | None) -> tuple[Tensor, Tensor | None, State | None]:
    """Give what the first column reads (B, 1, size), what attention looks at, and the state that was handed over."""
    assert network.decoder is not None and network.read is not None
    if network.encoder is None:
        return network.read(x), network.places(x[:, 0]) if network.attention is not None else None, None
    memory, state = network.encode(x, lengths)
    return memory.new_zeros(len(x), 1, network.decoder.input_size), memory, network.hand_over(state)
