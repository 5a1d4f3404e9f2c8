import pytest
from hypothesis import given
from hypothesis import strategies as st
from limits import parse_many

from app.errors import TooManyRequests
from app.rates import Allowance


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def allowance(notation: str) -> tuple[Allowance, Clock]:
    clock = Clock()
    return Allowance(parse_many(notation), clock), clock


def test_what_costs_more_leaves_room_for_less() -> None:
    allowed, _ = allowance("10/minute")
    allowed.spend("a", 7)
    with pytest.raises(TooManyRequests, match="more than 10 per 1 minute; this one counts as 4; try again in 60 s"):
        allowed.spend("a", 4)
    allowed.spend("a", 3)
    allowed.spend("b", 10)


def test_what_is_refused_is_not_counted_under_any_limit() -> None:
    allowed, clock = allowance("2/second;3/minute")
    allowed.spend("a", 2)
    clock.now += 1
    with pytest.raises(TooManyRequests, match="more than 3 per 1 minute"):
        allowed.spend("a", 2)
    allowed.spend("a", 1)


def test_what_costs_more_than_the_whole_limit_can_still_be_asked_for_once() -> None:
    allowed, clock = allowance("5/minute")
    allowed.spend("a", 1000)
    with pytest.raises(TooManyRequests):
        allowed.spend("a")
    clock.now += 60
    allowed.spend("a", 1000)


@given(costs=st.lists(st.integers(1, 12), min_size=1, max_size=30), pauses=st.lists(st.integers(0, 40), min_size=30))
def test_no_window_holds_more_than_the_limit_and_whoever_waits_as_told_is_let_in(
    costs: list[int], pauses: list[int]
) -> None:
    allowed, clock = allowance("10/minute")
    let_in: list[tuple[float, int]] = []
    for cost, pause in zip(costs, pauses, strict=False):
        clock.now += pause
        try:
            allowed.spend("a", cost)
        except TooManyRequests as refused:
            clock.now += int(refused.headers["Retry-After"])
            allowed.spend("a", cost)
        let_in.append((clock.now, min(cost, 10)))
    for end, _ in let_in:
        assert sum(cost for when, cost in let_in if end - 60 < when <= end) <= 10


def test_clients_that_stay_away_are_forgotten() -> None:
    allowed, clock = allowance("10/minute")
    for number in range(100):
        allowed.spend(f"client {number}")
    clock.now += 61
    allowed.spend("another")
    assert len(allowed._spent) == 1
