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
from models.dates.corpus import AMBIGUOUS, LANGUAGES, Item, patterns, read_items, split, write
from models.dates.example import EXAMPLE, Dates
from models.dates.fields import field_spans
from models.dates.numeric import day_first
from models.dates.score import peak_distances
from tests.helpers import measured_on, present
from unrolled import InvalidInput

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


@pytest.mark.parametrize(
    ("raw", "days"), [("03/05/2021", "3 May 2021 or 5 March 2021"), ("le 3-5-2021", "3 May 2021 or 5 March 2021")]
)
def test_a_date_that_means_two_days_is_refused_with_both(example: Dates, raw: str, days: str) -> None:
    with pytest.raises(InvalidInput, match=rf"means two days, {days}.*month's name"):
        example.read(raw, "attention")


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1700, 2199), st.sampled_from("/-"), st.booleans())
@settings(deadline=None, derandomize=True, max_examples=300)
def test_numbers_are_refused_only_for_a_reason_that_is_true(
    first: int, second: int, year: int, mark: str, spaces: bool
) -> None:
    days = set()
    for day, month in ((first, second), (second, first)):
        with suppress(ValueError):
            days.add(date(year, month, day))
    written = f"{first} {mark} {second:02d}{mark} {year}" if spaces else f"{first:02d}{mark}{second}{mark}{year}"
    if len(days) == 1:
        (day,) = days
        assert day_first(written) == f"{day.day}.{day.month}.{day.year}"
    else:
        with pytest.raises(InvalidInput, match="means two days" if days else "is no day"):
            day_first(written)


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("25/12/2023", "2023-12-25"),
        ("12/31/1999", "1999-12-31"),
        ("13-05-2009", "2009-05-13"),
        ("Mon 5/5/2021", "2021-05-05"),
    ],
)
def test_numbers_that_mean_one_day_alone_are_read(example: Dates, raw: str, iso: str) -> None:
    assert example.trace(raw).answer == iso


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("5 April 09", "no year with four digits"),
        ("5 April", "no year with four digits"),
        ("20090503", "no marks between year, month and day"),
        ("31/31/2021", "is no day of the calendar, whichever number is the month"),
        ("29-02-2021", "is no day"),
    ],
)
def test_the_reason_of_a_refusal_is_true(example: Dates, raw: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        example.read(raw, "attention")


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("3 May 21", "no year with four digits"),
        ("3 may " * 9 + "2021", "58 characters"),
        ("\u200f", "there are no characters"),
    ],
)
def test_what_cannot_be_a_date_is_refused(example: Dates, raw: str, reason: str) -> None:
    with pytest.raises(InvalidInput, match=reason):
        example.read(raw, "none")


def test_calendar_days_are_split_once_and_for_all() -> None:
    training, development, test = split()
    assert len({*training, *development, *test}) == len(training) + len(development) + len(test)
    assert len(test) == pytest.approx(0.02 * len(training) / 0.96, rel=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_is_unambiguous_and_in_the_alphabet(language: str) -> None:
    rng = random.Random(3)
    forms = [write(date(2021, month, day), language, rng) for month in range(1, 13) for day in (1, 2, 3, 23)]
    assert not [form for form in forms if AMBIGUOUS.search(form)]
    assert {c for form in forms for c in normalise(form)} <= set(alphabet())
    assert len(patterns(language)) >= 5


@pytest.mark.parametrize(
    ("text", "iso", "parts"),
    [
        ("le 14 juillet 1789", "1789-07-14", ("1789", "juillet", "14")),
        ("2021年5月3日(月)", "2021-05-03", ("2021", "5", "3")),
        ("03.05.2021", "2021-05-03", ("2021", "05", "03")),
        ("ср, 23 мар. 1701 г.", "1701-03-23", ("1701", "мар", "23")),
    ],
)
def test_fields_are_found_wherever_they_stand(text: str, iso: str, parts: tuple[str, str, str]) -> None:
    spans = field_spans(text, iso)
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
