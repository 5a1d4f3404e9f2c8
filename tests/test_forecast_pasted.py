"""A week as people paste it: lists, columns, tables with headings and times, decimal commas, thousands, empty cells."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.forecast.hours import DAY, WEEK
from models.forecast.pasted import read_pasted
from unrolled import InvalidInput

WAVE = np.round(2000 + 900 * np.sin(2 * np.pi * np.arange(WEEK + DAY) / DAY), 1)
TIMES = [f"2014-01-{1 + t // 24:02} {t % 24:02}:00" for t in range(WEEK + DAY)]
MARKS = st.sampled_from(["\t", ";", ","])
counts = st.sampled_from([WEEK, WEEK + DAY])


def german(value: float) -> str:
    return f"{value:,.1f}".replace(",", "_").replace(".", ",").replace("_", ".")


def table(mark: str, *columns: list[str], head: str = "") -> str:
    rows = [mark.join(f'"{cell}"' if mark == "," and "," in cell else cell for cell in row) for row in zip(*columns)]  # noqa: B905
    return "\n".join(([head] if head else []) + rows)


def hours_of(text: str) -> np.ndarray:
    found = read_pasted(text)
    return np.concatenate((found.week, found.came))


WRITTEN = {
    "plain": lambda value: f"{value:.1f}",
    "thousands": lambda value: f"{value:,.1f}",
    "whole thousands": lambda value: f"{value:,.0f}",
    "decimal comma": lambda value: f"{value:.1f}".replace(".", ","),
    "german": german,
    "spaces": lambda value: f"{value:,.1f}".replace(",", "\u202f"),
    "swiss": lambda value: f"{value:,.1f}".replace(",", "'"),
}


@given(counts, MARKS, st.sampled_from(sorted(WRITTEN)), st.booleans(), st.integers(0, 2))
@settings(deadline=None, max_examples=120, derandomize=True)
def test_the_column_of_numbers_is_found_in_any_table(count: int, mark: str, form: str, head: bool, extra: int) -> None:
    cells = [WRITTEN[form](value) for value in WAVE[:count]]
    columns = [TIMES[:count], *([str(n) for n in range(count)] for _ in range(extra)), cells]
    heading = mark.join(["time", *["n"] * extra, "load in kW"]) if head else ""
    text = table(mark, *columns, head=heading)
    assert np.abs(hours_of(text) - WAVE[:count]).max() <= 0.5
    said = f"column {2 + extra} of {2 + extra} was read" + (", 'load in kW'" if head else "")
    assert any(remark.startswith(said) for remark in read_pasted(text).remarks)


@given(counts, st.sampled_from(sorted(WRITTEN)), st.sampled_from(["\n", "\t", "; ", "\r\n"]), st.booleans())
@settings(deadline=None, max_examples=80, derandomize=True)
def test_a_row_or_a_column_is_read_with_a_heading_and_without(count: int, form: str, between: str, head: bool) -> None:
    cells = [WRITTEN[form](value) for value in WAVE[:count]]
    text = between.join(["load", *cells] if head else cells)
    assert np.abs(hours_of(text) - WAVE[:count]).max() <= 0.5


@given(st.sets(st.integers(1, WEEK - 2), min_size=1, max_size=30), st.sampled_from(["", "NA", "nan", "-", "#N/A"]))
@settings(deadline=None, max_examples=60, derandomize=True)
def test_empty_cells_lie_between_their_neighbours_and_are_marked(holes: set[int], empty: str) -> None:
    line = np.arange(WEEK) * 3.0 + 1
    cells = [empty if t in holes else str(value) for t, value in enumerate(line)]
    for text in (table(";", TIMES[:WEEK], cells), "\n".join(cells), table(",", TIMES[:WEEK], cells, head="t,y")):
        found = read_pasted(text)
        assert np.allclose(found.week, line)
        assert set(np.flatnonzero(found.empty)) == holes
        assert any(f"{len(holes)} empty" in remark for remark in found.remarks)


def test_days_in_rows_are_read_one_after_the_other() -> None:
    rows = WAVE[:WEEK].reshape(7, DAY)
    for mark in (",", "\t", ";", " "):
        assert np.array_equal(hours_of("\n".join(mark.join(map(str, row)) for row in rows)), WAVE[:WEEK])


def test_of_more_hours_in_lines_the_last_week_is_read() -> None:
    values = np.concatenate((WAVE, WAVE + 1))
    found = read_pasted("\n".join(map(str, values)))
    assert np.array_equal(found.week, values[-WEEK:]) and len(found.came) == 0
    assert f"of {len(values)} hours the last {WEEK} were read" in found.remarks


@given(st.integers(1, WEEK - 1), st.booleans())
@settings(deadline=None, max_examples=40, derandomize=True)
def test_the_line_of_what_is_no_number_is_named(at: int, head: bool) -> None:
    cells = [*map(str, WAVE[:WEEK])]
    cells[at] = "12 kW"
    with pytest.raises(InvalidInput, match=rf"'12 kW' \(line {at + 1 + head}\) is not a number"):
        read_pasted(table(";", TIMES[:WEEK], cells, head="t;y" if head else ""))


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("1, 2, 3", "3 numbers; this network reads exactly 168"),
        (", ".join(["1"] * 200), "200 numbers; this network reads exactly 168"),
        (",".join(["930", "1,231"] * 84), "252 numbers; .*a comma that separates thousands counts"),
        ("1, " * 167 + "1_0", "'1_0' is not a number"),
        ("😀", "'😀' is not a number"),
        ("1, " * 167 + "one", "'one' is not a number"),
        ("1, " * 167 + "inf", "out of range"),
        ("1, " * 167 + "1e10", "out of range"),
        (table(";", TIMES[:WEEK], ["1", "", "", "4"] * 42), "84 of 168 cells are empty"),
        ("time;load\n" + "\n".join(f"{time};{n}" for n, time in enumerate(TIMES[:100])), "100 numbers; this network"),
    ],
)
def test_what_is_no_week_is_refused_with_the_way_out(raw: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        read_pasted(raw)
