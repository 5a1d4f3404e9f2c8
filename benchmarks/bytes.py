"""What a first visit brings over the network, in bytes as served: `python -m benchmarks.bytes`.

Chromium counts the bodies as they came, still compressed; these are counts, so a busy machine changes nothing.
"""

from collections import Counter
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from tools import chromium
from tools.live import live_site

PAGES = ("/", "/examples/sentiment", "/examples/shakespeare", "/topologies/attention")
KINDS = {".js": "script", ".css": "styles", ".woff2": "fonts"}
COLUMNS = ("page", "styles", "script", "fonts", "other")
CAME = """
async () => {
  await document.fonts.ready;
  const came = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
  return came.map(entry => [entry.entryType === 'navigation' ? '' : entry.name, entry.encodedBodySize]);
}
"""


def kind_of(address: str) -> str:
    """Say what an address of a resource stands for; the page itself has none. Traces are among `other`."""
    return KINDS.get(PurePosixPath(urlsplit(address).path).suffix, "other") if address else "page"


def came(browser: Browser, address: str) -> Counter[str]:
    """Visit a page for the first time; gives the bytes of each kind."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = page.evaluate(CAME)
    page.context.close()
    total: Counter[str] = Counter()
    for name, size in found:
        total[kind_of(name)] += size
    return total


def measure_bytes() -> None:
    """Print the bytes of each page, by kind."""
    print("\nBytes of a first visit, compressed as served (1440x900)")
    print(" " * 24 + "".join(f"{column:>11}" for column in (*COLUMNS, "in all")))
    with live_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        for path in PAGES:
            total = came(browser, site + path)
            counts = [*(total[column] for column in COLUMNS), total.total()]
            print(f"  {path:22}" + "".join(f"{count:11,}" for count in counts), flush=True)
        browser.close()


if __name__ == "__main__":
    measure_bytes()
