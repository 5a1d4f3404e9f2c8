"""What the playhead has not reached is nowhere on the page, unless the visitor asks for it.

Every output of the page's own trace gets a label of its own, so that one that shows too early is found wherever it is:
in the picture, in any panel, in a tooltip, or in what only a screen reader is told.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.example_page import ExamplePage
from tests.helpers import present

GALLERY = Path(__file__).parents[2] / "models"
EXAMPLES = sorted(file.parent.name for file in GALLERY.glob("*/example.py"))
EMBEDDED = re.compile(r'(<script[^>]*id="trace"[^>]*>)(.*?)(</script>)', re.DOTALL)
SHOWN = """
() => {
  const page = document.querySelector('#example').cloneNode(true);
  page.querySelectorAll('.future .candidate').forEach((unseen) => unseen.remove());
  return page.outerHTML;
}
"""
Document = dict[str, Any]


FEW = 8  # classes that the page names anyhow: an axis has ends


def mark(output: Document, name: str, classes: int) -> None:
    """Give an output a label that nothing else on the page has; the name of one of a few classes is no news."""
    output["label"] = name
    for alternative in output["alternatives"] if classes > FEW else ():
        if alternative["index"] == output["index"]:
            alternative["label"] = name


def marked(trace: Document, number: int) -> Document:
    """Mark every output of a trace, every verdict on the way, and the answer; the number tells traces apart."""
    classes = trace["network"]["n_y"]
    for y, output in enumerate(trace["outputs"]):
        mark(output, f"Q{number}OUT{y}Q", classes)
    for t, output in enumerate(trace["running"] or []):
        mark(output, f"Q{number}RUN{t}Q", classes)
    trace["answer"] = f"Q{number}ANSWERQ"
    return trace


def step_of(trace: Document, t: int, *, answers: bool) -> int:
    """Work out in which step a column's output comes; `answers`: it waits for both ends of the input."""
    topology = trace["network"]["topology"]
    column = trace["columns"][t]
    rounds = topology["layers"] if topology["directions"] == 2 else 1
    before = (rounds - 1) * trace["T_x"]
    if topology["directions"] == 1 or column["part"] == "decoder":
        return before + t + 1
    return before + (trace["T_x"] if answers else max(t + 1, trace["T_x"] - t))


def steps_of_outputs(trace: Document) -> dict[int, int]:
    """Work out in which step each output comes; with the last one, the run ends."""
    answers = trace["network"]["topology"]["kind"] == "many_to_one"
    columns = {column["y"]: column["t"] for column in trace["columns"] if column["y"] is not None}
    return {y: step_of(trace, t, answers=answers) for y, t in columns.items()}


def to_come(trace: Document, number: int, share: float) -> set[str]:
    """List the marks that a page must not show when this share of each network's steps has been played."""
    steps = steps_of_outputs(trace)
    reached = share * max(steps.values()) + 1e-6
    return {f"Q{number}OUT{y}Q" for y, step in steps.items() if step > reached} | {f"Q{number}ANSWERQ"}


def shown_by_panel(page: Page) -> Iterator[tuple[str, set[str]]]:
    """Open every panel, one after another, and find the marks on the page beside each."""
    for tab in page.get_by_role("tablist", name="Panels").get_by_role("tab").all():
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        expect(page.locator("#panel > *").first).to_be_attached()  # each panel is loaded when it is first asked for
        expect(page.get_by_text("is running …", exact=True)).to_have_count(0)
        yield tab.inner_text(), set(re.findall(r"Q\d+(?:OUT\d+|ANSWER)Q", page.evaluate(SHOWN)))


def expect_nothing_to_come(page: Page, traces: list[Document], share: float) -> None:
    """Look for the marks of what is to come, in the picture and in every panel, where other networks may stand."""
    for panel, shown in shown_by_panel(page):
        marks = [to_come(trace, number, share) for number, trace in enumerate(traces)]  # a panel may ask for more
        assert shown & set().union(*marks) == set(), panel


def open_marked(page: Page, slug: str, **query: str | int) -> list[Document]:
    """Open an example whose outputs are marked; gives its trace, to which those that it asks for are added."""
    found: list[Document] = []

    def mark_next(trace: Document) -> Document:
        found.append(marked(trace, len(found)))
        return found[-1]

    def mark_page(route: Route) -> None:
        body = route.fetch().text()
        text = json.dumps(mark_next(json.loads(present(EMBEDDED.search(body))[2])))
        route.fulfill(content_type="text/html", body=EMBEDDED.sub(lambda m: m[1] + text + m[3], body))

    page.unroute_all(behavior="wait")
    page.route(f"**/examples/{slug}?*", mark_page)
    page.route("**/api/v1/examples/*/trace", lambda route: route.fulfill(json=mark_next(route.fetch().json())))
    ExamplePage(page, slug).open(**query)
    return found


@pytest.mark.parametrize("slug", EXAMPLES)
def test_before_the_first_step_nothing_of_any_output_is_on_the_page(page: Page, slug: str) -> None:
    expect_nothing_to_come(page, open_marked(page, slug, step=0), 0)
    page.unroute_all(behavior="wait")


@pytest.mark.parametrize("slug", EXAMPLES)
def test_in_the_middle_later_outputs_are_not_on_the_page_and_the_switch_shows_them(page: Page, slug: str) -> None:
    trace = open_marked(page, slug, step=0)[0]
    middle = (
        trace["T_x"] + trace["T_y"] // 2
        if trace["network"]["topology"]["kind"] == "encoder_decoder"
        else len(trace["columns"]) // 2
    )
    share = middle / max(steps_of_outputs(trace).values())
    assert len(to_come(trace, 0, share)) > 1
    expect_nothing_to_come(page, open_marked(page, slug, step=middle), share)
    page.get_by_role("checkbox", name="show what is to come").check()
    expect(page).to_have_url(re.compile("coming="))
    if trace["network"]["output"] == "softmax":  # others are written as numbers
        last = f"OUT{len(trace['outputs']) - 1}Q"  # its column may be far out of the window, so any panel will do
        assert any(mark.endswith(last) for _, shown in shown_by_panel(page) for mark in shown)
    page.unroute_all(behavior="wait")
