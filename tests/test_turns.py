import anyio
import pytest

from app.turns import Turns
from app.work import ORDINARY

DEAR = ORDINARY + 1


class Queue:
    """Ask for turns, and end each run when the test says so."""

    def __init__(self, workers: int, together: anyio.abc.TaskGroup) -> None:
        self.turns = Turns(workers)
        self.together = together
        self.began: list[str] = []
        self.ends: dict[str, anyio.Event] = {}

    async def ask(self, name: str, work: int = 1, client: str = "") -> None:
        self.ends[name] = anyio.Event()

        async def run() -> None:
            async with self.turns.turn(client or name, work):
                self.began.append(name)
                await self.ends[name].wait()

        self.together.start_soon(run)
        await anyio.wait_all_tasks_blocked()

    async def end(self, name: str) -> None:
        self.ends[name].set()
        await anyio.wait_all_tasks_blocked()


async def test_equal_runs_begin_as_they_came_as_many_as_there_are_workers() -> None:
    async with anyio.create_task_group() as together:
        queue = Queue(2, together)
        for name in "abcd":
            await queue.ask(name)
        assert queue.began == ["a", "b"]
        await queue.end("b")
        assert queue.began == ["a", "b", "c"]
        for name in "acd":
            await queue.end(name)
        assert queue.began == ["a", "b", "c", "d"]


async def test_short_runs_overtake_dear_ones() -> None:
    async with anyio.create_task_group() as together:
        queue = Queue(1, together)
        await queue.ask("first")
        await queue.ask("dear", DEAR)
        await queue.ask("short", 5)
        await queue.ask("shorter", 4)
        for name in ("first", "shorter", "short", "dear"):
            await queue.end(name)
        assert queue.began == ["first", "shorter", "short", "dear"]


async def test_dear_runs_leave_a_worker_to_the_others() -> None:
    async with anyio.create_task_group() as together:
        queue = Queue(2, together)
        await queue.ask("dear", DEAR)
        await queue.ask("dear too", DEAR, client="somebody else")
        await queue.ask("short")
        assert queue.began == ["dear", "short"]
        await queue.end("short")
        assert queue.began == ["dear", "short"]
        await queue.end("dear")
        await queue.end("dear too")
        assert queue.began == ["dear", "short", "dear too"]


async def test_the_next_turn_is_for_the_client_that_holds_fewest() -> None:
    async with anyio.create_task_group() as together:
        queue = Queue(2, together)
        for name in ("one", "two", "three"):
            await queue.ask(name, client="busy")
        await queue.ask("guest", work=9)
        await queue.end("one")
        assert queue.began == ["one", "two", "guest"]
        for name in ("two", "three", "guest"):
            await queue.end(name)


async def test_whoever_gives_up_waiting_or_fails_leaves_no_trace() -> None:
    turns = Turns(1)
    async with turns.turn("a", 1):
        with anyio.move_on_after(0) as waiting:
            async with turns.turn("b", 1):
                raise AssertionError
        assert waiting.cancelled_caught
    with pytest.raises(ZeroDivisionError):
        async with turns.turn("a", 1):
            raise ZeroDivisionError
    async with turns.turn("c", 1):
        pass
