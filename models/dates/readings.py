"""Which days a written date can mean. What means one alone goes to the network; the rest is refused, with the reason.

A year has four digits, or two: 69 to 99 are 1969 to 1999, 00 to 68 are 2000 to 2068, as in POSIX. A year of two digits
stands last, unless it is greater than 31 or has an apostrophe. Between dots the day comes first, wherever that gives a
day; numbers with other marks between them are read both ways.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import NoReturn

from models.dates import words
from unrolled import InvalidInput

Span = tuple[int, int]  # half-open, in characters
PIVOT = 69  # the first year of two digits that belongs to the last century
WAY_OUT = "write day, month and year, as in 3 May 2021"
_NUMBER = re.compile(r"(?<![^\W\d_])'(?P<short>\d{2})(?!\d)|(?P<digits>\d+)")
_WORD = re.compile(r"[^\W\d_]+|°")
_JAPANESE_WEEKDAY = re.compile(
    r"[月火水木金土日]曜日?|\([月火水木金土日]\)|^[月火水木金土日](?![^\W\d_])|(?<=[日 ])[月火水木金土日](?=[ .,]*$)"
)
_UNITS = {"年": "year", "月": "month", "日": "day"}
FIELDS = ("year", "month", "day")


@dataclass(frozen=True)
class Reading:
    """Hold a day that a text can mean, and where its year, month and day stand in it."""

    year: int
    month: int
    day: int
    spans: dict[str, Span] = field(default_factory=dict, compare=False)

    @property
    def iso(self) -> str:
        """Write it as 2021-05-03."""
        return f"{self.year:04}-{self.month:02}-{self.day:02}"

    @property
    def exists(self) -> bool:
        """Say whether the calendar has such a day."""
        try:
            date(self.year, self.month, self.day)
        except ValueError:
            return False
        return True

    def __str__(self) -> str:
        return f"{self.day} {date(2000, self.month, 1):%B} {self.year}"


@dataclass(frozen=True)
class _Number:
    digits: str
    span: Span
    role: str = ""  # year, month or day, where what stands beside it says so

    def year(self) -> int | None:
        """Read it as a year of four digits or two."""
        if len(self.digits) == 4:
            return int(self.digits)
        if len(self.digits) == 2:
            return int(self.digits) + (1900 if int(self.digits) >= PIVOT else 2000)
        return None

    def small(self, most: int) -> int | None:
        """Read it as a day or a month."""
        return int(self.digits) if len(self.digits) <= 2 and 1 <= int(self.digits) <= most else None


@dataclass(frozen=True)
class _Parts:
    text: str
    numbers: list[_Number]
    months: list[tuple[int, Span]]


def readings(text: str) -> list[Reading]:
    """List the days that a normalised text can mean, each once; there is at least one.

    Where the month is named, the calendar is not asked whether it has such a day. Raises InvalidInput for what is no
    full date, with a sentence that says why.
    """
    parts = _parts(text)
    beside = parts.months[0][1] if parts.months else None
    numbers = [piece for number in parts.numbers for piece in _pieces(number, beside)]
    named = len({month for month, _ in parts.months})
    if named > 1:
        raise InvalidInput(f"this names {named} months; {WAY_OUT}")
    found = _with_month(*parts.months[0], numbers) if parts.months else _in_numbers(parts, numbers)
    return list(dict.fromkeys(found))


def the_one(text: str) -> Reading:
    """Give the one day that a normalised text means. Raises InvalidInput if it means none, or several, with these."""
    found = readings(text)
    if len(found) > 1:
        count = {2: "two", 3: "three"}[len(found)]
        days = f"{', '.join(map(str, found[:-1]))} or {found[-1]}"
        raise InvalidInput(
            f"'{text}' means {count} days, {days}, depending on the country; write the month's name, or the year first "
            f"({found[0].iso})"
        )
    return found[0]


def _parts(text: str) -> _Parts:
    """Find the numbers and the names of months. Raises InvalidInput for a word that no date has."""
    plain = _JAPANESE_WEEKDAY.sub(lambda found: " " * len(found[0]), text)
    numbers = [_number(plain, found) for found in _NUMBER.finditer(plain)]
    months: list[tuple[int, Span, bool]] = []
    for found in _WORD.finditer(plain):
        word, behind = found[0], plain[: found.start()].rstrip()
        ordinal = word in words.ORDINALS and behind.removesuffix("-").removesuffix(".")[-1:].isdigit()
        if word in words.FIRST:
            numbers.append(_Number("1", found.span(), "day"))
        elif (month := words.month_of(word)) is not None:
            months.append((month, found.span(), word in words.weekdays()))
        elif not (ordinal or word in words.SMALL or word in words.weekdays() or word in _UNITS):
            raise InvalidInput(f"'{word}' is neither a month nor a weekday in the nine languages; {WAY_OUT}")
    sure = [(month, span) for month, span, weekday in months if not weekday]
    alone = len(numbers) == 1 and len(numbers[0].digits) in (6, 8)
    if not sure and len(numbers) < 3 and not alone:  # the French `mar. 3 mai` names one month, `mar 3 2021` another
        sure = [(month, span) for month, span, _ in months]
    return _Parts(text, sorted(numbers, key=lambda number: number.span), sure)


def _number(text: str, found: re.Match[str]) -> _Number:
    """Read what stands beside a number: 2021年, 5月, 3日, 3rd, 3-го, '09, 2021 г."""
    if found["short"]:
        return _Number(found["short"], found.span("short"), "year")
    rest = text[found.end() :].lstrip()
    role = _UNITS.get(rest[:1], "")
    if following := re.match(r"[^\W\d_]+|°", rest.lstrip(".-")):
        if following[0] in ("г", "гг", "год", "года", "году"):
            role = "year"
        elif following[0] in words.ORDINALS and len(found[0]) <= 2:
            role = "day"
    return _Number(found[0], found.span(), role)


