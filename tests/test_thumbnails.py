"""Each example has a thumbnail, and it shows what its first sample gives."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given

from app.queries import trace_request
from models.listing import example_folders, load_example
from tests.runs import Drawn, runs
from unrolled.viewer.still import BOTTOM, HEIGHT, RIGHT, WIDTH, Still

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("folder", example_folders(), ids=lambda folder: folder.name)
def test_a_thumbnail_shows_the_lengths_of_the_first_run(folder: Path) -> None:
    example = load_example(folder)
    assert example.thumbnail, "run make thumbnails"
    asked = trace_request(example, {})
    trace = example.trace(asked.input, asked.variant, decoding=asked.decoding)
    drawn = ElementTree.fromstring(example.thumbnail.read_text("utf-8"))
    assert drawn.get("aria-label") == f"T_x = {trace.T_x}, T_y = {trace.T_y}", "run make thumbnails"


@given(runs())
def test_nothing_of_any_run_is_drawn_outside(drawn: Drawn) -> None:
    picture = ElementTree.fromstring(Still(drawn.record()).svg())
    for shape in picture.iter(f"{SVG}rect"):
        left, top, wide, tall = (float(shape.get(name, "")) for name in ("x", "y", "width", "height"))
        assert left >= 0 and left + wide <= RIGHT + 0.5
        assert top >= 0 and top + tall <= BOTTOM + 24
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "")) <= WIDTH and 0 <= float(text.get("y", "")) <= HEIGHT
