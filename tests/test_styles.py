"""The style sheets and components name the sizes of type and of round corners by tokens, which stand in one file."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
STYLES = ROOT / "static" / "src" / "styles"
SIZES = STYLES / "sizes.css"
SHEETS = {
    path.relative_to(ROOT): path.read_text("utf-8")
    for path in sorted((ROOT / "static" / "src").rglob("*"))
    if path.suffix in {".css", ".svelte"}
}
LENGTH = re.compile(r"(?<![\w.-])[\d.]*[1-9][\d.]*(?:px|r?em|%|pt)")


def tokens() -> set[str]:
    return set(re.findall(r"(--(?:size|radius)-[a-z-]+):", SIZES.read_text("utf-8")))


def declared(text: str, names: str) -> list[str]:
    return re.findall(rf"(?<![\w-])(?:{names}):\s*([^;{{}}]+);", text)


def test_sizes_of_type_and_round_corners_are_tokens() -> None:
    literal = {
        str(path): found
        for path, text in SHEETS.items()
        if (found := [v for v in declared(text, "font-size|border-radius") if LENGTH.search(v)])
    }
    literal |= {
        str(path): found
        for path, text in SHEETS.items()
        if (found := [v for v in declared(text, "font") if LENGTH.search(v.partition("/")[0])])
    }
    assert literal == {}


def test_every_token_of_size_is_used_and_every_used_one_exists() -> None:
    used = {name for text in SHEETS.values() for name in re.findall(r"var\((--(?:size|radius)-[a-z-]+)\)", text)}
    assert used == tokens()
    assert len(used) > 10


def test_tokens_are_read_without_a_second_value_in_their_place() -> None:
    doubled = re.compile(r"var\(--(?!target)[a-z-]+,")
    assert [str(path) for path, text in SHEETS.items() if doubled.search(text)] == []
