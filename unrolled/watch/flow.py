"""Which calls, sequences and steps a number depends on directly: asked of autograd, piece by piece."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from unrolled.topology import Direction
from unrolled.watch.call import Call

Slot = int | None  # None: what the call gave at every step; else one of its last states, h or c
Mask = dict[tuple[int, Direction], np.ndarray]  # (layer, direction) -> (T,), which steps are read


@dataclass(frozen=True, eq=False)
class Touch:
    """Hold the gradients of one number with respect to what each call gave, in the shapes of the call."""

    grads: dict[tuple[int, Slot], Tensor]

    def of(self, call: Call) -> bool:
        """Say whether anything that a call gave is read."""
        return any(number == call.number for number, _ in self.grads)

    def sequences(self, call: Call) -> Tensor:
        """Measure how much each sequence of a call matters, (B,)."""
        found = torch.zeros(call.batch, dtype=torch.float64)
        for (number, slot), grad in self.grads.items():
            if number != call.number:
                continue
            if slot is None:
                rows = call.as_rows(grad).double().square().sum(-1).cpu()
                found.index_add_(0, call.places[:, 1], rows)
            else:
                found += call.as_states(grad).double().square().sum((0, 2)).cpu()
        return found.sqrt()

    def steps(self, call: Call, sequence: int) -> Mask:
        """Say which steps of which layer and direction are read, of one sequence; a last state is that of its step."""
        rows, top, ways = call.rows_of(sequence), call.layers - 1, call.directions
        T = len(rows)
        mask: Mask = {(layer, way): np.zeros(T, dtype=bool) for layer in range(call.layers) for way in ways}
        for (number, slot), grad in self.grads.items():
            if number != call.number or not T:
                continue
            if slot is None:
                halves = call.as_rows(grad)[rows.to(grad.device)].chunk(len(ways), -1)
                for way, half in zip(ways, halves, strict=True):
                    mask[top, way] |= (half != 0).any(-1).cpu().numpy()
            else:
                ends = (call.as_states(grad)[:, sequence] != 0).any(-1).tolist()
                for place, read in enumerate(ends):
                    way = ways[place % len(ways)]
                    mask[place // len(ways), way][T - 1 if way == "forward" else 0] |= read
        return mask


class Flow:
    """Ask what numbers depend on, among the outputs and states of some calls."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self.leaves: list[tuple[tuple[int, Slot], Tensor]] = []
        for call in calls:
            self.leaves += [((call.number, slot), leaf) for slot, leaf in slots_of(call) if leaf.requires_grad]

    def touch(self, tensor: Tensor, weights: Tensor | None = None) -> Touch | None:
        """Differentiate a random mixture of a tensor's entries (or that of `weights`); None where there is no graph."""
        if not tensor.requires_grad or not self.leaves:
            return None
        weights = mixture(tensor) if weights is None else weights
        found = gradients([tensor], [weights], [leaf for _, leaf in self.leaves])
        live = {
            key: g for (key, _), g in zip(self.leaves, found, strict=True) if g is not None and bool((g != 0).any())
        }
        return Touch(live)


def slots_of(call: Call) -> list[tuple[Slot, Tensor]]:
    """List what a call gave, each by its slot."""
    states: list[tuple[Slot, Tensor]] = list(enumerate(call.state))
    return states if call.one_step else [(None, call.out), *states]


def mixture(tensor: Tensor) -> Tensor:
    """Draw a weight for every entry, from a generator of its own; none is near 0, none equals another."""
    random = np.random.default_rng(0)
    drawn = random.uniform(0.5, 1.5, tensor.shape) * random.choice([-1.0, 1.0], tensor.shape)
    return torch.from_numpy(np.asarray(drawn)).to(tensor.device, tensor.dtype)


def gradients(
    tensors: Sequence[Tensor], weights: Sequence[Tensor], inputs: Sequence[Tensor]
) -> Sequence[Tensor | None]:
    """Differentiate sum(tensor * weights) of some tensors with respect to leaves; the graph stays.

    As sums, because autograd loads its compiler for weights that are handed to it, which takes seconds.
    """
    sums = [(t * w).sum() for t, w in zip(tensors, weights, strict=True)]
    return torch.autograd.grad(sums, list(inputs), retain_graph=True, allow_unused=True)
