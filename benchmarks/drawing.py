"""What a frame of the playing picture costs the browser's main thread: `python -m benchmarks.drawing [ADDRESS ...]`.

Chromium counts in processor time of the main thread, so a busy machine makes it wait and does not make it look slow.
Addresses of other sites (an older checkout that is being served) are measured in turns with this one.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, CDPSession, sync_playwright

from models.example import Example
from models.listing import load_examples
from tools import chromium
from tools.live import live_site

FRAMES, ROUNDS = 90, 3
PARTS = ("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
DRAW = """
frames => new Promise(done => { const turn = () => frames-- > 0 ? requestAnimationFrame(turn) : done(); turn(); })
"""


@dataclass(frozen=True)
class Case:
    """Name a page that plays: how it is called, and its address."""

    name: str
    path: str


def cases(examples: dict[str, Example]) -> Iterator[Case]:
    """List each example's longest sample, and the two longest pictures of the gallery."""
    for slug, example in examples.items():
        longest = max(example.samples, key=lambda sample: len(sample.input))
        query = {"input": longest.input, "step": 0}
        if longest.variant:
            query["variant"] = longest.variant
        yield Case(slug, f"/examples/{slug}?{urlencode(query)}")
    yield Case("dna 400", f"/examples/dna?{urlencode({'input': ('ACGTTGCA' * 50), 'step': 0})}")
    yield Case("shakespeare 160", f"/examples/shakespeare?{urlencode({'input': 'ROMEO', 'step': 0})}")


def measured(session: CDPSession) -> list[float]:
    """Read how long the main thread has worked so far, in milliseconds, as a whole and by parts."""
    values = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return [values[name] * 1e3 for name in PARTS]


def cost(browser: Browser, address: str) -> list[float]:
    """Play a page for FRAMES frames; gives milliseconds a frame: the task, and its script, style and layout."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.get_by_role("toolbar", name="Playback").get_by_role("button", name="Play", exact=True).click()
    page.evaluate(DRAW, 10)
    before = measured(session)
    page.evaluate(DRAW, FRAMES)
    after = measured(session)
    page.close()
    return [(b - a) / FRAMES for a, b in zip(before, after, strict=True)]


def measure_drawing(others: tuple[str, ...] = ()) -> None:
    """Print milliseconds of the main thread a frame, for every case; further sites stand beside this one."""
    with live_site() as own, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium.launch_options())
        print(f"\nDrawing (Chromium's main thread, ms a frame while playing, 1440x900, {FRAMES} frames x {ROUNDS})")
        print(" " * 21 + "".join(f"{title:>8}" for title in ("frame", "script", "style", "layout", *others)))
        for case in cases(load_examples()):
            sites = (own, *others)
            runs = [[cost(browser, site + case.path) for site in sites] for _ in range(ROUNDS)]
            best = [[median(part) for part in zip(*(run[i] for run in runs), strict=True)] for i in range(len(sites))]
            own_parts = " ".join(f"{part:7.1f}" for part in best[0])
            beside = "".join(f"  {theirs[0]:.1f} ({theirs[0] / best[0][0]:.1f}x)" for theirs in best[1:])
            print(f"  {case.name:18} {own_parts}{beside}", flush=True)
        browser.close()


if __name__ == "__main__":
    measure_drawing(tuple(sys.argv[1:]))
