"""The sentiment example: trees, tokens, the table of words, and what the networks make of them."""

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.evaluate import main
from models.files import BadLine
from models.listing import GALLERY, load_example
from models.sentiment.corpus import as_written
from models.sentiment.emoji import emoji_phrases
from models.sentiment.example import Sentiment
from models.sentiment.plain import plain_phrases
from models.sentiment.spelling import SHORTEST, Speller, distance
from models.sentiment.tokens import tokenise, written
from models.sentiment.trees import Phrase, TreeError, phrases, read_trees
from models.sentiment.tweets import shares_of
from models.sentiment.words import UNKNOWN, WordTable
from unrolled import InvalidInput, WeightsError

EXAMPLE = load_example(GALLERY / "sentiment")
assert isinstance(EXAMPLE, Sentiment)
TREE = "(3 (2 It) (4 (2 's) (4 lovely)))"
COMMON = ("recommend", "absolutely", "amazing", "terrible", "disappointing", "beautiful", "watch", "interesting")
TABLE = WordTable((UNKNOWN, "<number>", "so", "feel", "good", "red", "heart", "cliche", "happy"), torch.eye(9))


def test_a_tree_gives_every_phrase_and_the_sentence_last() -> None:
    found = phrases(TREE)
    assert found[-1] == Phrase(("It", "'s", "lovely"), 3)
    assert Phrase(("'s", "lovely"), 4) in found and len(found) == 5


@pytest.mark.parametrize("line", ["", "lovely", "(3 It", "(3 (2 a) (2 b)))", "(7 It)", "(3 )", "(3 a) (2 b)", "()"])
def test_a_broken_tree_is_refused(line: str) -> None:
    with pytest.raises(TreeError):
        phrases(line)


def test_a_broken_line_is_named_by_its_number() -> None:
    with pytest.raises(BadLine, match="line 3"):
        list(read_trees(f"{TREE}\n\n(3 It\n"))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("There is nothing to like.", ["There", "is", "nothing", "to", "like", "."]),
        ("It isn’t good", ["It", "is", "n't", "good"]),
        ("I can't, won't, couldn't", ["I", "ca", "n't", ",", "wo", "n't", ",", "could", "n't"]),
        ("dont, isnt", ["do", "n't", ",", "is", "n't"]),
        ("Bad. Boring. The end.", ["Bad", ".", "Boring", ".", "The", "end", "."]),
        ("Mr. Smith goes", ["Mr.", "Smith", "goes"]),
        ("good😀👍🏽bad", ["good", "😀", "👍", "bad"]),
        ("nice :) movie", ["nice", ":)", "movie"]),
        ("love it:)", ["love", "it", ":)"]),
        ("xD no :-( ok", ["xD", "no", ":-(", "ok"]),
        ("(a) 8:3", ["(", "a", ")", "8:3"]),
        ("@anna_b see http://t.co/a?b=1, ok", ["@anna_b", "see", "http://t.co/a?b=1", ",", "ok"]),
        ("home @ me@you.com", ["home", "@", "me", "@", "you.com"]),
        ("“wow” – well…", ["``", "wow", "''", "-", "well", "..."]),
        ("\u200b\ufeff", []),
    ],
)
def test_free_text_is_split_as_the_treebank_splits_it(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


def test_tokens_of_the_treebank_and_of_free_text_are_written_alike() -> None:
    assert [written(t) for t in ("-LRB-", "``", "''", "9\\/11")] == ["(", '"', '"', "9/11"]
    assert [written(t) for t in ("GOOD", "Café")] == ["good", "café"]
    assert [written(t) for t in tokenise('("9/11")')] == ["(", '"', "9/11", '"', ")"]


@pytest.mark.parametrize(
    ("token", "words"),
    [
        ("so", ("so",)),
        ("SOOOOO", ("so",)),
        ("goood", ("good",)),
        ("gooddd", ("good",)),
        ("feel-good", ("feel", "good")),
        ("1999", ("<number>",)),
        ("8/10", ("<number>",)),
        ("cliché", ("cliche",)),
        ("❤", ("heart",)),
        (":)", ("happy",)),
        ("*good*", ("good",)),
        ("xyzzy", (UNKNOWN,)),
        ("電影", (UNKNOWN,)),
        ("!", (UNKNOWN,)),
    ],
)
def test_a_token_is_read_as_what_it_plainly_stands_for(token: str, words: tuple[str, ...]) -> None:
    assert tuple(TABLE.words[row] for row in TABLE.rows(token)) == words
    assert torch.equal(TABLE.look_up([token])[0], torch.eye(9)[list(TABLE.rows(token))].mean(0))


def test_handles_and_links_are_read_as_any_handle_and_any_link() -> None:
    assert len({written(token) for token in tokenise("@anna @B_2 @user")}) == 1
    assert len({written(token) for token in tokenise("https://a.b/c www.d.org http://x.y/#z")}) == 1
    labels = EXAMPLE.read("@anna", "lstm-binary").labels
    assert (labels[0].text, labels[0].note) == ("@anna", None)


@st.composite
def misspelled(draw: st.DrawFn) -> tuple[str, str]:
    """Give a word, and the same with one letter behind its first lost, doubled, changed or swapped with the next."""
    word = draw(st.sampled_from(COMMON))
    at = draw(st.integers(1, len(word) - 2))
    letter = draw(st.sampled_from("aeiourstln"))
    wrong = draw(
        st.sampled_from(
            [
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            ]
        )
    )
    return word, wrong


@given(misspelled())
def test_a_word_with_a_letter_wrong_is_read_as_the_word(pair: tuple[str, str]) -> None:
    word, wrong = pair
    if len(wrong) >= SHORTEST:
        assert Speller(COMMON).nearest(wrong) == word
        assert distance(word, wrong) <= 1


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_the_distance_of_words_is_one(a: str, b: str, c: str) -> None:
    assert distance(a, b) == distance(b, a) >= abs(len(a) - len(b))
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a + c, b + c) <= distance(a, b)


