"""Time two functions in turns, so that whatever else the machine does falls on both alike."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Act = Callable[[], object]


@dataclass(frozen=True)
class Ratio:
    """Hold the median time of each function, in milliseconds, and the median of the rounds' ratios."""

    base_ms: float
    other_ms: float
    ratio: float


def compare(base: Act, other: Act, rounds: int = 30, warm_up: int = 3) -> Ratio:
    """Run both in turns; the ratio is other / base, taken round by round."""
    for _ in range(warm_up):
        base()
        other()
    pairs = [(seconds(base), seconds(other)) for _ in range(rounds)]
    bases, others = zip(*pairs, strict=True)
    return Ratio(median(bases) * 1e3, median(others) * 1e3, median(b / a for a, b in pairs))


def seconds(act: Act) -> float:
    """Time one call."""
    start = perf_counter()
    act()
    return perf_counter() - start
