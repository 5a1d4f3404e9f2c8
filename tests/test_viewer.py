"""A trace becomes a page in one file, which asks nobody for anything, and a still picture."""

import gzip
import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.foreign import HOSTILE, foreign_run, foreign_traces
from unrolled import Finding, Trace
from unrolled.errors import NotBuilt
from unrolled.viewer import page, page_of, still_of

MOST = 350_000  # bytes of a page without its trace, gzip
FINDING = Finding(kind="a_kind", title="<b>", sentence="</script>", way_out="'\"&", steps=(1,), code="a < b")
needs_build = pytest.mark.skipif(
    not (page.FOLDER / "built" / "viewer.js").is_file(), reason="the viewer has not been built"
)


class Parts(HTMLParser):
    """Takes a page apart as a browser does: its elements, and the text of those that hold no others."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.within = ""
        self.texts: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.within = dict(attrs).get("id") or dict(attrs).get("type") or tag

    def handle_endtag(self, tag: str) -> None:
        self.within = ""

    def handle_data(self, data: str) -> None:
        self.texts[self.within] = self.texts.get(self.within, "") + data

    def attributes(self, tag: str) -> list[dict[str, Any]]:
        return [found for name, found in self.elements if name == tag]


@needs_build
@pytest.mark.parametrize("trace", foreign_traces().values(), ids=list(foreign_traces()))
def test_a_page_holds_its_trace_and_asks_nobody(trace: Trace) -> None:
    parts = Parts(page_of(trace, title="<i>", findings=[FINDING]))
    assert json.loads(parts.texts["trace"]) == json.loads(trace.to_json(4))
    assert json.loads(parts.texts["findings"]) == [FINDING.model_dump(mode="json")]
    assert [element.get("src") for element in parts.attributes("script")] == [None] * 3
    asked = [found for _, element in parts.elements for name, found in element.items() if name in ("src", "href")]
    assert all(str(address).startswith("data:") for address in asked)
    assert parts.texts["title"] == "<i>"


@needs_build
def test_the_policy_of_a_page_lets_its_own_script_run_and_nothing_else() -> None:
    parts = Parts(page_of(foreign_run(3)))
    policy = next(m["content"] for m in parts.attributes("meta") if m.get("http-equiv") == "Content-Security-Policy")
    digest = b64encode(sha256(parts.texts["module"].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}';" in policy
    assert "default-src 'none'" in policy
    assert "http" not in policy


@needs_build
def test_a_page_without_its_trace_is_small() -> None:
    small, trace = page_of(foreign_run(2)), foreign_run(2).to_json(4)
    assert 50_000 < len(gzip.compress(small.encode(), 9)) - len(gzip.compress(trace, 9)) <= MOST


@needs_build
@given(st.text())
@settings(max_examples=20)
def test_any_title_stays_a_title(title: str) -> None:
    parts = Parts(page_of(foreign_run(2), title=title))
    assert len(parts.attributes("script")) == 3


def test_without_the_built_files_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page.built.cache_clear()
    monkeypatch.setattr(page, "FOLDER", tmp_path)
    with pytest.raises(NotBuilt, match="tools/npm run viewer"):
        page_of(foreign_run(2))
    page.built.cache_clear()


def drawn(still: str) -> str:
    """Give the SVG inside a still."""
    (image,) = Parts(still).attributes("img")
    return b64decode(image["src"].partition(",")[2]).decode()


@pytest.mark.parametrize("trace", foreign_traces().values(), ids=list(foreign_traces()))
def test_a_still_is_a_picture_with_its_lengths_and_no_script(trace: Trace) -> None:
    still = still_of(trace)
    (image,) = Parts(still).attributes("img")
    lengths = f"T_x = {trace.T_x}, T_y = {trace.T_y}"
    assert lengths in image["alt"]
    assert ElementTree.fromstring(drawn(still)).get("aria-label") == lengths
    assert len(still) < 200_000
    assert not re.search(r"script|onload", still.replace(image["src"], ""))


def test_texts_that_no_file_can_hold_are_drawn_as_signs_that_say_so() -> None:
    still = b64decode(
        Parts(still_of(foreign_run(2, labels=HOSTILE[2:4]))).attributes("img")[0]["src"].partition(",")[2]
    )
    assert "��" in ElementTree.canonicalize(still)
