"""The widget's script keeps a model and the page in its frame in step: here with a model that is no notebook's."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Page, expect

from tests.foreign import foreign_run
from unrolled.viewer import page_of, widget

SCRIPT = Path(widget.__file__).with_name("widget.js")

# What anywidget gives to `render`, as far as its documentation promises it.
SHOWN = """async ([script, state]) => {
  const { default: widget } = await import('data:text/javascript;base64,' + btoa(script));
  const heard = {};
  window.saved = [];
  window.model = {
    get: (name) => state[name],
    set: (name, value) => {
      if (state[name] === value) return;
      state[name] = value;
      heard[`change:${name}`]?.forEach((act) => act());
    },
    save_changes: () => window.saved.push({ step: state.step, unit: state.unit }),
    on: (event, act) => (heard[event] ??= new Set()).add(act),
    off: (event, act) => heard[event]?.delete(act),
  };
  document.body.style.background = '#fff';
  const el = document.body.appendChild(document.createElement('div'));
  window.close = widget.render({ model: window.model, el });
  window.listeners = () => Object.values(heard).reduce((sum, all) => sum + all.size, 0);
}"""


def shown(page: Page, **state: Any) -> FrameLocator:
    page.goto("about:blank")
    page.evaluate(SHOWN, [SCRIPT.read_text(), {"_page": page_of(foreign_run(6)), "height": 700, **state}])
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("toolbar", name="Playback")).to_be_visible()
    return frame


def expect_step(frame: FrameLocator, step: int) -> None:
    expect(frame.locator("p[aria-live]")).to_contain_text(f"Step {step} of" if step else "Before step 1")


def test_the_playhead_and_the_unit_go_both_ways(page: Page) -> None:
    frame = shown(page, step=2, unit=None)
    expect_step(frame, 2)
    page.evaluate("model.set('step', 5)")
    expect_step(frame, 5)
    frame.get_by_role("button", name="One step back").click()
    expect_step(frame, 4)
    page.wait_for_function("model.get('step') === 4")
    page.evaluate("model.set('unit', 3)")
    unit = frame.get_by_role("region", name="LSTM cell").get_by_label("unit", exact=True)
    expect(unit).to_have_value("4")
    unit.fill("2")
    unit.press("Enter")
    page.wait_for_function("model.get('unit') === 1")
    assert json.loads(page.evaluate("JSON.stringify(saved.at(-1))")) == {"step": 4, "unit": 1}


def test_what_the_page_says_is_not_told_to_it_again(page: Page) -> None:
    frame = shown(page, step=None, unit=None)
    page.wait_for_function("model.get('step') === 6")  # it plays to its end, undisturbed by its own echo
    expect_step(frame, 6)
    steps = [state["step"] for state in page.evaluate("saved")]
    assert steps == sorted(steps)


def test_the_page_is_dark_where_the_notebook_is(page: Page) -> None:
    frame = shown(page, step=1, unit=None)
    expect(frame.locator("html")).to_have_attribute("data-theme", "light")
    page.evaluate("document.body.style.background = '#111'")
    expect(frame.locator("html")).to_have_attribute("data-theme", "dark")


def test_whoever_takes_the_widget_away_leaves_nothing_behind(page: Page) -> None:
    shown(page, step=1, unit=None)
    page.evaluate("close()")
    assert page.evaluate("listeners()") == 0
