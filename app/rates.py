"""How often one client may ask for a run."""

import math
import time
from collections.abc import Sequence

from limits import RateLimitItem
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

from app.errors import TooManyRequests


class RateLimit:
    """Count the requests of each client over a moving window."""

    def __init__(self, limits: Sequence[RateLimitItem]) -> None:
        self._limits = tuple(limits)
        self._strategy = MovingWindowRateLimiter(MemoryStorage())

    async def count(self, client: str) -> None:
        """Count one request. Raises TooManyRequests, saying when to come back."""
        for limit in self._limits:
            if not await self._strategy.hit(limit, client):
                stats = await self._strategy.get_window_stats(limit, client)
                raise TooManyRequests(str(limit), max(1, math.ceil(stats.reset_time - time.time())))
