"""A list of words in a safetensors file, beside the numbers that belong to them."""

from collections.abc import Sequence

import torch
from torch import Tensor


def packed(words: Sequence[str]) -> Tensor:
    """Write words as the bytes of UTF-8, one word a line."""
    return torch.frombuffer(bytearray("\n".join(words).encode()), dtype=torch.uint8)


def unpacked(text: Tensor) -> list[str]:
    """Read the words that `packed` wrote. Raises ValueError if the bytes are no UTF-8."""
    return bytes(text.numpy()).decode().split("\n")
