"""Numbers as people write them in tables: decimal points or commas, thousands in groups, empty cells."""

import math
import re
from collections.abc import Sequence

from unrolled import InvalidInput

LARGEST = 1e9
EMPTY = frozenset(("", "-", "–", "?", ".", "na", "n/a", "#n/a", "nan", "null", "none"))
_GROUPS = re.compile(r"(?<=\d)[ \u00a0\u202f'’](?=\d{3}(?!\d))")  # 1 234 and 1'234
_PLAIN = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE | re.ASCII)
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_COMMA = re.compile(r"[-+]?(?:\d{1,3}(?:\.\d{3})+|\d+),\d*", re.ASCII)  # 31,5 and 1.234,5


def is_empty(cell: str) -> bool:
    """Say whether a cell holds no number, as spreadsheets and programs write it."""
    return cell.strip().lower() in EMPTY


def numbers_of(cells: Sequence[str]) -> list[float | None]:
    """Read the cells of one column, nan for an empty one and None for one that is no number.

    A comma groups thousands, or is a decimal mark, in all cells alike: thousands if three digits always follow it.
    Raises InvalidInput for a number that is out of range.
    """
    filled = [_GROUPS.sub("", cell.strip()) for cell in cells]
    thousands = commas_of(filled) == "thousands"
    return [_number(cell, decimal_comma=not thousands) for cell in filled]


def commas_of(cells: Sequence[str]) -> str:
    """Say what the commas of a column are: `thousands`, `decimals`, or nothing where there are none."""
    with_comma = [cell.strip() for cell in cells if "," in cell]
    return "" if not with_comma else "thousands" if all(map(_THOUSANDS.fullmatch, with_comma)) else "decimals"


def _number(cell: str, *, decimal_comma: bool) -> float | None:
    """Read one cell. Raises InvalidInput for a number that is out of range."""
    if is_empty(cell):
        return math.nan
    if decimal_comma and _COMMA.fullmatch(cell):
        cell = cell.replace(".", "").replace(",", ".")
    elif not decimal_comma and _THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    if cell.lower().lstrip("+-") in ("inf", "infinity"):
        raise InvalidInput(f"{cell[:20]} is out of range; use numbers between -1e9 and 1e9")
    if not _PLAIN.fullmatch(cell):
        return None
    number = float(cell)
    if abs(number) > LARGEST:
        raise InvalidInput(f"{cell[:20]} is out of range; use numbers between -1e9 and 1e9")
    return number
