"""A week of hours as people paste it: a list of numbers, a row or a column of a spreadsheet, a table."""

import csv
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from models.forecast.hours import DAY, WEEK
from models.forecast.numbers import commas_of, is_empty, numbers_of
from unrolled import InvalidInput

MISSING = 0.25  # of the hours may be empty cells
TABLE = 24  # lines with several cells, from which on a text is a table with an hour a line
_GROUPED = re.compile(r"(?<!\d)\d{1,3},\d{3}(?!\d)")
MOST = 0.5  # of a column's cells must be numbers, or it is one of names or times


@dataclass(frozen=True)
class Hours:
    """Hold a week (168,), the day after it (24,) or (0,), which of all were empty cells, and what was done."""

    week: np.ndarray
    came: np.ndarray
    empty: np.ndarray  # (192,) or (168,) of bool
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class _Column:
    cells: list[str]
    lines: list[int]  # the line of each cell
    remarks: tuple[str, ...] = ()
    lined: bool = False  # true for an hour a line


def read_pasted(text: str) -> Hours:
    """Read a week, and the day that came after it if there is one. Raises InvalidInput, naming the line at fault."""
    column = _table(text) or _list(text)
    values = _values(column)
    remarks = [*column.remarks, *_of_commas(column.cells)]
    if len(values) < WEEK or (len(values) not in (WEEK, WEEK + DAY) and not column.lined):
        commas = "; a comma that separates thousands counts as one between two numbers" if _GROUPED.search(text) else ""
        raise InvalidInput(
            f"{len(values)} numbers; this network reads exactly {WEEK}, one for each hour of a week "
            f"(or {WEEK + DAY}: the day that came after it, too){commas}"
        )
    if len(values) not in (WEEK, WEEK + DAY):
        remarks.append(f"of {len(values)} hours the last {WEEK} were read")
        values = values[-WEEK:]
    empty = np.isnan(values)
    if empty.mean() > MISSING:
        raise InvalidInput(f"{empty.sum()} of {len(values)} cells are empty, too many to fill in; give every hour")
    if empty.any():
        one = empty.sum() == 1
        remarks.append(f"{empty.sum()} empty {'cell was' if one else 'cells were'} interpolated")
    at = np.arange(len(values))
    values = np.interp(at, at[~empty], values[~empty])
    return Hours(values[:WEEK], values[WEEK:], empty, tuple(remarks))


def _values(column: _Column) -> np.ndarray:
    """Turn cells into numbers, nan where there is none. Raises InvalidInput, with the line of what is no number."""
    numbers = numbers_of(column.cells)
    for cell, line, number in zip(column.cells, column.lines, numbers, strict=True):
        if number is None:
            where = f" (line {line})" if column.lines[-1] > 1 else ""
            raise InvalidInput(f"'{cell.strip()[:20]}'{where} is not a number; write them as in 31.5, 30, 28.25")
    return np.array(numbers, float)


def _of_commas(cells: Sequence[str]) -> Iterator[str]:
    if commas := commas_of(cells):
        first = next(cell.strip() for cell in cells if "," in cell)
        number = numbers_of(cells)[cells.index(first)] if first in cells else None
        meant = {"thousands": "as grouping thousands", "decimals": "as decimal marks"}[commas]
        yield f"commas were read {meant}{f': {first} is {number:.9g}' if number is not None else ''}"


def _list(text: str) -> _Column:
    """Read numbers one after the other, whatever stands between them; a comma may be part of a number.

    Of the ways to cut the text the first is taken that makes a week, those before the others that leave commas alone.
    """
    for way in (r"[\t;|\n]", r"\s+", r"[\t;|\s]+", r"\s*,\s*"):
        cut = _cut(text, way)
        cells = [cell.strip().rstrip(",") for cell in cut.cells]
        named = numbers_of(cells[:1]) == [None]
        if len(cells) - named in (WEEK, WEEK + DAY) and None not in numbers_of(cells[named:]):
            return _Column(cells[named:], cut.lines[named:])
    plain = _cut(text, r"[,;|\s]+")
    kept = [(cell, line) for cell, line in zip(plain.cells, plain.lines, strict=True) if cell]
    return _Column([cell for cell, _ in kept], [line for _, line in kept])


