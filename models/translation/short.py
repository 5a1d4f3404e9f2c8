"""What the corpus has too little of: words alone, greetings, names, numbers, years, and how people type them.

Words come out of the training part: a French and an English one that each stand in the same sentences as the other,
more than as any third. Greetings and sentences with gaps for names, places and numbers were written for this project.
"""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from models.translation.corpus import Pair

HERE = Path(__file__).parent
SEEN, ALIKE = 5, 0.5  # how often a word has to be seen, and its least Dice coefficient with its partner
NOUN = 3  # times behind an article
WORDS, PHRASES, GAPS = 0.4, 0.3, 0.3  # how often each kind is drawn
SPELLED, INVENTED = 0.35, 0.3  # shares of the numbers in words, and of the names that nobody has
ALONE = 3  # words: up to so many, a final mark that is left out is left out of the translation, too
UNMARKED = 0.5
ARTICLES = {"le ": "the ", "la ": "the ", "l'": "the ", "un ": "a ", "une ": "a "}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*'?")
_GAP = re.compile(r"{(name|full|place|number|year|hour|phone)\d?}")
Drawn = tuple[str, str]  # the same in French and in English


def rows_of(name: str) -> list[list[str]]:
    """Read a table that stands beside this file."""
    return [line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines()]


def words_of(sentence: str) -> set[str]:
    """List the words of a sentence, small; an elided one keeps its apostrophe."""
    return set(_WORD.findall(sentence.lower()))


def lexicon(pairs: Sequence[Pair]) -> dict[str, str]:
    """Find which words translate each other: French -> English, both small.

    Two words do if the Dice coefficient of the sentences that they stand in is the highest for either of them.
    """
    seen = [(words_of(pair.french), words_of(pair.english)) for pair in pairs]
    french, english = (Counter(word for both in seen for word in both[side]) for side in (0, 1))
    together: Counter[tuple[str, str]] = Counter()
    for some, others in seen:
        often = [word for word in others if english[word] >= SEEN]
        together.update((word, other) for word in some if french[word] >= SEEN for other in often)
    found: dict[str, tuple[float, str]] = {}
    back: dict[str, tuple[float, str]] = {}
    for (word, other), count in together.items():
        alike = 2 * count / (french[word] + english[other])
        found[word] = max(found.get(word, (ALIKE, "")), (alike, other))
        back[other] = max(back.get(other, (ALIKE, "")), (alike, word))
    mutual = ((word, other) for word, (_, other) in found.items() if other and back[other][1] == word)
    return {word: other for word, other in mutual if len(word) > 1 < len(other) and "'" not in word[-1] + other}


def nouns(pairs: Iterable[Pair], known: Mapping[str, str]) -> list[tuple[str, str]]:
    """Find the words that stand behind articles in both languages: (`le chat`, `the cat`), (`un chat`, `a cat`)."""
    french: Counter[tuple[str, str]] = Counter()
    english: Counter[str] = Counter()
    for pair in pairs:
        french.update(re.findall(r"\b(le |la |l'|un |une )([^\W\d_]+)", pair.french.lower()))
        english.update(re.findall(r"\b(?:the|an?) ([^\W\d_]+)", pair.english.lower()))
    behind = defaultdict(list)
    for (article, word), count in french.items():
        if count >= NOUN and english[known.get(word, "")] >= NOUN:
            behind[word].append(article)
    found: list[tuple[str, str]] = []
    for word, articles in behind.items():
        noun = known[word]
        for article in articles:
            an = "an " if noun[0] in "aeio" else "a "
            found.append((article + word, (an if article.startswith("un") else ARTICLES[article]) + noun))
    return found


def same(text: str) -> Drawn:
    """Write what is the same in both languages."""
    return text, text


