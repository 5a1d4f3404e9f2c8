"""What a screen reader hears: each thing is said once, where it happens."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage

GALLERY = Path(__file__).parents[2] / "models"
EXAMPLES = sorted(file.parent.name for file in GALLERY.glob("*/example.py"))
LISTEN = """() => {
    const live = '[aria-live], [role=status], [role=alert], [role=log], output';
    const regionOf = (node) => (node instanceof Element ? node : node.parentElement)?.closest(live);
    window.heard = new Map();
    new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes)
            for (const node of [target, ...addedNodes]) {
                const region = regionOf(node);
                if (!region || region.closest('[aria-hidden=true]')) continue;
                if (region.getAttribute('aria-live') !== 'off') window.heard.set(region, region.textContent.trim());
            }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
# Two frames later all that followed from a key has been drawn.
HEARD = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const said = [...window.heard.values()].filter((text) => text !== '');
    window.heard.clear();
    done(said);
})))"""


def heard(page: Page) -> list[str]:
    """Give what the live regions have said since this was last asked."""
    return page.evaluate(HEARD)


@pytest.mark.parametrize("slug", EXAMPLES)
def test_each_step_is_said_once_whatever_panel_is_open(page: Page, slug: str) -> None:
    steps = int(ExamplePage(page, slug).open(step=0).step.get_attribute("max") or 0)
    for tab in page.get_by_role("tablist", name="Panels").get_by_role("tab").all():
        tab.click()
        tab.evaluate("tab => tab.blur()")
        page.keyboard.press("Home")
        page.evaluate(LISTEN)
        for step in range(1, min(2, steps) + 1):
            page.keyboard.press("ArrowRight")
            said = heard(page)
            assert len(said) == 1, (tab.inner_text(), said)
            assert said[0].startswith(f"Step {step} of ")
            phrases = [phrase.strip() for phrase in re.split(r"[;:]|\. ", said[0])]
            assert len(phrases) == len(set(phrases)), said


@pytest.mark.parametrize("slug", EXAMPLES)
def test_the_last_step_gives_the_answer_once(page: Page, slug: str) -> None:
    example = ExamplePage(page, slug).open(step=0)
    page.keyboard.press("End")
    answer = example.sentence.locator("b").inner_text()
    said = example.sentence.inner_text()
    assert said.count(answer) == 1
    outputs = re.findall(r"output \d+ is “([^”]*)”", said)
    assert not [label for label in outputs if re.fullmatch(rf"{re.escape(label)} \([^()]*%\)", answer)]


def test_a_slider_says_its_step_itself(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=0)
    page.evaluate(LISTEN)
    example.step.focus()
    page.keyboard.press("ArrowRight")
    expect(example.step).to_have_attribute("aria-valuetext", re.compile("^Step 1 of 9"))
    assert heard(page) == []
    page.keyboard.press("End")
    expect(example.step).to_have_attribute("aria-valuetext", re.compile("^Step 9 of 9.*negative"))
    assert heard(page) == []


def test_pinning_and_letting_go_are_said(page: Page) -> None:
    ExamplePage(page, "shakespeare").open(step=3)
    page.evaluate(LISTEN)
    page.keyboard.press("]")
    assert heard(page) == ["Pinned: LSTM cell · layer 2 · t = 4. The inspector stays there."]
    page.keyboard.press("ArrowRight")
    assert [said[:9] for said in heard(page)] == ["Step 4 of"]
    page.keyboard.press("Escape")
    assert heard(page) == ["Let go: LSTM cell · layer 2 · t = 4. The inspector follows the steps again."]


def test_a_state_is_pinned_and_let_go_by_mouse_with_a_word(page: Page) -> None:
    example = ExamplePage(page, "sentiment").open(step=3)
    page.evaluate(LISTEN)
    box = example.picture.locator("g.cell").nth(1).bounding_box()
    assert box is not None
    place = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*place)
    assert [re.sub("unit \\d+", "unit n", said) for said in heard(page)] == [
        "Pinned: unit n of the LSTM cell · t = 2. The inspector stays there."
    ]
    page.mouse.click(*place)
    assert [said[:7] for said in heard(page)] == ["Let go:"]


def test_the_heat_map_says_where_its_keys_lead(page: Page) -> None:
    ExamplePage(page, "sentiment").open(step=3, panel="states")
    page.evaluate(LISTEN)
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    assert [said.partition(":")[0] for said in heard(page)] == [heard_unit(page)]


def heard_unit(page: Page) -> str:
    """Give what stands above the heat map, up to the number."""
    return page.get_by_role("tabpanel").locator(".states > p").inner_text().partition(":")[0]


WITHIN = """(sentence) => {
    const [around, answer] = [sentence, sentence.querySelector("b")].map((each) => each.getBoundingClientRect())
    return around.top <= answer.top && answer.bottom <= around.bottom + 1
}"""


@pytest.mark.parametrize("slug", EXAMPLES)
def test_the_answer_is_seen_as_far_as_two_lines_go(page: Page, slug: str) -> None:
    example = ExamplePage(page, slug).open(step=0)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        page.keyboard.press("End")
        page.wait_for_function(WITHIN, arg=example.sentence.element_handle())  # the page may still be moving


def test_a_long_legend_leaves_the_sentence_room(page: Page) -> None:
    for width in (1024, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        example = ExamplePage(page, "dna").open(step=3, input="ACGUNNRYACGT")
        expect(page.get_by_text("read as another form")).to_be_visible()
        box = example.sentence.bounding_box()
        assert box and box["width"] >= 240
