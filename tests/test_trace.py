"""The wire form is exact, described by its schema, and written down in the reference page."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pydantic import ValidationError

from tests.tiny import all_wirings, some_input, tiny_network, wiring_name
from unrolled import Trace, record
from unrolled.trace import significant

DOCS = Path(__file__).parent.parent / "docs"


def a_trace(**wiring: Any) -> Trace:
    return record(tiny_network(**wiring), some_input(wiring["kind"]), T_y=5, gradient=-1)


@pytest.mark.parametrize("wiring", all_wirings()[::7], ids=wiring_name)
def test_every_trace_satisfies_the_schema(wiring: dict[str, Any]) -> None:
    jsonschema.validate(json.loads(a_trace(**wiring).to_json(digits=4)), Trace.json_schema())


def test_the_reference_pages_name_every_field() -> None:
    pages = (DOCS / "trace.md").read_text() + (DOCS / "api.md").read_text()  # interventions are explained in the latter
    schema = Trace.json_schema()
    for name, document in {"Trace": schema, **schema["$defs"]}.items():
        for field in document["properties"]:
            assert f"`{field}" in pages or f'"{field}":' in pages, f"docs/ say nothing about {name}.{field}"


@given(arrays.arrays(np.float32, 20, elements=st.floats(-(2.0**99), 2.0**99, width=32)), st.integers(3, 9))
def test_rounding_keeps_so_many_significant_digits(array: np.ndarray, digits: int) -> None:
    rounded = significant(array, digits)
    np.testing.assert_allclose(rounded, array, rtol=0.51 * 10.0 ** (1 - digits), atol=1e-40)


def test_rounded_numbers_are_written_short() -> None:
    trace = a_trace(kind="many_to_one")
    numbers = json.loads(trace.to_json(digits=4))["layers"][0]["values"]["h"]
    assert all(len(str(abs(n)).replace("0.", "").lstrip("0").split("e")[0]) <= 5 for row in numbers for n in row)


@pytest.mark.parametrize("change", [{"version": 2}, {"surprise": 1}, {"T_x": "seven"}])
def test_a_document_of_another_form_is_refused(change: dict[str, Any]) -> None:
    document = json.loads(a_trace(kind="many_to_one").to_json()) | change
    with pytest.raises(ValidationError):
        Trace.from_json(json.dumps(document))


def test_a_trace_cannot_be_changed() -> None:
    trace = a_trace(kind="many_to_one")
    with pytest.raises(ValidationError):
        trace.T_x = 3
    with pytest.raises(ValueError, match="read-only"):
        trace.layers[0].values["h"][0, 0] = 1
