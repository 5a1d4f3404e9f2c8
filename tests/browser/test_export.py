"""A saved picture shows what is seen, on paper's colours, and stands alone."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image, ImageSequence
from playwright.sync_api import Browser, Page

from tests.browser.example_page import ExamplePage

SVG = "{http://www.w3.org/2000/svg}"
CASES = {  # one for each topology, and the longest
    "names": {"step": 4},
    "sentiment": {"step": 9},
    "dna": {"step": 300},
    "entities": {"step": 5},
    "translation": {"step": 9},
    "dates": {"step": 20},
    "forecast": {"step": 180},
    "shakespeare": {"step": 100},
    "adding": {"step": 120},
}
FOREIGN = re.compile(r"light-dark\(|var\(|color-mix|url\((?!\"?(?:#|data:))|(?:href|src)=\"(?!#|data:)")


def saved(page: Page, slug: str, scheme: str, folder: Path) -> Path:
    """Export one example's picture and give the file."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    example = ExamplePage(page, slug).open(**CASES[slug])
    download = example.save()
    assert download.suggested_filename == f"{slug}-step-{CASES[slug]['step']}.svg"
    file = folder / f"{slug}-{scheme}.svg"
    download.save_as(file)
    return file


def words(root: ET.Element) -> list[str]:
    return ["".join(text.itertext()).replace("\u200b", "").strip() for text in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("slug", CASES)
def test_an_export_is_small_complete_and_the_same_from_a_dark_page(page: Page, slug: str, tmp_path: Path) -> None:
    light, dark = (saved(page, slug, scheme, tmp_path).read_text("utf-8") for scheme in ("light", "dark"))
    assert FOREIGN.findall(light) == []
    assert len(light.encode()) < 1_000_000
    root = ET.fromstring(light)
    assert root.find(f"{SVG}title") is not None and root.find(f"{SVG}desc") is not None
    assert float(root.get("width", "0")) <= 2000
    for symbol in ("Tx", "Ty"):
        assert any(re.search(rf"{symbol} = \d", word) for word in words(root)), (symbol, words(root))
    colours = re.compile(r"(?:fill|stroke):rgb\([^)]*\)")
    assert set(colours.findall(dark)) == set(colours.findall(light))


@pytest.mark.parametrize("slug", ["dna", "shakespeare"])
def test_the_longest_pictures_stay_small_in_a_wide_window(page: Page, slug: str, tmp_path: Path) -> None:
    page.set_viewport_size({"width": 2560, "height": 600})
    assert saved(page, slug, "light", tmp_path).stat().st_size < 800_000


@pytest.mark.parametrize("slug", ["sentiment", "dates"])
def test_an_export_opens_alone_with_dark_text_on_white(page: Page, browser: Browser, slug: str, tmp_path: Path) -> None:
    file = saved(page, slug, "dark", tmp_path)
    context = browser.new_context(color_scheme="dark", offline=True)
    alone = context.new_page()
    problems: list[str] = []
    alone.on("console", lambda message: problems.append(message.text))
    alone.goto(file.as_uri())
    assert alone.locator("svg > rect").first.get_attribute("fill") in ("#fff", "#ffffff")
    fonts = "async () => { await document.fonts.ready; return [...document.fonts].map((f) => f.status).join() }"
    assert "loaded" in alone.evaluate(fonts)
    ink = """() => {
        const word = [...document.querySelectorAll('text')].find((t) => /^T/.test(t.textContent.trim()));
        return getComputedStyle(word).fill.match(/\\d+/g).map(Number);
    }"""
    assert min(alone.evaluate(ink)) < 100
    assert problems == []
    context.close()


def test_a_png_is_twice_as_fine_and_stands_on_paper_or_on_nothing(page: Page, tmp_path: Path) -> None:
    page.emulate_media(color_scheme="dark")
    example = ExamplePage(page, "sentiment").open(step=4)
    root = ET.fromstring(example.save().path().read_text("utf-8"))
    for form, opacity in (("PNG", 255), ("PNG, transparent", 0)):
        with Image.open(example.save(form).path()) as saved:
            picture = saved.convert("RGBA")
        assert picture.width == pytest.approx(2 * float(root.get("width", "0")), abs=2)
        corner = picture.getpixel((1, 1))
        assert isinstance(corner, tuple) and corner[3] == opacity
        assert len(picture.getcolors(1 << 24) or ()) > 100


@pytest.mark.parametrize(("slug", "step"), [("names", 2), ("translation", 5)])
def test_a_gif_shows_every_step_and_the_page_stays_where_it_was(page: Page, slug: str, step: int) -> None:
    page.emulate_media(reduced_motion="reduce")
    example = ExamplePage(page, slug).open(step=step)
    steps = int(example.step.get_attribute("max") or 0)
    saved = example.save("GIF")
    assert saved.suggested_filename == f"{slug}.gif"
    with Image.open(saved.path()) as film:
        frames = {frame.convert("RGB").tobytes() for frame in ImageSequence.Iterator(film)}
        assert (getattr(film, "n_frames", 1), len(frames)) == (steps + 1, steps + 1)
        assert film.width <= 1280
    example.expect_step(step)


def test_saving_leaves_the_page_as_it_was(page: Page, tmp_path: Path) -> None:
    saved(page, "dna", "dark", tmp_path)
    scroll = "() => document.querySelector('.window').scrollLeft"
    before = page.evaluate(scroll)
    assert before > 0
    ExamplePage(page, "dna").save()
    assert page.evaluate(scroll) == before
    assert page.evaluate("() => document.documentElement.dataset.theme ?? null") is None