def test_a_short_or_a_strange_word_is_not_taken_for_another() -> None:
    speller = Speller(("film", "watch", "watches", "match"))
    assert [speller.nearest(word) for word in ("flim", "wxtzh", "電影電影電影", "w4tch", "batch")] == [None] * 5
    assert speller.nearest("wathc") == "watch"


def test_the_commonest_of_equally_near_words_is_meant() -> None:
    assert Speller(("where", "there", "were")).nearest("wheree") == "where"
    assert Speller(("bottle", "battle")).nearest("bittle") == "bottle"
    assert Speller(("battle", "bottle")).nearest("bittle") == "battle"


@pytest.mark.parametrize("rating", [-4, -1.5, -0.3, 0, 0.75, 2, 4])
def test_a_mean_rating_is_shared_by_two_neighbouring_steps(rating: float) -> None:
    shares = shares_of(rating)
    assert sum(shares) == pytest.approx(1) and sum(share > 0 for share in shares) <= 2
    mean = sum(step * share for step, share in enumerate(shares))
    assert (mean - 2) * rating >= 0


def test_plain_phrases_hold_none_of_the_samples() -> None:
    samples = {as_written(tokenise(sample.input)) for sample in EXAMPLE.samples}
    plain = [as_written(phrase.tokens) for phrase in (*plain_phrases(), *emoji_phrases())]
    assert len(plain) > 5000 and not samples & set(plain)


def test_unknown_words_are_marked_and_never_dropped() -> None:
    trace = EXAMPLE.trace("The blorptastic movie")
    assert [label.note for label in trace.x_labels] == [None, "unknown", None]
    assert trace.T_x == 3


def test_a_word_that_is_read_as_another_says_so() -> None:
    labels = EXAMPLE.read("soooo GOOD 1999", "lstm-binary").labels
    assert [label.read_as for label in labels] == ["so", None, None]


