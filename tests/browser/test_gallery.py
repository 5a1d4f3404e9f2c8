"""Every example of the gallery opens, plays and agrees with the JSON API, because it exists."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage

GALLERY = Path(__file__).parents[2] / "models"
EXAMPLES = sorted(file.parent.name for file in GALLERY.glob("*/example.py"))


def test_front_page_leads_to_every_example(page: Page) -> None:
    page.goto("/")
    links = {link.get_attribute("href") for link in page.get_by_role("main").get_by_role("link").all()}
    assert {f"/examples/{slug}" for slug in EXAMPLES} <= links
    expect(page.get_by_role("heading", level=2)).to_have_count(7)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_picture_has_as_many_steps_as_the_api_says(page: Page, slug: str) -> None:
    example = ExamplePage(page, slug).open(step=0)
    described = page.request.get(f"/api/v1/examples/{slug}").json()
    sample = described["samples"][0]
    asked = {"input": sample["input"], "variant": sample["variant"] or described["default_variant"]}
    if described["decoding"]:
        asked["decoding"] = {**described["decoding"], "seed": sample["seed"]}
    trace = page.request.post(f"/api/v1/examples/{slug}/trace", data=asked).json()
    example.expect_length("T_x", trace["T_x"])
    example.expect_length("T_y", trace["T_y"])
    example.button("To the end").click()
    topology = trace["network"]["topology"]
    rounds = (
        topology["layers"] if topology["directions"] == 2 else 1
    )  # a layer above waits for both ends of the one below
    expect(example.sentence).to_contain_text(f"of {rounds * len(trace['columns'])}")


@pytest.mark.parametrize("slug", EXAMPLES)
def test_card_tells_where_the_network_fails(page: Page, slug: str) -> None:
    ExamplePage(page, slug).open(step=0)
    page.get_by_role("link", name="About this network").click()
    card = page.locator("#card")
    described = page.request.get(f"/api/v1/examples/{slug}").json()
    expect(card).to_be_in_viewport()
    expect(card).to_contain_text(described["card"]["fails"][0][:30].replace("T_x", "Tx"))  # the x is set low


def test_embedded_page_is_the_picture_and_nothing_around_it(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="A good film", step=3, embed=1)
    expect(example.words).to_have_count(3)
    expect(page.get_by_role("banner")).to_have_count(0)
    expect(page.get_by_role("contentinfo")).to_have_count(0)
    expect(example.field).to_have_count(0)
    expect(page.get_by_role("tablist")).to_have_count(0)


def test_exported_picture_is_an_svg_with_every_word(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="A good film", step=3)
    saved = example.save()
    svg = saved.path().read_text(encoding="utf-8")
    assert saved.suggested_filename.endswith(".svg")
    assert svg.lstrip().startswith("<")
    assert all(word in svg for word in ("good", "film"))


def test_what_to_look_for_is_told_on_the_page(page: Page) -> None:
    page.goto("/examples/adding")
    page.get_by_role("link", name="What to look for").click()
    expect(page.get_by_role("region", name="What to look for").get_by_role("listitem").first).to_be_in_viewport()
