"""The dates: days of two thousand years, as people write them in nine languages (`models.dates.forms`).

Forms that mean two days, such as 3/5/2021, are left out.

`python -m models.dates.corpus FILE` writes dates that no network was trained on, `written<TAB>iso` a line.
"""

import argparse
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from models.dates.characters import normalise
from models.dates.forms import FORMS, write
from models.dates.readings import readings
from models.dates.words import LANGUAGES
from models.files import BadLine, lines_of
from models.training import split_by_hash
from unrolled import InvalidInput

FIRST, LAST = 1000, 2999  # years: every day of those from 1700 to 2199, every seventh of the others
PARTS = ("training", "development", "test")
SHARES = (0.96, 0.02, 0.02)  # by calendar date
TRIES = 50  # until a form of a day has one reading alone; some have


@dataclass(frozen=True)
class Item:
    """Hold one date as written and as ISO 8601."""

    written: str
    iso: str


def days() -> list[date]:
    """List every day that there is to learn."""
    every = (date(FIRST, 1, 1) + timedelta(n) for n in range((date(LAST, 12, 31) - date(FIRST, 1, 1)).days + 1))
    return [day for day in every if 1700 <= day.year < 2200 or day.toordinal() % 7 == 0]


def split() -> tuple[list[date], ...]:
    """Split the calendar into training, development and test days."""
    return split_by_hash(days(), SHARES, date.isoformat)


def item_of(day: date, language: str, rng: random.Random, form: str | None = None) -> Item:
    """Write a day in a form that means this day alone, as `models.dates.readings` finds."""
    for _ in range(TRIES):
        written = write(day, language, rng, form)
        try:
            found = readings(normalise(written))
        except InvalidInput:  # a misspelling can be too strange
            continue
        if [reading.iso for reading in found] == [day.isoformat()]:
            return Item(written, day.isoformat())
    raise ValueError(f"no form of {day} in {language} means that day alone")


def items(chosen: list[date], rng: random.Random, form: str | None = None) -> Iterator[Item]:
    """Write each of these days once, in a language drawn at random, in one of the forms or any."""
    for day in chosen:
        yield item_of(day, rng.choice(LANGUAGES), rng, form)


def characters() -> str:
    """Collect the characters of all forms, by writing a year in every language many times over."""
    rng = random.Random(0)
    year = [date(2020, 1, 1) + timedelta(n) for n in range(366)]
    found = set("0123456789 .,-/'()_°")
    for language in LANGUAGES:
        for day in year * 40:
            found.update(normalise(write(day, language, rng)))
    return "".join(sorted(found))


def read_items(text: str) -> list[Item]:
    """Read `written<TAB>iso`, one date a line. Raises BadLine for one without a tab or a day like 2021-05-03."""
    found: list[Item] = []
    for number, line in lines_of(text):
        written, tab, iso = line.partition("\t")
        if not tab:
            raise BadLine(number, "there is no tab between the date and the same day as 2021-05-03")
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", iso.strip(), re.ASCII):
            raise BadLine(number, f"'{iso.strip()[:20]}' is not written like 2021-05-03")
        found.append(Item(written, iso.strip()))
    return found


def main() -> None:
    """Write each day of one part once, `written<TAB>iso`, or each fifth day of years that are in no part."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--part", choices=PARTS, default="test")
    parser.add_argument("--form", choices=FORMS)
    parser.add_argument("--years", type=int, nargs=2, metavar=("FIRST", "LAST"))
    options = parser.parse_args()
    if options.years:
        first, last = (date(year, 1, 1) for year in (options.years[0], options.years[1] + 1))
        chosen = [first + timedelta(n) for n in range(0, (last - first).days, 5)]
    else:
        chosen = split()[PARTS.index(options.part)]
    rng = random.Random(1)
    options.file.write_text("".join(f"{i.written}\t{i.iso}\n" for i in items(chosen, rng, options.form)), "utf-8")


if __name__ == "__main__":
    main()
