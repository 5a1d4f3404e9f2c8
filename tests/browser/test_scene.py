"""A scene is composed by pointer, two fingers and keys; it runs when it is let go, and its address restores it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Locator, Page, ViewportSize, expect

from app.settings import Settings
from tests.browser.example_page import ExamplePage, middle
from tests.live import listening
from tests.tiny_scenes import looking_gallery

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the tiny example that looks."""
    with listening(looking_gallery(tmp_path_factory.mktemp("looking")), Settings()) as (host, port):
        yield f"http://{host}:{port}"


def opened(page: Page, site: str, query: str = "step=1") -> ExamplePage:
    page.goto(f"{site}/examples/looker?{query}")
    example = ExamplePage(page, "looker")
    expect(example.picture).to_be_visible()
    return example


def thing(page: Page, name: str) -> Locator:
    return page.get_by_role("application", name="The scene").get_by_role("button", name=re.compile(f"^{name},"))


def drag(page: Page, of: Locator, by: tuple[float, float]) -> None:
    x, y = middle(of)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=4)
    page.mouse.up()


def test_a_thing_is_put_in_dragged_sized_and_turned_and_its_address_restores_it(page: Page, site: str) -> None:
    example = opened(page, site)
    page.get_by_role("button", name="sun", exact=True).click()
    example.expect_length("T_x", 3)
    before = thing(page, "sun").get_attribute("aria-label") or ""
    drag(page, thing(page, "sun"), (18, 18))
    expect(thing(page, "sun")).not_to_have_attribute("aria-label", before)
    drag(page, page.locator(".frame .size"), (20, 20))
    expect(thing(page, "sun")).to_have_attribute("aria-label", re.compile(r"size 1\.[3-9]"))
    drag(page, page.locator(".frame .turn"), (40, 30))
    expect(thing(page, "sun")).to_have_attribute("aria-label", re.compile(r"turned by [2-9]\d°"))
    page.wait_for_url(re.compile(r"sun%2C.*%2C1\.[3-9]\d?%2C[2-9]\d"))
    told = thing(page, "sun").get_attribute("aria-label") or ""
    page.reload()
    expect(thing(page, "sun")).to_have_attribute("aria-label", told)
    example.expect_length("T_x", 3)


def test_keys_alone_compose_a_scene(page: Page, site: str) -> None:
    example = opened(page, site)
    house = thing(page, "house")
    house.focus()
    page.keyboard.press("Tab")
    expect(thing(page, "cat")).to_be_focused()
    for key in ("ArrowRight", "Shift+ArrowUp", "+", "]"):
        page.keyboard.press(key)
    expect(thing(page, "cat")).to_have_attribute(
        "aria-label", "cat, at 32 and 60 of 100 × 100, size 0.85, turned by 5°"
    )
    page.wait_for_url(re.compile("cat%2C32%2C60%2C0.85%2C5"))
    page.keyboard.press("Delete")
    expect(thing(page, "cat")).to_have_count(0)
    expect(house).to_be_focused()
    example.expect_length("T_x", 1)
    page.keyboard.press("Control+z")
    example.expect_length("T_x", 2)


def test_what_is_in_front_is_read_last_and_no_more_fits_than_is_read(page: Page, site: str) -> None:
    example = opened(page, site)
    thing(page, "house").focus()
    page.get_by_role("button", name="to front").click()
    expect(example.words.last).to_have_text("house 55 60")
    for name in ("sun", "cat"):
        page.get_by_role("button", name=name, exact=True).dispatch_event("click")
    expect(page.get_by_role("button", name="sun", exact=True)).to_be_disabled()
    example.expect_length("T_x", 3)


@pytest.mark.refused_requests
def test_an_empty_scene_says_what_to_do_and_undo_brings_it_back(page: Page, site: str) -> None:
    example = opened(page, site)
    page.get_by_role("button", name="clear").click()
    expect(page.get_by_text("put something here")).to_be_visible()
    page.get_by_role("button", name="Run").click()
    expect(example.problem).to_contain_text("or choose a sample")
    page.get_by_role("button", name="undo").click()
    expect(thing(page, "cat")).to_be_visible()


def test_samples_are_drawn_and_named(page: Page, site: str) -> None:
    example = opened(page, site)
    sample = page.get_by_role("list", name="Samples").get_by_role("button", name="the sun")
    expect(sample.locator("svg g")).to_have_count(1)
    sample.click()
    example.expect_length("T_x", 1)
    expect(thing(page, "sun")).to_be_visible()


def touch(session: CDPSession, kind: str, *places: tuple[float, float]) -> None:
    points = [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(places)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def test_two_fingers_size_and_turn_and_do_not_scroll(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    opened(page, site)
    session = context.new_cdp_session(page)
    x, y = middle(thing(page, "house"))
    touch(session, "touchStart", (x, y))
    touch(session, "touchStart", (x, y), (x + 30, y))
    touch(session, "touchMove", (x, y), (x + 30, y + 30))
    touch(session, "touchEnd")
    expect(thing(page, "house")).to_have_attribute("aria-label", re.compile(r"size (1\.9\d?|2), turned by 45°"))
    assert page.evaluate("scrollY") == 0
    context.close()
