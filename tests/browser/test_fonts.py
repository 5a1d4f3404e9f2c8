"""Signs of mathematics and dates come from fonts of ours, whatever a system has."""

import re

from playwright.sync_api import CDPSession, Page, expect

from tests.browser.example_page import ExamplePage


def fonts_of(page: Page, selector: str) -> set[str]:
    """Ask the browser which fonts it really drew an element with."""
    page.evaluate("document.fonts.ready")
    session: CDPSession = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    return {font["familyName"] for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]}


def test_unequal_sign_is_of_the_text_font_and_stays_in_its_tile(page: Page) -> None:
    page.goto("/topologies/attention")
    tile = page.get_by_role("navigation", name="Topologies").get_by_role("link", name="≠")
    expect(tile).to_be_visible()
    tile.evaluate("tile => { tile.id = 'tile'; }")
    assert {name.partition(" ")[0] for name in fonts_of(page, "#tile > span")} == {"Inter"}
    name, frame = tile.locator("span").bounding_box(), tile.bounding_box()
    assert name and frame and name["x"] + name["width"] <= frame["x"] + frame["width"]


def test_root_is_drawn_by_a_mathematical_font_of_ours(page: Page) -> None:
    page.goto("/topologies/attention")
    expect(page.locator("msqrt")).to_be_visible()
    assert fonts_of(page, "msqrt mi") == {"STIX Two Math"}


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
    with page.expect_download() as download:
        example.button("export").click()
    faces = re.findall(r"@font-face{font-family:'([^']+)'", download.value.path().read_text(encoding="utf-8"))
    assert faces.count("Inter Variable") >= 2  # letters, and the angles of x⟨t⟩
    assert "Noto Sans JP Dates" in faces
