"""Where year, month and day stand in a written date, to see whether attention points at them."""

import re
from functools import cache

from babel import Locale

from models.dates.corpus import LANGUAGES

Span = tuple[int, int]  # half-open, in characters


@cache
def month_names(month: int) -> tuple[str, ...]:
    """List what a month is called in the nine languages, in lower case, the longest name first."""
    names = {
        Locale.parse(language).months[context][width][month].lower().rstrip(".")
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
    }
    plain = {strip for name in names for strip in (name, name.translate(str.maketrans("éûçá", "euca")))}
    return tuple(sorted((n for n in plain if not n[0].isdigit()), key=len, reverse=True))


def field_spans(text: str, iso: str) -> dict[str, Span]:
    """Find the characters of a normalised date that say its year, month and day, where they do."""
    year, month, day = iso.split("-")
    numbers = [(m.span(), m.group()) for m in re.finditer(r"\d+", text)]
    spans: dict[str, Span] = {}
    spans.update(("year", span) for span, digits in numbers if digits == year)
    small = [(span, digits) for span, digits in numbers if digits != year]
    name = next((m.span() for n in month_names(int(month)) if (m := re.search(re.escape(n), text))), None)
    if len(small) == 2:  # the month is a number: day first, unless the year comes first
        (first, _), (second, _) = small
        year_first = "year" in spans and spans["year"] < first
        spans["month"], spans["day"] = (first, second) if year_first else (second, first)
    elif len(small) == 1:
        if int(small[0][1]) == int(day):
            spans["day"] = small[0][0]
        if name:
            spans["month"] = name
    return spans
