"""What the corpus lacks: other people than Tom and Mary, other numbers, and sentences as visitors type them.

One sentence in twelve of the corpus is about Tom, one in two hundred has a number, and nearly all end with a
full stop. A network that has seen nothing else reads "je m'appelle Sophie" as something strange.
"""

import random
import re
from collections.abc import Sequence

from models.inputs.alphabet import without_accents
from models.translation.corpus import Pair

RENAMED, FULL_NAMES, RENUMBERED = 0.3, 0.2, 0.5
NO_STOP, NO_CAPITAL, SMALL, CAPITALS, NO_ACCENTS, BARE = 0.2, 0.1, 0.08, 0.01, 0.05, 0.06
_NUMBER = re.compile(r"\d+")
_ELIDING = r"\b([Dd]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu)e (?={})"


def rename(pair: Pair, old: str, new: str) -> Pair:
    """Give a person another name, in both languages; French elides before a vowel: de Tom, d'Anna.

    Every h is taken as mute (d'Hermione); which ones are not, only a dictionary knows.
    """
    french = pair.french
    if new[0] in "AEIOUHaeiouh":
        french = re.sub(_ELIDING.format(old), r"\1'", french)
    word = re.compile(rf"\b{old}\b")
    return Pair(word.sub(new, french), word.sub(new, pair.english))


def renumber(pair: Pair, rng: random.Random) -> Pair:
    """Put other numbers of as many digits into both sentences, if both have the same; one stays one."""
    numbers = _NUMBER.findall(pair.french)
    if sorted(numbers) != sorted(_NUMBER.findall(pair.english)):
        return pair
    lowest = {number: max(2, 10 ** (len(number) - 1)) for number in numbers if number.lstrip("0") not in ("", "1")}
    other = {number: str(rng.randint(low, 10 ** len(number) - 1)) for number, low in lowest.items()}
    french, english = (_NUMBER.sub(lambda m: other.get(m[0], m[0]), text) for text in (pair.french, pair.english))
    return Pair(french, english)


def bare(french: str) -> str:
    """Write a sentence as corpora for exercises do: small, no accents, blanks for apostrophes and hyphens."""
    return re.sub(r"\s+", " ", re.sub(r"[^a-z0-9.!?]+", " ", without_accents(french.lower()))).strip()


def as_typed(french: str, rng: random.Random) -> str:
    """Write a sentence the way in which some type: without its final mark, its capitals, or its accents."""
    if rng.random() < NO_STOP:
        french = french.rstrip(" .!?")
    if rng.random() < NO_CAPITAL:
        french = french[:1].lower() + french[1:]
    if rng.random() < NO_ACCENTS:
        french = without_accents(french)
    if rng.random() < BARE:
        return bare(french)
    if rng.random() < SMALL:
        return french.lower()
    return french.upper() if rng.random() < CAPITALS else french


class Augmentation:
    """Vary pairs of sentences; `men` and `women` are first names."""

    def __init__(self, men: Sequence[str], women: Sequence[str], rng: random.Random) -> None:
        self.names, self.rng = {"Tom": men, "Mary": women}, rng

    def __call__(self, pair: Pair) -> Pair:
        """Give the same pair about other people and numbers, typed with more or less care."""
        rng = self.rng
        for old, names in self.names.items():
            if old in pair.french and old in pair.english and rng.random() < RENAMED:
                family = " " + rng.choice(names) if rng.random() < FULL_NAMES else ""
                pair = rename(pair, old, rng.choice(names) + family)
        if any(c.isdigit() for c in pair.french) and rng.random() < RENUMBERED:
            pair = renumber(pair, rng)
        return Pair(as_typed(pair.french, rng) or pair.french, pair.english)
