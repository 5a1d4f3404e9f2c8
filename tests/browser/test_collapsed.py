"""Outputs that collapse: T_y brackets what is left of them, and each letter stands over the frames that made it."""

import re
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.example_page import ExamplePage

# The middles of what is drawn: the feet of each letter, by its first frame, and the frames that are seen.
DRAWN = """() => {
    const middle = (element) => { const { x, width } = element.getBoundingClientRect(); return x + width / 2; };
    const letters = [...document.querySelectorAll('.player [data-span]')];
    return {
        feet: Object.fromEntries(letters.map((g) => [g.dataset.span, [...g.querySelectorAll('path')].map(middle)])),
        frames: [...document.querySelectorAll('.player .chip.y')].map(middle),
    };
}"""


@pytest.fixture
def trace(page: Page, base_url: str) -> dict[str, Any]:
    """Ask for the run that the page shows: the first sample, read by the network whose outputs collapse."""
    described = page.request.get(f"{base_url}/api/v1/examples/speech").json()
    asked = {"input": described["samples"][0]["input"], "variant": "ctc"}
    return page.request.post(f"{base_url}/api/v1/examples/speech/trace", data=asked).json()


def opened(page: Page, step: int) -> ExamplePage:
    return ExamplePage(page, "speech").open(variant="ctc", step=step)


def test_T_y_counts_the_letters_that_stand_over_their_frames(page: Page, trace: dict[str, Any]) -> None:
    example = opened(page, trace["T_x"])
    example.expect_length("T_x", trace["T_x"])
    example.expect_length("T_y", trace["T_y"])
    spans = {span["first"]: span for span in trace["reading"]}
    assert len(spans) == trace["T_y"]
    drawn = page.evaluate(DRAWN)
    assert drawn["feet"]
    for first, feet in drawn["feet"].items():
        span = spans[int(first)]
        assert len(feet) == span["last"] - span["first"] + 1
        assert all(min(abs(foot - frame) for frame in drawn["frames"]) < 2 for foot in feet)


def test_letters_come_with_the_words_of_the_sentence_as_the_keys_step(page: Page, trace: dict[str, Any]) -> None:
    letters, example = page.locator(".player [data-span] text"), opened(page, trace["T_x"])
    said: list[str] = []
    for step in range(trace["T_x"] + 1, 2 * trace["T_x"] + 1):  # the second layer answers
        page.keyboard.press("ArrowRight")
        example.expect_step(step)
        found = re.search("read so far: “(.*?)”", example.sentence.inner_text())
        said.append(found[1] if found else "")
        assert "".join(letters.all_text_contents()) in said[-1]  # the window is narrower than the run
    assert said[0] == "" and said[-1] == trace["readings"][0]["text"]
    assert all(len(before) <= len(after) for before, after in pairwise(said))
