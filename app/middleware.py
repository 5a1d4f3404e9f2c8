"""The middleware: limits on request bodies, one form for all errors, and the security headers."""

from collections.abc import Callable, Mapping

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.addresses import in_origin_form
from app.errors import BodyTooLarge, RequestTimeout
from app.exception_handlers import error_response

STAYS_WITH_HTTPS = "max-age=31536000"  # a year; not for subdomains, which may be others'


class BodyLimit:
    """Stop reading a body that is too large or too slow: at once if it says so, else as soon as it shows."""

    def __init__(self, app: ASGIApp, limit_of: Callable[[str], int], seconds: float) -> None:
        self.app = app
        self.limit_of = limit_of  # how many bytes the body for a path may have
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app with a `receive` that counts; its errors rise in the code that reads the body.

        If no code reads it any more, the answer is already under way, and the body just ends.
        """
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        limit = self.limit_of(scope["path"])
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > limit:
            return await (await error_response(Request(scope), BodyTooLarge(limit)))(scope, receive, send)
        body = _Body(receive, limit, self.seconds)

        async def noticed(message: Message) -> None:
            body.answered = True
            await send(message)

        await self.app(scope, body.receive, noticed)
        return None


class _Body:
    """Watch one body while it arrives."""

    def __init__(self, receive: Receive, limit: int, seconds: float) -> None:
        self._receive = receive
        self._limit = limit
        self._seconds = seconds
        self._left = limit
        self._due: float | None = None  # counted from the first call of receive
        self._whole = False
        self.answered = False

    async def receive(self) -> Message:
        """Receive the next piece. Raises BodyTooLarge or RequestTimeout, as long as nothing has been answered."""
        if self._whole or self.answered:
            return await self._receive()  # only waits for the client to disconnect; what else comes is dropped
        self._due = self._due or anyio.current_time() + self._seconds
        with anyio.CancelScope(deadline=self._due):
            message = await self._receive()
            self._left -= len(message.get("body", b""))
            self._whole = not message.get("more_body", False)
            if self._left < 0 and not self.answered:
                raise BodyTooLarge(self._limit)
            return message
        if not self.answered:
            raise RequestTimeout(f"the body did not end within {self._seconds:g} s")
        return await self._receive()


class OneForm:
    """Let every request and every answer have the form that the routes expect and the documentation promises.

    A HEAD is a GET whose body the server keeps back, an address may be absolute, and an error that a library worded
    in plain text becomes a problem document like all others.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app with the request in one form, and see to the form of its answer."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        asked = in_origin_form(scope)
        if asked["method"] == "HEAD":
            asked = {**asked, "method": "GET"}
        plain: Message | None = None  # the start of an error that is still to be worded

        async def send_problems(message: Message) -> None:
            nonlocal plain
            if message["type"] == "http.response.start" and is_plain_error(message):
                plain = message
            elif plain is None:
                await send(message)
            elif "status" in plain:
                problem = as_problem(plain, message.get("body", b""))
                plain = {}  # whatever else comes of it is dropped
                response = await error_response(Request({**asked, "app": scope["app"]}), problem)
                await response(scope, receive, send)

        await self.app(asked, receive, send_problems)
        return None


def is_plain_error(start: Message) -> bool:
    """Say whether an answer is an error that is not a problem document yet."""
    media_type = Headers(raw=start["headers"]).get("content-type", "text/plain")
    return start["status"] >= 400 and media_type.startswith("text/plain")


def as_problem(start: Message, text: bytes) -> HTTPException:
    """Make an error of the start and the text of a plain answer."""
    of_the_body = {"content-type", "content-length", "content-encoding"}
    headers = {name: value for name, value in Headers(raw=start["headers"]).items() if name not in of_the_body}
    return HTTPException(start["status"], text.decode("utf-8", "replace")[:200] or None, headers)


def security_headers(frame_ancestors: str) -> dict[str, str]:
    """List the headers of every answer.

    Styles may stand inline: Svelte sets widths and positions that way. Scripts may not. Sounds and
    pictures that a visitor makes are blobs.
    """
    policy = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'self'",
        f"frame-ancestors {frame_ancestors}",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(self), microphone=(self), fullscreen=*, geolocation=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin",  # pages may be framed, also by one that isolates itself
    }


class SecurityHeaders:
    """Add the security headers to every answer that has not set its own; over HTTPS also the one that keeps to it."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the app with a `send` that adds them."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["scheme"] == "https":
                    headers.setdefault("Strict-Transport-Security", STAYS_WITH_HTTPS)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
