"""Files in the form of CoNLL's shared tasks: a word and its tag in each line, a blank line between sentences."""

from collections.abc import Iterable, Mapping

from models.entities.corpus import KINDS, Sentence, parse
from models.files import BadLine

# What other corpora call our kinds. Theirs are finer: a `group` may be a band, a `product` a phone, both are merged.
CALLED = {
    "PER": "per person peop politician scientist researcher writer musicalartist musician artist",
    "LOC": "loc location geo gpe country geo-loc facility fac building gpe-loc",
    "ORG": "org organisation organization corporation company group politicalparty university band sportsteam norp",
    "TIM": "tim time date",
    "MISC": "misc other product creative-work art eve nat event election award movie tvshow book song album",
}
KIND_OF = {name: kind for kind, names in CALLED.items() for name in names.split()}
BEGINS = "-DOCSTART-"
PLACES = {"B": "B", "I": "I", "E": "I", "S": "B", "L": "I", "U": "B"}  # BIOES and BILOU say the same


def read_sentences(text: str) -> list[Sentence]:
    """Read a file of either form: GMB's CSV has a header with `Sentence #`. Raises InvalidInput, BadLine."""
    return parse(text) if "Sentence #" in text.lstrip().split("\n", 1)[0] else parse_conll(text)


def parse_conll(text: str, kinds: tuple[str, ...] | None = None) -> list[Sentence]:
    """Read sentences, the word in the first and the tag in the last column, between tabs or spaces.

    `-DOCSTART- NAME` names the corpus of what follows. `kinds` are those that a corpus marks, all that occur in it if
    it is not said. Raises BadLine.
    """
    corpus = ""
    groups: list[tuple[str, list[tuple[str, str]]]] = [(corpus, [])]
    for number, line in enumerate(text.split("\n"), start=1):
        columns = line.rstrip().split("\t") if "\t" in line else line.split()
        if columns and columns[0] == BEGINS:
            corpus = columns[1] if len(columns) == 2 and columns[1] != "O" else ""
        if not any(columns) or columns[0] == BEGINS:
            groups.append((corpus, []))
        else:
            groups[-1][1].append((columns[0], tag_of(columns, number)))
    found = {(corpus, tag.partition("-")[2]) for corpus, group in groups for _, tag in group}
    marked = {corpus: kinds or tuple(kind for kind in KINDS if (corpus, kind) in found) for corpus, _ in groups}
    return [
        Sentence(tuple(word for word, _ in group), tuple(tag for _, tag in group), marked[corpus], corpus)
        for corpus, group in groups
        if group
    ]


def write_conll(corpora: Mapping[str, Iterable[Sentence]]) -> str:
    """Write sentences as `parse_conll` reads them, with the names of their corpora."""
    return "".join(
        f"{BEGINS}\t{name}\n\n" + "".join(f"{lines_of(sentence)}\n" for sentence in sentences)
        for name, sentences in corpora.items()
    )


def lines_of(sentence: Sentence) -> str:
    """Write a word and its tag in each line."""
    return "".join(f"{word}\t{tag}\n" for word, tag in zip(sentence.words, sentence.tags, strict=True))


def tag_of(columns: list[str], line: int) -> str:
    """Read the tag of a line of a file as one of ours."""
    if len(columns) < 2:
        raise BadLine(line, f"'{columns[0][:20]}' has no tag behind it")
    place, _, kind = columns[-1].partition("-")
    if columns[-1] == "O":
        return "O"
    if place not in PLACES or kind.lower() not in KIND_OF:
        raise BadLine(line, f"'{columns[-1][:20]}' is not a tag of a kind that is known here")
    return f"{PLACES[place]}-{KIND_OF[kind.lower()]}"
