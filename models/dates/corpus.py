"""The dates: every day of five centuries, as people write it in nine languages.

The forms are those of the Unicode CLDR as Babel holds them (full, long, medium, and skeletons that name the
month), and some that people also use. Forms that mean two days, such as 3/5/2021, are left out.

`python -m models.dates.corpus FILE` writes dates that no network was trained on, `written<TAB>iso` a line.
"""

import argparse
import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date

from models.dates.characters import normalise
from models.files import BadLine, lines_of
from models.training import split_by_hash

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "ru", "ja")
FIRST, LAST = date(1700, 1, 1), date(2199, 12, 31)
PARTS = ("training", "development", "test")
SHARES = (0.96, 0.02, 0.02)  # by calendar date
AMBIGUOUS = re.compile(r"\d{1,2}([/-])\d{1,2}\1\d{4}")
NUMERIC = ("y-MM-dd", "dd.MM.y", "d.M.y", "y/MM/dd")
# Patterns in CLDR's notation that people also use, and that it does not list.
MORE_PATTERNS = {
    "en": ("d MMMM y", "EEEE, d MMMM y", "d MMM y", "E d MMM y", "MMMM d y"),
    "fr": ("'le' d MMMM y", "'le' EEEE d MMMM y"),
    "de": ("'den' d. MMMM y", "EEEE, 'den' d. MMMM y", "d. MMM y"),
    "es": ("d MMMM y", "'el' d 'de' MMMM 'de' y", "EEEE d 'de' MMMM 'de' y"),
    "it": ("'il' d MMMM y", "EEEE, d MMMM y"),
    "pt": ("d MMMM y", "d MMM y", "EEEE, d 'de' MMMM y"),
    "nl": ("'op' d MMMM y", "EEEE, d MMMM y"),
    "ru": ("d MMMM y", "EEEE, d MMMM y 'года'", "d MMMM y 'года'"),
    "ja": ("y年MM月dd日", "y年M月d日 EEEE"),
}


@dataclass(frozen=True)
class Item:
    """Hold one date as written and as ISO 8601."""

    written: str
    iso: str


@cache
def patterns(language: str) -> tuple[str, ...]:
    """List the unambiguous patterns of one language, in CLDR's notation."""
    locale = Locale.parse(language)
    listed = [locale.date_formats[name].pattern for name in ("full", "long", "medium")]
    skeletons = (locale.datetime_skeletons.get(name) for name in ("yMMMd", "yMMMEd", "yMMMMd", "yMMMMEEEEd"))
    every = [*listed, *(s.pattern for s in skeletons if s), *MORE_PATTERNS[language]]
    sample = date(2021, 5, 3)
    plain = [p for p in every if not AMBIGUOUS.search(format_date(sample, p, locale))]
    return tuple(dict.fromkeys(plain))


def english_ordinal(day: date, rng: random.Random) -> str:
    """Write a date with an ordinal: `May 3rd, 2021`, `the 3rd of May 2021`."""
    ending = "th" if 11 <= day.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    month = format_date(day, "MMMM", "en")
    nth = f"{day.day}{ending}"
    forms = (f"{month} {nth}, {day.year}", f"the {nth} of {month} {day.year}", f"{nth} {month} {day.year}")
    return rng.choice(forms)


def write(day: date, language: str, rng: random.Random) -> str:
    """Write a day in one language, in a form drawn at random, now and then as carelessly as people do."""
    chance = rng.random()
    if chance < 0.06:
        return format_date(day, rng.choice(NUMERIC), language)
    if language == "en" and chance < 0.3:
        text = english_ordinal(day, rng)
    else:
        text = format_date(day, rng.choice(patterns(language)), language)
    if language == "en" and rng.random() < 0.5:
        text = re.sub(r"\bSep\b", "Sept", text)
    if language == "fr" and day.day == 1 and rng.random() < 0.5:
        text = re.sub(r"\b1 ", "1er ", text)
    return carelessly(text, rng)


def carelessly(text: str, rng: random.Random) -> str:
    """Leave out commas, dots or accents, or put a zero before a single digit, each in a few of all cases."""
    if rng.random() < 0.15:
        text = text.replace(",", "")
    if rng.random() < 0.1:
        text = re.sub(r"(?<=[^\W\d])\.", "", text)
    if rng.random() < 0.1:
        text = without_accents(text)
    if rng.random() < 0.1:
        text = re.sub(r"(?<!\d)(\d)(?!\d)", r"0\1", text)
    case = rng.random()
    return text if case < 0.6 else text.lower() if case < 0.85 else text.upper()


def without_accents(text: str) -> str:
    """Take the accents off Latin letters; the Russian й keeps its own."""
    bare = (c for c in unicodedata.normalize("NFD", text) if c not in "\u0300\u0301\u0302\u0308\u0327")
    return unicodedata.normalize("NFC", "".join(bare))


def days() -> list[date]:
    """List every day that there is to learn."""
    return [FIRST + timedelta(n) for n in range((LAST - FIRST).days + 1)]


def split() -> tuple[list[date], ...]:
    """Split the calendar into training, development and test days."""
    return split_by_hash(days(), SHARES, date.isoformat)


def items(chosen: list[date], rng: random.Random) -> Iterator[Item]:
    """Write each of these days once, in a language drawn at random."""
    for day in chosen:
        yield Item(write(day, rng.choice(LANGUAGES), rng), day.isoformat())


def characters() -> str:
    """Collect the characters of all forms, by writing a year in every language many times over."""
    rng = random.Random(0)
    year = [date(2020, 1, 1) + timedelta(n) for n in range(366)]
    found = set("0123456789 .,-/'()")
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
    parser.add_argument("--years", type=int, nargs=2, metavar=("FIRST", "LAST"))
    options = parser.parse_args()
    if options.years:
        first, last = (date(year, 1, 1) for year in (options.years[0], options.years[1] + 1))
        chosen = [first + timedelta(n) for n in range(0, (last - first).days, 5)]
    else:
        chosen = split()[PARTS.index(options.part)]
    rng = random.Random(1)
    options.file.write_text("".join(f"{i.written}\t{i.iso}\n" for i in items(chosen, rng)), "utf-8")


if __name__ == "__main__":
    main()
