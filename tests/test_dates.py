"""The dates example: what is read, what is refused, and that attention looks at the right characters."""

import random
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from models.dates.characters import END, WRITTEN, alphabet, joined, normalise, read_indices, write_indices
from models.dates.corpus import Item, item_of, read_items, split
from models.dates.example import EXAMPLE, Dates
from models.dates.forms import FORMS, misspelled, patterns, write
from models.dates.readings import readings, the_one
from models.dates.score import peak_distances
from models.dates.words import LANGUAGES, full_months, month_of, months, weekdays
from tests.helpers import measured_on, present
from unrolled import Force, InvalidInput

FOLDER = Path(__file__).parent.parent / "models" / "dates"
SEVERAL = [
    ("le 14 juillet 1789", "1789-07-14"),
    ("Sunday, July 20th, 1969", "1969-07-20"),
    ("9. November 1989", "1989-11-09"),
    ("12 de outubro de 1822", "1822-10-12"),
    ("12 апреля 1961 г.", "1961-04-12"),
    ("2021年5月3日(月)", "2021-05-03"),
    ("3.5.2021", "2021-05-03"),
]


@pytest.fixture(scope="module")
def example() -> Dates:
    return EXAMPLE(FOLDER)


def test_narrow_spaces_direction_marks_and_full_width_digits_are_read_as_plain_ones() -> None:
    assert normalise("\u200f3\u202fMAI\u00a0２０２１ ") == "3 mai 2021"
    assert normalise(normalise("12 АПРЕЛЯ 1961\u202fг.")) == "12 апреля 1961 г."


def test_iso_dates_survive_being_written_as_classes() -> None:
    assert joined(write_indices("2021-05-03")) == "2021-05-03"
    assert joined([2, 0, END, 7]) == "20"
    assert WRITTEN[END] not in "0123456789-"


def test_an_unknown_character_is_named_together_with_what_is_read() -> None:
    with pytest.raises(InvalidInput, match=r"'ß' is not in this network's alphabet; it reads digits.*Japanese"):
        read_indices("ß")
    with pytest.raises(InvalidInput, match="'&', 'þ' are not"):
        read_indices("3 & þ & 2021")


def refusal_of(written: str) -> str:
    with pytest.raises(InvalidInput) as refused:
        the_one(normalise(written))
    return str(refused.value)


DAYS = st.dates(date(1000, 1, 1), date(2999, 12, 31))


@given(DAYS, st.sampled_from(LANGUAGES), st.sampled_from(sorted(FORMS)), st.randoms())
@settings(deadline=None, derandomize=True, max_examples=600)
def test_a_form_means_its_own_day_or_is_refused_with_it_among_others(
    day: date, language: str, form: str, rng: random.Random
) -> None:
    written = write(day, language, rng, form)
    found: list[str] = []
    with suppress(InvalidInput):  # misspelled beyond recognition, or cut off; never silently another day
        found = [reading.iso for reading in readings(normalise(written))]
    assert day.isoformat() in found if found else form == "loose", written


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1000, 2999), st.sampled_from("/- ,_"), st.booleans())
@settings(deadline=None, derandomize=True, max_examples=300)
def test_numbers_are_refused_only_for_a_reason_that_is_true(
    first: int, second: int, year: int, mark: str, spaces: bool
) -> None:
    days = set()
    for day, month in ((first, second), (second, first)):
        with suppress(ValueError):
            days.add(date(year, month, day))
    written = f"{first} {mark} {second:02d} {mark} {year}" if spaces else f"{first:02d}{mark}{second}{mark}{year}"
    if len(days) == 1:
        assert the_one(normalise(written)).iso == days.pop().isoformat()
    elif days:
        assert "means two days" in refusal_of(written)
        assert all(f"{day.day} {day:%B} {day.year}" in refusal_of(written) for day in days)
    else:
        assert "is no day of the calendar" in refusal_of(written)


