"""All state is in the address: a link draws the same picture at the same step."""

import re
from urllib.parse import parse_qs

from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage


def test_link_restores_words_variant_and_step(page: Page, base_url: str) -> None:
    first = ExamplePage(page, "sentiment").open(input="A slow and lovely film", step=0)
    page.get_by_role("radio", name="GRU").check(force=True)
    page.wait_for_url("**gru**")
    first.step.focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**step=2**")
    link = page.url
    page.goto("/")
    page.goto(link)
    again = ExamplePage(page, "sentiment")
    again.expect_step(2)
    expect(again.words).to_have_count(5)
    expect(page.get_by_role("radio", name="GRU")).to_be_checked()


def test_back_returns_to_the_sentence_before(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="One film", step=0)
    example.ask("Quite another film")
    expect(example.words).to_have_count(3)
    page.go_back()
    expect(example.words).to_have_count(2)
    expect(example.field).to_have_value("One film")


def test_link_of_names_keeps_seed_and_temperature(page: Page) -> None:
    example = ExamplePage(page, "names").open(seed=11, temperature=1.2, step=0)
    example.button("To the end").click()
    page.wait_for_url(re.compile("step=[1-9]"))
    letters = example.outputs.all_text_contents()
    page.reload()
    expect(example.picture).to_be_visible()
    expect(example.outputs).to_have_text(letters)
    query = parse_qs(example.query())
    assert query["seed"] == ["11"]
    assert query["temperature"] == ["1.2"]


def test_first_picture_needs_no_second_request(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    example = ExamplePage(page, "sentiment").open(input="A good film", step=0)
    for key in ("ArrowRight", "End", "Home", "Space"):
        page.keyboard.press(key)
    expect(example.words).to_have_count(3)
    assert asked == []
