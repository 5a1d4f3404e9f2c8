"""How chains are wired: stacked on one another, or one handing over to the next; told by what depends on what."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from torch import Tensor

from unrolled.errors import ConfigError
from unrolled.topology import Direction
from unrolled.watch.chains import Chain
from unrolled.watch.flow import Flow, Mask, Touch

PROBES = 16  # steps that are asked about, evenly spread; all of them would take as long as the network itself


@dataclass(frozen=True, eq=False)
class Part:
    """Hold the chains of one part, the lowest first, each of which reads the one before it step by step."""

    chains: tuple[Chain, ...]

    @property
    def top(self) -> Chain:
        """Give the chain that everything above reads."""
        return self.chains[-1]

    @property
    def layers(self) -> int:
        """Count the layers of all chains."""
        return sum(chain.layers for chain in self.chains)

    @property
    def directions(self) -> tuple[Direction, ...]:
        """List the directions."""
        return self.top.directions


def mask_of(chain: Chain, touch: Touch, sequence: int) -> Mask:
    """Join what is read of every call of a chain: (layer, direction) -> (T,)."""
    masks = [touch.steps(call, sequence) for call in chain.calls]
    return {key: np.concatenate([mask[key] for mask in masks]) for key in masks[0]}


def steps_read(chain: Chain, touch: Touch, sequence: int) -> np.ndarray:
    """List the steps of a chain that are read, in whatever layer and direction."""
    return np.flatnonzero(np.any(list(mask_of(chain, touch, sequence).values()), axis=0))


def moves_along(read: Sequence[np.ndarray]) -> bool:
    """Say whether what is read moves on from row to row, as a row for each step does."""
    middles = [float(steps.mean()) for steps in read if len(steps)]
    return len(middles) >= 2 and bool(np.all(np.diff(middles) > 0))


def probes(count: int) -> list[int]:
    """Choose up to PROBES places, the first and the last among them."""
    return sorted(set(np.linspace(0, count - 1, min(count, PROBES)).round().astype(int).tolist()))


def x_at(chain: Chain, sequence: int, step: int) -> Tensor:
    """Give what a sequence of a chain reads at a step, (n,), in the graph of what made it."""
    starts = chain.starts(sequence)
    number = bisect_right(starts, step) - 1
    call = chain.calls[number]
    return call.layout.rows[int(call.rows_of(sequence)[step - starts[number]])]


def parts_of(chains: Sequence[Chain], answer: Touch, flow: Flow, sequence: int) -> tuple[list[Part], list[Chain]]:
    """Wire the chains on which the answer depends; gives the parts in order, and the chains that nothing reads.

    Raises ConfigError, naming `module`, where there is no one way from the first chain to the answer.
    """
    live = _live(chains, answer, flow)
    parts: list[Part] = []
    for chain in live:
        place = next((i for i, p in enumerate(parts) if _stacked(p.top, chain, flow, sequence)), None)
        if place is not None:
            parts[place] = Part((*parts[place].chains, chain))
        elif not parts or any(_depends(chain, other, flow) for part in parts for other in part.chains):
            parts.append(Part((chain,)))
        else:
            raise ConfigError(
                f"{parts[0].top.name} and {chain.name} run beside one another; say which of them is watched: "
                f"module={chain.calls[0].name!r}" + _which_call(chains, chain)
            )
    if len(parts) > 2:
        names = ", ".join(part.top.name for part in parts)
        raise ConfigError(f"{names} run one after another, and a picture has an encoder and a decoder; choose: module=")
    return parts, [chain for chain in chains if chain not in live]


def _which_call(chains: Sequence[Chain], chain: Chain) -> str:
    same = [c for c in chains if c.name == chain.name]
    return f" (it runs {len(same)} times from the start: call=0 is the first)" if len(same) > 1 else ""


def sources(chain: Chain) -> list[Tensor]:
    """List what comes into a chain from outside: its first states, and x of some calls."""
    return [*chain.calls[0].given, *(chain.calls[i].layout.rows for i in probes(len(chain.calls)))]


def _depends(chain: Chain, on: Chain, flow: Flow) -> bool:
    touches = (flow.touch(source) for source in sources(chain))
    return any(touch is not None and any(touch.of(call) for call in on.calls) for touch in touches)


def _live(chains: Sequence[Chain], answer: Touch, flow: Flow) -> list[Chain]:
    """Keep the chains on which the answer depends, directly or by way of others."""
    live = [chain for chain in chains if any(answer.of(call) for call in chain.calls)]
    grown = True
    while grown:
        more = [c for c in chains if c not in live and any(_depends(other, c, flow) for other in live)]
        live, grown = [*live, *more], bool(more)
    return [chain for chain in chains if chain in live]


def _stacked(below: Chain, chain: Chain, flow: Flow, sequence: int) -> bool:
    """Say whether a chain reads another one step by step, and takes no state from it."""
    T = chain.T(sequence)
    if below.T(sequence) != T or below.batch != chain.batch:
        return False
    for state in chain.calls[0].given:
        touch = flow.touch(state)
        if touch is not None and any(touch.of(call) for call in below.calls):
            return False
    read = []
    for step in probes(T):
        touch = flow.touch(x_at(chain, sequence, step))
        read.append(np.array([]) if touch is None else steps_read(below, touch, sequence))
    return moves_along(read) if T > 1 else len(read[0]) > 0
