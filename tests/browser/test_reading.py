"""A visitor types a text of their own, and the network reads it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage

OWN = "My neighbour laughed twice and slept through the rest"


def test_own_sentence_is_read_word_by_word(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open()
    example.ask(OWN)
    expect(example.words).to_have_text(OWN.split(), ignore_case=True)  # waits: the first sentence has as many words
    example.expect_length("T_x", len(OWN.split()))
    example.expect_length("T_y", 1)


def test_last_step_says_what_the_network_thinks(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="There is nothing to like in this movie.", step=0)
    example.button("To the end").click()
    expect(example.sentence).to_contain_text(re.compile(r"^Step (\d+) of \1: reads “.”. negative \(\d+ %\)$"))
    expect(example.outputs).to_have_text(re.compile(r"neg", re.IGNORECASE))


def test_running_verdict_is_drawn_for_every_word(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=OWN, step=len(OWN.split()))
    example.button("To the end").click()
    expect(example.picture.locator(".verdict circle")).to_have_count(len(OWN.split()))


def test_unknown_word_is_marked_and_not_dropped(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="A zzqxv film", step=0)
    example.expect_length("T_x", 3)
    expect(example.picture.locator(".chip.x.noted")).to_have_count(1)
    expect(example.picture.locator(".chip.x .mark")).to_have_text("?")
    expect(page.get_by_text("not in its vocabulary")).to_be_visible()


@pytest.mark.refused_requests
@pytest.mark.parametrize("text", ["   ", "word " * 2000], ids=["blank", "far too long"])
def test_refused_text_is_explained_beside_the_field_while_the_picture_stays(page: Page, text: str) -> None:
    example = ExamplePage(page, "sentiment").open(input="A good film", step=3)
    example.ask(text)
    expect(example.problem.filter(has_text=re.compile(r"\w+"))).to_be_visible()
    expect(example.field).to_have_attribute("aria-invalid", "true")
    assert [word.lower() for word in example.words.all_text_contents()] == ["a", "good", "film"]


@pytest.mark.refused_requests
def test_refused_text_can_be_mended(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="A good film", step=3)
    example.ask("")
    expect(example.problem.filter(has_text=re.compile(r"\w+"))).to_be_visible()
    example.ask("A bad film")
    expect(example.words).to_have_text([re.compile("a", re.IGNORECASE), "bad", "film"])
    expect(example.problem.filter(has_text=re.compile(r"\w+"))).to_have_count(0)


def test_sample_is_one_click_away(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="A good film", step=0)
    sample = page.get_by_role("list", name="Samples").get_by_role("button").first
    title = sample.inner_text().rstrip("…")
    sample.click()
    expect(example.field).to_have_value(re.compile("^" + re.escape(title)))
    expect(example.words).not_to_have_count(3)


def test_another_cell_reads_the_same_words(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="A good film", step=3)
    page.get_by_role("radio", name="GRU").check(force=True)
    expect(page.get_by_role("region", name=re.compile("^GRU cell"))).to_be_visible()
    expect(example.words).to_have_count(3)
    assert "gru" in example.query()
