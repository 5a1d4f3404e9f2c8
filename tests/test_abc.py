"""ABC notation: what is read of it, how its form is tidied, and that what is engraved is read back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.music.abc import LINES, MODES, TRIPLET, Body, Note, Unreadable, key, read_tune, tunes_of
from models.music.engrave import KEYS, durations, sheet
from models.music.form import bars, tidy

HEAD = "X:1\nT:Test\nM:6/8\nL:1/8\nK:{key}\n"


def read(music: str, key: str = "C") -> Body:
    return read_tune(HEAD.format(key=key) + music).body


def pitches(music: str, key: str = "C") -> list[int | None]:
    return [item.pitch for item in read(music, key) if isinstance(item, Note)]


def lengths(music: str) -> list[Fraction]:
    return [item.eighths for item in read(music) if isinstance(item, Note)]


def test_pitches_count_semitones_from_middle_c() -> None:
    assert pitches("C,Cc'cB_e^^fz") == [-12, 0, 24, 12, 11, 15, 19, None]


def test_an_accidental_holds_to_the_end_of_its_bar_and_for_its_octave() -> None:
    assert pitches("^FFf|F=F", "G") == [6, 6, 18, 6, 5]
    assert pitches("_BB=BB|B") == [10, 10, 11, 11, 11]


@pytest.mark.parametrize(
    ("written", "sharps"), [("G", 1), ("Em", 1), ("Ador", 1), ("D mix", 1), ("Bb", -2), ("Cm", -3)]
)
def test_the_signature_follows_from_tonic_and_mode(written: str, sharps: int) -> None:
    _, _, signature = key(written)
    assert sum(signature.values()) == sharps and len(signature) == abs(sharps)


def test_lengths_are_counted_in_eighths() -> None:
    assert lengths("C2C/C/4C3/2C//C") == [2, Fraction(1, 2), Fraction(1, 4), Fraction(3, 2), Fraction(1, 4), 1]


def test_broken_rhythm_moves_length_from_one_note_to_the_other() -> None:
    assert lengths("C>DC<DC>>D") == [Fraction(n, 4) for n in (6, 2, 2, 6, 7, 1)]


def test_a_tie_joins_equal_notes_and_a_slur_none() -> None:
    assert lengths("C2-C D-E") == [3, 1, 1]


def test_ornaments_chord_names_and_fingerings_are_left_out() -> None:
    assert read('"Am"{ga}!trill!.A ~uB (CD) [CEG]2 % words') == tuple(
        Note(p, Fraction(n)) for p, n in ((9, 1), (11, 1), (0, 1), (2, 1), (7, 2))
    )


@pytest.mark.parametrize(
    ("music", "why"),
    [
        ("CDE|\nK:G\nFGA|", "changes its key"),
        ("CDE|\nM:2/4\nFGA|", "changes its meter"),
        ("(5CDEFG", "a tuplet other than"),
        ("[1,3 CDE|", "endings"),
        ("CDE & EFG", "'&' is not known"),
    ],
)
def test_what_is_no_single_melody_is_refused_with_the_reason(music: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read(music)


def test_a_file_is_divided_at_each_number() -> None:
    text = "% a book\n" + HEAD.format(key="C") + "CDE|\n\n" + HEAD.format(key="G").replace("Test", "Two") + "GAB|\n"
    assert [(line, read_tune(t).title) for line, t in tunes_of(text)] == [(2, "Test"), (9, "Two")]


def test_both_ends_of_a_repeated_part_are_marked() -> None:
    assert [bar.after for bar in bars(tidy(read("|:C3 D3|E3 F3:|\nG3 A3|B3 c3:|c6|d6|]")))] == [
        *("|", "::", "|", ":|", "|", "||")
    ]
    assert [bar.before for bar in bars(tidy(read("C6|D6||\n|:E6|F6:|")))] == ["||", "|", "|:", "|"]


def test_first_and_second_endings_belong_to_the_part_before_them() -> None:
    tidied = bars(tidy(read("C6|1 D6:|2 E6|]\n|:F6|G6:|")))
    assert [(bar.before, bar.ending, bar.after) for bar in tidied] == [
        ("||", None, "|"),
        ("|", "[1", ":|"),
        (":|", "[2", "|:"),
        ("|:", None, "|"),
        ("|", None, ":|"),
    ]


def test_a_triplet_lasts_two_thirds_of_what_is_written() -> None:
    (bar,) = bars(read("(3CDE F2 G2 |"))
    assert bar.eighths == 6 and bar.whole_triplets
    (cut,) = bars(read("F2 (3CD |"))
    assert not cut.whole_triplets


notes = st.builds(
    Note,
    st.one_of(st.none(), st.integers(-13, 31)),
    st.sampled_from([Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(2), Fraction(3), Fraction(5), Fraction(8)]),
)
triplets = st.builds(lambda three: (TRIPLET, *three), st.tuples(notes, notes, notes))
music = st.lists(st.one_of(notes.map(lambda n: (n,)), triplets), min_size=1, max_size=8)
tunes = st.lists(st.tuples(music, st.sampled_from(LINES)), min_size=1, max_size=6)


@given(tunes, st.sampled_from(sorted(KEYS)), st.sampled_from(["reel", "jig", "hornpipe", "slip jig", "waltz"]))
def test_what_is_engraved_is_read_back_note_for_note(
    bars_: list[tuple[list[tuple[Note | str, ...]], str]], mode: str, genre: str
) -> None:
    body: list[Note | str] = []
    for groups, line in bars_:
        body += [*(item for group in groups for item in group), line]
    engraved = sheet([mode, *body, "end"], genre, "Test")
    tune = read_tune("".join((engraved.head, *engraved.pieces)))
    assert tune.body == tuple(body) and (tune.mode, tune.tonic) == (mode, 0)
    assert mode in MODES


@given(tunes)
def test_signs_take_no_time_from_the_beat(bars_: list[tuple[list[tuple[Note | str, ...]], str]]) -> None:
    body = [item for groups, line in bars_ for item in (*(i for g in groups for i in g), line)]
    seconds = durations(body, "jig")
    at = [sum(seconds[:y]) for y in range(len(body) + 1)]
    engraved = sheet(body, "jig", "Test")
    assert all(abs(note.start * engraved.eighth - at[note.y]) < 1e-6 for note in engraved.notes)
    assert all(s >= 0 for s in seconds)


def test_no_piece_depends_on_a_later_symbol() -> None:
    body = list(read("^F2 F (3EFG|F:|c'3"))
    whole = sheet(["dorian", *body], "jig", "Test")
    for end in range(1, len(body)):
        assert sheet(["dorian", *body[:end]], "jig", "Test").pieces == whole.pieces[: end + 1]
