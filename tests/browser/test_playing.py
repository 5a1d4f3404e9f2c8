"""The picture plays, steps and scrubs, by mouse and by keyboard alone."""

import math
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage

GALLERY = Path(__file__).parents[2] / "models"
EXAMPLES = sorted(file.parent.name for file in GALLERY.glob("*/example.py"))

INPUT = "One two three four five"


def test_keys_step_through_the_sentence(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=INPUT, step=0)
    example.expect_step(0)
    page.keyboard.press("ArrowRight")
    example.expect_step(1)
    expect(example.sentence).to_contain_text(re.compile("reads “one”", re.IGNORECASE))
    page.keyboard.press("End")
    example.expect_step(5)
    page.keyboard.press("ArrowLeft")
    example.expect_step(4)
    page.keyboard.press("Home")
    example.expect_step(0)


def test_space_plays_and_pauses(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=INPUT, step=0)
    page.keyboard.press("Space")
    expect(example.button("Pause")).to_be_visible()
    expect(example.sentence).not_to_contain_text("Before step 1")
    page.keyboard.press("Space")
    expect(example.button("Play")).to_be_visible()
    assert 0 < float(example.step.input_value()) < 5


def test_page_plays_by_itself_to_the_end(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input="Short film", speed=4)
    example.expect_step(2)
    expect(example.button("Play")).to_be_visible()


def test_whole_journey_needs_no_mouse(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=INPUT, step=0)
    for _ in range(30):
        page.keyboard.press("Tab")
        if example.field.evaluate("field => field === document.activeElement"):
            break
    page.keyboard.press("Control+A")
    page.keyboard.type("Typed by hand")
    page.keyboard.press("Enter")
    expect(example.words).to_have_text([re.compile(word, re.IGNORECASE) for word in ("typed", "by", "hand")])
    page.keyboard.press("End")
    example.expect_step(3)
    page.keyboard.press("Home")
    page.keyboard.press("Space")
    expect(example.button("Pause")).to_be_visible()


def test_space_in_the_field_is_a_space(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=INPUT, step=0)
    example.field.fill("")
    example.field.press_sequentially("a b")
    expect(example.field).to_have_value("a b")
    example.expect_step(0)


def test_fold_shows_the_loop_and_unfold_the_columns_again(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=INPUT, step=2)
    page.keyboard.press("f")
    expect(example.words).to_have_count(1)
    page.keyboard.press("f")
    expect(example.words).to_have_count(5)


def test_chosen_unit_shows_how_its_value_came_about(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=INPUT, step=5)
    inspector = page.get_by_role("complementary")
    inspector.get_by_role("spinbutton").fill("3")
    expect(inspector).to_contain_text("recorded = PyTorch")
    expect(inspector.get_by_role("list", name=re.compile("^equations")).get_by_role("listitem")).not_to_have_count(0)
    expect(example.sentence).to_contain_text("Step 5 of 5")


STEP_NAMES = """
() => {
  const text = (selector) => document.querySelector(selector).textContent;
  const slider = document.querySelector('input[type=range][aria-label=Step]');
  const number = (pattern, text) => Number((pattern.exec(text) ?? [0, 0])[1]);
  const cell = document.querySelector('.cell.current');
  return {
    playhead: slider.valueAsNumber,
    counter: number(/step (\\d+) of/, text('.transport .count')),
    sentence: number(/^Step (\\d+) of/, text('.player .sentence').trim()),
    slider: number(/^Step (\\d+) of/, slider.getAttribute('aria-valuetext')),
    highlight: cell ? Number(cell.closest('[data-column]').dataset.column) + 1 : 0,
    inspector: number(/t = (\\d+)$/, text('#inspector-title').trim()),
  };
}
"""
DRAG = """
(slider, playhead) => { slider.value = playhead; slider.dispatchEvent(new Event('input', { bubbles: true })); }
"""
ON_EVERY_FRAME = f"""
(frames) => new Promise((done) => {{
  const seen = [];
  const read = {STEP_NAMES};
  const turn = () => (seen.push(read()), seen.length < frames ? requestAnimationFrame(turn) : done(seen));
  requestAnimationFrame(turn);
}})
"""


def disagreeing(names: dict[str, float]) -> dict[str, float]:
    """Give the names of the step back if they are not all of one step, of the column that it visits."""
    step = math.ceil(names["playhead"])
    agree = names["counter"] == names["sentence"] == names["slider"] == step
    return {} if agree and (step == 0 or names["highlight"] == names["inspector"] > 0) else names


@pytest.mark.parametrize("slug", EXAMPLES)
def test_between_two_steps_everything_names_the_step_under_way(page: Page, slug: str) -> None:
    example = ExamplePage(page, slug).open(step=0)
    steps = int(example.step.get_attribute("max") or 0)
    playheads = [playhead for playhead in (0.3, 0.7, 1.05, 1.5, 1.97, 2.0, 3.4) if playhead <= steps]
    for playhead in playheads:
        example.step.evaluate(DRAG, playhead)
        names = page.evaluate(STEP_NAMES)
        assert names["playhead"] == playhead
        assert disagreeing(names) == {}
    under_way = math.ceil(playheads[-1])
    page.wait_for_url(f"**step={under_way}**")
    example.step.dispatch_event("change")  # letting go of the slider finishes the step under way
    assert example.step.input_value() == str(under_way)


def test_while_it_plays_everything_names_the_step_under_way(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(input=INPUT, step=0, speed=4)
    page.keyboard.press("Space")
    seen = page.evaluate(ON_EVERY_FRAME, 40)
    assert [names for names in map(disagreeing, seen) if names] == []
    expect(example.sentence).to_contain_text("Step 5 of 5")
