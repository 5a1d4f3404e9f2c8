"""A page in one file opens from a disk, offline, and draws whatever network somebody has."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.example_page import ExamplePage
from tests.foreign import foreign_run, foreign_traces
from unrolled import Finding, Trace
from unrolled.viewer import page_of

TRACES = foreign_traces()
FINDINGS = (
    Finding(kind="late", title="Too late", sentence="See.", way_out="Read h_n.", steps=(2, 4), layer=0, code="h_n[-1]"),
    Finding(kind="still", title="Still", sentence="Never moves.", way_out="Train on.", units=(1, 3)),
)


def opened(page: Page, folder: Path, trace: Trace, **options: object) -> ExamplePage:
    """Write a page, open it from the disk without a network, and go to the last step."""
    file = folder / "run.html"
    file.write_text(page_of(trace, title="Mine", **options), "utf-8")  # type: ignore[arg-type]
    page.context.set_offline(True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    page.goto(file.as_uri())
    shown = ExamplePage(page, "mine")
    expect(shown.picture).to_be_visible()
    page.keyboard.press("End")
    shown.expect_step(len(trace.columns) if trace.network.topology.directions == 1 else 2 * trace.T_x)
    assert set(asked) <= {"file", "data"}
    return shown


def expect_in_sight(shown: ExamplePage, symbol: str, length: int) -> None:
    """Wait until a bracket says so on the screen as it is, without scrolling."""
    said = re.compile(rf"^\s*(← )?{symbol} = {length}\b")
    expect(shown.picture.locator("text").filter(has_text=said)).to_be_in_viewport()


@pytest.mark.parametrize("name", TRACES)
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_both_lengths_are_in_sight_and_every_panel_opens(
    page: Page, tmp_path: Path, name: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    trace = TRACES[name]
    shown = opened(page, tmp_path, trace)
    for share in ("End", "Home"):
        page.keyboard.press(share)
        expect_in_sight(shown, "Tx", trace.T_x)
        expect_in_sight(shown, "Ty", trace.T_y)
    page.keyboard.press("End")
    for tab in page.get_by_role("tab").all():
        tab.click()
        expect(page.get_by_role("tabpanel")).not_to_be_empty()
        expect(page.get_by_role("tabpanel")).not_to_contain_text(re.compile(r"\b(NaN|undefined|Infinity)\b"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_panels_that_need_a_server_are_absent(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, foreign_run(4))
    tabs = page.get_by_role("tab").all_inner_texts()
    assert {"States", "Units", "Gradient", "JSON"} <= set(tabs)
    assert "Side by side" not in tabs
    expect(page.get_by_role("button", name="link")).to_have_count(0)


def test_a_finding_leads_to_its_step_its_layer_and_its_unit(page: Page, tmp_path: Path) -> None:
    shown = opened(page, tmp_path, foreign_run(6, layers=2), findings=FINDINGS)
    found = page.get_by_role("region", name="What to look at")
    expect(found).to_contain_text("Read h_n.")
    expect(found).to_contain_text("h_n[-1]")
    found.get_by_role("button", name="t = 3").click()
    shown.expect_step(3)
    inspector = page.get_by_role("region", name=re.compile("cell"))
    expect(inspector.get_by_role("heading").first).to_contain_text("layer 1 · t = 3")
    found.get_by_role("button", name="unit 4").click()
    expect(inspector.get_by_label("unit")).to_have_value("4")


def test_the_picture_can_be_saved_and_turned_dark_from_the_disk(page: Page, tmp_path: Path) -> None:
    shown = opened(page, tmp_path, foreign_run(3))
    saved = shown.save()
    assert saved.suggested_filename == "trace-step-3.svg"
    assert "@font-face" in saved.path().read_text("utf-8")
    page.get_by_role("button", name="Light or dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_page_without_a_script_shows_a_still(page: Page, tmp_path: Path) -> None:
    browser = page.context.browser
    assert browser
    file = tmp_path / "run.html"
    file.write_text(page_of(foreign_run(3)), "utf-8")
    alone = browser.new_page(java_script_enabled=False)
    alone.goto(file.as_uri())
    expect(alone.get_by_role("img", name="T_x = 3, T_y = 1")).to_be_visible()
    alone.close()
