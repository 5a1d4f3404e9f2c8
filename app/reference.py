"""The API's reference: its OpenAPI document with worked examples, each made by the code that it documents."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import orjson
import torch
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from app.errors import (
    BodyTooLarge,
    Busy,
    MediaGone,
    RequestTimeout,
    TooManyRequests,
    UndecodableBody,
    UnknownExample,
    UnsupportedMediaType,
)
from app.figures.files import FigureFileRequest
from app.gallery import read_input
from app.lessons import LESSONS
from app.problems import MEDIA_TYPE, PROBLEM_TYPES, Problem, problem_of
from app.schemas import (
    ExampleDescription,
    ExampleSummary,
    Health,
    KeptInput,
    ReadRequest,
    TopologySummary,
    TraceRequest,
)
from models.example import Example
from models.inputs import TextSpec
from unrolled import Embed, InvalidInput, Label, Network, NetworkConfig, Trace, record

DESCRIPTION = """
Run the gallery's trained recurrent networks on your own input and get every value that they compute, at every
timestep: gates, states, outputs and their alternatives, attention, gradients.

Start with `GET /api/v1/examples`, then post an input to an example's `trace`. Every error is a problem document
(RFC 9457, `application/problem+json`) that names the field at fault and the way out. Nothing needs a key.
"""
TAGS = [
    {"name": "examples", "description": "The gallery: trained networks, and runs of them."},
    {"name": "topologies", "description": "The seven ways to wire a recurrent network."},
    {"name": "schema", "description": "What a trace looks like, for machines."},
    {"name": "service", "description": "For operators."},
]
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_RETRY_AFTER = {"Retry-After": {"description": "seconds to wait", "schema": {"type": "integer", "minimum": 1}}}


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Document the errors of a route."""
    return {status: _problem_response(status) for status in statuses}


def _problem_response(status: int) -> dict[str, Any]:
    kind = PROBLEM_TYPES[status]
    content = {MEDIA_TYPE: {"schema": _PROBLEM, "example": _problem_examples()[status]}}
    documented: dict[str, Any] = {"description": f"{kind.title}. {kind.meaning}", "content": content}
    return documented | ({"headers": _RETRY_AFTER} if status in (429, 503) else {})


@cache
def _problem_examples() -> Mapping[int, Any]:
    """Word one problem of each kind."""
    errors = (
        UndecodableBody("the body is not JSON: expected value at line 1 column 11"),
        UnknownExample("sentimnt", ("names", "sentiment")),
        MediaGone("a sound"),
        RequestTimeout("the body did not end within 20 s"),
        BodyTooLarge(262144),
        UnsupportedMediaType("text/plain"),
        InvalidInput("612 characters are too many; this example reads up to 500"),
        TooManyRequests("120 per 1 minute", 3, 12),
        Busy(10),
    )
    problems = (problem_of(error, "/api/v1/examples/sentiment/trace") for error in errors)
    return {problem.status: problem.model_dump(mode="json") for problem in problems}


@cache
def _worked_trace() -> Any:
    """Record a network small enough to read: two units, two words, weights drawn with seed 0."""
    torch.manual_seed(0)
    config = NetworkConfig(kind="many_to_one", cell="gru", hidden=2, n_y=2, read=Embed(kind="tokens", size=2, count=3))
    labels = (Label(text="not"), Label(text="bad"))
    trace = record(
        Network(config).eval(), [1, 2], x_labels=labels, y_labels=("negative", "positive"), gradient=0, top_k=2
    )
    return orjson.loads(trace.model_copy(update={"answer": trace.outputs[0].label}).to_json(digits=4))


def worked_examples(examples: Mapping[str, Example]) -> dict[str, dict[str, Any]]:
    """Work one example of each operation: operation id -> slug, request and response where it has them."""
    worked: dict[str, dict[str, Any]] = {
        "health": {"response": Health(examples=tuple(examples))},
        "listExamples": {"response": [ExampleSummary.of(example) for example in examples.values()]},
        "recordTrace": {"response": _worked_trace()},
        "drawFigure": {
            "request": FigureFileRequest(
                kind="encoder_decoder", attention=True, x_words="guten Tag", y_words="good day"
            )
        },
        "listTopologies": {
            "response": [
                TopologySummary.of(lesson, [e for e in examples.values() if e.about.topology_page == lesson.slug])
                for lesson in LESSONS.values()
            ]
        },
        "traceSchema": {"response": Trace.json_schema()},
    }
    if examples:
        first = next(iter(examples.values()))
        sample = first.samples[0]
        variant = sample.variant or first.about.default_variant
        asked = TraceRequest(input=sample.input, variant=variant, gradient=0)
        worked["describeExample"] = {"slug": first.slug, "response": ExampleDescription.of(first)}
        worked["readInput"] = {
            "slug": first.slug,
            "request": ReadRequest(input=sample.input, variant=variant),
            "response": read_input(first, sample.input, variant),
        }
        worked["recordTrace"] |= {"slug": first.slug, "request": asked}
    if reader := next((e for e in examples.values() if isinstance(e.about.input, TextSpec)), None):
        text = reader.samples[0].input
        worked["sendFile"] = {
            "example": reader.slug,
            "media_type": "text/plain",
            "request": text,
            "response": KeptInput(input=text),
        }
    return worked


def bare_document(app: FastAPI) -> dict[str, Any]:
    """Write the OpenAPI document, with the problem schema and the media types as they are, without worked examples."""
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=app.description,
        routes=app.routes,
        tags=TAGS,
    )
    _, schemas = models_json_schema([(Problem, "serialization")], ref_template="#/components/schemas/{model}")
    document["components"]["schemas"].update(schemas["$defs"])
    for name in ("HTTPValidationError", "ValidationError"):  # FastAPI's own form of a 422, which no route here answers
        document["components"]["schemas"].pop(name, None)
    for operation in operations(document):
        if "application/json" in operation["responses"].get("422", {}).get("content", {}):
            del operation["responses"]["422"]
        operation["responses"]["default"] = {
            "description": "Any other error.",
            "content": {MEDIA_TYPE: {"schema": _PROBLEM}},
        }
    return document


def openapi_document(app: FastAPI, examples: Mapping[str, Example]) -> dict[str, Any]:
    """Write the OpenAPI document with worked examples."""
    document = bare_document(app)
    worked = jsonable_encoder(worked_examples(examples))
    for operation in operations(document):
        _fill_in(operation, worked.get(operation["operationId"], {}))
    return document


def operations(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Go through the operations of an OpenAPI document."""
    return (operation for path in document["paths"].values() for operation in path.values())


def _fill_in(operation: dict[str, Any], worked: Mapping[str, Any]) -> None:
    """Put a worked example where OpenAPI wants it."""
    if "response" in worked:
        answered = next(response for status, response in operation["responses"].items() if status.startswith("2"))
        answered["content"]["application/json"]["example"] = worked["response"]
    if "request" in worked:
        operation["requestBody"]["content"][worked.get("media_type", "application/json")]["example"] = worked["request"]
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in worked:
            parameter["example"] = worked[parameter["name"]]
