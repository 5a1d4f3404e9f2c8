"""An example's page as a visitor meets it: what can be done on it, and what can be read off the picture."""

import re
from urllib.parse import urlencode

from playwright.sync_api import Download, Locator, Page, expect


class ExamplePage:
    """Open one example's page and speak of its parts by the names that the page gives them."""

    def __init__(self, page: Page, slug: str) -> None:
        self.page = page
        self.slug = slug
        self.field = page.locator("form.field").get_by_role("textbox")
        self.picture = page.get_by_role("group", name="The network, unrolled over time")
        self.playback = page.get_by_role("toolbar", name="Playback")
        self.step = self.playback.get_by_role("slider", name="Step")
        self.words = self.picture.locator(".chip.x .word")
        self.outputs = self.picture.locator(".chip.y .word")
        self.sentence = page.get_by_role("region", name="The unrolled network").locator("p[aria-live]")
        self.problem = page.get_by_role("alert")

    def open(self, **query: str | float) -> "ExamplePage":
        """Go there and wait for the picture; `step` keeps it from playing by itself."""
        self.page.goto(f"/examples/{self.slug}?{urlencode(query)}")
        expect(self.picture).to_be_visible()
        return self

    def ask(self, text: str) -> None:
        """Type a text and press Enter."""
        self.field.fill(text)
        self.field.press("Enter")

    def button(self, name: str) -> Locator:
        """Find a button of the playback by its name."""
        return self.playback.get_by_role("button", name=name, exact=True)

    def save(self, form: str = "SVG") -> Download:
        """Take the picture home in one of the forms that the page offers, and wait for the file."""
        self.button("export").click()
        offer = self.page.get_by_role("dialog", name="Take the picture home")
        with self.page.expect_download(timeout=120_000) as download:
            offer.get_by_role("button", name=re.compile(rf"^{form} ")).click()
        offer.get_by_role("button", name="Close").click()
        return download.value

    def expect_length(self, symbol: str, length: int) -> None:
        """Wait until a bracket says so."""
        name = symbol.replace("_", "")
        said = re.compile(rf"^\s*(← )?{name} = {length}\b")
        expect(self.picture.locator("text").filter(has_text=said)).to_be_visible()

    def expect_step(self, step: int) -> None:
        """Wait until the playhead stands there."""
        expect(self.sentence).to_contain_text(f"Step {step} of" if step else "Before step 1 of")

    def query(self) -> str:
        """Give what stands in the address after the question mark."""
        return self.page.url.partition("?")[2]


def middle(of: Locator) -> tuple[float, float]:
    """Say where the middle of an element is on the screen."""
    box = of.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
