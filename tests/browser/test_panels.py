"""The panels under the picture: each opens, and the attention of a decoder is drawn twice."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage

GALLERY = Path(__file__).parents[2] / "models"
EXAMPLES = sorted(file.parent.name for file in GALLERY.glob("*/example.py"))
DATE = "le 14 juillet 1789"


@pytest.mark.parametrize("slug", EXAMPLES)
def test_every_panel_opens(page: Page, slug: str) -> None:
    ExamplePage(page, slug).open(step=2)
    tabs = page.get_by_role("tablist", name="Panels").get_by_role("tab")
    assert tabs.count() >= 3
    for tab in tabs.all():
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        expect(page.get_by_role("tabpanel", name=tab.inner_text())).to_contain_text(re.compile(r"\w"))


def test_attention_is_drawn_as_arcs_whose_width_is_the_weight(page: Page) -> None:
    example = ExamplePage(page, "dates").open(input=DATE, step=len(DATE) + 1)
    arcs = example.picture.locator("path:has(> title)")
    expect(arcs).to_have_count(len(DATE))
    weights = [int(re.findall(r"(\d+)(?:\.\d)? %", text)[0]) for text in arcs.locator("title").all_text_contents()]
    widths = [float(arc.get_attribute("stroke-width") or 0) for arc in arcs.all()]
    assert widths.index(max(widths)) == weights.index(max(weights))
    assert max(weights) > 20


def test_attention_matrix_has_a_row_for_each_output_and_leads_to_its_step(page: Page) -> None:
    ExamplePage(page, "dates").open(input=DATE, step=len(DATE) + 1)
    page.get_by_role("tab", name="Attention").click()
    matrix = page.get_by_role("tabpanel").get_by_role("table")
    outputs = matrix.get_by_role("rowheader").get_by_role("button")
    expect(outputs).to_have_count(len("1789-07-14") + 1)
    expect(matrix.get_by_role("columnheader")).to_have_count(len(DATE))
    outputs.nth(3).click()
    expect(page.get_by_role("region", name=re.compile(rf"t = {len(DATE) + 4}$"))).to_be_visible()


def test_bidirectional_states_say_which_inputs_they_have_seen(page: Page) -> None:
    ExamplePage(page, "dates").open(input=DATE, step=3)
    page.get_by_role("tab", name="What has this state seen?").click()
    directions = page.get_by_role("tabpanel").locator("section")
    expect(directions.first.locator(".input.seen")).to_have_count(3)
    expect(directions.last.locator(".input.seen")).to_have_count(len(DATE) - 2)


def test_the_cells_are_put_side_by_side_on_the_same_numbers(page: Page) -> None:
    example = ExamplePage(page, "adding").open(input="random 200 seed 5", step=200, panel="compare")
    rivals = page.get_by_role("tabpanel").get_by_role("region")
    expect(rivals).to_have_count(3)
    for rival in rivals.all():
        expect(rival).to_contain_text("(right: 1.91)")
    told = rivals.all_inner_texts()
    errors = [abs(float(re.findall(r"([\d.]+) \(right", text)[0]) - 1.91) for text in told]
    assert errors[0] > 0.3 and max(errors[1:]) < 0.1
    reach = [int(re.findall(r"reaches (\d+) steps back", text)[0]) for text in told]
    assert reach[0] < 30 and min(reach[1:]) > 150
    rivals.first.get_by_role("button", name="RNN").click()
    expect(page).to_have_url(re.compile("variant=rnn"))
    example.expect_step(200)


def test_the_comparison_leads_to_its_steps_by_keyboard(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=2, panel="compare")
    track = page.get_by_role("slider", name="BiLSTM, over time")
    expect(track).to_have_attribute("aria-valuetext", re.compile(r"BiLSTM P\(positive\) \d+ %"))
    track.focus()
    track.press("End")
    example.expect_step(9)


def test_the_gradients_of_another_output_are_compared(page: Page) -> None:
    ExamplePage(page, "entities").open(step=8, panel="compare")
    panel = page.get_by_role("tabpanel")
    panel.get_by_label("gradient of").select_option("0")
    for name in ("BiLSTM", "LSTM"):
        expect(panel.get_by_role("region", name=name, exact=True)).to_contain_text("gradient of ŷ⟨1⟩ “B-TIM”")


def test_the_arrow_keys_choose_a_panel(page: Page) -> None:
    ExamplePage(page, "adding").open(step=3)
    tabs = page.get_by_role("tablist", name="Panels").get_by_role("tab")
    tabs.first.focus()
    tabs.first.press("ArrowRight")
    expect(tabs.nth(1)).to_be_focused()
    expect(tabs.nth(1)).to_have_attribute("aria-selected", "true")
    tabs.nth(1).press("End")
    expect(page.get_by_role("tabpanel", name="JSON")).to_be_visible()


def test_a_week_without_any_change_is_drawn(page: Page) -> None:
    example = ExamplePage(page, "forecast").open(input=", ".join(["5"] * 168), step=192)
    expect(page.get_by_role("tabpanel", name="Forecast")).to_contain_text("forecast 5")
    example.expect_length("T_y", 24)
