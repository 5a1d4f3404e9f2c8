"""Outputs that go round in circles are found, wherever they stand and however long a round is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.repetition import repetition

outputs = st.lists(st.integers(0, 3), max_size=40)


@given(outputs, st.integers(1, 6))
def test_what_is_found_repeats_and_cannot_be_made_longer(written: list[int], least: int) -> None:
    found = repetition(written, least)
    if found is None:
        return
    stretch = written[found.first : found.last + 1]
    assert stretch[found.period :] == stretch[: -found.period] and found.times >= 2
    assert len(stretch) - found.period >= least
    for first, last in ((found.first - 1, found.last), (found.first, found.last + 1)):
        if first >= 0 and last < len(written):
            longer = written[first : last + 1]
            assert longer[found.period :] != longer[: -found.period]


@given(outputs, st.lists(st.integers(4, 9), min_size=1, max_size=6, unique=True), st.integers(2, 5), outputs)
def test_a_round_is_found_between_other_outputs(
    before: list[int], part: list[int], times: int, after: list[int]
) -> None:
    """The part has other classes than what stands around it, which may repeat more: then that is found."""
    found = repetition([*before, *part * times, *after], least=1)
    assert found is not None
    repeats = found.last + 1 - found.first - found.period
    assert repeats >= (times - 1) * len(part)
    if repetition(before, least=1) is None is repetition(after, least=1):
        assert (found.first, found.period, found.times) == (len(before), len(part), times)


@given(st.lists(st.integers(), unique=True, max_size=30))
def test_outputs_that_all_differ_do_not_repeat(written: list[int]) -> None:
    assert repetition(written, least=1) is None


@pytest.mark.parametrize(
    ("written", "part", "times"),
    [("No no no no no.", "o n", 4), ("cat" * 7 + ".", "cat", 7), ("ab", None, 0), ("", None, 0), ("1,000", "0", 3)],
)
def test_texts_repeat_by_their_letters(written: str, part: str | None, times: int) -> None:
    found = repetition(written)
    assert (written[found.repeated], found.times) == (part, times) if found else part is None


def test_few_repeats_are_no_repetition() -> None:
    assert repetition("very very good", least=6) is None
    assert repetition("very very very good", least=6) is not None
