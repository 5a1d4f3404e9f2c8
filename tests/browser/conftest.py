"""A real Chromium, driven against the real service with the whole gallery."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page

from tools import chromium
from tools.live import live_site


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the browser that is installed, which need not be Playwright's own."""
    return {**browser_type_launch_args, **chromium.launch_options()}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "viewport": {"width": 1440, "height": 900}, "locale": "en-GB"}


@pytest.fixture(scope="session")
def base_url() -> Iterator[str]:
    """Serve the site once for all tests; `page.goto("/")` starts from its address."""
    with live_site() as address:
        yield address


@pytest.fixture(autouse=True)
def nothing_is_reported_on_the_console(page: Page, request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test whose page logged an error; the mark `refused_requests` allows answers of 4xx."""
    reports: list[str] = []
    page.on("pageerror", lambda error: reports.append(str(error)))

    def keep(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            reports.append(message.text)

    page.on("console", keep)
    yield
    if request.node.get_closest_marker("refused_requests"):
        reports = [report for report in reports if not report.startswith("Failed to load resource")]
    assert reports == []
