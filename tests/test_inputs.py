"""The kinds of inputs: what is sent, what stands in an address, and what is refused."""

import base64
import zlib
from contextlib import suppress
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from PIL import Image
from pydantic import ValidationError

from app.schemas import TraceRequest
from models.inputs import KINDS, Drawing, DrawingSpec, TextSpec, kind_of
from models.inputs.drawing import DrawingKind
from models.inputs.png import ink_address
from tests.helpers import present
from unrolled import InvalidInput

SHEET = DrawingSpec(label="A digit", width=40, height=40, pen=3.6, max_steps=1)
LINE = TextSpec(kind="text", label="A line", placeholder="abc", max_length=9, max_steps=9)
DRAWING = DrawingKind()
LEVELS = st_numpy.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40)), elements=st.integers(0, 15))


def drawn(levels: np.ndarray) -> Drawing:
    return Drawing.of((levels / 15).astype(np.float32))


@given(LEVELS)
def test_a_drawing_comes_back_from_its_text_as_it_was(levels: np.ndarray) -> None:
    drawing = drawn(levels)
    assert DRAWING.from_text(present(DRAWING.to_text(drawing)), SHEET) == drawing


@given(st.text(max_size=60) | st.from_regex(r"[1-9]\d{0,2}x[1-9]\d{0,2}\.[A-Za-z0-9_-]{0,40}", fullmatch=True))
def test_any_other_text_is_a_drawing_or_refused(text: str) -> None:
    with suppress(InvalidInput):
        assert DRAWING.read(text, SHEET).ink.any()


def test_a_text_that_unpacks_to_more_than_it_says_is_refused() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = packer.compress(bytes(50_000_000)) + packer.flush()
    with pytest.raises(InvalidInput, match="cut off or changed"):
        DRAWING.read(f"40x40.{base64.urlsafe_b64encode(bomb).decode().rstrip('=')}", SHEET)


def test_an_empty_sheet_says_what_to_do() -> None:
    for empty in ("", DRAWING.to_text(drawn(np.zeros((40, 40), np.uint8)))):
        with pytest.raises(InvalidInput, match="nothing is drawn yet: draw with mouse, pen or finger"):
            DRAWING.read(empty, SHEET)


def test_pixels_that_do_not_fill_the_sheet_are_refused() -> None:
    with pytest.raises(InvalidInput, match="this drawing has 3 pixels, not 2 x 2"):
        DRAWING.read(Drawing(width=2, height=2, pixels="////"), SHEET)


def test_a_value_of_another_kind_is_named() -> None:
    with pytest.raises(InvalidInput, match="this example reads text; that is a drawing"):
        kind_of(LINE).read(drawn(np.ones((2, 2), np.uint8)), LINE)


def test_texts_are_their_own_text_form() -> None:
    for kind in ("text", "prefix", "bases", "series"):
        assert KINDS[kind].to_text(KINDS[kind].from_text(" a b", LINE)) == " a b"


@pytest.mark.parametrize(
    "sent",
    [
        {"kind": "drawing", "width": 2, "height": 2, "pixels": "////", "pen": 3},
        {"kind": "drawing", "width": 0, "height": 2, "pixels": ""},
        {"kind": "drawing", "width": 2, "height": 999, "pixels": ""},
        {"kind": "drawing", "width": 2, "height": 2, "pixels": "§"},
        {"kind": "photo"},
        7,
        None,
        ["a"],
    ],
)
def test_other_objects_are_no_inputs(sent: object) -> None:
    with pytest.raises(ValidationError):
        TraceRequest.model_validate({"input": sent}, strict=True)


def test_a_bare_string_still_means_text() -> None:
    assert TraceRequest.model_validate_json('{"input": "not bad"}', strict=True).input == "not bad"


def test_equal_drawings_are_one_request() -> None:
    def asked() -> TraceRequest:
        return TraceRequest(input=drawn(np.eye(4, dtype=np.uint8)))

    assert hash(asked()) == hash(asked())
    assert asked() == asked()


def test_a_picture_is_a_png_of_its_size() -> None:
    png = base64.b64decode(ink_address(np.eye(3)).partition(",")[2])
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert np.asarray(Image.open(BytesIO(png))).tolist() == [[0, 255, 255], [255, 0, 255], [255, 255, 0]]
