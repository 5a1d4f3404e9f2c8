"""The words of dates in nine languages: months, weekdays, and the small words between them.

The names are those of the Unicode CLDR as Babel holds them. A month may be cut off after any letter from the third on
that leaves one month alone (`sept`, `agos`), and a long name may be misspelled a little.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from babel import Locale

LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl", "ru", "ja")
LATIN = tuple(language for language in LANGUAGES if language != "ja")
SHORTEST = 3  # letters of a month that is cut off
TYPO, LONG = 0.8, 5  # how alike a misspelled month must be (difflib's ratio), and how many letters it has at least
MORE_MONTHS = {"mrz": 3, "maerz": 3, "jänner": 1, "jaenner": 1, "feber": 2, "setiembre": 9, "мрт": 3}
# What stands right behind the number of a day: 3rd, 1er, 3ème, 3ter, 1º, 3a, 3e, 3-го.
ORDINALS = frozenset("st nd rd th er re e ème eme te ten ter ste o a ° го е ое".split())
FIRST = frozenset("first premier primero primo primeiro".split())  # of a month: le premier mai
SMALL = frozenset(
    "the of on day in year le l du der den dem am vom el de del día dia il lo di do em op г гг год года году".split()
)
# Between a year and a month that are written as one word with others: 3demayode2009.
_JOINTS = ("del", "de", "di", "of", "the")


def without_accents(text: str) -> str:
    """Take the accents off Latin letters; the Russian й keeps its own."""
    bare = (c for c in unicodedata.normalize("NFD", text) if c not in "\u0300\u0301\u0302\u0308\u0327")
    return unicodedata.normalize("NFC", "".join(bare))


def _both(word: str) -> Iterator[str]:
    yield from (word, without_accents(word))


@cache
def full_months() -> Mapping[str, int]:
    """Map every full name of a month, in lower case, to its number."""
    found: dict[str, int] = dict(MORE_MONTHS)
    for locale in map(Locale.parse, LATIN):
        for context in ("format", "stand-alone"):
            for month, name in locale.months[context]["wide"].items():
                for word in _both(name.lower()):
                    found[word] = month
    return found


@cache
def months() -> Mapping[str, int]:
    """Map every name of a month to its number: full, as CLDR abbreviates it, or cut off where no other begins so."""
    meant: dict[str, set[int]] = {}
    for name, month in full_months().items():
        for end in range(SHORTEST, len(name) + 1):
            meant.setdefault(name[:end], set()).add(month)
    found = {word: min(numbers) for word, numbers in meant.items() if len(numbers) == 1}
    for locale in map(Locale.parse, LATIN):
        for context in ("format", "stand-alone"):
            for month, name in locale.months[context]["abbreviated"].items():
                for word in _both(name.lower().rstrip(".")):
                    found[word] = month
    return {**found, **full_months()}


@cache
def weekdays() -> frozenset[str]:
    """List every name of a weekday, full or abbreviated; `segunda-feira` is two words."""
    found: set[str] = {"feira"}
    for locale in map(Locale.parse, LATIN):
        for width in ("wide", "abbreviated", "short"):
            for name in locale.days["format"][width].values():
                word = re.split(r"\W", name.lower().rstrip("."))[0]
                cut = range(SHORTEST, len(word)) if width == "wide" else ()
                found.update(part for whole in (word, *(word[:end] for end in cut)) for part in _both(whole))
    return frozenset(found)


@cache
def _glued() -> re.Pattern[str]:
    """Match a month with small words glued to it, as in `3demayode2009` or `3rdmay`."""
    names = "|".join(sorted(months(), key=len, reverse=True))
    joints, ordinals = "|".join(_JOINTS), "|".join(sorted(ORDINALS, key=len, reverse=True))
    return re.compile(rf"(?:{ordinals})?(?:{joints})*({names})(?:{joints})*")


@cache
def month_of(word: str) -> int | None:
    """Say which month a word names, in lower case: exactly, glued to small words, or misspelled; else None."""
    if word in months():
        return months()[word]
    if word in weekdays() or word in SMALL or word in ORDINALS:
        return None
    if glued := _glued().fullmatch(word):
        return months()[glued[1]]
    if len(word) < LONG:
        return None
    alike = {full_months()[name] for name in get_close_matches(word, full_months(), 3, TYPO)}
    return alike.pop() if len(alike) == 1 else None
