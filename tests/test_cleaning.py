"""The first step of every text: two ways to type the same are one, what was changed is said, all else stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.inputs import KINDS, TextSpec
from models.inputs.cleaning import FOLDS, UNSEEN, clean
from models.inputs.markup import LINES, WITHIN
from models.listing import GALLERY, load_example

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=8)
PIECES = st.sampled_from(
    [*FOLDS, "\u00ad", "\u200b", "\u202e", "\u0301", "&amp;", "&nbsp;", "<b>", "</p>", "<br />", "-\n"]
)
MESSES = st.lists(WORDS | PIECES | st.sampled_from(" \t\n.,!?<>&;#"), max_size=12).map("".join)
# One character of each range that nobody sees.
INVISIBLE = [c for name in UNSEEN for c in UNSEEN[name][:2] if c != "-"]
SPOKEN = {slug: load_example(GALLERY / slug) for slug in ("sentiment", "translation", "entities", "shakespeare")}


def assigned(code: int) -> bool:
    return unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co")


@given(MESSES)
def test_a_clean_text_is_left_alone(text: str) -> None:
    once = clean(text)
    assert clean(once.text) == type(once)(once.text, ())


@given(MESSES)
def test_what_changes_more_than_spaces_is_said(text: str) -> None:
    cleaned = clean(text)
    assert bool(cleaned.changes) == ("".join(cleaned.text.split()) != "".join(text.split()))
    assert len(set(cleaned.changes)) == len(cleaned.changes)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="<>&`"), max_size=60))
def test_what_a_keyboard_writes_stays(text: str) -> None:
    assert clean(text).text == text and clean(text).changes == ()


@pytest.mark.parametrize("mark", INVISIBLE, ids=lambda mark: f"U+{ord(mark):04X}")
@given(before=WORDS, after=WORDS)
def test_what_nobody_sees_does_not_cut_a_word(mark: str, before: str, after: str) -> None:
    cleaned = clean(f"{before}{mark}{after}")
    assert cleaned.text == before + after and len(cleaned.changes) == 1


def test_every_default_ignorable_mark_of_unicode_is_dropped() -> None:
    """Cf without the signs that are seen, which stand before Arabic, Syriac and other numbers."""
    seen = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)}
    unseen = [c for c in map(chr, filter(assigned, range(0x110000))) if unicodedata.category(c) in ("Cf", "Cc")]
    left = {ord(c) for c in unseen if clean(f"a{c}b").text == f"a{c}b"} - seen
    assert left == {ord("\t"), ord("\n")}


@pytest.mark.parametrize("letter", "éñüçåôžșḗấ")
def test_a_letter_and_its_accents_are_one_however_they_are_typed(letter: str) -> None:
    apart = unicodedata.normalize("NFD", letter)
    assert clean(apart).text == letter and clean(letter).changes == ()
    assert clean(apart).changes == ("accents that stood apart were joined to their letters",)


@given(WORDS, WORDS, st.sampled_from(["-\n", "-\r\n", "‐\n", "\u00ad\n", "- \n  ", "&shy;<br>"]))
def test_a_word_that_a_line_end_cut_in_two_is_put_together(before: str, after: str, cut: str) -> None:
    cleaned = clean(f"so {before}{cut}{after} it")
    assert cleaned.text == f"so {before}{after} it" and any(before in said for said in cleaned.changes)


@pytest.mark.parametrize("text", ["anti-\nAmerican", "1-\n2", "no -\nyes", "ACG-\nTTA", "Wait!-\nwhat"])
def test_other_line_ends_stay(text: str) -> None:
    assert clean(text).text == text


@pytest.mark.parametrize("name", sorted(LINES | WITHIN))
def test_every_tag_of_html_is_taken_out(name: str) -> None:
    between = "\n" if name in LINES else ""
    for tag in (f"<{name}>", f"</{name}>", f'<{name.upper()} class="a b">', f"<{name} />", f"&lt;{name}&gt;"):
        assert clean(f"x{tag}y").text == f"x{between}y"


@pytest.mark.parametrize(
    "text", ["a < b and c > d", "I <3 you", "</3", "<y z>", "x <- y -> z", "1<2>1", "<>", "R&D; AT&T"]
)
def test_brackets_that_are_no_tag_stay(text: str) -> None:
    assert clean(text).text == text


@given(WORDS, st.integers(0, 3))
def test_escapes_are_read_however_often_they_were_escaped(word: str, times: int) -> None:
    assert clean(f"{word}&{'amp;' * times}eacute;&{'amp;' * times}#39;s").text == f"{word}é's"


@given(st.sampled_from(["\u00a0", "\u202f", "\u2009"]), st.integers(1, 999), st.integers(100, 999))
def test_a_space_that_does_not_break_groups_the_digits_of_one_number(space: str, first: int, second: int) -> None:
    assert clean(f"{first}{space}{second} f").text == f"{first}{second} f"
    assert clean(f"{first} {second}").text == f"{first} {second}"
    assert clean(f"{first}{space}km").text == f"{first} km"


def test_marks_that_an_alphabet_has_are_kept() -> None:
    spec = TextSpec(kind="text", label="", max_length=99, max_steps=9, keeps="«»")
    assert KINDS["text"].from_text("« l’été »", spec) == "« l'été »"
    assert clean("« l’été »").text == '" l\'été "'


def test_deep_nesting_and_long_texts_take_no_time_to_speak_of() -> None:
    """A cost that grows with the square of these lengths would take minutes."""
    for text in (
        "&amp;" * 20_000,
        "&" + "amp;" * 25_000,
        "<!--" * 25_000,
        "<b" * 50_000,
        "a" * 100_000,
        "a-\n" * 30_000,
    ):
        clean(text)


@pytest.mark.parametrize("slug", SPOKEN)
@given(st.sampled_from(["’", "ʼ", "`", "＇", "&rsquo;", "&#39;", "\u00ad’", "<b>'</b>"]))
def test_an_apostrophe_is_one_and_the_same_in_every_example(slug: str, apostrophe: str) -> None:
    example = SPOKEN[slug]
    variant = example.about.default_variant
    typed, plain = (example.read(f"I don{mark}t know l{mark}ami", variant) for mark in (apostrophe, "'"))
    assert [label.text for label in typed.labels] == [label.text for label in plain.labels]
    assert typed.interventions == plain.interventions
    assert typed.remarks[:1] != () and len(typed.remarks) > len(plain.remarks)