def _cut(text: str, way: str) -> _Column:
    """Cut a text into cells, with the line of each; an end without a cell behind it makes none."""
    cells, lines, at = [], [], 0
    text = text.strip()
    for found in (*re.finditer(way, text), None):
        end = found.start() if found else len(text)
        cells.append(text[at:end])
        lines.append(text.count("\n", 0, at) + 1)
        at = found.end() if found else end
    return _Column(cells, lines)


def _table(text: str) -> _Column | None:
    """Find the column of numbers in a table with an hour a line; None if the text is no such table."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) < TABLE:
        return None
    mark = _mark([line for _, line in lines])
    rows = [(number, _cells(line, mark)) for number, line in lines]
    header = rows[0][1] if _is_header([cells for _, cells in rows]) else None
    body = _with_blanks(rows[1:] if header else rows)
    width = max(len(cells) for _, cells in body)
    if width > 1 and len(body) < WEEK and not header:
        return None  # days of hours, say
    columns = [[cells[i].strip() if i < len(cells) else "" for _, cells in body] for i in range(width)]
    numeric = [i for i, cells in enumerate(columns) if _is_numeric(cells)]
    if not numeric:
        return None
    told = [i for i in numeric if not _counts(columns[i])] or numeric
    names = [f"'{header[i].strip()}'" if header and i < len(header) and header[i].strip() else "" for i in range(width)]
    remarks = tuple(_said(told, names, width))
    return _Column(columns[told[0]], [number for number, _ in body], remarks, lined=True)


def _with_blanks(rows: Sequence[tuple[int, list[str]]]) -> list[tuple[int, list[str]]]:
    """Put the blank lines between rows back, which are empty cells of a single column, unless most are blank."""
    first, last = rows[0][0], rows[-1][0]
    if last - first + 1 > (1 + MISSING) * len(rows):
        return list(rows)
    at = dict(rows)
    return [(number, at.get(number, [""])) for number in range(first, last + 1)]


def _said(numeric: Sequence[int], names: Sequence[str], width: int) -> Iterator[str]:
    if width > 1:
        more = f"; {len(numeric) - 1} more of numbers" if len(numeric) > 1 else ""
        yield f"column {numeric[0] + 1} of {width} was read{names[numeric[0]] and f', {names[numeric[0]]}'}{more}"


def _mark(lines: Sequence[str]) -> str:
    """Find what stands between the cells: the first of these marks that nearly every line has equally often."""
    for mark in "\t;|":
        if sum(mark in line for line in lines) > 0.9 * len(lines):
            return mark
    counts = [line.count(",") for line in lines[1:]]
    alike = counts.count(max(set(counts), key=counts.count)) > 0.9 * len(counts)
    whole = all(number is not None for number in _numbers_or_none([line.strip() for line in lines[1:]]))
    if alike and counts[0] and not whole:
        return ","
    return " " if not whole and len({len(line.split()) for line in lines[1:]}) == 1 and " " in lines[1].strip() else ""


def _numbers_or_none(cells: Sequence[str]) -> Sequence[float | None]:
    """Read cells as numbers_of does; where a comma may mean two things they are numbers, too."""
    try:
        return numbers_of(cells)
    except InvalidInput:
        return [0.0] * len(cells)


def _cells(line: str, mark: str) -> list[str]:
    if mark == " ":
        return line.split()
    return next(csv.reader([line], delimiter=mark, skipinitialspace=True)) if mark else [line]


def _is_header(rows: Sequence[list[str]]) -> bool:
    """Say whether the first row names the columns: it has no number where the others have some."""
    first, second = rows[0], rows[1]
    here = [n is not None and not math.isnan(n) for n in map(_single, first)]
    below = [n is not None and not math.isnan(n) for n in map(_single, second)]
    return not any(here) and not all(map(is_empty, first)) and (any(below) or len(first) > 1)


def _single(cell: str) -> float | None:
    return _numbers_or_none([cell])[0]


def _is_numeric(cells: Sequence[str]) -> bool:
    numbers = _numbers_or_none(cells)
    return sum(n is not None and not math.isnan(n) for n in numbers) >= MOST * len(cells)


def _counts(cells: Sequence[str]) -> bool:
    """Say whether a column counts lines or hours, or is always the same: it tells what the others are about."""
    numbers = _numbers_or_none(cells)
    steps = {round(b - a, 6) for a, b in pairwise(numbers) if a is not None and b is not None}
    return len(steps) == 1 or steps == {1.0, -23.0}


__all__ = ["Hours", "read_pasted"]
