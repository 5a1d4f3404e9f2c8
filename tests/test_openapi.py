"""The published OpenAPI document is that of the code, and says what really crosses the wire."""

import json
from pathlib import Path

from app.openapi import document
from unrolled import Trace

PUBLISHED = json.loads((Path(__file__).parent.parent / "docs" / "openapi.json").read_text(encoding="utf-8"))
SCHEMAS = PUBLISHED["components"]["schemas"]
ANSWERS = ("Trace", "ExampleDescription", "ExampleSummary", "TopologySummary", "InputReading", "Health")


def referenced(part: object) -> set[str]:
    """List the schemas that a part of the document names, and those that they name in turn."""
    if isinstance(part, list):
        return {name for entry in part for name in referenced(entry)}
    if not isinstance(part, dict):
        return set()
    here = {part["$ref"].rpartition("/")[2]} if "$ref" in part else set()
    inner = {name for value in part.values() for name in referenced(value)}
    return here | inner | {name for found in here for name in referenced(SCHEMAS[found])}


def test_the_published_document_is_up_to_date() -> None:
    assert document() == PUBLISHED, "run `make wire`"


def test_what_the_service_answers_is_written_whole() -> None:
    whole = set(ANSWERS) | {name for answer in ANSWERS for name in referenced(SCHEMAS[answer])}
    asked = {"Decoding", "Clamp", "Freeze", "Force"}  # repeated as they were sent
    missing = {name: set(SCHEMAS[name]["properties"]) - set(SCHEMAS[name]["required"]) for name in whole - asked}
    assert {name: fields for name, fields in missing.items() if fields} == {}


def test_a_trace_is_described_as_the_library_describes_it() -> None:
    schema = Trace.json_schema()
    assert set(SCHEMAS["Trace"]["properties"]) == set(schema["properties"])
    assert set(schema["$defs"]) <= set(SCHEMAS)


def test_no_schema_stands_in_the_document_for_nothing() -> None:
    assert set(SCHEMAS) - referenced(PUBLISHED["paths"]) == set()