@given(st.dates(date(1969, 1, 1), date(2068, 12, 31)), st.sampled_from([".", ". ", " . "]))
@settings(derandomize=True)
def test_two_digits_are_a_year_of_a_hundred_and_between_dots_the_day_comes_first(day: date, dot: str) -> None:
    assert the_one(f"{day.day}{dot}{day.month}{dot}{day.year % 100:02}").iso == day.isoformat()
    assert the_one(f"{day:%B} {day.day} '{day.year % 100:02}".lower()).iso == day.isoformat()


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("25/12/2023", "2023-12-25"),
        ("12/31/1999", "1999-12-31"),
        ("13-05-2009", "2009-05-13"),
        ("Mon 5/5/2021", "2021-05-05"),
        ("20090503", "2009-05-03"),
        ("25122023", "2023-12-25"),
        ("5 April 09", "2009-04-05"),
        ("May 3,2009", "2009-05-03"),
        ("2009.05.03", "2009-05-03"),
        ("2009 May 3", "2009-05-03"),
        ("2021年 5月 3日", "2021-05-03"),
        ("3may2009", "2009-05-03"),
        ("May132009", "2009-05-13"),
        ("3. 5. 2009", "2009-05-03"),
        ("10.09.70", "1970-09-10"),
        ("4/28/90", "1990-04-28"),
        ("99-12-31", "1999-12-31"),
        ("3 May 2021 (Monday)", "2021-05-03"),
        ("(Mon) 3 May 2021", "2021-05-03"),
        ("2021年5月3日(月)", "2021-05-03"),
        ("2021年5月3日月曜日", "2021-05-03"),
        ("mar. 3 mai 2021", "2021-05-03"),
        ("mar 3 2021", "2021-03-03"),
        ("3 de mayo del 2009", "2009-05-03"),
        ("le 1er mai 2009", "2009-05-01"),
        ("1º maggio 2009", "2009-05-01"),
        ("l'8 maggio 2009", "2009-05-08"),
        ("le premier mai 2009", "2009-05-01"),
        ("1. Jänner 2009", "2009-01-01"),
        ("3-го мая 2009 г.", "2009-05-03"),
        ("op 3 mei 2009", "2009-05-03"),
        ("segunda-feira, 3 de maio de 2021", "2021-05-03"),
        ("Febuary 3 2021", "2021-02-03"),
        ("3/May/2009", "2009-05-03"),
    ],
)
@pytest.mark.parametrize("variant", ["attention", "none"])
def test_what_means_one_day_is_read(example: Dates, variant: str, raw: str, iso: str) -> None:
    assert the_one(normalise(raw)).iso == iso
    if variant == "attention":
        assert example.trace(raw, variant).answer == iso


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("03/05/2021", "means two days, 3 May 2021 or 5 March 2021"),
        ("le 3-5-2021", "means two days, 3 May 2021 or 5 March 2021"),
        ("03 05 2009", "means two days, 3 May 2009 or 5 March 2009"),
        ("05032009", "means two days, 5 March 2009 or 3 May 2009"),
        ("090503", "means three days, 3 May 2009, 9 May 2003 or 5 September 2003"),
        ("Christmas 2021", "'christmas' is neither a month nor a weekday"),
        ("3 maj 2021", "'maj' is neither"),
        ("2021", "there is a year here, and no full date"),
        ("5 April", "this names a month, and has no year"),
        ("May 2021", "this names a month, and has no day"),
        ("Monday", "there is no number here"),
        ("05/2021", "two numbers alone here"),
        ("3 May June 2021", "this names 2 months"),
        ("May 3 4 2021", "there are 3 numbers beside the month"),
        ("4 September 476", "'476' is no year of four digits or two"),
        ("32 May 2021", "'32' is no day of a month"),
        ("31/31/2021", "is no day of the calendar, whichever number is the month"),
        ("29-02-2021", "is no day of the calendar"),
        ("31.09.2021", "is no day of the calendar"),
        ("12345", "there is a number here, and no full date"),
    ],
)
def test_the_reason_of_a_refusal_is_true(raw: str, reason: str) -> None:
    assert reason in refusal_of(raw)


