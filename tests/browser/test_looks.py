"""The page at three sizes, in the dark, with reduced motion and with a very long input."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from models.listing import example_folders
from tests.browser.example_page import ExamplePage

LONG = " ".join(f"word{i % 7}" for i in range(200))
SIZES = ((390, 844), (1440, 900), (1920, 1080))  # a phone, a laptop, a projector
PATHS = (
    "/",
    "/topologies",
    "/figure",
    "/topologies/many-to-one",
    "/problems",
    *(f"/examples/{folder.name}?step=2" for folder in example_folders()),
)


def overflow(page: Page) -> int:
    """Measure by how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def lightness(page: Page) -> float:
    """Measure the page's background, from 0 (black) to 1 (white)."""
    colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) / (3 * 255)


@pytest.mark.parametrize("path", PATHS)
def test_page_never_scrolls_sideways(page: Page, path: str) -> None:
    page.goto(path)
    page.wait_for_load_state("networkidle")
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        assert overflow(page) <= 0, f"{width} pixels wide"


def test_everything_that_matters_is_seen_at_once_on_a_laptop(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=3)
    for part in (example.field, example.picture, example.playback, example.sentence):
        box = part.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900


def test_two_hundred_words_scroll_inside_the_picture(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=LONG, step=0)
    page.keyboard.press("End")
    example.expect_step(200)
    expect(example.words.last).to_be_in_viewport()
    assert overflow(page) <= 0
    assert example.words.count() < 200


def test_dark_theme_is_dark_and_remembered(page: Page) -> None:
    page.goto("/")
    bright = lightness(page)
    page.get_by_role("button", name=re.compile("dark|theme", re.IGNORECASE)).first.click()
    assert lightness(page) < 0.3 < bright
    page.goto("/examples/sentiment?step=3")
    assert lightness(page) < 0.3


def test_system_preference_for_dark_is_followed(page: Page) -> None:
    page.goto("/")
    bright = lightness(page)
    page.emulate_media(color_scheme="dark")
    assert lightness(page) < 0.3 < bright


def test_reduced_motion_shows_the_result_at_once(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    example = ExamplePage(page, "sentiment").open(input="A good film")
    example.expect_step(3)
    expect(example.button("Play")).to_be_visible()


def test_page_works_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/examples/sentiment")
    page.get_by_role("textbox").fill("A good film")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="Steps").get_by_role("row")).to_have_count(4)
    context.close()