def test_a_stored_table_gives_nearly_the_same_vectors(tmp_path: Path) -> None:
    table = WordTable(("<unknown>", "naïve", "film"), torch.randn(3, 20, generator=torch.manual_seed(0)))
    table.save(tmp_path / "words.safetensors")
    again = WordTable.load(tmp_path / "words.safetensors")
    assert again.words == table.words
    assert (again.vectors - table.vectors).abs().max() < 0.02


def test_a_table_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.safetensors").write_text("no table")
    with pytest.raises(WeightsError, match=r"words\.safetensors"):
        WordTable.load(tmp_path / "words.safetensors")


NEGATIVE = (
    "There is nothing to like in this movie.",
    "The movie isn't good.",
    "I did not like it at all.",
    "A boring, predictable mess.",
    "no one should watch this",
)
POSITIVE = (
    "A wonderful, moving film.",
    "Not bad at all, I liked it.",
    "The plot is thin, but the performances are brilliant.",
    "I LOVED IT!!!",
)


@pytest.mark.parametrize("variant", ["lstm-binary", "bilstm-binary", "gru-binary"])
def test_negation_and_contrast_decide_the_verdict(variant: str) -> None:
    assert [t for t in NEGATIVE if not EXAMPLE.trace(t, variant).answer.startswith("negative")] == []
    assert [t for t in POSITIVE if not EXAMPLE.trace(t, variant).answer.startswith("positive")] == []


KINDS = {  # what visitors type, made of parts: the text, and what it says
    "never so": [
        (f"I have never been so {word} {end}", positive)
        for words, positive in ((("bored", "annoyed", "disappointed", "angry"), False), (("happy", "moved"), True))
        for word in words
        for end in ("in my life.", "by a film", "!")
    ],
    "sure": [
        (f"{sure} the {word} {thing} of the year.", positive)
        for sure in ("Without a doubt", "No question,", "Undoubtedly", "By far")
        for words, positive in ((("best", "funniest"), True), (("worst", "dullest"), False))
        for word in words
        for thing in ("film", "show")
    ],
    "misspelled": [
        ("absolutley amazng film, definately recomend it", True),
        ("exelent actng and a beatiful story", True),
        ("wonderfull movie, relly enjoied it", True),
        ("terribel film, boaring and dissapointing", False),
        ("horible, i realy hatd it", False),
        ("awfull script, complete wast of time", False),
    ],
    "tweets": [
        ("@anna my phone is broken again, worst day ever http://t.co/x", False),
        ("ugh i have the flu and i miss my dog", False),
        ("cant sleep, so tired and sad", False),
        ("@bo thank you so much, you made my day!!", True),
        ("yay! we won tickets, so excited :D", True),
        ("i love sunny mornings", True),
    ],
    "emoji": [
        *((sign * count, True) for sign in "😍👍🎉❤" for count in (1, 3)),
        *((sign * count, False) for sign in "😡👎💔🤮" for count in (1, 3)),
    ],
}


@pytest.mark.parametrize("variant", ["gru-binary", "lstm-binary", "bilstm-binary"])
@pytest.mark.parametrize("kind", KINDS)
def test_what_visitors_type_is_read_as_it_is_meant(kind: str, variant: str) -> None:
    cases = KINDS[kind]
    wrong = [text for text, positive in cases if ("positive" in EXAMPLE.trace(text, variant).answer) != positive]
    assert len(wrong) <= len(cases) // 8, wrong


@pytest.mark.parametrize("text", ["🤷", "🤷‍♀️", "🤔", "電影", "the", "table"])
def test_what_says_nothing_is_left_undecided(text: str) -> None:
    assert 0.25 < EXAMPLE.trace(text, "lstm-binary").outputs[0].p < 0.75


@pytest.mark.parametrize("variant", EXAMPLE.variants)
def test_nothing_to_like_comes_out_negative_everywhere(variant: str) -> None:
    trace = EXAMPLE.trace("There is nothing to like in this movie.", variant)
    assert "negative" in trace.answer
    assert trace.running is not None and len(trace.running) == trace.T_x


