"""How people write a day: the CLDR's forms, and looser ones with any order and marks, in nine languages.

A form may come out with two readings (`3/5/2021`); `models.dates.readings` finds these, and the corpus leaves them out.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from random import Random

from babel import Locale
from babel.dates import format_date

from models.dates.words import LANGUAGES, without_accents

AMBIGUOUS = re.compile(r"\d{1,2}([/-])\d{1,2}\1\d{4}")
# Patterns in CLDR's notation that people also use, and that it does not list.
MORE_PATTERNS = {
    "en": ("d MMMM y", "EEEE, d MMMM y", "d MMM y", "E d MMM y", "MMMM d y"),
    "fr": ("'le' d MMMM y", "'le' EEEE d MMMM y"),
    "de": ("'den' d. MMMM y", "EEEE, 'den' d. MMMM y", "d. MMM y", "'am' d. MMMM y", "EEEE, 'der' d. MMMM y"),
    "es": ("d MMMM y", "'el' d 'de' MMMM 'de' y", "EEEE d 'de' MMMM 'de' y", "d 'de' MMMM 'del' y"),
    "it": ("'il' d MMMM y", "EEEE, d MMMM y"),
    "pt": ("d MMMM y", "d MMM y", "EEEE, d 'de' MMMM y"),
    "nl": ("'op' d MMMM y", "EEEE, d MMMM y"),
    "ru": ("d MMMM y", "EEEE, d MMMM y 'года'", "d MMMM y 'года'"),
    "ja": ("y年MM月dd日", "y年M月d日 EEEE", "y年 M月 d日", "y 年 M 月 d 日", "y年M月d日 (E)"),
}
OLD_NAMES = {"de": {1: ("Jänner", "Jaenner"), 3: ("Maerz", "Mrz")}, "es": {9: ("setiembre",)}, "en": {9: ("Sept",)}}
FIRST = {
    "en": "first", "fr": "premier", "de": "1.", "es": "primero", "it": "primo", "pt": "primeiro", "nl": "1e",
    "ru": "1-е",
}  # fmt: skip
ORDERS = ("dmy",) * 8 + ("mdy",) * 5 + ("ymd",) * 4 + ("ydm", "myd")
BETWEEN = (" ",) * 8 + ("-", "-", "", "", ".", ". ", "/", ",", ", ", "_", " - ", "  ")
NUMBERS_BETWEEN = ("/", "/", "-", "-", ".", ".", ". ", " ", " ", "_", ",", ", ", " / ", " - ", " . ")
TWO_DIGITS = range(1969, 2069)  # the years that two digits can stand for


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


def english_ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 4th."""
    return f"{number}{'th' if 11 <= number <= 13 else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def as_listed(day: date, language: str, rng: Random) -> str:
    """Write a day as the CLDR does, or in a form that is as common."""
    if language == "en" and rng.random() < 0.3:
        month, nth = format_date(day, "MMMM", "en"), english_ordinal(day.day)
        forms = (f"{month} {nth}, {day.year}", f"the {nth} of {month} {day.year}", f"{nth} {month} {day.year}")
        return rng.choice(forms)
    text = format_date(day, rng.choice(patterns(language)), language)
    if language == "en" and rng.random() < 0.5:
        text = re.sub(r"\bSep\b", "Sept", text)
    if language == "fr" and day.day == 1 and rng.random() < 0.5:
        text = re.sub(r"\b1 ", "1er ", text)
    return text


def loosely(day: date, language: str, rng: Random) -> str:
    """Write a day with the name of its month in any order, with any marks, a weekday before it, behind it or not."""
    if language == "ja":
        return _in_japanese(day, rng)
    marks = rng.choice(BETWEEN)
    order = rng.choice(ORDERS)
    if not marks and order == "myd":  # May 2021 3 cannot be written as one word
        order = "mdy"
    year = _year(day, order, rng) if marks else str(day.year)
    pieces = {"d": _day(day, language, rng), "m": _month(day, language, rng), "y": year}
    if marks == " " and rng.random() < 0.3:
        between = [rng.choice((" ", " ", ", ", ",", ". ")) for _ in range(2)]
    else:
        between = [marks, marks]
    if language in ("es", "pt") and order == "dmy" and rng.random() < 0.4:
        between = rng.choice(([" de ", " de "], [" de ", " del "], [" de ", " "], ["de", "de"], [" de ", ", "]))
    if language == "en" and order[:2] == "dm" and rng.random() < 0.2:
        between[0] = rng.choice((" of ", "of ", " day of "))
    text = pieces[order[0]] + between[0] + pieces[order[1]] + between[1] + pieces[order[2]]
    return _with_weekday(text, day, language, rng)


def in_numbers(day: date, language: str, rng: Random) -> str:
    """Write a day in numbers alone: year first, day first or, between some marks, month first."""
    d, m, y = (f"{day.day:02}", f"{day.month:02}", str(day.year))
    if rng.random() < 0.45:
        d, m = (str(day.day), str(day.month))
    marks = rng.choice(NUMBERS_BETWEEN)
    short = day.year in TWO_DIGITS and rng.random() < 0.35
    chance = rng.random()
    if chance < 0.15:
        year_last = day.year >= 1300 and rng.random() < 0.2  # 12051124 would begin with a year, too
        text = f"{day.day:02}{day.month:02}{y}" if year_last else f"{y}{day.month:02}{day.day:02}"
    elif chance < 0.45:
        text = marks.join((y[2:] if short and int(y[2:]) > 31 else y, m, d))
    else:
        month_first = chance > 0.75 and ("." not in marks or day.day > 12)
        text = marks.join(((m, d) if month_first else (d, m)) + (y[2:] if short else y,))
        if language == "ru" and rng.random() < 0.2:
            text += rng.choice((" г.", "г.", " года"))
    return text if rng.random() < 0.7 else _with_weekday(text, day, language, rng)


