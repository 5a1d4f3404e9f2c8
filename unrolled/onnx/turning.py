"""Sequences read from their end: torch has no module for one backward direction alone, so they are turned round."""

from typing import Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence


def turned(x: Tensor, lengths: Tensor | None, batch_first: bool) -> Tensor:
    """Turn each sequence of x (T, B, n), or (B, T, n) if batch_first, round within its length; the rest stays."""
    if batch_first:
        return turned(x.transpose(0, 1), lengths, False).transpose(0, 1)
    if lengths is None:
        return x.flip(0)
    steps = torch.arange(len(x)).unsqueeze(1)  # (T, 1)
    from_end = lengths.unsqueeze(0) - 1 - steps  # (T, B)
    order = torch.where(from_end >= 0, from_end, steps)
    return x.gather(0, order.unsqueeze(-1).expand(-1, -1, x.shape[-1]))


def packed(x: Tensor, lengths: Tensor | None, batch_first: bool) -> Any:
    """Pack x where sequences have lengths of their own."""
    return x if lengths is None else pack_padded_sequence(x, lengths, batch_first, enforce_sorted=False)


def padded(x: Any, T: int, batch_first: bool) -> Tensor:
    """Give what was packed its full length T again, zeros after its end; a tensor stays as it is."""
    return pad_packed_sequence(x, batch_first, total_length=T)[0] if isinstance(x, PackedSequence) else x


def turned_back(x: Any, lengths: Tensor | None, T: int, batch_first: bool) -> Any:
    """Turn what was recorded of turned sequences round again, packed if it was."""
    return packed(turned(padded(x, T, batch_first), lengths, batch_first), lengths, batch_first)
