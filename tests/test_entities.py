"""The entity example: words and their pieces, GMB's files, exact entities, and what the networks tag."""

import gzip
import io
import random
import zipfile
from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.entities.augment import Names, Swap, introductions, recased
from models.entities.clusters import FINE, Clusters, k_means, nearest
from models.entities.conll import parse_conll, read_sentences, write_conll
from models.entities.corpus import (
    FORMAT,
    KINDS,
    TAGS,
    Sentence,
    entity_scores,
    parse,
    spans,
    without_duplicates,
)
from models.entities.example import EXAMPLE, Entities
from models.entities.introductions import TEMPLATES
from models.entities.train import allowed, loss_of, network_of, start_from_counts
from models.entities.words import Words, pieces, shape, tokenise, written
from tests.helpers import measured_on
from unrolled import InvalidInput, WeightsError
from unrolled.config import Bag

FOLDER = Path(__file__).parent.parent / "models" / "entities"
CSV = (
    "Sentence #,Word,POS,Tag\nSentence: 1,Mr.,NNP,B-per\n,Blair,NNP,I-per\n,left,VBD,O\n,Iraq,NNP,B-gpe\n"
    'Sentence: 2,",",",",O\n,Caf\xe9,NNP,B-geo\n'
)


NO_CLUSTERS = Clusters([], torch.zeros(0, 3))
NAMES = ["Annabel", "Bertram", "Cordelia", "Dorothea"]


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
        ("@anna_b met @bo http://t.co/x.", ["@anna_b", "met", "@bo", "http://t.co/x", "."]),
        ("me@you.com #Berlin", ["me", "@", "you", ".", "com", "#", "Berlin"]),
    ],
)
def test_text_is_split_as_the_training_data_is(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


def test_shapes_tell_names_from_numbers_and_abbreviations() -> None:
    found = [shape(word) for word in ("Paris", "I", "NATO", "eBay", "met", "2014", "1st", ",", "U.N.")]
    assert found == ["Xx", "X", "XX", "xX", "x", "0", "x0", ".", "X."]


def test_unknown_words_share_a_row_but_not_their_pieces() -> None:
    words = Words(["met"], NO_CLUSTERS)
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
    news = [
        Sentence(("Mr.", "Blair", "slept"), ("B-PER", "I-PER", "O"), ("PER", "LOC"), "news"),
        Sentence(("In", "\x85", "Rome"), ("O", "O", "B-LOC"), ("PER", "LOC"), "news"),
    ]
    tweets = [Sentence(("#", "acme"), ("O", "B-ORG"), ("ORG",), "tweets")]
    assert read_sentences(write_conll({"news": news, "tweets": tweets})) == [*news, *tweets]
    assert without_duplicates([*news, news[0]]) == news


def test_several_corpora_are_measured_each_by_itself(example: Entities) -> None:
    tagged = {"one": ("B-LOC", "O"), "two": ("B-PER", "O")}
    text = write_conll({name: [Sentence(("Paris", "slept"), tags)] for name, tags in tagged.items()})
    scores = example.evaluate(text, example.variants["bilstm"])
    assert set(scores) == {"one_micro_f1", "one_macro_f1", "two_micro_f1", "two_macro_f1"}


def test_files_of_another_form_are_refused() -> None:
    with pytest.raises(InvalidInput, match="no columns"):
        read_sentences("Sentence #,tag\na,O\n")
    with pytest.raises(InvalidInput, match="line 1: 'word,tag' has no tag"):
        read_sentences("word,tag\na,O\n")
    with pytest.raises(InvalidInput, match="line 2: 'B-dog' is not a tag"):
        read_sentences("a O\nRex B-dog\n")
    with pytest.raises(InvalidInput, match="'B-dog' is not one of"):
        parse("Sentence #,Word,POS,Tag\nSentence: 1,Rex,NNP,B-dog\n")


def test_an_entity_ends_where_another_begins() -> None:
    tags = ["B-PER", "I-PER", "B-PER", "O", "I-LOC", "I-ORG", "B-TIM"]
    assert spans(tags) == [(0, 2, "PER"), (2, 3, "PER"), (4, 5, "LOC"), (5, 6, "ORG"), (6, 7, "TIM")]


def test_half_an_entity_counts_as_none() -> None:
    truth, half = [["B-PER", "I-PER", "O", "B-LOC"]], [["B-PER", "O", "O", "B-LOC"]]
    assert entity_scores(truth, truth)["micro_f1"] == 1
    assert entity_scores(truth, half)["micro_f1"] == entity_scores(truth, half)["precision"] == 0.5
    assert entity_scores(truth, half)["f1_PER"] == 0


def test_swapped_people_keep_their_tags_and_titles() -> None:
    sentence = Sentence(("Mr.", "Tony", "Blair", "left", "Iraq"), ("B-PER", "I-PER", "I-PER", "O", "B-LOC"))
    swap = Swap(Names(NAMES, random.Random(1)), random.Random(2))
    swapped = [swap(sentence) for _ in range(40)]
    assert {s.words[0] for s in swapped} == {"Mr."} and {s.words[3:] for s in swapped} == {("left", "Iraq")}
    assert len({s.words[1] for s in swapped}) > 2 and len({s.words[2] for s in swapped}) > 5
    assert {s.tags for s in swapped} == {sentence.tags}


@pytest.mark.parametrize("between", ["\t", " ", "   ", "\tx\ty\t", " NNP B-NP "])
def test_conll_files_are_read_with_tabs_or_spaces_and_columns_between(between: str) -> None:
    lines = ["-DOCSTART-" + between + "O", "", *(between.join(pair) for pair in (("Al", "I-PER"), ("in", "O"))), "", ""]
    lines += [between.join(pair) for pair in (("Rome", "B-location"), ("FC", "E-location"), ("won", "O"))]
    first, second = read_sentences("\n".join(lines))
    assert (first.words, first.tags) == (("Al", "in"), ("I-PER", "O"))
    assert second.tags == ("B-LOC", "I-LOC", "O") and second.marked == ("PER", "LOC")


def test_a_word_that_is_a_strange_blank_keeps_its_tag() -> None:
    (sentence,) = parse_conll("a\tO\n\x85\tO\nb\tB-ORG\n", ("ORG",))
    assert sentence.words == ("a", "\x85", "b") and sentence.tags == ("O", "O", "B-ORG")


def test_kinds_that_a_corpus_lacks_are_not_counted() -> None:
    truth = [["B-PER", "O", "O"], ["O", "B-ORG", "I-ORG"]]
    said = [["B-PER", "O", "B-TIM"], ["B-LOC", "B-ORG", "O"]]
    scores = entity_scores(truth, said)
    assert scores["precision"] == scores["recall"] == scores["micro_f1"] == 0.5
    assert {name for name in scores if name.startswith("f1_")} == {"f1_PER", "f1_ORG"}
    assert scores["macro_f1"] == 0.5 == (scores["f1_PER"] + scores["f1_ORG"]) / 2


def test_an_o_may_hide_what_its_corpus_does_not_mark() -> None:
    may = allowed(("PER", "ORG"))
    assert [TAGS[y] for y in may[TAGS.index("O")].nonzero()[:, 0]] == [
        tag for tag in TAGS if tag == "O" or tag[2:] in ("LOC", "TIM", "MISC")
    ]
    assert torch.equal(may[1:], torch.eye(len(TAGS), dtype=torch.bool)[1:])
    assert torch.equal(allowed(KINDS), torch.eye(len(TAGS), dtype=torch.bool))


def test_the_loss_is_cross_entropy_where_one_tag_may_be_right() -> None:
    logits = torch.randn(2, 3, len(TAGS), generator=torch.manual_seed(0))
    tags = torch.tensor([[0, 1, 2], [3, 0, 0]])
    may = allowed(KINDS)[tags]
    may[1, 1:] = True  # padding
    flat = torch.cat((logits[0], logits[1, :1]))
    wanted = torch.nn.functional.cross_entropy(flat, torch.tensor([0, 1, 2, 3]))
    assert torch.allclose(loss_of(logits, may, torch.tensor([3, 1])), wanted)


@given(st.integers(0, 2**32))
def test_recasing_changes_capitals_alone(seed: int) -> None:
    sentence = Sentence(
        ("Trump", "met", "Mr.", "McDonald", "of", "NATO"), ("B-PER", "O", "B-PER", "I-PER", "O", "B-ORG")
    )
    again = recased(sentence, random.Random(seed))
    assert [word.lower() for word in again.words] == [word.lower() for word in sentence.words]
    assert again.tags == sentence.tags


@given(st.integers(0, 2**32))
def test_introductions_are_tagged_as_their_slots_say(seed: int) -> None:
    rng = random.Random(seed)
    for made in introductions(Names(NAMES, rng), [("New", "York")], [("Acme",)], rng, 5):
        assert len(made.words) == len(made.tags)
        found = {made.words[start:end]: kind for start, end, kind in spans(made.tags)}
        assert found.get(("New", "York"), "LOC") == "LOC" and found.get(("Acme",), "ORG") == "ORG"
        assert all(words[0] in NAMES for words, kind in found.items() if kind == "PER")


def test_every_slot_of_a_template_is_one_that_is_filled() -> None:
    slots = {piece for template in TEMPLATES for piece in template.split() if "{" in piece}
    assert slots == {"{P}", "{L}", "{O}", "{T}"}


def test_words_that_are_used_alike_share_a_group(tmp_path: Path) -> None:
    vectors = torch.nn.functional.normalize(torch.tensor([[1.0, 0.1], [1, 0], [0, 1], [0.1, 1]]))
    of = nearest(vectors, k_means(vectors, 2, torch.Generator().manual_seed(0)))[:, 0].tolist()
    assert of[0] == of[1] != of[2] == of[3]
    clusters = Clusters(["rome", "paris"], torch.tensor([[1, 2, FINE], [1, 5, FINE]]))
    clusters.save(tmp_path / "clusters.safetensors")
    assert Clusters.load(tmp_path / "clusters.safetensors").of("paris") == (1, 5, FINE)
    words = Words(["met"], clusters)
    assert set(words.rows("Rome").tolist()) & set(words.rows("paris").tolist()) >= {words.first_cluster + 1}
    assert words.count > max(words.rows("ROME").tolist()) and clusters.of("oslo") == ()


def test_groups_that_are_none_are_named(tmp_path: Path) -> None:
    (tmp_path / "clusters.safetensors").write_text("no groups")
    with pytest.raises(WeightsError, match=r"clusters\.safetensors"):
        Clusters.load(tmp_path / "clusters.safetensors")


def test_handles_and_links_are_looked_up_alike() -> None:
    words = Words(["met"], NO_CLUSTERS)
    assert torch.equal(words.rows("@anna"), words.rows("@Bo_2")) and written("@") == "@"
    assert torch.equal(words.rows("http://a.b/C"), words.rows("www.d.org"))


def test_names_that_nobody_trained_on_are_tagged_whole(example: Entities) -> None:
    trace = example.trace("Yesterday, Harry Potter met Hermione Granger.")
    assert "Harry Potter (person)" in trace.answer and "Hermione Granger (person)" in trace.answer
    assert {label.text for label in trace.x_labels if label.note == "unknown"} >= {"Hermione", "Granger"}


WHO = ("Oluwaseun Adebayo", "Sarah", "Wei Zhang", "Priya Natarajan", "Kwame", "Anna Lindqvist", "Mehmet")
TOWNS = ("Berlin", "Lagos", "Nairobi", "Mumbai", "Helsinki", "Chicago")
TYPED = {  # what visitors type, made of parts, and what must be found in it
    "introductions": [
        (form.format(who), f"{who} (person)")
        for who in WHO
        for form in ("My name is {}.", "Hi, this is {}", "Hello, I'm {} and I like tea.", "{} here, good morning!")
    ],
    "small letters": [
        (f"i'm meeting {who} in {town} {when}".lower(), part)
        for who, town, when in zip(
            ("anna", "peter", "maria", "david"), TOWNS, ("tomorrow", "on friday") * 2, strict=False
        )
        for part in (f"{who} (person)", f"{town.lower()} (place)")
    ],
    "headlines": [
        (f"{one} Meets {other} In {town}", part)
        for one, other, town in zip(("Trump", "Obama", "Merkel"), ("Putin", "Castro", "Macron"), TOWNS, strict=False)
        for part in (f"{one} (person)", f"{other} (person)", f"{town} (place)")
    ],
    "a town before a date": [
        (f"She has been in {town} since {month} {year}.", part)
        for town, month, year in zip(TOWNS, ("March", "May", "June"), (2011, 1998, 2020), strict=False)
        for part in (f"{town} (place)", f"{month} {year} (time)")
    ],
}


@pytest.mark.parametrize("kind", TYPED)
def test_what_visitors_type_is_tagged_as_it_is_meant(kind: str, example: Entities) -> None:
    cases = TYPED[kind]
    missed = [(text, part) for text, part in cases if part not in example.trace(text, "bilstm").answer]
    assert len(missed) <= len(cases) // 6, missed


@pytest.mark.parametrize("text", ["The cat sat on the mat.", "Thank you!", "What is your name?", "Good morning", "Hi!"])
def test_what_holds_no_name_has_none(text: str, example: Entities) -> None:
    assert example.trace(text, "bilstm").answer == "no names found"


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
    assert 0 <= measured["micro_f1"] <= 1 and "f1_TIM" not in measured


def test_training_starts_from_what_naive_bayes_would_say() -> None:
    words = Words(["iraq", "met", "blair"], NO_CLUSTERS)
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
