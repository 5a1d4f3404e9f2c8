"""The tune: engraved as it grows, a piano roll that leads, and notes that sound in step with the columns."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models.listing import GALLERY, load_example
from tests.browser.example_page import ExamplePage
from unrolled import Trace

# Every tone that is started, the audio clock and the place of the playhead at that moment.
LISTEN = """
window.tones = [];
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (when) {
  const playhead = Number(document.querySelector('.transport input[type=range]')?.value ?? 0);
  window.tones.push({ when, now: this.context.currentTime, frequency: this.frequency.value, playhead });
  return start.call(this, when);
};
"""
AHEAD, FRAMES = 0.12, 0.25  # seconds: what is handed over before it sounds; a playhead that is drawn some frames late


def traced(genre: str) -> Trace:
    return load_example(GALLERY / "music").trace(genre)


def open_tune(page: Page, step: int, genre: str = "jig") -> ExamplePage:
    page.add_init_script(LISTEN)
    example = ExamplePage(page, "music").open(input=genre, seed=1, step=step)
    expect(page.get_by_role("button", name="sound off")).to_be_visible()
    return example


def heard(page: Page, at_least: int) -> list[dict[str, Any]]:
    page.wait_for_function("count => window.tones.length >= count", arg=at_least)
    return page.evaluate("window.tones")


def second_at(trace: Trace, playhead: float) -> float:
    assert trace.seconds is not None
    step = min(int(playhead), len(trace.seconds) - 1)
    return float(sum(trace.seconds[:step]) + (playhead - step) * trace.seconds[step])


def test_notes_sound_in_step_with_the_columns(page: Page) -> None:
    example, trace = open_tune(page, 0), traced("jig")
    assert trace.sheet is not None
    page.get_by_role("button", name="sound off").click()
    expect(page.get_by_role("button", name="sound on")).to_be_visible()
    example.button("Play").click()
    tones = heard(page, 12)
    for tone, note in zip(tones, trace.sheet.notes, strict=False):
        assert round(tone["frequency"]) == round(440 * 2 ** ((note.pitch - 69) / 12))
        ahead = tone["when"] - tone["now"]
        assert -0.1 <= ahead <= AHEAD + 0.01  # the audio clock runs on between two lines
        assert abs(second_at(trace, tone["playhead"]) + ahead - note.start * trace.sheet.eighth) <= FRAMES
    example.button("Pause").click()


def test_nothing_sounds_until_somebody_asks(page: Page) -> None:
    example = open_tune(page, 0)
    example.button("Play").click()
    page.wait_for_function("step => step.valueAsNumber >= 6", arg=example.step.element_handle())
    assert page.evaluate("window.tones.length") == 0


def test_the_score_is_covered_from_the_last_written_note_on(page: Page) -> None:
    example = open_tune(page, 20)
    expect(page.locator(".page svg .abcjs-note").first).to_be_visible()
    cover = page.locator(".page svg .cover").first
    before = float(cover.get_attribute("x") or 0)
    example.page.keyboard.press("ArrowRight")
    example.expect_step(21)
    example.page.keyboard.press("ArrowRight")
    expect(cover).not_to_have_attribute("x", f"{before:g}")
    assert float(cover.get_attribute("x") or 0) > before > 0


@pytest.mark.parametrize("width", [1440, 390])
def test_every_note_of_the_score_is_within_its_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_tune(page, 60)
    score = page.locator(".scroller", has=page.locator(".abcjs-note")).first
    expect(score).to_be_visible()
    notes = "[...score.querySelectorAll('.abcjs-note')].map((note) => note.getBoundingClientRect().right)"
    box = score.bounding_box()
    assert box is not None
    assert score.evaluate(f"(score) => Math.max(...{notes})") <= box["x"] + box["width"] + 1


def test_the_piano_roll_leads_by_keys_and_says_the_note(page: Page) -> None:
    example, trace = open_tune(page, 5), traced("jig")
    roll = page.get_by_role("slider", name="Piano roll")
    roll.focus()
    roll.press("ArrowRight")
    example.expect_step(6)
    expect(roll).to_have_attribute("aria-valuenow", "6")
    assert trace.outputs[5].label in (roll.get_attribute("aria-valuetext") or "")


def test_the_tune_is_saved_as_abc_and_midi(page: Page) -> None:
    open_tune(page, 40)
    for name, begins in (("save ABC", b"X:1\nT:"), ("save MIDI", b"MThd")):
        with page.expect_download() as saved:
            page.get_by_role("button", name=name).click()
        assert saved.value.path().read_bytes().startswith(begins)


def test_another_dance_is_chosen_by_keys_alone(page: Page) -> None:
    example = open_tune(page, 3)
    page.get_by_role("radio", name="Jig", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="Hornpipe")).to_be_checked()
    page.wait_for_url("**input=hornpipe**")
    assert example.page.get_by_role("alert").filter(has_text="there is no").count() == 0