def _pieces(number: _Number, month: Span | None) -> Iterable[_Number]:
    """Cut a number of a day and a year, the day beside the month: May132009, 20093may. Others stay as they are."""
    digits, (start, end) = number.digits, number.span
    if month is None or number.role or len(digits) not in (5, 6):
        return [number]
    at = len(digits) - 4 if month[0] < start else 4
    return [_Number(digits[:at], (start, start + at)), _Number(digits[at:], (start + at, end))]


def _with_month(month: int, span: Span, numbers: Sequence[_Number]) -> list[Reading]:
    """Read the day and the year that stand beside a month's name."""
    if len(numbers) < 2:
        has = numbers[0] if numbers else None
        lacks = "no day and no year" if has is None else "no year" if has.small(31) and has.role != "year" else "no day"
        raise InvalidInput(f"this names a month, and has {lacks}; {WAY_OUT}")
    if len(numbers) > 2:
        raise InvalidInput(f"there are {len(numbers)} numbers beside the month, where a day and a year are; {WAY_OUT}")
    first, last = numbers
    day, year = (last, first) if _is_year(first, last) else (first, last)
    number, of_day = year.year(), day.small(31)
    if number is None:
        raise InvalidInput(f"'{year.digits}' is no year of four digits or two; {WAY_OUT}")
    if of_day is None or day.role == "year":
        raise InvalidInput(f"'{day.digits}' is no day of a month; {WAY_OUT}")
    return [Reading(number, month, of_day, {"year": year.span, "month": span, "day": day.span})]


def _is_year(first: _Number, last: _Number) -> bool:
    """Say whether the first of two numbers is the year, and the last the day."""
    if first.role or last.role:
        return first.role == "year" or last.role == "day"
    return first.small(31) is None and last.small(31) is not None


def _in_numbers(parts: _Parts, numbers: Sequence[_Number]) -> list[Reading]:
    """Read a date in numbers alone, in every order that they can be in."""
    if len(numbers) == 1:
        return _cut(numbers[0]) or _no_day(parts.text)
    if len(numbers) != 3:
        have = {0: "no number", 2: "two numbers alone"}.get(len(numbers), f"{len(numbers)} numbers")
        raise InvalidInput(f"there {'are' if len(numbers) > 1 else 'is'} {have} here, and no full date; {WAY_OUT}")
    if all(number.role for number in numbers):
        orders: tuple[str, ...] = (" ".join(number.role for number in numbers),)
    else:
        orders = _orders(numbers)
    found = [reading for order in orders if (reading := _ordered(numbers, order))]
    if between_dots(parts.text, numbers):
        found = found[:1]
    return found or _no_day(parts.text)


def between_dots(text: str, numbers: Sequence[_Number]) -> bool:
    """Say whether dots alone stand between three numbers."""
    marks = [text[a.span[1] : b.span[0]].strip() for a, b in pairwise(numbers)]
    return marks == [".", "."]


def _orders(numbers: Sequence[_Number]) -> tuple[str, ...]:
    """List the orders in which three numbers may stand: the year first if it must be, else last."""
    first, middle, last = numbers
    year_first = first.role == "year" or (last.role != "year" and (len(first.digits) > 2 or first.small(31) is None))
    if year_first and len(last.digits) <= 2:
        return ("year month day",)
    if len(middle.digits) > 2:
        return ("day year month", "month year day")
    return ("day month year", "month day year")


def _cut(number: _Number) -> list[Reading]:
    """Read eight or six digits without marks; with eight, the year comes first wherever that gives a day."""
    digits, (start, _) = number.digits, number.span

    def cut(order: str) -> list[_Number]:
        at, found = 0, []
        for name in order.split():
            wide = len(digits) - 4 if name == "year" else 2
            found.append(_Number(digits[at : at + wide], (start + at, start + at + wide)))
            at += wide
        return found

    if len(digits) not in (6, 8):
        what = "a year" if len(digits) == 4 else "a number"
        raise InvalidInput(f"there is {what} here, and no full date; {WAY_OUT}")
    read = {order: _ordered(cut(order), order) for order in ("year month day", "day month year", "month day year")}
    found = [r for r in read.values() if r and (len(digits) == 6 or 1000 <= r.year < 3000)]
    return found[:1] if len(digits) == 8 and found and found[0] == read["year month day"] else found


def _ordered(numbers: Sequence[_Number], order: str) -> Reading | None:
    """Read three numbers in one order; None if they are no day of the calendar."""
    of = dict(zip(order.split(), numbers, strict=True))
    year, month, day = of["year"].year(), of["month"].small(12), of["day"].small(31)
    if any(number.role not in ("", name) for name, number in of.items()) or None in (year, month, day):
        return None
    assert year is not None and month is not None and day is not None
    found = Reading(year, month, day, {name: number.span for name, number in of.items()})
    return found if found.exists else None


def _no_day(text: str) -> NoReturn:
    raise InvalidInput(f"'{text}' is no day of the calendar, whichever number is the month; check the numbers")
