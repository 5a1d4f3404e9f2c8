"""Fields and outputs that fit what goes in and what comes out: bases, numbers, words while one types them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage


def test_what_will_be_read_is_shown_while_typing(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="A good film", step=0)
    example.field.fill("A zzqxv film, twice")
    marks = page.locator(".marks span")
    expect(marks).to_have_text([re.compile("a", re.IGNORECASE), "zzqxv", "film", ",", "twice"])
    expect(page.get_by_role("status").filter(has_text="zzqxv")).to_contain_text("Read as 5 steps")
    example.expect_length("T_x", 3)  # the picture is still that of the last run


@pytest.mark.refused_requests
def test_letters_that_are_no_bases_are_marked_where_they_stand(page: Page) -> None:
    example = ExamplePage(page, "dna").open(input="ACGTACGT", step=0)
    example.field.fill("acg xgt")
    expect(page.locator(".bases .wrong")).to_have_text("x")
    expect(page.locator(".bases .base")).to_have_count(5)
    expect(page.locator(".marks")).to_contain_text(re.compile("x", re.IGNORECASE))


def test_output_over_time_leads_to_its_steps(page: Page) -> None:
    example = ExamplePage(page, "dna").open(input="ACGT" * 60, step=0)
    track = page.get_by_role("tabpanel").get_by_role("slider")
    track.focus()
    track.press("End")
    example.expect_step(480)  # in the second layer, where the outputs come
    track.press("ArrowLeft")
    example.expect_step(479)
    expect(track).to_have_attribute("aria-valuetext", re.compile(r"^x⟨239⟩ “G”: P\(coding\) = "))


def test_points_of_a_series_are_moved_by_key_and_moved_back(page: Page) -> None:
    example = ExamplePage(page, "adding").open(input="0.3 0.7* 0.1 0.4*", step=0)
    points = page.get_by_role("slider", name=re.compile("^Points of the series"))
    points.focus()
    points.press("ArrowRight")
    points.press("ArrowUp")
    expect(example.words).to_have_text(["0.3", "0.71*", "0.1", "0.4*"])
    page.get_by_role("button", name="undo").click()
    expect(example.words).to_have_text(["0.3", "0.7*", "0.1", "0.4*"])


def test_names_stand_as_spans_in_the_text(page: Page) -> None:
    example = ExamplePage(page, "entities").open(
        input="Yesterday, Harry Potter met Hermione Granger.", step=1, coming=1
    )
    span = page.get_by_role("tabpanel").get_by_role("button", name=re.compile("Hermione Granger"))
    expect(span).to_contain_text("person")
    span.click(position={"x": 4, "y": 4})
    example.expect_step(6)


def test_translation_grows_word_by_word(page: Page) -> None:
    example = ExamplePage(page, "dates").open(input="3 May 2021", step=0)
    grown = page.get_by_role("tabpanel").locator("p.text")
    expect(grown).to_contain_text("Nothing is written yet")
    example.button("To the end").click()
    expect(grown).to_have_text("2021-05-03")
