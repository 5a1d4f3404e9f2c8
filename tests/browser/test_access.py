"""Every page can be used by everybody: no serious finding of axe, in both themes."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

GALLERY = Path(__file__).parents[2] / "models"
EXAMPLES = sorted(file.parent.name for file in GALLERY.glob("*/example.py"))
PATHS = (
    "/",
    "/topologies",
    "/figure",
    "/topologies/attention",
    "/view",
    "/problems",
    "/examples/no-such-example",
    *(f"/examples/{slug}?step=2" for slug in EXAMPLES),
)


def findings(page: Page, **options: object) -> list[str]:
    """Ask axe what keeps people out, and where."""
    violations = Axe().run(page, options=options).response["violations"]
    return [
        f"{found['id']}: {found['nodes'][0]['target']} {found['nodes'][0].get('failureSummary', '')}"
        for found in violations
        if found["impact"] in {"serious", "critical"}
    ]


def test_the_reference_of_the_api_has_no_finding_at_all(page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/docs")
    page.get_by_role("heading", name="examples").wait_for()
    page.locator("button.opblock-summary-control").first.click()
    page.locator(".opblock-body").first.wait_for()
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []
    page.emulate_media(color_scheme="dark")
    page.locator("html.dark-mode").wait_for()
    assert findings(page) == []


@pytest.mark.refused_requests
@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_serious(page: Page, path: str) -> None:
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.goto(path)
    page.wait_for_load_state("networkidle")
    assert findings(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert findings(page, runOnly=["color-contrast"]) == []
