"""Errors of the service, and the one form in which every error leaves it.

    ServiceError              an error with a kind of problem of its own
    ├── NotFound                  404
    │   └── UnknownExample            no folder of the gallery has this slug
    ├── UndecodableBody           400: not UTF-8, or not JSON
    ├── BodyTooLarge              413
    ├── UnsupportedMediaType      415
    ├── TooManyRequests           429
    └── Busy                      503: all workers have been taken for too long
    StartupError              the service cannot start: a bad setting, a broken example

The library's InvalidRequest (see unrolled/errors.py) and pydantic's ValidationError become 422, everything else that
nobody expected 500. The API answers with problem documents (RFC 9457), a page with a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from unrolled.errors import InvalidRequest

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Kind:
    """Name one kind of problem; `slug` is its anchor on the page /problems."""

    status: int
    slug: str
    title: str
    meaning: str

    @property
    def uri(self) -> str:
        """Give the `type` of its documents, which is also where it is explained."""
        return f"/problems#{self.slug}"


KINDS = {
    kind.status: kind
    for kind in (
        Kind(400, "undecodable-body", "The body cannot be read", "The body is not JSON in UTF-8, or is cut off."),
        Kind(404, "not-found", "Not found", "There is no page, route or example of this name."),
        Kind(405, "method-not-allowed", "Method not allowed", "The route exists; `Allow` lists its methods."),
        Kind(413, "body-too-large", "The body is too large", "The request has more bytes than the service reads."),
        Kind(415, "unsupported-media-type", "Unsupported media type", "Bodies are read as application/json only."),
        Kind(
            422,
            "invalid-request",
            "The request cannot be run",
            "A field is missing, unknown, of the wrong type or out of range, or the example cannot read the input; "
            "`errors` names each field, what is wrong and what is allowed.",
        ),
        Kind(429, "too-many-requests", "Too many requests", "`Retry-After` says in how many seconds to come back."),
        Kind(500, "internal-error", "Something broke", "Not your fault. The id in `instance` finds it in the log."),
        Kind(503, "busy", "The service is busy", "All workers are taken; `Retry-After` says when to try again."),
    )
}


class FieldError(BaseModel):
    """Say what is wrong with one field of a request, and what is allowed."""

    model_config = ConfigDict(frozen=True)

    field: str = Field(description="dotted path of the field, empty for the body as a whole")
    message: str = Field(description="what is wrong and what is allowed")


class Problem(BaseModel):
    """Describe an error, as RFC 9457 wants it."""

    model_config = ConfigDict(frozen=True)

    type: str = Field(description="identifies the kind of problem; opens its explanation")
    title: str = Field(description="the kind of problem in a few words")
    status: int = Field(description="the HTTP status code")
    detail: str = Field(description="what happened this time, and the way out")
    instance: str = Field(description="the path of the request; for status 500 followed by `#` and the id in the log")
    errors: tuple[FieldError, ...] = Field(default=(), description="the fields at fault")


class ServiceError(Exception):
    """Is the root of the errors that this service raises on purpose."""

    status: ClassVar[int]

    def __init__(self, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.headers = dict(headers or {})


class NotFound(ServiceError):
    """Says that there is nothing of this name."""

    status = 404


class UnknownExample(NotFound):
    """Says that the gallery has no such example, and which it has."""

    def __init__(self, slug: str, known: Sequence[str]) -> None:
        super().__init__(f"there is no example '{slug}'; there are {', '.join(known) or 'none yet'}")


class UndecodableBody(ServiceError):
    """Says that a body is no JSON."""

    status = 400


class BodyTooLarge(ServiceError):
    """Says that a body has more bytes than are read; the connection closes, so that the rest is not sent."""

    status = 413

    def __init__(self, limit: int) -> None:
        super().__init__(f"the body is longer than {limit} bytes, the most that is read", {"Connection": "close"})


class UnsupportedMediaType(ServiceError):
    """Says that a body is not declared as JSON."""

    status = 415

    def __init__(self, given: str) -> None:
        super().__init__(f"the body is declared as '{given or 'nothing'}'; send Content-Type: application/json")


class TooManyRequests(ServiceError):
    """Says that a client asked more often than is allowed, and when it may ask again."""

    status = 429

    def __init__(self, limit: str, seconds: int) -> None:
        super().__init__(f"more than {limit}; try again in {seconds} s", {"Retry-After": str(seconds)})


class Busy(ServiceError):
    """Says that no worker became free in time."""

    status = 503

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no worker became free within {seconds:g} s; try again in a moment", {"Retry-After": "5"})


class StartupError(Exception):
    """Says in one line why the service cannot start."""


def problem_of(error: Exception, path: str, error_id: str = "") -> Problem:
    """Describe any error as a problem document; one that nobody expected tells nothing but its id."""
    match error:
        case ServiceError():
            return _problem(error.status, str(error), path)
        case InvalidRequest():
            return _problem(422, str(error), path, (FieldError(field=error.field, message=str(error)),))
        case ValidationError() | RequestValidationError():
            return _problem_of_fields(field_errors(error), path)
        case HTTPException():
            return _problem(error.status_code, _details.get(error.status_code, error.detail), path)
    return _problem(500, f"this is our fault and has been logged as {error_id}", f"{path}#{error_id}")


def _problem(status: int, detail: str, instance: str, errors: tuple[FieldError, ...] = ()) -> Problem:
    kind = KINDS.get(status) or Kind(status, "other", "The request failed", "")
    return Problem(type=kind.uri, title=kind.title, status=status, detail=detail, instance=instance, errors=errors)


_details = {
    404: "there is nothing at this address; the routes of the API are listed at /docs",
    405: "this route does not answer to this method; the header Allow lists those that it does",
}


def _problem_of_fields(errors: tuple[FieldError, ...], path: str) -> Problem:
    return _problem(422, "; ".join(error.message for error in errors[:3]), path, errors)


def field_errors(error: ValidationError | RequestValidationError) -> tuple[FieldError, ...]:
    """List what is wrong with each field, without repeating what was sent."""
    return tuple(
        FieldError(field=".".join(str(part) for part in entry["loc"]), message=_message(entry))
        for entry in error.errors()
    )


# What pydantic says of these ("a valid integer, unable to parse string as an integer") speaks to programmers.
_plainly = dict.fromkeys(("int_parsing", "int_type", "int_from_float", "int_parsing_size"), "a whole number") | (
    dict.fromkeys(("float_parsing", "float_type", "finite_number"), "a number")
)


def _message(entry: Mapping[str, Any]) -> str:
    """Word an error so that it names its field: a page shows it beside several of them."""
    field = next((part for part in reversed(entry["loc"]) if isinstance(part, str)), "the body")
    if entry["type"] == "extra_forbidden":
        return f"{field}: there is no such field"
    if entry["type"] in _plainly:
        return f"{field} should be {_plainly[entry['type']]}"
    message: str = entry["msg"]
    if message.startswith("Input "):  # pydantic's word for any value; here `input` is a field
        return field + message.removeprefix("Input")
    return f"{field}: {message[:1].lower()}{message[1:]}"
