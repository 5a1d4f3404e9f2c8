"""One-to-many: a name is written letter by letter, each letter fed back."""

import re

from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage


def written(page: Page, **query: str | int) -> list[str]:
    example = ExamplePage(page, "names").open(**query, step=99)
    expect(example.outputs).not_to_have_count(0)
    return example.outputs.all_text_contents()


def test_same_seed_writes_the_same_name(page: Page) -> None:
    first, again, others = written(page, seed=4), written(page, seed=4), [written(page, seed=s) for s in (5, 6, 7)]
    assert first == again
    assert any(other != first for other in others)


def test_input_is_nothing_and_outputs_are_fed_back_dashed(page: Page) -> None:
    example = ExamplePage(page, "names").open(seed=4, step=99)
    steps = example.outputs.count()
    example.expect_length("T_x", 0)
    example.expect_length("T_y", steps)
    feedback = example.picture.locator("g.back path")
    assert feedback.count() >= steps - 1
    assert feedback.first.evaluate("path => getComputedStyle(path).strokeDasharray") != "none"


def test_dictated_beginning_is_kept(page: Page) -> None:
    example = ExamplePage(page, "names").open(input="mar", seed=2, step=99)
    assert example.outputs.all_text_contents()[:3] == ["m", "a", "r"]
    expect(example.picture.locator(".chip.y.noted")).to_have_count(3)


def test_another_one_draws_with_another_seed(page: Page) -> None:
    example = ExamplePage(page, "names").open(seed=4, step=0)
    page.get_by_role("button", name="another one").click()
    expect(page.get_by_role("spinbutton", name=re.compile("seed"))).not_to_have_value("4")
    page.wait_for_url(re.compile(r"seed=\d+"))
    assert "seed=4&" not in example.query() + "&"
