"""Before a class: the picture and the cell alone, read from the last row, moved by a clicker."""

import re

import pytest
from playwright.sync_api import Page, expect

from models.listing import example_folders
from tests.browser.example_page import ExamplePage

EXAMPLES = [folder.name for folder in example_folders()]
FROM_AFAR = 18  # pixels, on a projector of 1920

# The smallest text of the page that is seen; indices and mathematics are set in proportion to what they stand at.
SMALLEST = """() => {
  const walker = document.createTreeWalker(document.querySelector('#example'), NodeFilter.SHOW_TEXT);
  let least = [Infinity, ''];
  for (let node; (node = walker.nextNode()); ) {
    const of = node.parentElement;
    if (!node.textContent.trim() || of.closest('sub, sup, math, tspan, .unseen, .hidden')) continue;
    if (!of.checkVisibility()) continue;
    const box = of.getBoundingClientRect();
    if (box.width < 2 || box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) continue;
    const scale = of instanceof SVGElement ? of.getScreenCTM().a : of.currentCSSZoom ?? 1;
    const size = parseFloat(getComputedStyle(of).fontSize) * scale;
    if (size < least[0]) least = [size, node.textContent.trim()];
  }
  return least;
}"""


@pytest.mark.parametrize("slug", EXAMPLES)
def test_nothing_is_too_small_for_the_last_row(page: Page, slug: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.set_viewport_size({"width": 1920, "height": 1080})
    ExamplePage(page, slug).open(step=2, present="")
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("complementary")).to_be_visible()
    size, text = page.evaluate(SMALLEST)
    assert FROM_AFAR - 0.5 <= size < 2 * FROM_AFAR, text
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_a_clicker_moves_it_and_keys_bring_in_the_cell_a_panel_and_a_code(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=2)
    page.keyboard.press("PageDown")
    example.expect_step(2)  # it scrolls the page
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile("present="))
    page.keyboard.press("PageDown")
    example.expect_step(3)
    page.keyboard.press("PageUp")
    example.expect_step(2)
    expect(page.get_by_role("tablist", name="Panels")).to_be_hidden()
    page.keyboard.press("o")
    expect(page.get_by_role("tablist", name="Panels")).to_be_visible()
    page.keyboard.press("i")
    expect(page.get_by_role("complementary")).to_be_hidden()
    page.keyboard.press("q")
    invitation = page.get_by_role("dialog", name="This step as a link")
    expect(invitation.get_by_role("img", name="A QR code of the address below")).to_be_visible()
    expect(invitation.get_by_role("link")).to_have_attribute("href", re.compile(r"/examples/sentiment\?step=2$"))
    invitation.get_by_role("button", name="Close").click()
    expect(invitation).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.get_by_role("banner")).to_be_visible()
    expect(page).not_to_have_url(re.compile("present="))


def test_a_frame_presents_where_it_is_large_enough(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    ExamplePage(page, "names").open(step=1, embed=1)
    expect(page.get_by_role("complementary")).to_be_hidden()
    page.keyboard.press("p")
    expect(page.get_by_role("complementary")).to_be_visible()
    page.set_viewport_size({"width": 600, "height": 400})
    expect(page.get_by_role("complementary")).to_be_hidden()
