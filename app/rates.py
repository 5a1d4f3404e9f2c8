"""How much one client may ask for.

The notation of the limits is that of the package `limits`; the counting is not: its memory storage goes through all
clients, in a thread, at every hit, and cannot say when there will be room for a hit that counts as several.
"""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence

from limits import RateLimitItem

from app.errors import TooManyRequests

Spent = deque[tuple[float, int]]  # when, and how much


class Allowance:
    """Let each client spend so much within a moving window, or within each of several windows."""

    def __init__(self, limits: Sequence[RateLimitItem], clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = tuple(limits)
        self._clock = clock
        self._longest = max((limit.get_expiry() for limit in limits), default=0)
        self._spent: OrderedDict[str, Spent] = OrderedDict()  # the client that was heard of last is last

    def spend(self, client: str, cost: int = 1) -> None:
        """Count something of a client's; what costs more than a limit allows at all costs all that it allows.

        Raises TooManyRequests, saying when there will be room for it; nothing is counted then.
        """
        if not self._limits:
            return
        now = self._clock()
        self._forget(now)
        spent = self._spent.get(client, deque())
        for limit in self._limits:
            if wait := self._wait(limit, spent, cost, now):
                raise TooManyRequests(str(limit), min(cost, limit.amount), max(1, math.ceil(wait)))
        spent.append((now, cost))
        self._spent[client] = spent
        self._spent.move_to_end(client)

    def _wait(self, limit: RateLimitItem, spent: Spent, cost: int, now: float) -> float:
        """Work out in how many seconds there is room under a limit; 0 for now."""
        room = limit.amount - min(cost, limit.amount)
        window = limit.get_expiry()
        total = 0
        for when, counted in reversed(spent):
            if when <= now - window:
                return 0
            total += min(counted, limit.amount)
            if total > room:
                return when + window - now
        return 0

    def _forget(self, now: float) -> None:
        """Drop what no window holds any more."""
        while self._spent:
            client, spent = next(iter(self._spent.items()))
            while spent and spent[0][0] <= now - self._longest:
                spent.popleft()
            if spent:
                return
            del self._spent[client]
