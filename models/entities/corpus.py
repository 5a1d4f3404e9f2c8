"""The Groningen Meaning Bank as it is found on the web: a CSV with a word and its tag in each row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.files import BadLine, FileFormat, rows_of

# Countries (geo) and their people and governments (gpe) are one class here; the three rarest are another.
MERGED = {"per": "PER", "geo": "LOC", "gpe": "LOC", "org": "ORG", "tim": "TIM"} | dict.fromkeys(
    ("art", "eve", "nat"), "MISC"
)
KINDS = ("PER", "LOC", "ORG", "TIM", "MISC")
TAGS = ("O", *(f"{place}-{kind}" for kind in KINDS for place in "BI"))
Span = tuple[int, int, str]  # first word, one past the last, kind


@dataclass(frozen=True)
class Sentence:
    """Hold the words of a sentence and the tag of each, in IOB2: B- begins an entity, I- goes on with it."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    marked: tuple[str, ...] = KINDS  # the kinds that its corpus marks; where others stand, it says O
    corpus: str = ""

    @property
    def text(self) -> str:
        """Write the sentence as one string."""
        return " ".join(self.words)


# The source's CSV is in latin-1; those who save it again use UTF-8.
FORMAT = FileFormat(("utf-8", "latin-1"), "ner_dataset.csv")


def parse(text: str) -> list[Sentence]:
    """Read all sentences. Raises InvalidInput for a file without the columns, BadLine for a tag that is not GMB's."""
    groups: list[list[tuple[str, str]]] = []
    for number, row in rows_of(text, ("Sentence #", "Word", "Tag")):
        if row["Sentence #"] or not groups:
            groups.append([])
        if row["Word"]:
            groups[-1].append((row["Word"], merge(row["Tag"], number)))
    return [Sentence(tuple(word for word, _ in group), tuple(tag for _, tag in group)) for group in groups if group]


def merge(tag: str, line: int) -> str:
    """Turn one of GMB's tags into one of ours; it stands in this line of its file."""
    place, _, kind = tag.partition("-")
    if tag != "O" and (place not in ("B", "I") or kind not in MERGED):
        raise BadLine(line, f"'{tag[:20]}' is not one of GMB's tags")
    return tag if tag == "O" else f"{place}-{MERGED[kind]}"


def without_duplicates(sentences: Iterable[Sentence]) -> list[Sentence]:
    """Keep the first of sentences that read the same."""
    first: dict[str, Sentence] = {}
    for sentence in sentences:
        first.setdefault(sentence.text, sentence)
    return list(first.values())


def spans(tags: Sequence[str]) -> list[Span]:
    """Find the entities: an I- that goes on with nothing of its kind begins one, as in CoNLL's scorer."""
    found: list[Span] = []
    start, kind = 0, ""
    for i, tag in enumerate((*tags, "O")):
        place, _, here = tag.partition("-")
        if kind and (place != "I" or here != kind):
            found.append((start, i, kind))
            kind = ""
        if here and not kind:
            start, kind = i, here
    return found


def entity_scores(truth: Sequence[Sequence[str]], said: Sequence[Sequence[str]]) -> dict[str, float]:
    """Count exact entities (same words, same kind): precision, recall, and F1 over all, for each kind, and on average.

    A kind that never occurs in the truth is not counted: the corpus does not mark it, and what is said of it is
    neither right nor wrong.
    """
    wanted = {(i, *span) for i, tags in enumerate(truth) for span in spans(tags)}
    kinds = [kind for kind in KINDS if any(entity[-1] == kind for entity in wanted)]
    given = {(i, *span) for i, tags in enumerate(said) for span in spans(tags) if span[-1] in kinds}
    right = wanted & given
    each = {
        f"f1_{kind}": _f1(*(sum(entity[-1] == kind for entity in group) for group in (right, given, wanted)))
        for kind in kinds
    }
    scores = {
        "micro_f1": _f1(len(right), len(given), len(wanted)),
        "macro_f1": sum(each.values()) / max(len(each), 1),
        "precision": len(right) / max(len(given), 1),
        "recall": len(right) / max(len(wanted), 1),
    }
    return {name: round(score, 4) for name, score in (scores | each).items()}


def _f1(right: int, given: int, wanted: int) -> float:
    return 2 * right / max(given + wanted, 1)
