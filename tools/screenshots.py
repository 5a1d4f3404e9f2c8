"""Draw the pictures of docs/images again: every example that exists, the front page, and one on a phone.

Also static/preview.png, which a link to the site shows where it is shared.
"""

from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from models.listing import example_folders
from tools import chromium
from tools.live import ROOT, live_site

IMAGES = ROOT / "docs" / "images"
LAPTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
PREVIEW: ViewportSize = {"width": 1200, "height": 630}  # the size that link previews are made for


def shots() -> dict[str, tuple[str, ViewportSize]]:
    """List what is drawn: name -> path on the site, size of the window."""
    examples = {folder.name: (f"/examples/{folder.name}", LAPTOP) for folder in example_folders()}
    return {"gallery": ("/", LAPTOP), **examples, "phone": ("/examples/sentiment", PHONE)}


def draw(browser: Browser, address: str, size: ViewportSize, target: Path) -> None:
    """Take one picture. Reduced motion shows the last step at once, so the picture does not depend on the clock."""
    page = browser.new_page(viewport=size, reduced_motion="reduce", color_scheme="light")
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=target)
    page.close()
    print(target.relative_to(ROOT))


def main() -> None:
    """Serve the site, take the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with live_site() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        for name, (path, size) in shots().items():
            draw(browser, address + path, size, IMAGES / f"{name}.png")
        draw(browser, f"{address}/examples/sentiment?embed=1", PREVIEW, ROOT / "static" / "preview.png")
        browser.close()


if __name__ == "__main__":
    main()
