"""The music example: genres, the tunes of the collections, what is written, and what is measured."""

from fractions import Fraction
from pathlib import Path

import pytest

from models.evaluate import main
from models.listing import GALLERY
from models.music.abc import Note, Unreadable, read_tune
from models.music.corpus import GENRES, Dance, check, dance_of, kin, windows
from models.music.engrave import KEYS
from models.music.example import Music
from models.music.form import bars
from models.music.labels import label
from models.music.measure import measured, summary
from models.music.tokens import X, encode, fitting, item_of, numbers, symbol
from unrolled import Decoding, InvalidInput, Trace

MUSIC = Music(GALLERY / "music")
REEL = "X:1\nT:{title}\nR:reel\nM:{meter}\nL:{unit}\nK:{key}\n{music}\n"
SCALE = "GABc dBAG|ABAG E2D2|GABc dBAG|A2F2 G4:|"

IN_D = SCALE.translate(str.maketrans("DEFGABcd", "ABcdefga"))


def tune(music: str = SCALE, key: str = "G", meter: str = "4/4", unit: str = "1/8", title: str = "One") -> Dance:
    return dance_of(read_tune(REEL.format(music=music, key=key, meter=meter, unit=unit, title=title)))


def pitches(dance: Dance) -> list[int | None]:
    return [item.pitch for item in dance.body if isinstance(item, Note)]


def written(genre: str, seed: int = 1, temperature: float = 0.8) -> Trace:
    return MUSIC.trace(genre, decoding=Decoding(method="sample", temperature=temperature, seed=seed))


def test_the_genres_that_can_be_chosen_are_those_that_were_trained() -> None:
    options = [option.id for option in MUSIC.about.input.options]  # type: ignore[union-attr]
    assert options == list(X) == list(GENRES)


def test_every_tune_is_transposed_to_c() -> None:
    assert pitches(tune(SCALE, key="G")) == pitches(tune(IN_D, key="D"))


def test_a_reel_in_sixteenths_becomes_one_in_eighths() -> None:
    assert tune(meter="2/4", unit="1/16").body == tune().body


def test_a_tune_with_a_bar_that_is_not_full_is_left_out_but_an_upbeat_may_be_short() -> None:
    check(tune("D|" + SCALE).body, 8)
    with pytest.raises(Unreadable, match=r"bar 2 lasts 5 eighths, not 8"):
        tune("D|GABc d|GABc dBAG|G7|")
    with pytest.raises(Unreadable, match="bar 1 lasts 9 eighths"):
        tune("GABc dBAGA|G8|")


def test_a_genre_in_another_meter_is_left_out() -> None:
    with pytest.raises(Unreadable, match="a reel is not in 3/4"):
        tune(meter="3/4")


def test_settings_of_one_melody_are_kin_in_any_key_and_under_any_title() -> None:
    other = "GAGF EDCD|EFED C2B,2|CDEF GABc|dcBA G4|cBAG FEDC|B,CDE F2E2|G4 F4|E2D2 C4|"
    tunes = [tune(title="A"), tune(IN_D, key="D", title="B"), tune(other, title="C")]
    assert sorted(map(len, kin(tunes).families)) == [1, 2]
    assert (1, 0) in kin(tunes).doubles
    renamed = [tune(title="The Same"), tune(other, title="Same, the Reel")]
    assert len(kin(renamed).families) == 1 and not kin(renamed).doubles


def test_a_tune_that_is_too_long_keeps_the_parts_that_fit() -> None:
    body = tune(SCALE + "|:" + SCALE).body
    part = fitting(body, len(body) - 1)
    assert part == tune(SCALE).body and fitting(body, len(body)) == body
    with pytest.raises(Unreadable, match="first part"):
        fitting(body, 10)


def test_symbols_are_read_back_and_labels_can_be_read() -> None:
    assert [symbol(item_of(s)) for s in MUSIC.symbols] == list(MUSIC.symbols)
    assert [label(s) for s in ("7 1", "3 3/2", "-1 4", "z 2", "|:", "end")] == [
        *("G4 ⅛", "E♭4 3/16", "B3 ½", "rest ¼", "|:", "⟨end⟩")
    ]


def test_a_tune_begins_with_its_mode_and_ends_with_the_end() -> None:
    tokens = encode(tune(), numbers(MUSIC.symbols), 200)
    assert (MUSIC.symbols[tokens[0]], MUSIC.symbols[tokens[-1]]) == ("major", "end")


@pytest.mark.parametrize("genre", X)
def test_what_is_engraved_is_what_was_written(genre: str) -> None:
    trace = written(genre)
    assert trace.sheet is not None and trace.seconds is not None and trace.T_x == 1
    read = read_tune("".join((trace.sheet.head, *trace.sheet.pieces)))
    assert read.body == MUSIC.body(trace) and KEYS[read.mode]
    assert len(trace.seconds) == len(trace.columns) == len(trace.sheet.pieces)


def test_spans_are_the_bars_and_say_whether_they_are_full() -> None:
    trace = written("jig")
    assert trace.spans is not None
    for span, bar in zip(trace.spans, bars(MUSIC.body(trace)), strict=True):
        assert (span.name == "full bar") == (bar.eighths == Fraction(6))
        assert trace.outputs[span.first].label == label(symbol(bar.music[0]))


def test_tunes_keep_the_meter_of_their_genre() -> None:
    tunes = [(genre, written(genre, seed)) for genre in X for seed in range(4)]
    found = [measured(MUSIC.body(trace), genre, True, frozenset()) for genre, trace in tunes]
    assert sum(t.full for t in found) / sum(t.inner for t in found) >= 0.95
    assert sum(t.in_meter for t in found) / len(found) >= 0.75


def test_the_same_seed_writes_the_same_tune() -> None:
    assert MUSIC.body(written("waltz", 3)) == MUSIC.body(written("waltz", 3)) != MUSIC.body(written("waltz", 4))


def test_sixteen_notes_of_a_known_tune_are_found_in_any_key_and_rhythm() -> None:
    known = frozenset(windows(tune().body))
    moved = tuple(
        Note(item.pitch + 3, item.eighths / 2) if isinstance(item, Note) and item.pitch is not None else item
        for item in tune().body
    )
    assert measured(moved, "reel", True, known).copied
    assert not measured(tuple(reversed(moved)), "reel", True, known).copied
    assert "copied 1.000" in summary([measured(moved, "reel", True, known)])


def test_a_file_of_tunes_is_measured_and_what_cannot_be_read_is_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "tunes.abc"
    polka = REEL.format(title="P", meter="2/4", unit="1/8", key="D", music="d2d2|d2d2|").replace("R:reel", "R:polka")
    file.write_text(polka + "\n" + REEL.format(title="One", meter="4/4", unit="1/8", key="G", music=SCALE))
    assert main(["music", str(file)]) == 0
    told = dict(line.rsplit(": ", 1) for line in capsys.readouterr().out.splitlines())
    counted = {name.split()[-1]: float(value) for name, value in told.items()}
    assert 0 < counted["nats_per_token"] < 4 and (counted["tunes"], counted["left_out"]) == (1, 1)


@pytest.mark.parametrize(
    ("text", "says"), [("hello\n", "begins with a line X:"), ("X:1\nK:C\nCDE|\n", "none of reel, jig")]
)
def test_a_file_without_a_tune_that_can_be_read_says_why(text: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        MUSIC.evaluate(text, next(iter(MUSIC.variants.values())))