def test_the_verdict_on_five_steps_says_the_step_and_the_words() -> None:
    trace = EXAMPLE.trace("A masterpiece, stunning and unforgettable.", "lstm-five")
    assert trace.answer.startswith("very positive, 5 of 5 (") and trace.outputs[0].label == "very positive (5)"


def test_more_than_two_hundred_words_are_refused_with_both_numbers() -> None:
    assert EXAMPLE.trace("good " * 200).T_x == 200
    with pytest.raises(InvalidInput, match=r"201 words.*200"):
        EXAMPLE.trace("good " * 201)


def test_text_without_anything_visible_is_refused() -> None:
    with pytest.raises(InvalidInput, match="nothing to read"):
        EXAMPLE.trace("\u200b\u200d")


def test_only_unknown_words_are_answered_with_a_doubt() -> None:
    assert "knows none of these words" in EXAMPLE.trace("кинотеатр 電影").answer


def accuracy(path: Path, variant: str, metric: str = "accuracy") -> float:
    measured = EXAMPLE.evaluate(EXAMPLE.file_format.read(path), EXAMPLE.variants[variant])
    assert list(measured) == [metric]
    return measured[metric]


def test_evaluate_leaves_neutral_sentences_out_on_the_scale_of_two(tmp_path: Path) -> None:
    trees = ["(4 (4 Wonderful) (2 film))", "(0 (0 Awful) (2 film))", "(2 (2 A) (2 film))", "(4 (0 Awful) (2 film))"]
    path = tmp_path / "trees.txt"
    path.write_text("\n".join(trees))
    assert accuracy(path, "lstm-binary") == 0.6667
    assert accuracy(path, "lstm-five") in (0.25, 0.5, 0.75)


def test_evaluate_agrees_with_the_verdicts_of_single_traces(tmp_path: Path) -> None:
    path = tmp_path / "trees.txt"
    path.write_text("(3 (2 It) (3 (2 's) (3 lovely)))\n(1 (1 Dull) (2 (2 stuff) (2 .)))\n(3 (1 Not) (1 bad))\n")
    answers = [EXAMPLE.trace(t, "gru-binary").answer[:8] for t in ("It's lovely", "Dull stuff.", "Not bad")]
    right = sum(a == b for a, b in zip(answers, ("positive", "negative", "positive"), strict=True))
    assert accuracy(path, "gru-binary") == round(right / 3, 4)


def test_evaluate_reads_lines_of_text_with_a_label(tmp_path: Path) -> None:
    path = tmp_path / "reviews.txt"
    path.write_text("A wonderful, moving film.\t1\n(It) was awful and boring.\t0\nAn awful, boring mess.\t1\n")
    assert [accuracy(path, variant, "accuracy_0_1") for variant in ("lstm-binary", "lstm-five")] == [0.6667] * 2


def test_evaluate_measures_trees_and_labelled_lines_of_one_file_apart() -> None:
    text = "(4 (4 Wonderful) (2 film))\nAn awful, boring mess.\t1\n(0 (0 Awful) (2 film))\n"
    assert EXAMPLE.evaluate(text, EXAMPLE.variants["lstm-binary"]) == {"accuracy": 1, "accuracy_0_1": 0}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("(3 It", "trees.txt:1: "),
        ("(2 fine)", "neutral"),
        ("fine\t1\nbad\t-1\n", "trees.txt:2: "),
        ("fine\t1\nbad\n", "trees.txt:2: "),
        ("fine\t1\n\t0\n", "trees.txt:2: "),
    ],
)
def test_evaluate_says_what_is_wrong_with_a_file(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "trees.txt").write_text(text)
    assert main(["sentiment", str(tmp_path / "trees.txt"), "--variant", "rnn-binary"]) == 1
    assert message in capsys.readouterr().err