FORMS: Mapping[str, Callable[[date, str, Random], str]] = {
    "listed": as_listed,
    "loose": loosely,
    "numbers": in_numbers,
}


def _in_japanese(day: date, rng: Random) -> str:
    y = f"{day.year % 100:02}" if day.year in TWO_DIGITS and rng.random() < 0.1 else str(day.year)
    d, m = (f"{day.day:02}", f"{day.month:02}") if rng.random() < 0.3 else (str(day.day), str(day.month))
    space = rng.choice(("", "", "", " "))
    text = f"{y}{rng.choice(('', '', ' '))}年{space}{m}{rng.choice(('', '', ' '))}月{space}{d}日"
    weekday = format_date(day, rng.choice(("E", "EEEE")), "ja")
    return text + rng.choice(("",) * 4 + (f"({weekday})", f" ({weekday})", f" {weekday}"))


def _month(day: date, language: str, rng: Random) -> str:
    old = OLD_NAMES.get(language, {}).get(day.month, ())
    if old and rng.random() < 0.3:
        return rng.choice(old)
    name = format_date(day, rng.choice(("MMMM", "MMMM", "MMM", "MMM", "LLLL", "LLL")), language)
    if rng.random() < 0.1:
        name = format_date(day, "LLLL", language)[: rng.choice((3, 3, 3, 4, 4, 5))]
    if rng.random() < 0.04 and len(name) > 4:
        name = misspelled(name, rng)
    return name if rng.random() < 0.6 else name.rstrip(".")


def misspelled(name: str, rng: Random) -> str:
    """Leave out, double or exchange a letter behind the first."""
    at = rng.randrange(1, len(name) - 1)
    swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
    return rng.choice((name[:at] + name[at + 1 :], name[:at] + name[at] + name[at:], swapped))


def _day(day: date, language: str, rng: Random) -> str:
    chance, number = rng.random(), day.day
    if number == 1 and chance < 0.15 and language in FIRST:
        return FIRST[language]
    if chance < 0.3:
        return f"{number:02}"
    if chance < 0.5:
        ordinals = {
            "en": (english_ordinal(number), f"the {english_ordinal(number)}", f"on {number}"),
            "fr": ("1er" if number == 1 else f"{number}", f"le {'1er' if number == 1 else number}", f"{number}e"),
            "de": (f"{number}.", f"den {number}.", f"am {number}.", f"{number}ter", f"der {number}."),
            "es": (f"el {number}", f"{number}º", "1o" if number == 1 else f"{number}", f"el día {number}"),
            "it": (f"l'{number}" if number in (8, 11) else f"il {number}", f"{number}º", f"{number}°"),
            "pt": (f"{number}º", f"dia {number}", f"em {number}", "1o" if number == 1 else f"{number}"),
            "nl": (f"{number}e", f"de {number}e", f"op {number}", f"{number}ste"),
            "ru": (f"{number}-го", f"{number}-е", f"{number}го"),
        }
        return rng.choice(ordinals[language])
    return str(number)


def _year(day: date, order: str, rng: Random) -> str:
    year = str(day.year)
    if day.year in TWO_DIGITS and rng.random() < 0.3:
        last = order[-1] == "y" or int(year[2:]) > 31
        return year[2:] if last and rng.random() < 0.75 else f"'{year[2:]}"
    return year


def _with_weekday(text: str, day: date, language: str, rng: Random) -> str:
    if rng.random() < 0.65:
        return text
    name = format_date(day, rng.choice(("EEEE", "E", "E", "EEEEEE")), language)
    if rng.random() < 0.4:
        name = name.rstrip(".")
    before = (f"{name} {text}", f"{name}, {text}", f"{name},{text}", f"({name}) {text}", f"{name}. {text}")
    behind = (f"{text} ({name})", f"{text}({name})", f"{text}, {name}", f"{text} {name}", f"{text} - {name}")
    return rng.choice((*before, *behind))


def carelessly(text: str, rng: Random) -> str:
    """Leave out commas, dots or accents, or put a zero before a single digit, each in a few of all cases."""
    if rng.random() < 0.12:
        text = re.sub(r",(?!\d)", "", text)
    if rng.random() < 0.08:
        text = re.sub(r"(?<=[^\W\d])\.", "", text)
    if rng.random() < 0.1:
        text = without_accents(text)
    if rng.random() < 0.08:
        text = re.sub(r"(?<!\d)(\d)(?!\d)", r"0\1", text)
    if rng.random() < 0.05:
        text = text + rng.choice((".", ",", " ."))
    case = rng.random()
    return text if case < 0.6 else text.lower() if case < 0.85 else text.upper()


def write(day: date, language: str, rng: Random, form: str | None = None) -> str:
    """Write a day in one language, in one of `FORMS` or any of them, now and then as carelessly as people do."""
    chosen = form or rng.choices(tuple(FORMS), (4, 4, 2))[0]
    return carelessly(FORMS[chosen](day, language, rng), rng)


__all__ = ["FORMS", "LANGUAGES", "patterns", "write"]
