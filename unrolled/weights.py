"""The weights of one layer in one direction, under the names that torch gives them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from unrolled.topology import Direction

DIRECTIONS: tuple[Direction, Direction] = ("forward", "backward")
PROJECTION = "weight_hr"  # the one weight beside the four usual ones that a module of torch can have


@dataclass(frozen=True)
class Weights:
    """Hold the weights of one layer in one direction, as torch stores them: gates stacked along the rows.

    `extra` holds what a cell has besides, by name: the peepholes of an LSTM, or torch's projection of its h.
    """

    w_ih: Tensor  # (gates * hidden, n_in)
    w_hh: Tensor  # (gates * hidden, size of h)
    b_ih: Tensor | None  # (gates * hidden,)
    b_hh: Tensor | None
    extra: Mapping[str, Tensor] = field(default_factory=dict)

    @property
    def flat(self) -> list[Tensor]:
        """List them as torch's kernels take them."""
        return [w for w in (self.w_ih, self.w_hh, self.b_ih, self.b_hh, *self.extra.values()) if w is not None]

    def to(self, dtype: torch.dtype) -> "Weights":
        """Give the same weights in another precision."""
        b_ih, b_hh = (None if b is None else b.to(dtype) for b in (self.b_ih, self.b_hh))
        extra = {name: w.to(dtype) for name, w in self.extra.items()}
        return Weights(self.w_ih.to(dtype), self.w_hh.to(dtype), b_ih, b_hh, extra)


def suffix(layer: int, direction: Direction) -> str:
    """Name the place of a weight as torch does: `_l0`, or `_l0_reverse`."""
    return f"_l{layer}" + ("_reverse" if direction == "backward" else "")


def weights_of(module: nn.Module, layer: int, direction: Direction) -> Weights:
    """Find the weights of one layer in one direction of a recurrent module."""
    end = suffix(layer, direction)
    w_ih, w_hh, b_ih, b_hh = (weight(module, name + end) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    assert w_ih is not None and w_hh is not None
    return Weights(w_ih, w_hh, b_ih, b_hh, {name: getattr(module, name + end) for name in extra_of(module)})


def weight(module: nn.Module, name: str) -> Tensor | None:
    """Find a weight by its name: a parameter, or what a hook or a parametrization has made of one."""
    found = module._parameters.get(name)  # a tenth of what getattr costs
    return getattr(module, name, None) if found is None else found


def extra_of(module: nn.Module) -> tuple[str, ...]:
    """Name the weights that a recurrent module has besides the four usual ones."""
    if isinstance(module, nn.RNNBase):
        return (PROJECTION,) if module.proj_size else ()
    return module.extra  # type: ignore[return-value]  (a Scan)


def weight_names(module: nn.Module) -> list[str]:
    """List the names of a recurrent module's weights, layer after layer."""
    return module._flat_weights_names  # type: ignore[return-value]
