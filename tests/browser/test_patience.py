"""When the server asks for patience, the page says so and asks again by itself."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.example_page import ExamplePage

BUSY = {
    "type": "/problems#too-many-requests",
    "title": "Too many requests",
    "status": 429,
    "detail": "more than 120 runs a minute; try again in 1 s",
    "instance": "/api/v1/examples/sentiment/trace",
    "errors": [],
}


def refuse_once(page: Page, after: str | None) -> list[str]:
    """Answer the first run with 429 and let the others through; gives the list of all that were asked."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > 1:
            route.continue_()
            return
        headers = {"Content-Type": "application/problem+json"} | ({"Retry-After": after} if after else {})
        route.fulfill(status=429, headers=headers, body=json.dumps(BUSY))

    page.route("**/trace", answer)
    return asked


@pytest.mark.refused_requests
def test_a_run_is_tried_again_when_the_server_says_so(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=0)
    asked = refuse_once(page, "1")
    example.ask("what a lovely film")
    expect(example.problem).to_contain_text("This page does so by itself, in 1 s")
    expect(example.words).to_have_text(["what", "a", "lovely", "film"])
    expect(example.problem).to_have_count(0)
    assert len(asked) == 2


@pytest.mark.refused_requests
def test_a_refusal_is_seen_and_not_covered_by_the_preview(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=0)
    example.field.fill("what a lovely film")
    expect(page.locator(".marks")).to_be_visible()
    refuse_once(page, None)
    example.field.press("Enter")
    expect(example.problem).to_contain_text("more than 120 runs a minute")
    expect(page.locator(".marks")).to_have_count(0)
    seen = """e => {
        const box = e.getBoundingClientRect();
        return e.contains(document.elementFromPoint(box.left + 20, box.top + box.height / 2));
    }"""
    assert example.problem.evaluate(seen)
