"""Errors of the service; app/problems.py gives them the form in which they leave it.

    ServiceError              an error with a kind of problem of its own
    ├── NotFound                  404
    │   └── UnknownExample            no folder of the gallery has this slug
    ├── UndecodableBody           400: not UTF-8, or not JSON
    ├── UnreadableRequest         400, 431 or 501: what came is no HTTP, or headers without end
    ├── MediaGone                 410: an input that was kept for a while, and no longer is
    ├── RequestTimeout            408: headers or a body that do not end
    ├── BodyTooLarge              413
    ├── UnsupportedMediaType      415
    ├── TooManyRequests           429
    ├── Busy                      503: all workers have been taken for too long
    └── TooManyConnections        503
    StartupError              the service cannot start: a bad setting, a broken example

The library's InvalidRequest (see unrolled/errors.py) and pydantic's ValidationError become 422, every
unexpected error 500. The API answers with problem documents (RFC 9457), a page with a page.
"""

from collections.abc import Mapping, Sequence


class ServiceError(Exception):
    """Is the root of the errors that this service raises on purpose."""

    status: int

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


class MediaGone(ServiceError):
    """Says that an input that was sent before is not kept any more."""

    status = 410

    def __init__(self, called: str) -> None:
        super().__init__(f"{called} that was sent before is kept no longer: send it again, or choose a sample")


class UndecodableBody(ServiceError):
    """Says that a body is no JSON."""

    status = 400


class UnreadableRequest(ServiceError):
    """Says that what came is no HTTP; the status is the one that h11 names."""

    def __init__(self, reason: str, status: int) -> None:
        allowed = "; send one well-formed HTTP/1.1 request"
        super().__init__(reason[:1].lower() + reason[1:200] + allowed)
        self.status = status


class RequestTimeout(ServiceError):
    """Says that the rest of a request did not come; the connection closes."""

    status = 408

    def __init__(self, what: str) -> None:
        super().__init__(f"{what}; send the request in one go", {"Connection": "close"})


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

    def __init__(self, limit: str, counts: int, seconds: int) -> None:
        costs = f"; this one counts as {counts}" if counts > 1 else ""
        message = f"more than {limit}{costs}; try again in {seconds} s"
        super().__init__(message, {"Retry-After": str(seconds)})


class Busy(ServiceError):
    """Says that no worker became free in time."""

    status = 503

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no worker became free within {seconds:g} s; try again in a moment", {"Retry-After": "5"})


class TooManyConnections(ServiceError):
    """Says that no connection is free, or that one client holds as many as it may."""

    status = 503

    def __init__(self) -> None:
        super().__init__("too many connections are open; close some, or try again in a moment", {"Retry-After": "5"})


class StartupError(Exception):
    """Says in one line why the service cannot start."""
