"""Generated requests against the OpenAPI document: every answer must be one that it documents."""

from typing import Any, cast

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from app.main import create_app
from app.settings import Settings
from models.example import Example

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
]  # not positive_data_acceptance: an alphabet and a gallery's slugs are beyond what a schema can say
EVERY_HEALTH_CHECK = cast("list[HealthCheck]", list(HealthCheck))  # its metaclass hides what they are
OPERATIONS = (
    "health",
    "listExamples",
    "describeExample",
    "readInput",
    "recordTrace",
    "sendFile",
    "drawFigure",
    "listTopologies",
    "traceSchema",
)


@pytest.fixture(scope="module")
def api(tiny_examples: dict[str, Example]) -> Any:
    """Read the OpenAPI document of a service that counts no requests and reads long bodies."""
    roomy = Settings(
        rate_limit="", media_limit="", max_body_bytes=4 * 2**20
    )  # so that the fields' own limits are reached
    app = create_app(roomy, tiny_examples)
    return schemathesis.openapi.from_asgi("/openapi.json", app)


def test_every_operation_is_tested_below(api: Any) -> None:
    documented = {found.ok().definition.raw["operationId"] for found in api.get_all_operations()}
    assert documented == set(OPERATIONS)


@pytest.mark.parametrize(
    ("operation_id", "mode"),
    [
        *((operation_id, GenerationMode.POSITIVE) for operation_id in OPERATIONS),
        ("readInput", GenerationMode.NEGATIVE),
        ("recordTrace", GenerationMode.NEGATIVE),
        ("drawFigure", GenerationMode.NEGATIVE),
    ],
)
def test_generated_requests_get_documented_answers(operation_id: str, mode: GenerationMode, api: Any) -> None:
    operation = api.find_operation_by_id(operation_id)

    @given(case=operation.as_strategy(generation_mode=mode), known=st.booleans())
    @settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=EVERY_HEALTH_CHECK)
    def call(case: schemathesis.Case, known: bool) -> None:
        if known and "slug" in case.path_parameters:
            case.path_parameters["slug"] = "verdict"
        case.call_and_validate(checks=CHECKS)

    call()
