"""The laws of all kinds of inputs: texts and JSON come back, and whatever cannot be read raises InvalidInput."""

import re
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from models.inputs import KINDS, InputObject, InputSpec
from models.inputs.packed import ADDRESS, deflated, inflated, numbers_of, written
from tests.helpers import present
from tests.some_inputs import FILES, SPECS, VALUES
from unrolled import InvalidInput

OBJECTS: TypeAdapter[Any] = TypeAdapter(InputObject)
OF_A_KIND = st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), VALUES[kind]))
SOME_FILES = st.sampled_from([(k, m, data) for k, files in FILES.items() for m, data in files.items()])


def test_every_kind_has_a_spec_that_is_written_in_json() -> None:
    specs: TypeAdapter[Any] = TypeAdapter(InputSpec)
    assert set(SPECS) == set(KINDS)
    for spec in SPECS.values():
        assert specs.validate_json(spec.model_dump_json(), strict=True) == spec


@given(OF_A_KIND)
def test_a_text_form_comes_back_as_it_was(sent: tuple[str, Any]) -> None:
    kind, spec, value = KINDS[sent[0]], SPECS[sent[0]], sent[1]
    text = kind.to_text(value)
    assert (text is None) == (sent[0] in ("sound", "photo"))
    if text is not None:
        assert kind.to_text(kind.from_text(text, spec)) == text
        assert len(text) <= ADDRESS


@given(OF_A_KIND)
def test_json_comes_back_as_the_same_value_for_the_cache(sent: tuple[str, Any]) -> None:
    _, value = sent
    again = OBJECTS.validate_json(value.model_dump_json(), strict=True)
    assert again == value
    assert hash(again) == hash(value)


@given(OF_A_KIND, st.data())
def test_a_text_that_was_cut_off_or_changed_is_read_or_refused(sent: tuple[str, Any], data: st.DataObject) -> None:
    kind, spec = KINDS[sent[0]], SPECS[sent[0]]
    text = kind.to_text(sent[1]) or ""
    at = data.draw(st.integers(0, len(text)))
    with suppress(InvalidInput):
        kind.read(text[:at] + data.draw(st.text(max_size=3)) + text[data.draw(st.integers(at, len(text))) :], spec)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=40))
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    with suppress(InvalidInput):
        KINDS[kind].read(text, SPECS[kind])


@given(
    st.sampled_from([(kind, media) for kind in sorted(KINDS) for media in KINDS[kind].files]), st.binary(max_size=80)
)
def test_any_file_is_read_or_refused(of: tuple[str, str], data: bytes) -> None:
    kind, spec = KINDS[of[0]], SPECS[of[0]]
    with suppress(InvalidInput):
        kind.check(kind.from_file(of[1], data, spec), spec)


@given(SOME_FILES, st.data())
def test_a_file_that_was_cut_off_or_changed_is_read_or_refused(of: tuple[str, str, bytes], data: st.DataObject) -> None:
    name, media_type, file = of
    at = data.draw(st.integers(0, len(file)))
    end = data.draw(st.integers(at, min(at + 4, len(file))))
    kind, spec = KINDS[name], SPECS[name]
    changed = file[:at] + data.draw(st.binary(max_size=4)) + file[end : data.draw(st.integers(end, len(file)))]
    with suppress(InvalidInput):
        kind.check(kind.from_file(media_type, changed, spec), spec)


@pytest.mark.parametrize(("name", "media_type"), [(k, m) for k, files in FILES.items() for m in files])
def test_a_file_of_each_form_becomes_a_value(name: str, media_type: str) -> None:
    kind, spec = KINDS[name], SPECS[name]
    assert kind.check(kind.from_file(media_type, FILES[name][media_type], spec), spec)


def test_files_of_other_types_are_refused_with_the_types_that_are_read() -> None:
    with pytest.raises(
        InvalidInput,
        match=r"type 'image/svg.xml' cannot be read as a drawing; send a file that ends in one of .gif",
    ):
        KINDS["drawing"].from_file("image/svg+xml", b"<svg/>", SPECS["drawing"])
    with pytest.raises(InvalidInput, match="no files at all"):
        KINDS["choice"].from_file("text/plain", b"jig", SPECS["choice"])


def test_a_kind_that_there_is_not_is_named_with_those_that_there_are() -> None:
    with pytest.raises(ValidationError) as caught:
        OBJECTS.validate_python({"kind": "smell"})
    (error,) = caught.value.errors()
    assert error["type"] == "union_tag_invalid"
    assert "'sound'" in error.get("ctx", {})["expected_tags"]


@given(st.lists(st.integers(-(2**20), 2**20)))
def test_whole_numbers_come_back_from_their_bytes(numbers: list[int]) -> None:
    back = numbers_of(written(numbers))
    assert back is not None
    assert back.tolist() == numbers


@given(st.binary(max_size=300))
def test_what_is_deflated_comes_back_and_never_grows_beyond_its_bound(data: bytes) -> None:
    assert inflated(deflated(data), len(data)) == data
    assert inflated(deflated(data + b"x"), len(data)) is None
    assert inflated(deflated(bytes(10_000_000)), 1000) is None


def test_a_reference_is_one_for_kinds_that_have_values_and_a_text_for_texts() -> None:
    for name, kind in KINDS.items():
        is_text = name in ("text", "prefix", "bases", "series")
        assert kind.reference_of("@0123456789abcdef") == (None if is_text else "0123456789abcdef")
    with pytest.raises(InvalidInput, match="gone: send it again, or choose a sample"):
        KINDS["sound"].read("@0123456789abcdef", SPECS["sound"])


def test_thousandths_are_what_a_movement_keeps_in_an_address() -> None:
    kind, spec = KINDS["pose"], SPECS["pose"]
    (pose,) = [kind.from_file("text/csv", FILES["pose"]["text/csv"], spec)]
    assert np.abs(kind.from_text(present(kind.to_text(pose)), spec).places - pose.places).max() <= 0.0005


@given(line=st.integers(0, 9), column=st.integers(0, 5), what=st.sampled_from(["", "left", "1,5", "--", "½"]))
def test_what_is_no_number_in_a_table_of_joints_is_named_with_its_line(line: int, column: int, what: str) -> None:
    table = [["0.5"] * 6 for _ in range(10)]
    table[line][column] = f'"{what}"'
    with pytest.raises(InvalidInput, match=f"^line {line + 1} has '{re.escape(what)}', which is no number"):
        KINDS["pose"].from_file("text/csv", "\n".join(map(",".join, table)).encode(), SPECS["pose"])


@pytest.mark.parametrize(
    ("media_type", "sent", "said"),
    [
        ("text/csv", b"", "there are no frames in this file"),
        ("text/csv", b"hx,hy,lx,ly,px,py\n", "there are no frames in this file"),
        ("text/csv", b".1,.2,.3,.4,.5,.6\n\n.1,.2,.3,.4\n", "line 3 has 4 numbers, not 6"),
        ("application/json", b"[]", "there are no frames in this file"),
        ("application/json", b"3", "there are no frames in this file"),
        ("application/json", b'{"moves": []}', "there are no frames in this file"),
        ("application/json", b"[1, 2]", "no lists of joints"),
        ("application/json", b"[[[1, 2]]]", "have 1 joints"),
    ],
)
def test_a_file_without_whole_frames_says_what_it_has_and_what_is_wanted(
    media_type: str, sent: bytes, said: str
) -> None:
    with pytest.raises(InvalidInput, match=f"{said}.*: send frames of 3 joints, x and y for each"):
        KINDS["pose"].from_file(media_type, sent, SPECS["pose"])