class Short:
    """Draws short pairs, and sentences with names and numbers; `names` are first names beside its own."""

    def __init__(self, pairs: Sequence[Pair], names: Sequence[str], rng: random.Random) -> None:
        known = lexicon(pairs)
        self.words = [*known.items(), *nouns(pairs, known)]
        self.names, self.rng = names, rng
        phrases = [(french, english) for french, english in rows_of("phrases.tsv")]
        self.phrases = [row for row in phrases if not _GAP.search(row[0])]
        self.gaps = [row for row in phrases if _GAP.search(row[0])]

    @cached_property
    def proper(self) -> Mapping[str, list[Drawn]]:
        """Load names, surnames and places."""
        found: dict[str, list[Drawn]] = defaultdict(list)
        for kind, french, english in rows_of("proper.tsv"):
            found[kind].append((french, english))
        return found

    @cached_property
    def spelled(self) -> list[Drawn]:
        """Load numbers in words."""
        return [(french, english) for french, english in rows_of("numbers.tsv")]

    def name(self) -> Drawn:
        """Draw a first name: a usual one, one of the lists, or one that nobody has, so that names are copied."""
        listed = self.proper["name"]
        draw = self.rng.random()
        if draw < INVENTED:
            one, other = (self.rng.choice((self.rng.choice(listed)[0], self.rng.choice(self.names))) for _ in "ab")
            made = one[: self.rng.randint(1, len(one))] + other[self.rng.randint(0, len(other) - 1) :].lower()
            return made, made
        if draw < (1 + INVENTED) / 2:
            return self.rng.choice(listed)
        return same(self.rng.choice(self.names))

    def full(self) -> Drawn:
        """Draw a first name and a surname."""
        first = self.name()[0]
        last = self.rng.choice(self.proper["surname"])[0] if self.rng.random() < 0.7 else self.name()[0]
        return same(f"{first} {last}")

    def number(self) -> Drawn:
        """Draw a number: in words, or in one to six digits."""
        if self.rng.random() < SPELLED:
            return self.rng.choice(self.spelled)
        digits = self.rng.choices((1, 2, 3, 4, 5, 6), (2, 6, 4, 4, 1, 1))[0]
        return same(str(self.rng.randint(max(2, 10 ** (digits - 1)), 10**digits - 1)))

    def phone(self) -> Drawn:
        """Draw a telephone number, in pairs of digits or in one row."""
        pairs = [f"{self.rng.randint(0, 99):02}" for _ in range(4)]
        return same(self.rng.choice((" ", " ", "", ".")).join((f"0{self.rng.randint(1, 9)}", *pairs)))

    def year(self) -> Drawn:
        """Draw a year."""
        return same(str(self.rng.randint(1700, 2040)))

    def hour(self) -> Drawn:
        """Draw an hour."""
        return same(str(self.rng.randint(2, 23)))

    def place(self) -> Drawn:
        """Draw a town."""
        return self.rng.choice(self.proper["place"])

    def filled(self, row: Drawn) -> Drawn:
        """Fill the gaps of a pair, each with the same thing in both languages."""
        draws: Mapping[str, Callable[[], Drawn]] = {
            "name": self.name, "full": self.full, "place": self.place, "number": self.number,
            "year": self.year, "hour": self.hour, "phone": self.phone,
        }  # fmt: skip
        drawn = {gap[0]: draws[gap[1]]() for gap in _GAP.finditer(row[0])}
        french, english = (_GAP.sub(lambda gap, side=side: drawn[gap[0]][side], row[side]) for side in (0, 1))
        return french, english

    def __call__(self) -> Pair:
        """Draw a pair; where the French has no final mark and few words, the English has none either."""
        kind = self.rng.choices((self.words, self.phrases, self.gaps), (WORDS, PHRASES, GAPS))[0]
        french, english = self.filled(self.rng.choice(kind))
        if self.rng.random() < 0.3:
            french, english = (text[:1].upper() + text[1:] for text in (french, english))
        if len(french.split()) <= ALONE and self.rng.random() < UNMARKED:
            french, english = (text.rstrip(" .!?") for text in (french, english))
        return Pair(french, english)
