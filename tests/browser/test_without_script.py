"""Where the page's script does not come or does not run, what the page says without it can be seen and used."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.example_page import ExamplePage
from tests.some_inputs import picture_file

LOOK = """
addEventListener('DOMContentLoaded', () => {
  window.looks = [];
  const look = () => {
    const target = document.getElementById('example');
    const [gone, drawn] = [!target.querySelector('div.sentences'), target.querySelector('svg [class~=cell]') !== null];
    looks.push({ gone, drawn, height: target.offsetHeight });
    requestAnimationFrame(look);
  };
  look();
});
"""
SCRIPT = "**/static/dist/assets/example-*.js"


def expect_what_is_told(page: Page) -> None:
    """Look for the form and the table, and use the form."""
    field = page.get_by_role("textbox", name="A sentence, a review or a tweet")
    expect(field).to_be_visible()
    expect(page.get_by_role("region", name="Steps")).to_be_visible()
    field.fill("what a lovely film")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("region", name="What the network did")).to_contain_text("positive")
    expect(page.get_by_role("cell", name="lovely")).to_be_visible()


@pytest.mark.refused_requests
@pytest.mark.parametrize(
    "interfere",
    [
        lambda page: page.route(SCRIPT, lambda route: route.abort()),
        lambda page: page.route(SCRIPT, lambda route: route.fulfill(status=404, body="gone")),
        lambda page: page.route("**/static/dist/**", lambda route: route.abort()),
    ],
    ids=["filtered", "gone", "filtered with its styles"],
)
def test_a_script_that_does_not_come_leaves_a_page_that_works(page: Page, interfere: Callable[[Page], None]) -> None:
    interfere(page)
    page.goto("/examples/sentiment")
    expect_what_is_told(page)


def test_a_script_that_an_old_browser_cannot_read_leaves_a_page_that_works(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    page.route(SCRIPT, lambda route: route.fulfill(content_type="text/javascript", body="let = ?;"))
    page.goto("/examples/sentiment")
    expect_what_is_told(page)
    context.close()


def test_a_page_without_scripts_works(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/examples/sentiment")
    expect_what_is_told(page)
    context.close()


def test_a_picture_from_a_file_is_read_without_scripts(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/examples/digits")
    bar = FilePayload(name="one.png", mimeType="image/png", buffer=picture_file("PNG", (20, 60)))
    page.get_by_label("A digit, from a file").set_input_files(bar)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("region", name="What the network did").locator(".answer")).to_contain_text("1 (")
    assert "input=40x40." in page.url
    context.close()


@pytest.mark.parametrize("rights", ["allow-forms", "allow-scripts allow-forms"])
def test_a_sandboxed_frame_shows_the_run(browser: Browser, base_url: str, rights: str) -> None:
    context = browser.new_context(base_url=base_url)
    page = context.new_page()
    source = f"{base_url}/examples/sentiment?step=9"
    outer = f'<iframe sandbox="{rights}" width="1200" height="800" src="{source}"></iframe>'
    page.route("**/outer", lambda route: route.fulfill(content_type="text/html", body=outer))
    errors: list[object] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto("/outer")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("textbox", name="A sentence, a review or a tweet")).to_be_visible()
    drawn = "scripts" in rights
    shown = frame.get_by_role("toolbar", name="Playback") if drawn else frame.get_by_role("region", name="Steps")
    expect(shown).to_be_visible()
    frame.get_by_role("textbox", name="A sentence, a review or a tweet").fill("dull")
    frame.get_by_role("button", name="Run").click()
    ran = frame.get_by_text(re.compile(r"^step \d of 1$")) if drawn else frame.get_by_role("cell", name="dull")
    expect(ran).to_be_visible()
    if drawn:
        page.frames[1].wait_for_url("**step=1**")  # the address follows the picture, or says that it may not
    assert errors == []
    context.close()


@pytest.mark.parametrize(
    "clipboard",
    ["undefined", "{writeText: () => Promise.reject(new DOMException('no', 'NotAllowedError'))}"],
    ids=["plain http", "a frame that may not"],
)
def test_an_address_that_cannot_be_copied_is_shown(page: Page, clipboard: str) -> None:
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{value: {clipboard}}})")
    example = ExamplePage(page, "sentiment").open(step=3)
    example.button("link").click()
    field = page.get_by_role("dialog").get_by_role("textbox")
    expect(field).to_be_focused()
    assert "step=3" in field.input_value()
    assert page.evaluate("() => getSelection().toString() || document.activeElement.selectionEnd > 0")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_long_trace_is_fetched_once_while_the_page_loads_and_nothing_flashes(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "trace" in request.url else None)
    page.add_init_script(LOOK)
    ExamplePage(page, "shakespeare").open(step=3)
    expect(page.locator("div.sentences")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert [url.partition("/examples/")[2] for url in asked] == ["shakespeare/trace.json?step=3"]
    looks = page.evaluate("looks")
    assert [look["gone"] for look in looks] == sorted(look["gone"] for look in looks)
    assert all(look["drawn"] for look in looks if look["gone"])
    assert min(look["height"] for look in looks) > 400  # the room for the picture is kept


@pytest.mark.refused_requests
def test_a_long_trace_that_does_not_come_is_asked_for_again(page: Page) -> None:
    page.route("**/trace.json*", lambda route: route.abort())
    example = ExamplePage(page, "shakespeare").open(step=3)
    example.expect_step(3)
