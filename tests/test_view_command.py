"""`python -m unrolled view` draws a file, or says in one line what is wrong with it."""

import json
import sys
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.foreign import foreign_run
from unrolled import __main__ as command_line
from unrolled.errors import InvalidTrace
from unrolled.viewer import page
from unrolled.viewer.reading import read_trace

GOOD: dict[str, Any] = json.loads(foreign_run(3).to_json())
needs_build = pytest.mark.skipif(
    not (page.FOLDER / "built" / "viewer.js").is_file(), reason="the viewer has not been built"
)


def changed(change: Callable[[Any], object]) -> bytes:
    document = json.loads(json.dumps(GOOD))
    change(document)
    return json.dumps(document).encode()


BROKEN = {
    b"": "not JSON",
    b"not json": "not JSON",
    b"<!doctype html>": "opened in a browser",
    b"[1, 2]": "not a trace",
    b'{"version": 1}': "not a trace",
    b"\xff\xfe{": "not JSON",
    changed(lambda d: d.update(version=2)): "version 2",
    changed(lambda d: d.pop("layers")): "^layers: Field required",
    changed(lambda d: d.update(colour="red")): "^colour: Extra inputs",
    changed(lambda d: d["x_labels"][1].update(text=None)): r"^x_labels\[1\].text: ",
    changed(lambda d: d["layers"][0]["values"]["h"][1].pop()): r"^layers\[0\].values.h: ",
    changed(lambda d: d["layers"][0]["values"]["h"][1].__setitem__(0, float("nan"))): "NaN or Infinity",
    changed(lambda d: d["layers"][0]["values"].update(h="high")): r"^layers\[0\].values.h: ",
}


@pytest.mark.parametrize(("document", "sentence"), BROKEN.items(), ids=list(BROKEN.values()))
def test_what_is_wrong_with_a_file_is_said_with_its_place(document: bytes, sentence: str) -> None:
    with pytest.raises(InvalidTrace, match=sentence) as caught:
        read_trace(document)
    assert "\n" not in str(caught.value)


def ran(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> list[str]:
    """Run the command; gives the addresses that it opened."""
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", lambda address: opened.append(address) or True)
    monkeypatch.setattr(sys, "argv", ["unrolled", *arguments])
    command_line.main()
    return opened


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    file = tmp_path / "my run.json"
    file.write_text(json.dumps(GOOD))
    return file


@needs_build
def test_a_trace_opens_in_the_browser_under_its_own_name(monkeypatch: pytest.MonkeyPatch, trace: Path) -> None:
    (address,) = ran(monkeypatch, "view", str(trace))
    file = Path(address.removeprefix("file://"))
    assert "<title>my run</title>" in file.read_text("utf-8")
    file.unlink()


@needs_build
def test_a_page_is_written_where_it_is_wanted(
    monkeypatch: pytest.MonkeyPatch, trace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = trace.with_name("run.html")
    assert ran(monkeypatch, "view", str(trace), "--out", str(out), "--title", "Mine") == []
    assert "<title>Mine</title>" in out.read_text("utf-8")
    assert capsys.readouterr().out == f"{out}\n"


@pytest.mark.parametrize("name", ["missing.json", ".", "broken.json"])
def test_what_cannot_be_drawn_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    (tmp_path / "broken.json").write_text("{")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as caught:
        ran(monkeypatch, "view", name)
    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)


def test_without_arguments_the_schema_is_printed_as_ever(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran(monkeypatch)
    assert "LayerRecord" in json.loads(capsys.readouterr().out)["$defs"]
