"""What vite has built runs in the oldest browsers that static/vite.config.ts names."""

import gzip
import json
import re
from pathlib import Path

import pytest

from app.assets import STATIC, FrontEnd

MOST_SCRIPT = 90_000  # bytes, gzip, on an example's page with its first panel
BUILT = sorted((STATIC / "dist" / "assets").glob("*.css")) + sorted((STATIC / "dist" / "assets").glob("*.js"))
TOO_NEW = re.compile(
    r":has\(|light-dark\(|@media[^{]*\(width\s*[<>=]|\.toSorted\(|\.toSpliced\(|\.toReversed\(|Object\.groupBy|\(\?<[=!]"
)


@pytest.mark.skipif(not BUILT, reason="the front end has not been built")
def test_nothing_that_was_built_is_too_new_for_the_oldest_browsers() -> None:
    assert {path.suffix for path in BUILT} == {".css", ".js"}
    assert {path.name: found for path in BUILT if (found := TOO_NEW.findall(path.read_text("utf-8")))} == {}


def weight(*entries: str) -> int:
    """Count the bytes of some entries' scripts with all that they import as they start, each file by itself, gzip."""
    manifest = FrontEnd.read().manifest
    found = list(entries)
    for name in found:
        found += [other for other in manifest[name].get("imports", ()) if other not in found]
    files = {STATIC / "dist" / manifest[name]["file"] for name in found}
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


@pytest.mark.skipif(not BUILT, reason="the front end has not been built")
@pytest.mark.parametrize(
    "parts",
    [
        "panels/States",
        "panels/Outputs",
        "panels/Growing",
        "panels/Forecast inputs/Series",
        "panels/Pixels inputs/Pad inputs/Thumbnail",
        "panels/Film inputs/Pose inputs/PoseThumbnail",
        "panels/Heard inputs/Sound example/Voice",
        "panels/Growing inputs/Scene inputs/SceneThumbnail",
    ],
)
def test_an_examples_page_loads_little_script(parts: str) -> None:
    parts = f"{parts} cells/LstmDrawing"  # one of them on each page
    first = [f"src/{part}.svelte" for part in parts.split()]
    assert 40_000 < weight("src/islands/site.ts", "src/islands/example.ts", *first) <= MOST_SCRIPT


@pytest.mark.skipif(not BUILT, reason="the front end has not been built")
def test_every_script_and_style_sheet_worth_it_is_there_compressed_too() -> None:
    large = [path for path in BUILT if path.stat().st_size > 1024]
    assert len(large) > 10
    assert [path.name for path in large if not path.with_name(f"{path.name}.br").is_file()] == []


SHOWN = {"noto", "twemoji", "emojione"}  # by the page; the others teach


def vendors() -> list[str]:
    return list(json.loads((STATIC / "emoji.json").read_text("utf-8"))["vendors"])


@pytest.mark.skipif(not BUILT, reason="the front end has not been built")
@pytest.mark.parametrize("vendor", vendors())
def test_every_thing_of_a_scene_is_drawn_by_every_vendor_who_is_named_beside(vendor: str) -> None:
    folder = STATIC / "dist" / "emoji" / vendor
    listed = json.loads((STATIC / "emoji.json").read_text("utf-8"))
    left_out = [thing for thing, (name, *_) in listed["things"].items() if listed["vendors"][vendor].get(name) == ""]
    assert not (left_out and vendor in SHOWN)
    assert sorted({path.stem.partition("-")[0] for path in folder.glob("*.svg")} | set(left_out)) == sorted(
        listed["things"]
    )
    assert all(path.read_text().startswith("<svg xmlns=") for path in folder.glob("*.svg"))
    assert re.search(r"Apache 2\.0|CC BY|MIT", (folder / "LICENCE.txt").read_text())


def test_colours_that_follow_the_theme_stand_in_one_file_alone() -> None:
    sources = [path for path in (STATIC / "src").rglob("*") if path.suffix in {".svelte", ".ts", ".css"}]
    sources = [path for path in sources if "fixtures" not in path.parts]  # they draw for the tests
    holders = {path.relative_to(STATIC) for path in sources if "light-dark(" in path.read_text("utf-8")}
    assert holders == {Path("src/styles/base.css")}
