"""The queue of runs: a few at a time, in an order in which no client can block all others."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import anyio

from app.work import ORDINARY


@dataclass(frozen=True, eq=False)
class _Job:
    """One run that waits or runs."""

    client: str
    work: int
    number: int  # of arrival
    go: anyio.Event


class Turns:
    """Give turns to a number of workers.

    The next turn goes to the client that holds fewest, then to the least work, then to the first that came. The last
    free worker takes no run that is more than ordinary work, so however many expensive ones wait, short ones pass by.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._count = 0
        self._waiting: list[_Job] = []
        self._running: list[_Job] = []

    @asynccontextmanager
    async def turn(self, client: str, work: int) -> AsyncIterator[None]:
        """Wait for a worker, and hold it as long as the block runs."""
        self._count += 1
        job = _Job(client, work, self._count, anyio.Event())
        self._waiting.append(job)
        self._admit()
        try:
            await job.go.wait()
            yield
        finally:
            (self._running if job in self._running else self._waiting).remove(job)
            self._admit()

    def _admit(self) -> None:
        """Start every job for which a worker is free."""
        while may_go := [job for job in self._waiting if self._has_room_for(job)]:
            first = min(may_go, key=lambda job: (self._held_by(job.client), job.work, job.number))
            self._waiting.remove(first)
            self._running.append(first)
            first.go.set()

    def _has_room_for(self, job: _Job) -> bool:
        free = self._workers - len(self._running)
        kept = 1 if job.work > ORDINARY and self._workers > 1 else 0
        return free > kept

    def _held_by(self, client: str) -> int:
        return sum(running.client == client for running in self._running)
