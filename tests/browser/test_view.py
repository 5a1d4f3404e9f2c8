"""A visitor's own trace is drawn in the browser and leaves it never; what is wrong with a file is said."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.example_page import ExamplePage
from tests.browser.test_viewer import expect_in_sight
from tests.foreign import foreign_run, foreign_traces

GOOD: dict[str, Any] = json.loads(foreign_run(4, labels=("a", "b", "c", "d")).to_json())


def file_of(document: bytes, name: str = "my run.json") -> FilePayload:
    return {"name": name, "mimeType": "application/json", "buffer": document}


def changed(change: Callable[[Any], object]) -> bytes:
    document = json.loads(json.dumps(GOOD))
    change(document)
    return json.dumps(document).encode()


def chosen(page: Page, document: bytes, name: str = "my run.json") -> ExamplePage:
    page.goto("/view")
    page.get_by_label("Choose a file").set_input_files(file_of(document, name))
    return ExamplePage(page, "view")


DROP = """([name, text]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], name, { type: 'application/json' }));
  for (const kind of ['dragover', 'drop'])
    document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}"""


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_a_dropped_trace_is_drawn_and_nothing_is_sent(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/view")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    page.evaluate(DROP, ["mine.json", json.dumps(GOOD)])
    shown = ExamplePage(page, "view")
    expect(shown.picture).to_be_visible()
    page.keyboard.press("End")
    shown.expect_step(4)
    shown.picture.scroll_into_view_if_needed()
    expect_in_sight(shown, "Tx", 4)
    expect_in_sight(shown, "Ty", 1)
    for tab in page.get_by_role("tab").all():
        tab.click()
    assert [line for line in sent if not re.match(r"GET http://[^/]+/static/(dist/|favicon)|GET data:", line)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", list(foreign_traces()))
def test_whatever_the_library_records_can_be_opened(page: Page, name: str) -> None:
    trace = foreign_traces()[name]
    shown = chosen(page, trace.to_json())
    expect(shown.picture).to_be_visible()
    shown.expect_length("T_x", trace.T_x)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (b"", "empty"),
        (b"not json", "not JSON"),
        (b"\x89PNG\r\n", "not JSON"),
        (b"<!doctype html><p>", "web page"),
        (b'{"a": [NaN]}', "not finite"),
        (b'{"a": 1}', "not a trace"),
        (changed(lambda d: d.update(version=7)), "of version 7, and this page reads version 1"),
        (changed(lambda d: d.pop("layers")), "layers is missing"),
        (changed(lambda d: d.update(colour=1)), "colour is no field of a trace"),
        (changed(lambda d: d["x"][2].pop()), "x[2] is 2 long, and should be 3"),
        (changed(lambda d: d["x_labels"][0].update(text=3)), "x_labels[0].text is 3, and should be a text"),
        (changed(lambda d: d["columns"][1].update(x=9)), "columns[1].x is 9"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_and_the_picture_stays(page: Page, document: bytes, sentence: str) -> None:
    shown = chosen(page, changed(lambda d: d))
    expect(shown.picture).to_be_visible()
    page.get_by_label("Open another file").set_input_files(file_of(document, "broken.json"))
    expect(shown.problem).to_contain_text("broken.json: This ")
    expect(shown.problem).to_contain_text(sentence)
    expect(shown.picture).to_be_visible()
    page.get_by_label("Open another file").set_input_files(file_of(json.dumps(GOOD).encode(), "good.json"))
    expect(shown.problem).to_be_hidden()


def test_a_file_can_be_chosen_and_played_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="Open its trace").press("Enter")
    button = page.get_by_label("Choose a file")
    button.focus()
    with page.expect_file_chooser() as asked:
        page.keyboard.press("Space")
    asked.value.set_files(file_of(json.dumps(GOOD).encode()))
    shown = ExamplePage(page, "view")
    expect(shown.picture).to_be_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    shown.expect_step(1)


def test_markup_in_a_trace_is_text(page: Page) -> None:
    trick = "<img src=x onerror=\"document.title='tricked'\">"

    def insert(document: Any) -> None:
        document["x_labels"][0]["text"] = document["answer"] = document["outputs"][0]["label"] = trick
        document["remarks"] = [trick]
        for value in document["network"]["cell"]["values"]:
            value["latex"] = f"{trick} x_t"

    shown = chosen(page, changed(insert))
    page.keyboard.press("End")
    shown.expect_step(4)
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(page).to_have_title(re.compile("Open a trace"))
