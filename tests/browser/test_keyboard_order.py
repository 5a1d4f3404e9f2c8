"""With the Tab key alone, the picture is near, and everything can be reached."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage

FOCUSED = (
    "() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? ''"
)


def presses_to(page: Page, name: str, most: int) -> int:
    """Count the presses of Tab until a name has the focus."""
    for count in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == name:
            return count
    raise AssertionError(f"{name} was not reached in {most} presses")


@pytest.mark.parametrize("slug", ["sentiment", "translation", "shakespeare", "forecast"])
def test_the_picture_is_a_skip_away(page: Page, slug: str) -> None:
    ExamplePage(page, slug).open(step=1)
    assert presses_to(page, "Skip to the picture", 2) == 2
    page.keyboard.press("Enter")
    expect(page.locator("#picture")).to_be_focused()
    assert presses_to(page, "Play", 5) <= 4


@pytest.mark.parametrize("slug", ["sentiment", "translation", "shakespeare", "forecast"])
def test_topologies_and_samples_are_one_stop_each(page: Page, slug: str) -> None:
    ExamplePage(page, slug).open(step=1)
    others = page.get_by_text("Also:").get_by_role("link").count()
    assert presses_to(page, "Play", 22 + others)  # it was 33, with a stop for each topology and sample


def test_arrows_walk_along_the_samples_and_leave_the_playhead_where_it_is(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=2)
    samples = page.get_by_role("list", name="Samples").get_by_role("button")
    samples.first.focus()
    page.keyboard.press("ArrowRight")
    expect(samples.nth(1)).to_be_focused()
    page.keyboard.press("End")
    expect(samples.last).to_be_focused()
    example.expect_step(2)
