"""A digit is drawn with mouse, finger and keys; its link restores it; what is read and what counts is shown."""

import base64
import re

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.example_page import ExamplePage
from tests.some_inputs import picture_file

SEVEN = ((0.25, 0.2), (0.75, 0.2), (0.45, 0.85))
PHONE: ViewportSize = {"width": 390, "height": 844}


def paper(page: Page) -> Locator:
    return page.get_by_role("application", name="A digit")


def draw(page: Page, stroke: tuple[tuple[float, float], ...]) -> None:
    box = paper(page).bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=6)
    page.mouse.up()


def test_a_drawing_runs_by_itself_and_its_link_restores_it(page: Page) -> None:
    example = ExamplePage(page, "digits").open(step=1)
    expect(example.sentence).to_contain_text("3 (")
    page.get_by_role("button", name="clear").click()
    draw(page, SEVEN)
    expect(example.sentence).to_contain_text("7 (")
    page.wait_for_url(lambda url: "input=40x40." in url and "step=1" in url)
    other = page.context.new_page()
    other.goto(page.url)
    expect(ExamplePage(other, "digits").sentence).to_contain_text("7 (")
    page.go_back()
    expect(example.sentence).to_contain_text("3 (")


def test_undo_brings_a_cleared_sheet_back(page: Page) -> None:
    example = ExamplePage(page, "digits").open(step=1)
    page.get_by_role("button", name="clear").click()
    expect(page.get_by_text("draw here")).to_be_visible()
    page.get_by_role("button", name="undo").click()
    expect(page.get_by_text("draw here")).to_have_count(0)
    expect(example.sentence).to_contain_text("3 (")


DROP = """(paper, [name, type, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type }));
  paper.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
}"""


@pytest.mark.refused_requests
def test_a_picture_that_is_dropped_is_drawn_and_one_that_is_none_says_so(page: Page) -> None:
    example = ExamplePage(page, "digits").open(step=1)
    bar = base64.b64encode(picture_file("PNG", (20, 60))).decode()
    paper(page).evaluate(DROP, ["one.png", "image/png", bar])
    expect(example.sentence).to_contain_text("1 (")
    page.wait_for_url(re.compile("input=40x40"))
    paper(page).evaluate(DROP, ["one.svg", "image/svg+xml", bar])
    expect(page.locator("form.field").get_by_role("status")).to_contain_text(
        "cannot be read as a drawing; send a file that ends in"
    )


@pytest.mark.refused_requests
def test_an_empty_sheet_says_what_to_do(page: Page) -> None:
    example = ExamplePage(page, "digits").open(step=1)
    page.get_by_role("button", name="clear").click()
    page.get_by_role("button", name="Run").click()
    expect(example.problem).to_contain_text("draw with mouse, pen or finger")


def test_arrow_keys_draw(page: Page) -> None:
    example = ExamplePage(page, "digits").open(step=1)
    page.get_by_role("button", name="clear").click()
    paper(page).focus()
    for _ in range(12):
        page.keyboard.press("ArrowUp")
    for _ in range(26):
        page.keyboard.press("Shift+ArrowDown")
    expect(example.sentence).to_contain_text("1 (")


def test_a_finger_draws_and_does_not_scroll(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    example = ExamplePage(page, "digits").open(step=1)
    page.get_by_role("button", name="clear").click()
    box = paper(page).bounding_box()
    assert box is not None
    session = context.new_cdp_session(page)
    points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in SEVEN]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [points[0]]})
    for point in points[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(example.sentence).to_contain_text("7 (")
    assert page.evaluate("scrollY") == 0
    context.close()


def test_what_is_read_is_shown_and_which_pixels_count(page: Page) -> None:
    example = ExamplePage(page, "digits").open(step=1)
    expect(example.picture.locator(".chip.x image")).to_have_attribute("href", re.compile("^data:image/png;base64,"))
    example.expect_length("T_x", 1)
    example.expect_length("T_y", 1)
    panel = page.get_by_role("tabpanel")
    expect(panel).to_contain_text("log-probability of ŷ⟨1⟩ “3”")
    expect(panel.get_by_role("img", name="What the network reads")).to_be_visible()


def test_samples_are_pictures_with_names(page: Page) -> None:
    example = ExamplePage(page, "digits").open(step=1)
    page.get_by_role("list", name="Samples").get_by_role("button", name="an eight").click()
    expect(example.sentence).to_contain_text("8 (")


@pytest.mark.refused_requests
def test_what_was_wrong_with_an_address_stays_while_the_panel_asks_for_more(page: Page) -> None:
    example = ExamplePage(page, "digits").open(sample=99, step=1)
    expect(page.get_by_role("tabpanel")).to_contain_text("log-probability")
    expect(example.problem).to_contain_text("there is no sample '99'; there are 1 to 8")
