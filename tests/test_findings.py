"""A finding is a document: what may be wrong, where it shows, and the way out."""

from typing import Any

import pytest
from pydantic import ValidationError

from unrolled import Finding

WORDS: dict[str, Any] = {"title": "A title", "sentence": "What was measured.", "way_out": "What to change."}


def test_a_finding_goes_through_json_unchanged() -> None:
    finding = Finding(kind="a_kind", steps=(1, 3), layer=0, direction="backward", code="h_n[-1]", **WORDS)
    assert Finding.model_validate_json(finding.model_dump_json()) == finding


@pytest.mark.parametrize("wrong", [{"kind": "Two words"}, {"steps": ("x",)}, {"direction": "up"}, {"line": 3}])
def test_a_finding_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Finding.model_validate({"kind": "a_kind", **WORDS, **wrong})
