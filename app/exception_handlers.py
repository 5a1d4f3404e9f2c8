"""What a client gets when something fails: a problem document from the API, an error page from the site."""

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response

from app.addresses import without_slash
from app.errors import ServiceError
from app.problems import MEDIA_TYPE, Problem, problem_of
from app.rendering import Page, Renderer
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
    return not request.scope["path"].startswith("/api/") and "text/html" in request.headers.get("accept", "")


def problem_response(
    error: Exception, path: str, headers: Mapping[str, str] | None = None, error_id: str = ""
) -> Response:
    """Answer with a problem document, whatever the error was."""
    problem = problem_of(error, path, error_id)
    return Response(problem.model_dump_json(), problem.status, {**(headers or {}), **error_headers(error)}, MEDIA_TYPE)


def error_headers(error: Exception) -> dict[str, str]:
    """List the headers that an error brings; no cache may keep an error."""
    brought = dict(error.headers or {}) if isinstance(error, ServiceError | HTTPException) else {}
    if "GET" in brought.get("Allow", "") and "HEAD" not in brought["Allow"]:
        brought["Allow"] += ", HEAD"  # answered by app.middleware, whatever the route says
    return {**brought, "Cache-Control": "no-store"}


async def error_response(request: Request, error: Exception) -> Response:
    """Answer a request that failed, whatever the error was."""
    path = request.scope["path"]
    if isinstance(error, HTTPException) and error.status_code == 404 and (shorter := without_slash(request)):
        return RedirectResponse(shorter)
    error_id = secrets.token_hex(4)
    problem = problem_of(error, path, error_id)
    headers: Mapping[str, str] = {}
    if problem.status >= 500 and not isinstance(error, ServiceError):
        log.error("error %s: %s %s: %r", error_id, request.method, quote(path), error)
        headers = request.app.state.security_headers  # the middleware that adds them lies further in
    if wants_page(request):
        renderer: Renderer = request.app.state.renderer
        response: Response = renderer.render(
            request, ErrorPage(problem.title, problem.detail, problem, error_id), problem.status
        )
        response.headers.update({**headers, **error_headers(error)})
        return response
    return problem_response(error, path, headers, error_id)


async def client_disconnected(_request: Request, _error: Exception) -> Response:
    """End a request whose client left while it was sending; no one will read the answer, and nothing is wrong here."""
    return Response(status_code=400)


def add_exception_handlers(app: Starlette) -> None:
    """Answer every error of an app."""
    app.add_exception_handler(ClientDisconnect, client_disconnected)
    for kind in (ServiceError, InvalidRequest, ValidationError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, error_response)
