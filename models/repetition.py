"""Where a decoder goes round in circles: the longest stretch of outputs that are written over and over.

A network that takes the likeliest class each time comes to states it was in before, and then to the same outputs.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Repetition:
    """Name outputs that repeat: `period` of them, from `first` on, are written again up to `last`, included."""

    first: int
    last: int
    period: int

    @property
    def repeated(self) -> slice:
        """Say which outputs are repeated: the first round."""
        return slice(self.first, self.first + self.period)

    @property
    def times(self) -> int:
        """Count the rounds; one that was begun and not ended does not count."""
        return (self.last - self.first + 1) // self.period


def repetition(outputs: Sequence[Hashable], least: int = 2) -> Repetition | None:
    """Find the stretch in which the most outputs only repeat those before them; None if there are fewer than `least`.

    The repeated part stands there at least twice. Of equals, the shortest period counts, and the first place.
    """
    found, most = None, max(least, 1) - 1
    for period in range(1, len(outputs) // 2 + 1):
        for first, again in _runs(outputs, period):
            if again >= period and again > most:
                found, most = Repetition(first, first + period + again - 1, period), again
    return found


def _runs(outputs: Sequence[Hashable], period: int) -> list[tuple[int, int]]:
    """List where outputs equal those one period later: each place, and how many follow one another."""
    runs: list[tuple[int, int]] = []
    length = 0
    for at in range(len(outputs) - period + 1):
        if at + period < len(outputs) and outputs[at] == outputs[at + period]:
            length += 1
        elif length:
            runs.append((at - length, length))
            length = 0
    return runs
