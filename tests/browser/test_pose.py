"""A movement is played, cut by pointer, finger and keys, mirrored, sent as a file, and restored by its address."""

import re
from collections.abc import Iterator

import numpy as np
import orjson
import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, ViewportSize, expect

from app.settings import Settings
from tests.browser.example_page import ExamplePage, middle
from tests.live import listening
from tests.tiny_moves import watching_gallery, waving

PHONE: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the tiny example that watches."""
    with listening(watching_gallery(tmp_path_factory.mktemp("watching")), Settings()) as (host, port):
        yield f"http://{host}:{port}"


def opened(page: Page, site: str, query: str = "step=1") -> ExamplePage:
    page.goto(f"{site}/examples/watcher?{query}")
    example = ExamplePage(page, "watcher")
    expect(example.picture).to_be_visible()
    return example


def handle(page: Page, name: str) -> Locator:
    return page.locator("form.field").get_by_role("slider", name=name)


def as_file(places: np.ndarray) -> FilePayload:
    return {"name": "wave.json", "mimeType": "application/json", "buffer": orjson.dumps(places.tolist())}


def test_an_end_is_dragged_and_the_cut_movement_stands_in_the_address(page: Page, site: str) -> None:
    example = opened(page, site)
    example.expect_length("T_x", 24)
    x, y = middle(handle(page, "last frame"))
    strip = handle(page, "frame shown").bounding_box()
    assert strip is not None
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(strip["x"] + strip["width"] / 2, y, steps=4)
    page.mouse.up()
    example.expect_length("T_x", 12)
    expect(page.locator("form.field")).to_contain_text("frames 1 to 12 of 24, 1.2 s")
    page.wait_for_url(re.compile(r"input=7\."))
    page.reload()
    example.expect_length("T_x", 12)
    expect(page.locator("form.field")).to_contain_text("12 frames, 1.2 s")


def test_keys_cut_and_undo_brings_back(page: Page, site: str) -> None:
    example = opened(page, site)
    first = handle(page, "first frame")
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    example.expect_length("T_x", 21)
    expect(first).to_have_attribute("aria-valuenow", "4")
    first.press("End")
    example.expect_length("T_x", 1)
    page.get_by_role("button", name="undo").click()
    example.expect_length("T_x", 21)
    page.get_by_role("button", name="undo").click()
    example.expect_length("T_x", 24)


def test_the_figure_plays_round_and_round_until_it_is_paused(page: Page, site: str) -> None:
    opened(page, site)
    shown = handle(page, "frame shown")
    page.get_by_role("button", name="play", exact=True).click()
    for late_then_early in (r"^[12]\d$", r"^\d$"):
        expect(shown).to_have_attribute("aria-valuenow", re.compile(late_then_early))
    page.get_by_role("button", name="pause", exact=True).click()
    shown.press("Home")
    expect(shown).to_have_attribute("aria-valuenow", "1")


def test_a_mirrored_figure_waves_on_the_other_side(page: Page, site: str) -> None:
    example = opened(page, site)
    figure = page.locator("form.field .figure path").nth(2)
    before = figure.get_attribute("d")
    page.get_by_role("button", name="mirror").click()
    page.wait_for_url(re.compile(r"input=7\."))
    expect(figure).not_to_have_attribute("d", before or "")
    example.expect_length("T_x", 24)
    page.get_by_role("button", name="undo").click()
    expect(figure).to_have_attribute("d", before or "")


@pytest.mark.refused_requests
def test_a_file_is_read_and_one_with_a_joint_that_is_nowhere_is_refused(page: Page, site: str) -> None:
    example = opened(page, site)
    field = page.locator("form.field input[type=file]")
    field.set_input_files(as_file(waving(9)))
    example.expect_length("T_x", 9)
    broken = waving(9)
    broken[3, 2, 0] = 99
    field.set_input_files(as_file(broken))
    expect(page.locator("form.field").get_by_role("status")).to_contain_text("joint 'head' in frame 4 is 99")


def test_a_joint_is_moved_by_pointer_and_by_keys_and_its_frames_follow(page: Page, site: str) -> None:
    opened(page, site)
    page.wait_for_load_state("networkidle")  # a late style would move the figure under the pointer
    figure = page.get_by_role("application", name="The figure")
    bones = figure.locator("path").nth(2)
    before = bones.get_attribute("d") or ""
    head = figure.locator("path.joints").bounding_box()
    assert head is not None
    x, _ = middle(figure)
    page.mouse.move(x, head["y"] + 1)  # the head is the highest joint
    page.mouse.down()
    page.mouse.move(x + 20, head["y"] + 10, steps=3)
    page.mouse.up()
    expect(bones).not_to_have_attribute("d", before)
    page.wait_for_url(re.compile(r"input=7\."))
    moved = bones.get_attribute("d") or ""
    figure.press("]")
    figure.press("Shift+ArrowLeft")
    expect(bones).not_to_have_attribute("d", moved)
    for _ in range(2):
        page.get_by_role("button", name="undo").click()
    expect(bones).to_have_attribute("d", before)


def test_the_film_shows_the_figure_of_the_step_and_leads_by_keys(page: Page, site: str) -> None:
    example = opened(page, site, "step=6")
    film = page.get_by_role("slider", name="The movement")
    expect(film).to_have_attribute("aria-valuetext", "frame 6 of 24, 0.50 s")
    large = page.locator(".film .large path").nth(2)
    before = large.get_attribute("d") or ""
    film.focus()
    film.press("ArrowRight")
    example.expect_step(7)
    expect(large).not_to_have_attribute("d", before)
    box = film.bounding_box()
    assert box is not None
    film.click(position={"x": 0.51 * box["width"], "y": box["height"] / 2})
    example.expect_step(13)


def test_a_finger_cuts_and_does_not_scroll(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    example = opened(page, site)
    session = context.new_cdp_session(page)
    x, y = middle(handle(page, "first frame"))
    for kind, places in (("touchStart", [(x, y)]), ("touchMove", [(x + 40, y + 30)]), ("touchMove", [(x + 80, y)])):
        points = [{"x": x, "y": y} for x, y in places]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page.locator("form.field")).to_contain_text(re.compile(r"frames (8|9|10|11|12) to 24 of 24"))
    assert page.evaluate("scrollY") == 0
    expect(example.picture).to_be_visible()
    context.close()


def test_a_movement_from_a_file_is_read_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/examples/watcher")
    page.get_by_label("A movement, from a file").set_input_files(as_file(waving(5)))
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("cell", name="frame 5")).to_be_visible()
    assert "input=7." in page.url
    context.close()