@pytest.mark.parametrize(("raw", "reason"), [("3 may " * 9 + "2021", "58 characters"), ("\u200f", "nothing to read")])
def test_what_cannot_be_a_date_is_refused(example: Dates, raw: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        example.read(raw, "none")


def test_no_word_of_dates_names_two_months() -> None:
    assert set(months().values()) == set(range(1, 13))
    assert {word: month for word, month in full_months().items() if months()[word] != month} == {}
    assert {word for word in weekdays() if month_of(word)} == {"mar", "maa"}  # mardi, maandag; mars, maart


@given(st.sampled_from(sorted(word for word in full_months() if len(word) > 5)), st.randoms())
@settings(deadline=None, derandomize=True)
def test_a_month_that_is_misspelled_a_little_is_that_month_or_none(word: str, rng: random.Random) -> None:
    assert month_of(misspelled(word, rng)) in (full_months()[word], None)


def test_calendar_days_are_split_once_and_for_all() -> None:
    training, development, test = split()
    assert len({*training, *development, *test}) == len(training) + len(development) + len(test)
    assert len(test) == pytest.approx(0.02 * len(training) / 0.96, rel=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_unambiguous_and_in_the_alphabet(language: str) -> None:
    rng = random.Random(3)
    days = [date(2021, month, day) for month in range(1, 13) for day in (1, 2, 3, 23)]
    forms = [item_of(day, language, rng, form) for day in days for form in FORMS]
    assert all(the_one(normalise(item.written)).iso == item.iso for item in forms)
    assert {c for item in forms for c in normalise(item.written)} <= set(alphabet())
    assert len(patterns(language)) >= 5


@pytest.mark.parametrize(
    ("text", "iso", "parts"),
    [
        ("le 14 juillet 1789", "1789-07-14", ("1789", "juillet", "14")),
        ("2021年5月3日(月)", "2021-05-03", ("2021", "5", "3")),
        ("03.05.2021", "2021-05-03", ("2021", "05", "03")),
        ("ср, 23 мар. 1701 г.", "1701-03-23", ("1701", "мар", "23")),
        ("12/31/1999", "1999-12-31", ("1999", "12", "31")),
        ("20090503", "2009-05-03", ("2009", "05", "03")),
        ("may132009", "2009-05-13", ("2009", "may", "13")),
    ],
)
def test_fields_are_found_wherever_they_stand(text: str, iso: str, parts: tuple[str, str, str]) -> None:
    reading = the_one(text)
    spans = reading.spans
    assert reading.iso == iso
    assert tuple(text[slice(*spans[field])] for field in ("year", "month", "day")) == parts


def test_a_file_without_tabs_or_dates_is_refused(example: Dates, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="line 2: there is no tab"):
        read_items("3 May 2021\t2021-05-03\n4 May 2021\n")
    (tmp_path / "empty.tsv").write_text("\n")
    with pytest.raises(InvalidInput, match="nothing in it"):
        measured_on(example, tmp_path / "empty.tsv", "none")


@pytest.mark.parametrize(("raw", "iso"), SEVERAL)
@pytest.mark.parametrize("variant", ["attention", "none"])
def test_dates_of_several_languages_are_read(example: Dates, variant: str, raw: str, iso: str) -> None:
    trace = example.trace(raw, variant)
    assert trace.answer == iso
    assert (trace.T_x, trace.T_y) == (len(normalise(raw)), len(iso) + 1)


def test_attention_peaks_on_or_beside_the_field_that_is_written(example: Dates) -> None:
    away: list[int] = []
    for raw, iso in SEVERAL:
        attention = example.trace(raw, "attention").attention
        away += [distance for _, distance in peak_distances(torch.tensor(present(attention)), normalise(raw), iso)]
    assert len(away) == 8 * len(SEVERAL)
    assert away.count(0) / len(away) > 0.8
    assert sum(distance <= 1 for distance in away) / len(away) > 0.95


def test_a_day_that_does_not_exist_is_said_to_be_none(example: Dates) -> None:
    assert example.trace("31 September 2021").answer == "2021-09-31 (no day of the calendar)"


def test_refused_dates_count_as_wrong(example: Dates, tmp_path: Path) -> None:
    items = [Item(raw, iso) for raw, iso in SEVERAL] + [Item("03/05/2021", "2021-05-03")]
    file = tmp_path / "dates.tsv"
    file.write_text("".join(f"{item.written}\t{item.iso}\n" for item in items), "utf-8")
    scores = measured_on(example, file, "attention")
    assert scores["refused"] == 1
    assert scores["exact"] == pytest.approx(7 / 8)


def test_a_file_is_measured_as_the_page_reads_it(example: Dates) -> None:
    rows = ["25/12/2023\t2023-12-25", "12/31/1999\t1999-12-31", "13 - 05 - 2009\t2009-05-13"]
    days = [row.split("\t") for row in rows]
    right = sum(example.trace(written, "attention").answer == iso for written, iso in days)
    assert example.evaluate("\n".join(rows), example.variants["attention"])["exact"] == round(right / 3, 4) == 1


def test_an_answer_that_is_not_the_day_that_was_written_says_so(example: Dates) -> None:
    written = example.trace("3 May 2021", interventions=(Force(step=9, y=WRITTEN.index("4")),))
    assert written.answer == "2021-05-04 (wrong: read by rules, this is 2021-05-03)"
