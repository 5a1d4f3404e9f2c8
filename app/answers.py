"""What a client gets when something fails: the API a problem document, a page a page."""

import logging
import secrets
from dataclasses import dataclass

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.errors import MEDIA_TYPE, Problem, ServiceError, problem_of
from app.views import Page, Views
from unrolled.errors import InvalidRequest

log = logging.getLogger("uvicorn.error")  # where the server's own messages go


@dataclass(frozen=True)
class ErrorPage(Page):
    """Explain an error to a visitor, with a way out."""

    template = "error.html"
    problem: Problem
    error_id: str


def wants_page(request: Request) -> bool:
    """Say whether the client is a person with a browser; what lies under /api speaks JSON to everyone."""
    return not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", "")


async def answer(request: Request, error: Exception) -> Response:
    """Answer a request that failed, whatever the error was."""
    error_id = secrets.token_hex(4)
    problem = problem_of(error, request.url.path, error_id)
    headers: dict[str, str] = {}
    if isinstance(error, ServiceError | HTTPException):
        headers = dict(error.headers or {})
    if problem.status >= 500 and not isinstance(error, ServiceError):
        log.error("error %s: %s %s: %r", error_id, request.method, request.url.path, error)
        headers |= request.app.state.security_headers  # the middleware that adds them lies further in
    headers["Cache-Control"] = "no-store"
    if wants_page(request):
        views: Views = request.app.state.views
        page = ErrorPage(problem.title, problem.detail, problem, error_id)
        response: Response = views.render(request, page, problem.status)
        response.headers.update(headers)
        return response
    return Response(problem.model_dump_json(), problem.status, headers, MEDIA_TYPE)


def add_answers(app: Starlette) -> None:
    """Answer every error of an app."""
    for kind in (ServiceError, InvalidRequest, ValidationError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, answer)
