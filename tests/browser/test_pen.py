"""A character is written with mouse, finger and keys, and the verdict moves meanwhile."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.example_page import ExamplePage

Place = tuple[float, float]
SEVEN: tuple[Place, ...] = ((0.3, 0.2), (0.7, 0.2), (0.6, 0.45), (0.5, 0.85))
T: tuple[tuple[Place, ...], ...] = (((0.5, 0.15), (0.5, 0.85)), ((0.25, 0.16), (0.75, 0.15)))
PHONE: ViewportSize = {"width": 390, "height": 844}


def paper(page: Page) -> Locator:
    return page.get_by_role("application", name="A character")


def places(page: Page, stroke: tuple[Place, ...]) -> list[Place]:
    box = paper(page).bounding_box()
    assert box is not None
    corners = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in stroke]
    between = [
        (a[0] + i / 8 * (b[0] - a[0]), a[1] + i / 8 * (b[1] - a[1])) for a, b in pairwise(corners) for i in range(8)
    ]
    return [*between, corners[-1]]


def write(page: Page, stroke: tuple[Place, ...], lift: bool = True) -> None:
    first, *others = places(page, stroke)
    page.mouse.move(*first)
    page.mouse.down()
    for place in others:
        page.mouse.move(*place)
    if lift:
        page.mouse.up()


@pytest.fixture
def example(page: Page) -> ExamplePage:
    opened = ExamplePage(page, "handwriting").open(variant="gru-digits")
    page.get_by_role("button", name="clear").click()
    return opened


def test_the_verdict_comes_while_the_pen_is_down_and_its_link_restores_it(page: Page, example: ExamplePage) -> None:
    with page.expect_response(lambda response: response.url.endswith("/trace")):
        write(page, SEVEN, lift=False)
    page.mouse.move(*places(page, SEVEN)[-1], steps=2)
    page.mouse.move(*(c + 6 for c in places(page, SEVEN)[-1]))
    expect(example.sentence).to_contain_text("7 (")
    page.mouse.up()
    expect(example.sentence).to_contain_text("7 (")
    page.wait_for_url(re.compile("step="))  # else the other page would play, which takes as long as it takes
    other = page.context.new_page()
    other.goto(page.url)
    expect(ExamplePage(other, "handwriting").sentence).to_contain_text("7 (")


def test_all_of_one_writing_is_one_entry_of_the_history(page: Page, example: ExamplePage) -> None:
    before = page.evaluate("history.length")
    for stroke in T:
        write(page, stroke)
        expect(page.locator("form.strokes [aria-busy=true]")).to_have_count(0)
    expect(example.sentence).to_contain_text("pen up")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("history.length") == before + 1


def test_undo_takes_the_last_stroke_away_and_brings_a_cleared_sheet_back(page: Page, example: ExamplePage) -> None:
    for stroke in T:
        write(page, stroke)
    ink = page.locator(".paper path").last
    page.get_by_role("button", name="undo").click()
    expect(ink).to_have_attribute("d", re.compile(r"^M[^M]+$"))
    page.get_by_role("button", name="clear").click()
    expect(page.get_by_text("draw here")).to_be_visible()
    page.get_by_role("button", name="undo").click()
    expect(page.get_by_text("draw here")).to_have_count(0)


@pytest.mark.refused_requests
def test_an_empty_sheet_and_a_dot_say_what_to_do(page: Page, example: ExamplePage) -> None:
    page.get_by_role("button", name="Run").click()
    expect(example.problem).to_contain_text("nothing is drawn yet")
    paper(page).click()
    expect(example.problem).to_contain_text("a dot is no drawing: draw a line")


def test_arrow_keys_write(page: Page, example: ExamplePage) -> None:
    paper(page).focus()
    for _ in range(8):
        page.keyboard.press("ArrowUp")
    for _ in range(16):
        page.keyboard.press("Shift+ArrowDown")
    expect(page.locator(".paper path").last).to_have_attribute("d", re.compile(r"^M500 180h0L500 220.*L500 820$"))
    expect(example.sentence).to_contain_text("1 (")


def test_a_finger_writes_off_the_edge_and_does_not_scroll(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    example = ExamplePage(page, "handwriting").open(variant="gru-digits")
    page.get_by_role("button", name="clear").click()
    session = context.new_cdp_session(page)
    down = [{"x": x, "y": y} for x, y in places(page, ((0.5, 0.2), (0.5, 1.3)))]
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [down[0]]})
    for place in down[1:]:
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [place]})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(example.sentence).to_contain_text("1 (")
    assert page.evaluate("scrollY") == 0
    context.close()
