"""Dates in numbers alone, whose order differs from country to country: how many days they can mean."""

import re
from collections.abc import Iterator
from datetime import date

from unrolled import InvalidInput

NUMERIC = re.compile(r"(?<!\d)(\d{1,2}) ?([/-]) ?(\d{1,2}) ?\2 ?(\d{4})(?!\d)")
YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
EIGHT_DIGITS = re.compile(r"(?<!\d)\d{8}(?!\d)")


def readings(first: str, second: str, year: str) -> list[date]:
    """List the days that two numbers and a year can mean, the day before the month first; each once."""
    return list(dict.fromkeys([*_day(year, second, first), *_day(year, first, second)]))


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return


def day_first(text: str) -> str:
    """Write numbers that can mean one day alone as day.month.year, an order that the network was taught.

    Raises InvalidInput, with the way out, for numbers that mean two days or none, and where no year is in full.
    """
    text = NUMERIC.sub(lambda found: _one_day(*found.group(0, 1, 3, 4)), text)
    if YEAR.search(text):
        return text
    if found := EIGHT_DIGITS.search(text):
        raise InvalidInput(f"'{found[0]}' has no marks between year, month and day; write it as 2021-05-03")
    raise InvalidInput("no year with four digits is in this date; write it in full, as in 3 May 2021")


def _one_day(written: str, first: str, second: str, year: str) -> str:
    days = readings(first, second, year)
    if not days:
        raise InvalidInput(f"'{written}' is no day of the calendar, whichever number is the month; check the numbers")
    if len(days) > 1:
        both = " or ".join(f"{day.day} {day:%B} {year}" for day in days)
        raise InvalidInput(
            f"'{written}' means two days, {both}, depending on the country; write the month's name, or the year first "
            f"({days[0].isoformat()})"
        )
    return f"{days[0].day}.{days[0].month}.{year}"
