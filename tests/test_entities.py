"""The entity example: words and their pieces, GMB's files, exact entities, and what the networks tag."""

import csv
import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest

from models.entities.corpus import FORMAT, TAGS, Sentence, entity_scores, parse, spans, without_duplicates, write
from models.entities.example import EXAMPLE, Entities
from models.entities.train import Swap, network_of, start_from_counts
from models.entities.words import Words, pieces, shape, tokenise
from tests.helpers import measured_on
from unrolled import InvalidInput
from unrolled.config import Bag

FOLDER = Path(__file__).parent.parent / "models" / "entities"
CSV = (
    "Sentence #,Word,POS,Tag\nSentence: 1,Mr.,NNP,B-per\n,Blair,NNP,I-per\n,left,VBD,O\n,Iraq,NNP,B-gpe\n"
    'Sentence: 2,",",",",O\n,Caf\xe9,NNP,B-geo\n'
)


@pytest.fixture(scope="module")
def example() -> Entities:
    return EXAMPLE(FOLDER)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Yesterday, Harry met Ron.", ["Yesterday", ",", "Harry", "met", "Ron", "."]),
        ("Mr. O'Neil's U.S.-led talks", ["Mr.", "O'Neil", "'s", "U.S.-led", "talks"]),
        ("They don't pay $3.5", ["They", "do", "n't", "pay", "$", "3.5"]),
        ('the 31-year-old "star"', ["the", "31-year-old", '"', "star", '"']),
    ],
)
def test_text_is_split_as_the_training_data_is(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


def test_shapes_tell_names_from_numbers_and_abbreviations() -> None:
    found = [shape(word) for word in ("Paris", "I", "NATO", "eBay", "met", "2014", "1st", ",", "U.N.")]
    assert found == ["Xx", "X", "XX", "xX", "x", "0", "x0", ".", "X."]


def test_unknown_words_share_a_row_but_not_their_pieces() -> None:
    words = Words(["met"])
    harry, ron, met = words.rows("Harry").tolist(), words.rows("Ron").tolist(), words.rows("Met").tolist()
    assert harry[0] == ron[0] == words.unknown != met[0]
    assert harry[2:] != ron[2:] and len(pieces("Harry")) == len(harry) - 2
    assert max(harry) < words.count and words.bags(["Harry", "met"]).shape == (2, len(harry))


def test_gmb_files_are_read_plain_gzipped_and_zipped() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ner_dataset.csv", CSV.encode("latin-1"))
    for contents in (CSV.encode("latin-1"), gzip.compress(CSV.encode("latin-1")), packed.getvalue()):
        first, second = parse(FORMAT.decode(FORMAT.unpack(contents)))
        assert first == Sentence(("Mr.", "Blair", "left", "Iraq"), ("B-PER", "I-PER", "O", "B-LOC"))
        assert second == Sentence((",", "Café"), ("O", "B-LOC"))


def test_written_sentences_read_the_same() -> None:
    sentences = parse(CSV)
    out = io.StringIO()
    csv.writer(out).writerows(write([*sentences, sentences[0]]))
    assert without_duplicates(parse(out.getvalue())) == sentences


def test_files_of_another_form_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no columns"):
        parse("word,tag\na,O\n")
    with pytest.raises(InvalidInput, match="'B-dog' is not one of"):
        parse("Sentence #,Word,POS,Tag\nSentence: 1,Rex,NNP,B-dog\n")


def test_an_entity_ends_where_another_begins() -> None:
    tags = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG", "B-TIM"]
    assert spans(tags) == [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC"), (5, 6, "ORG"), (6, 7, "TIM")]


def test_half_an_entity_counts_as_none() -> None:
    truth, half = [["B-PER", "I-PER", "O", "B-LOC"]], [["B-PER", "O", "O", "B-LOC"]]
    assert entity_scores(truth, truth)["f1"] == 1
    assert entity_scores(truth, half)["f1"] == entity_scores(truth, half)["precision"] == 0.5
    assert entity_scores(truth, half)["f1_PER"] == 0


def test_swapped_people_keep_their_tags_and_titles() -> None:
    sentence = Sentence(("Mr.", "Tony", "Blair", "left", "Iraq"), ("B-PER", "I-PER", "I-PER", "O", "B-LOC"))
    swap = Swap(["Annabel", "Bertram", "Cordelia"], random.Random(2))
    swapped = [swap(sentence) for _ in range(40)]
    assert {s.words[0] for s in swapped} == {"Mr."} and {s.words[3:] for s in swapped} == {("left", "Iraq")}
    assert len({s.words[1] for s in swapped}) > 2 and len({s.words[2] for s in swapped}) > 5
    assert {s.tags for s in swapped} == {sentence.tags}


def test_names_that_nobody_trained_on_are_tagged_whole(example: Entities) -> None:
    trace = example.trace("Yesterday, Harry Potter met Hermione Granger.")
    assert "Harry Potter (person)" in trace.answer and "Hermione Granger (person)" in trace.answer
    assert {label.text for label in trace.x_labels if label.note == "unknown"} >= {"Hermione", "Granger"}


def test_batches_are_tagged_as_single_sentences_are(example: Entities) -> None:
    texts = ["Kofi Annan flew to Geneva on Monday.", "It rained.", "The United Nations met in New York last week."]
    sentences = [Sentence(tuple(tokenise(text)), ("O",) * len(tokenise(text))) for text in texts]
    alone = [[output.label for output in example.trace(text).outputs] for text in texts]
    assert example.tag(sentences, example.variants["bilstm"]) == alone
    assert {tag for tags in alone for tag in tags} <= set(TAGS)


def test_too_many_words_are_refused_with_the_limit(example: Entities) -> None:
    with pytest.raises(InvalidInput, match=r"^101 words and signs are too many; this example reads up to 100$"):
        example.read("a " * 101, "bilstm")


def test_evaluation_reads_the_sources_file(example: Entities, tmp_path: Path) -> None:
    file = tmp_path / "ner_dataset.csv.gz"
    file.write_bytes(gzip.compress(CSV.encode("latin-1")))
    measured = measured_on(example, file, "bilstm")
    assert 0 <= measured["f1"] <= 1 and measured["f1_TIM"] == 0


def test_training_starts_from_what_naive_bayes_would_say() -> None:
    words = Words(["iraq", "met", "blair"])
    network = network_of("lstm", words)
    start_from_counts(network, parse(CSV) * 20, words)
    assert isinstance(network.read, Bag)
    said = network.read(words.bags(["Iraq", "left", "Iraqi"]))[:, : len(TAGS)]
    assert [TAGS[y] for y in said.argmax(-1)] == ["B-LOC", "O", "B-LOC"]


def test_spans_are_the_words_of_each_entity(example: Entities) -> None:
    trace = example.trace("Yesterday, Harry Potter met Hermione Granger in London.")
    assert trace.spans
    for span in trace.spans:
        tags = [output.label for output in trace.outputs[span.first : span.last + 1]]
        assert tags[0] == f"B-{span.label}"
        assert set(tags[1:]) <= {f"I-{span.label}"}
        assert span.p == min(output.p for output in trace.outputs[span.first : span.last + 1])
    assert "Harry Potter (person)" in trace.answer
