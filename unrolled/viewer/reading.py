"""Read a trace from a file that somebody has; whatever is wrong with it is said in one sentence."""

import re
from collections.abc import Sequence

import orjson
from pydantic import ValidationError

from unrolled.errors import InvalidTrace
from unrolled.trace import VERSION, Trace


def read_trace(document: bytes) -> Trace:
    """Read the JSON of a trace. Raises InvalidTrace with a sentence that says what is wrong with it."""
    try:
        content = orjson.loads(document)
    except orjson.JSONDecodeError as error:
        raise InvalidTrace(_not_json(document, error)) from None
    if not isinstance(content, dict) or "version" not in content or "columns" not in content:
        raise InvalidTrace("this is JSON, but not a trace; Trace.to_json() writes one")
    if content["version"] != VERSION:
        raise InvalidTrace(
            f"this trace is of version {content['version']}, and only version {VERSION} can be read here"
        )
    try:
        return Trace.model_validate(content)
    except ValidationError as error:
        raise InvalidTrace(_first_of(error)) from None


def _not_json(document: bytes, error: orjson.JSONDecodeError) -> str:
    """Say why a file is no JSON at all."""
    if document.lstrip()[:1] == b"<":
        return "this is a web page, not the JSON of a trace; one that Unrolled wrote is opened in a browser"
    if re.search(rb"[\[,:\s]-?(?:NaN|Infinity)\b", document):
        return "this holds NaN or Infinity, which JSON cannot hold: the run that it records was not finite"
    return f"this is not JSON: {error.msg}, in line {error.lineno}, column {error.colno}"


def _first_of(error: ValidationError) -> str:
    """Put the first of many faults into words, with its place, and how many more there are."""
    first, *others = error.errors(include_url=False, include_context=False)
    more = f"; {len(others)} more like this" if others else ""
    return f"{_place(first['loc'])}: {first['msg']}{more}"


def _place(location: Sequence[int | str]) -> str:
    """Write the place of a value as code does: `layers[0].values.h`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".") or "trace"
