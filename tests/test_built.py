"""What vite has built runs in the oldest browsers that static/vite.config.ts names."""

import re
from pathlib import Path

import pytest

from app.assets import STATIC

BUILT = sorted((STATIC / "dist" / "assets").glob("*.css")) + sorted((STATIC / "dist" / "assets").glob("*.js"))
TOO_NEW = re.compile(
    r":has\(|light-dark\(|@media[^{]*\(width\s*[<>=]|\.toSorted\(|\.toSpliced\(|\.toReversed\(|Object\.groupBy|\(\?<[=!]"
)


@pytest.mark.skipif(not BUILT, reason="the front end has not been built")
def test_nothing_that_was_built_is_too_new_for_the_oldest_browsers() -> None:
    assert {path.suffix for path in BUILT} == {".css", ".js"}
    assert {path.name: found for path in BUILT if (found := TOO_NEW.findall(path.read_text("utf-8")))} == {}


def test_colours_that_follow_the_theme_stand_in_one_file_alone() -> None:
    sources = [*(STATIC / "src").rglob("*.svelte"), *(STATIC / "src").rglob("*.ts"), *(STATIC / "src").rglob("*.css")]
    holders = {path.relative_to(STATIC) for path in sources if "light-dark(" in path.read_text("utf-8")}
    assert holders == {Path("src/styles/base.css")}
