"""Signs of mathematics and dates come from fonts of ours, whatever a system has."""

import re

import pytest
from playwright.sync_api import CDPSession, FloatRect, Locator, Page, expect

from app.lessons import LESSONS
from tests.browser.example_page import ExamplePage


def fonts_of(page: Page, selector: str) -> set[str]:
    """Ask the browser which fonts it really drew elements with."""
    page.evaluate("document.fonts.ready")
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    nodes = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    answers = [session.send("CSS.getPlatformFontsForNode", {"nodeId": node}) for node in nodes]
    return {font["familyName"] for answer in answers for font in answer["fonts"]}


def test_unequal_sign_is_of_the_text_font_and_stays_in_its_tile(page: Page) -> None:
    page.goto("/topologies/attention")
    tile = page.get_by_role("navigation", name="Topologies").get_by_role("link", name="≠")
    expect(tile).to_be_visible()
    tile.evaluate("tile => { tile.id = 'tile'; }")
    assert {name.partition(" ")[0] for name in fonts_of(page, "#tile > span")} == {"Inter"}
    name, frame = tile.locator("span").bounding_box(), tile.bounding_box()
    assert name and frame and name["x"] + name["width"] <= frame["x"] + frame["width"]


@pytest.mark.parametrize(
    "path",
    [
        *(f"/topologies/{slug}" for slug in LESSONS),
        "/examples/translation?step=12",
        "/examples/translation?step=12&notation=keras",
        "/examples/sentiment?step=4&variant=bilstm-binary",
    ],
)
def test_every_letter_and_sign_of_mathematics_is_of_a_font_of_ours(path: str, page: Page) -> None:
    page.goto(path)
    expect(page.locator("math").first).to_be_attached()
    page.evaluate("document.fonts.load(\"16px 'STIX Two Math Cut'\")")
    assert fonts_of(page, "math :is(mi, mn, mo, mtext)") == {"STIX Two Math"}


def box(element: Locator) -> FloatRect:
    found = element.bounding_box()
    assert found
    return found


@pytest.mark.parametrize("path", ["/topologies/attention", "/examples/translation?step=12"])
def test_a_root_reaches_over_what_it_is_of_and_no_further(path: str, page: Page) -> None:
    page.goto(path)
    root = page.locator("math:visible msqrt").first
    root.scroll_into_view_if_needed()
    page.evaluate("document.fonts.load(\"16px 'STIX Two Math Cut'\")")
    whole, inside = box(root), box(root.locator("mi"))
    size = root.evaluate("root => parseFloat(getComputedStyle(root).fontSize)")
    assert 0.6 * size < inside["x"] - whole["x"] < size  # the surd
    assert whole["x"] + whole["width"] - inside["x"] - inside["width"] < 1
    assert whole["y"] < inside["y"]


def test_an_accent_stands_over_its_letter(page: Page) -> None:
    for path in ("/examples/sentiment?step=4&variant=bilstm-binary", "/examples/translation?step=12&notation=keras"):
        page.goto(path)
        page.evaluate("document.fonts.load(\"16px 'STIX Two Math Cut'\")")
        accents = page.locator("aside [aria-hidden] > math mover")
        assert accents.count() > 2
        for accent in accents.all():
            letter, sign = box(accent.locator("> :first-child")), box(accent.locator("> mo"))
            middle = letter["x"] + letter["width"] / 2
            assert abs(sign["x"] + sign["width"] / 2 - middle) < 0.3 * letter["width"]
            assert sign["y"] < letter["y"]


@pytest.mark.parametrize(
    "query",
    ["sentiment?variant=bilstm-binary", "dna?variant=bigru", "translation?", "translation?notation=keras"],
)
def test_formulas_stay_inside_the_inspector(query: str, page: Page) -> None:
    page.goto(f"/examples/{query}&step=12")
    lists = page.locator("aside ol")
    expect(lists.first).to_be_visible()
    for formulas in lists.all():
        frame = box(formulas)
        for piece in formulas.locator("[aria-hidden] > math").all():
            seen = box(piece)
            assert seen["x"] >= frame["x"] and seen["x"] + seen["width"] <= frame["x"] + frame["width"]


def test_a_formula_is_read_out_once_and_whole(page: Page) -> None:
    page.goto("/examples/sentiment?step=4&variant=lstm-binary&notation=pytorch")
    equations = page.get_by_role("list", name="equations, in order of computation")
    expect(equations.get_by_role("math")).to_have_count(6)
    assert equations.get_by_role("math").first.text_content() == "it=σ\u2061(Wiixt+Whiht−1+bi)"


def test_signs_of_a_date_are_no_boxes(page: Page) -> None:
    page.goto("/examples/dates?step=0")
    sample = page.get_by_role("button", name="年")
    expect(sample).to_be_visible()
    sample.evaluate("sample => { sample.id = 'sample'; }")
    page.evaluate("document.fonts.load(\"12px 'Noto Sans JP Dates'\", '年')")
    families = {name for name in fonts_of(page, "#sample") if not name.startswith(("Inter", "DejaVu"))}
    assert len(families) == 1  # the system's own, or else ours


def test_export_brings_the_signs_of_mathematics_and_dates_along(page: Page) -> None:
    example = ExamplePage(page, "dates").open(input="2021年5月3日(月)", step=3)
    faces = re.findall(r"@font-face{font-family:'([^']+)'", example.save().path().read_text(encoding="utf-8"))
    assert faces.count("Inter Variable") >= 2  # letters, and the angles of x⟨t⟩
    assert "Noto Sans JP Dates" in faces
