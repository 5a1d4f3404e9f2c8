"""Sentences as visitors write them: other names, other casing, and introductions, which the news has none of."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from models.entities.corpus import Sentence
from models.entities.introductions import SURNAMES, TEMPLATES, WHEN

SWAPPED = 0.33  # of the people get another name
LOWER, UPPER, TITLE = 0.15, 0.05, 0.1  # of the sentences are written so
SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with", "'s"}  # in some headlines


class Names:
    """Choose names: first ones from public lists, last ones from all over the world or made of halves of others."""

    def __init__(self, first: Sequence[str], rng: random.Random) -> None:
        self.first, self.rng = first, rng

    def made_up(self) -> str:
        """Join halves of two names to one that nobody has."""
        first, second = self.rng.sample(self.first, 2)
        return first[: self.rng.randint(2, 4)] + second[-self.rng.randint(2, 5) :].lower()

    def last(self) -> str:
        """Choose a last name."""
        return self.rng.choice(SURNAMES) if self.rng.random() < 0.5 else self.made_up()

    def full(self) -> list[str]:
        """Choose a name of one to three words."""
        words = [self.rng.choice(self.first)]
        if self.rng.random() < 0.1:
            words.append(self.rng.choice(self.first))
        return words if self.rng.random() < 0.45 else [*words, self.last()]


class Swap:
    """Give people other names, in place: the first word of a name, and each of the following ones."""

    def __init__(self, names: Names, rng: random.Random) -> None:
        self.names, self.rng = names, rng

    def __call__(self, sentence: Sentence) -> Sentence:
        """Rename about a third of the people of a sentence; titles (Mr.) stay."""
        words = list(sentence.words)
        for i, (word, tag) in enumerate(zip(words, sentence.tags, strict=True)):
            if tag.endswith("PER") and word.istitle() and "." not in word and self.rng.random() < SWAPPED:
                first = tag[0] == "B" or sentence.words[i - 1].endswith(".")
                words[i] = self.rng.choice(self.names.first) if first else self.names.last()
        return replace(sentence, words=tuple(words))


def recased(sentence: Sentence, rng: random.Random) -> Sentence:
    """Write some of the sentences in small letters, in capitals, or as headlines."""
    draw = rng.random()
    write: Callable[[str], str] | None = None
    if draw < LOWER:
        write = str.lower
    elif draw < LOWER + UPPER:
        write = str.upper
    elif draw < LOWER + UPPER + TITLE:
        small = SMALL if rng.random() < 0.5 else set[str]()
        write = lambda word: word if word in small else word[:1].upper() + word[1:]  # noqa: E731
    return replace(sentence, words=tuple(map(write, sentence.words))) if write else sentence


def introductions(
    names: Names, places: Sequence[Sequence[str]], firms: Sequence[Sequence[str]], rng: random.Random, count: int
) -> Iterator[Sentence]:
    """Fill in templates: P a person, L a place, O an organisation, T a time."""

    def slot(kind: str) -> tuple[list[str], str]:
        match kind:
            case "{P}":
                return names.full(), "PER"
            case "{L}":
                return list(rng.choice(places)), "LOC"
            case "{O}":
                return list(rng.choice(firms)), "ORG"
            case _:
                return [*rng.choice(WHEN).split()], "TIM"

    for _ in range(count):
        words: list[str] = []
        tags: list[str] = []
        for piece in rng.choice(TEMPLATES).split():
            if piece[0] == "{":
                filled, kind = slot(piece)
                words += filled
                tags += [f"B-{kind}", *[f"I-{kind}"] * (len(filled) - 1)]
            else:
                words.append(piece)
                tags.append("O")
        if rng.random() < 0.3 and words[-1] == ".":
            words, tags = words[:-1], tags[:-1]
        yield Sentence(tuple(words), tuple(tags))
