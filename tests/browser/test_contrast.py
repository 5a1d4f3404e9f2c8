"""With forced colours (high contrast), what is chosen, how far and how much can still be seen."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.example_page import ExamplePage

PAINT = """e => {
    const style = getComputedStyle(e);
    return [style.backgroundColor, style.backgroundImage, style.borderColor, style.color, style.outlineStyle].join();
}"""


@pytest.fixture(autouse=True)
def forced_colours(page: Page) -> None:
    page.emulate_media(forced_colors="active")


def paint(element: Locator) -> str:
    return element.evaluate(PAINT)


def test_what_is_chosen_differs_from_what_is_not(page: Page) -> None:
    ExamplePage(page, "sentiment").open(step=3)
    tabs = page.get_by_role("tablist", name="Panels").get_by_role("tab")
    assert paint(tabs.nth(0)) != paint(tabs.nth(1))
    choices = page.get_by_role("group", name="value").get_by_role("button")
    assert paint(choices.nth(0)) != paint(choices.nth(1))
    cells = page.locator("fieldset label")
    assert paint(cells.filter(has_text="LSTM").first) != paint(cells.filter(has_text="GRU").first)


def test_run_and_play_have_an_edge_and_bars_and_scales_keep_their_colours(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=9)
    for button in (page.get_by_role("button", name="Run"), example.button("Play")):
        assert button.evaluate("e => getComputedStyle(e).borderTopWidth") != "0px"
    painted = page.locator("[data-paint]")
    assert painted.count() > 4
    for element in painted.all():
        assert element.evaluate("e => getComputedStyle(e).forcedColorAdjust") == "none"
        assert element.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    bar = page.locator("aside dd [data-paint]").first
    assert bar.evaluate("e => getComputedStyle(e).backgroundColor") not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")


def test_the_state_under_way_is_marked_in_the_picture(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=3)
    stroke = "e => getComputedStyle(e).stroke + getComputedStyle(e).strokeWidth"
    current = example.picture.locator("g.cell.current .card")
    other = example.picture.locator("g.cell:not(.current) .card").first
    expect(current).to_have_count(1)
    assert current.evaluate(stroke) != other.evaluate(stroke)


def test_letters_stay_under_their_accents(page: Page) -> None:
    ExamplePage(page, "sentiment").open(step=3)
    equation = page.get_by_role("list", name="equations, in order of computation").locator("math").first
    assert equation.evaluate("e => getComputedStyle(e).forcedColorAdjust") == "none"
