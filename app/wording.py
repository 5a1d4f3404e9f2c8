"""Error messages for bad fields: one plain sentence for each, in the words of the API and none of Python's.

pydantic's own messages speak to programmers ("Input should be a valid tuple"), and where a field may be one of several
things it reports every failed try, under names of types.
"""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from app.schemas import TraceRequest
from unrolled import Clamp, Decoding, Force, Freeze

MOST = 20  # errors that are listed; a body can hold a hundred thousand
FIELDS = {name for model in (TraceRequest, Decoding, Clamp, Freeze, Force) for name in model.model_fields}
Entry = Mapping[str, Any]  # one error, as pydantic lists it

# What a field should be, by pydantic's name of the error.
_SHOULD_BE: Mapping[str, str] = {
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), "a whole number"),
    **dict.fromkeys(("float_type", "float_parsing", "finite_number"), "a number"),
    **dict.fromkeys(("string_type", "string_unicode"), "text"),
    **dict.fromkeys(("tuple_type", "list_type"), "a list"),
    **dict.fromkeys(("model_type", "model_attributes_type", "dict_type"), "an object"),
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "at least {ge:g}",
    "less_than": "less than {lt:g}",
    "less_than_equal": "at most {le:g}",
    "literal_error": "{expected}",
}
_SAYS: Mapping[str, str] = {
    "missing": "{name} is missing",
    "extra_forbidden": "{name}: there is no such field",
    "string_too_long": "{name} should have at most {max_length} characters",
    "too_long": "{name} should have at most {max_length} entries",
    "union_tag_invalid": "{name}: its kind should be {expected_tags}",
    "union_tag_not_found": "{name}: its kind is missing",
    "json_invalid": "{name} is not JSON",
}
TOLD = frozenset(_SHOULD_BE) | frozenset(_SAYS)


def field_messages(error: ValidationError | RequestValidationError) -> list[tuple[str, str]]:
    """List what is wrong with each field, without repeating what was sent: its dotted path, and a sentence."""
    found: dict[tuple[str | int, ...], list[Entry]] = {}
    for entry in error.errors():
        found.setdefault(_path(entry), []).append(entry)
    # Of several things that a field may be, the one that was meant fails further in.
    outer = {path[:depth] for path in found for depth in range(len(path))}
    kept = [(path, entries) for path, entries in found.items() if path not in outer or len(found) == 1]
    return [(".".join(map(str, path)), _message(path, entries)) for path, entries in kept[:MOST]]


def _path(entry: Entry) -> tuple[str | int, ...]:
    """Name a field as the request does: pydantic puts names of its own types between."""
    *inner, last = entry["loc"] or ("",)
    kept = [part for part in inner if isinstance(part, int) or part in FIELDS]
    unknown = entry["type"] == "extra_forbidden"
    return (*kept, *((last,) if last != "" and (unknown or isinstance(last, int) or last in FIELDS) else ()))


def _name(path: tuple[str | int, ...]) -> str:
    """Say which field it is, for a sentence that may stand among several."""
    match path:
        case (*_, str(name)):
            return name
        case (*_, str(name), int(number)):
            return f"entry {number} of {name}"
    return "the body"


def _message(path: tuple[str | int, ...], entries: list[Entry]) -> str:
    """Word what is wrong with one field; several entries are the several things that it may be."""
    name = _name(path)
    for entry in entries:
        if says := _SAYS.get(entry["type"]):
            return says.format(name=name, **entry.get("ctx", {}))
    allowed = dict.fromkeys(_should_be(entry) for entry in entries)
    return f"{name} should be {' or '.join(allowed)}"


def _should_be(entry: Entry) -> str:
    say: Callable[..., str] = _SHOULD_BE.get(entry["type"], "something else").format
    return say(**entry.get("ctx", {}))
