"""The one form in which every error leaves the service: problem documents (RFC 9457), and their kinds."""

from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.exceptions import HTTPException

from app.errors import ServiceError
from app.wording import field_messages
from unrolled.errors import InvalidRequest

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class ProblemType:
    """Name one kind of problem; `slug` is its anchor on the page /problems."""

    status: int
    slug: str
    title: str
    meaning: str

    @property
    def uri(self) -> str:
        """Give the `type` of its documents, which is also where it is explained."""
        return f"/problems#{self.slug}"


PROBLEM_TYPES = {
    kind.status: kind
    for kind in (
        ProblemType(
            400,
            "unreadable-request",
            "The request cannot be read",
            "The body is not JSON in UTF-8, or is cut off; a range is malformed; or what came is no HTTP.",
        ),
        ProblemType(404, "not-found", "Not found", "There is no page, route or example of this name."),
        ProblemType(405, "method-not-allowed", "Method not allowed", "The route exists; `Allow` lists its methods."),
        ProblemType(
            408, "request-timeout", "The request took too long", "Its headers or its body did not end in time."
        ),
        ProblemType(410, "gone", "Gone", "What was sent is kept for a while, and no longer is; send it again."),
        ProblemType(
            413, "body-too-large", "The body is too large", "The request has more bytes than the service reads."
        ),
        ProblemType(
            415,
            "unsupported-media-type",
            "Unsupported media type",
            "Bodies are JSON, `application/json`, except for files.",
        ),
        ProblemType(
            416, "range-not-satisfiable", "Range not satisfiable", "The file is shorter; `Content-Range` says how long."
        ),
        ProblemType(
            422,
            "invalid-request",
            "The request cannot be run",
            "A field is missing, unknown, of the wrong type or out of range, or the example cannot read the input; "
            "`errors` names each field, what is wrong and what is allowed.",
        ),
        ProblemType(
            429,
            "too-many-requests",
            "Too many requests",
            "More runs, or more expensive ones, than one client may ask for; `Retry-After` says for how long to wait.",
        ),
        ProblemType(
            431, "headers-too-large", "The headers are too large", "Address and headers have more bytes than are read."
        ),
        ProblemType(
            500, "internal-error", "Something broke", "Not your fault. The id in `instance` finds it in the log."
        ),
        ProblemType(
            501, "not-implemented", "Not implemented", "The body is sent in a way that this service does not read."
        ),
        ProblemType(
            503,
            "busy",
            "The service is busy",
            "All workers or connections are taken; `Retry-After` says when to try again.",
        ),
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


def problem_of(error: Exception, path: str, error_id: str = "") -> Problem:
    """Describe any error as a problem document; an unexpected one shows nothing but its id."""
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
    kind = PROBLEM_TYPES.get(status) or ProblemType(status, "other", "The request failed", "")
    return Problem(type=kind.uri, title=kind.title, status=status, detail=detail, instance=instance, errors=errors)


_details = {
    404: "there is nothing at this address; the routes of the API are listed at /docs",
    416: "the file ends before this range begins; the header Content-Range tells its length",
    405: "this route does not answer to this method; the header Allow lists those that it does",
}


def _problem_of_fields(errors: tuple[FieldError, ...], path: str) -> Problem:
    return _problem(422, "; ".join(error.message for error in errors[:3]), path, errors)


def field_errors(error: ValidationError | RequestValidationError) -> tuple[FieldError, ...]:
    """List what is wrong with each field."""
    return tuple(FieldError(field=field, message=message) for field, message in field_messages(error))
