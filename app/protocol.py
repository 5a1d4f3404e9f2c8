"""The HTTP protocol of the server: uvicorn's h11 protocol, with limits, deadlines and problem documents.

uvicorn answers what is no HTTP in plain text, and waits for ever for headers and for clients that do not read. Here
every refusal is a problem document, and a connection that makes no progress is closed.
"""

import asyncio
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from app.clients import TrustedProxies, client_key
from app.errors import RequestTimeout, ServiceError, TooManyConnections, UnreadableRequest
from app.exception_handlers import problem_response


@dataclass(frozen=True)
class ConnectionLimits:
    """Hold the deadlines and the numbers of connections of one server, and the headers of its answers."""

    headers: Mapping[str, str]
    header_seconds: float
    send_seconds: float
    connections: int
    connections_per_client: int
    proxies: TrustedProxies


class GuardedProtocol(H11Protocol):
    """Speak HTTP/1.1 with one connection; `guarded` makes the class for a server."""

    limits: ClassVar[ConnectionLimits]
    open_of: ClassVar[Counter[str]]  # client -> its open connections

    _peer = ""
    _headers_due: asyncio.TimerHandle | None = None
    _sent_due: asyncio.TimerHandle | None = None
    _closed_at_last: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Count the connection, and expect the first headers."""
        super().connection_made(transport)
        self.transport = cast(asyncio.Transport, _GentleTransport(transport, self))
        self._peer = client_key(self.client[0] if self.client else "")
        self.open_of[self._peer] += 1
        full = len(self.connections) > self.limits.connections
        if full or self._has_too_many():
            self.app = self._refuse_connection
        self._expect_headers()

    def _has_too_many(self) -> bool:
        """Say whether a client has more connections open than it may; a trusted proxy may hold all."""
        one = self.open_of[self._peer] > self.limits.connections_per_client
        return one and not (self.client and self.client[0] in self.limits.proxies)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its deadlines."""
        self.open_of[self._peer] -= 1
        if self.open_of[self._peer] <= 0:
            del self.open_of[self._peer]
        for timer in (self._headers_due, self._sent_due, self._closed_at_last):
            cancelled(timer)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; headers that have begun must end before the deadline, however slowly they come."""
        if self.hung_up:
            return  # the answer has been given
        super().data_received(data)
        if self.conn.their_state is h11.IDLE and self._reading_headers():
            self._expect_headers()
        else:
            self._headers_due = cancelled(self._headers_due)

    def _reading_headers(self) -> bool:
        return bool(self.conn.trailing_data[0]) and not self.transport.is_closing()

    def _expect_headers(self) -> None:
        if self._headers_due is None:
            self._headers_due = self.loop.call_later(self.limits.header_seconds, self._headers_overdue)

    def _headers_overdue(self) -> None:
        if self.transport.is_closing():
            return
        if self._reading_headers():
            self._refuse(RequestTimeout(f"the headers did not end within {self.limits.header_seconds:g} s"))
        else:
            self.transport.close()  # no request has begun, so there is nothing to answer

    @property
    def hung_up(self) -> bool:
        """Say whether the last answer has been sent, and only the end of the request is waited for."""
        return self._closed_at_last is not None

    def on_response_complete(self) -> None:
        """Go on with the next request, unless the body of this one is still under way and no code reads it."""
        if self.conn.their_state is h11.SEND_BODY:
            self.transport.close()
        super().on_response_complete()

    def close_gently(self, transport: asyncio.Transport) -> None:
        """Close so that the answer arrives: a socket that closes with unread data makes the client drop the answer."""
        if self.conn.their_state is not h11.SEND_BODY or not transport.can_write_eof():
            transport.close()
        elif not self.hung_up and not transport.is_closing():
            self._closed_at_last = self.loop.call_later(self.limits.header_seconds, transport.abort)
            transport.write_eof()
            self.flow.resume_reading()

    def pause_writing(self) -> None:
        """Start the deadline of a client that does not read its answer."""
        super().pause_writing()
        self._sent_due = self._sent_due or self.loop.call_later(self.limits.send_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Cancel the deadline: the answer is being read."""
        super().resume_writing()
        self._sent_due = cancelled(self._sent_due)

    def _should_upgrade(self) -> bool:
        """Stay with HTTP/1.1: an upgrade is an offer, and this service takes none."""
        return False

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP; uvicorn calls this where it caught h11's error."""
        error = sys.exc_info()[1]
        status = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
        self._refuse(UnreadableRequest(str(error or msg), status))

    async def _refuse_connection(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer in place of the app when there are too many connections."""
        headers = {**self.limits.headers, "Connection": "close"}
        await problem_response(TooManyConnections(), scope["path"], headers)(scope, receive, send)

    def _refuse(self, error: ServiceError) -> None:
        """Answer outside any request, and close the connection."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True  # tells the app that the client is gone
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            response = problem_response(error, "", {**self.limits.headers, "Connection": "close"})
            asked_for_headers = self.conn.our_state is h11.SEND_RESPONSE and self.scope["method"] == "HEAD"
            for event in (
                h11.Response(
                    status_code=response.status_code,
                    headers=[*self.server_state.default_headers, *response.raw_headers],
                    reason=STATUS_PHRASES[response.status_code],
                ),
                h11.Data(data=b"" if asked_for_headers else bytes(response.body)),
                h11.EndOfMessage(),
            ):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()


class _GentleTransport:
    """Wrap a transport, so that closing it goes through the protocol."""

    def __init__(self, transport: asyncio.Transport, protocol: GuardedProtocol) -> None:
        self._transport = transport
        self._protocol = protocol

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        """Say whether nothing can be written any more."""
        return self._protocol.hung_up or self._transport.is_closing()

    def close(self) -> None:
        """Close."""
        self._protocol.close_gently(self._transport)


def cancelled(timer: asyncio.TimerHandle | None) -> None:
    """Cancel a timer, if there is one; gives None, to be kept in its place."""
    if timer is not None:
        timer.cancel()


def guarded(limits: ConnectionLimits) -> type[GuardedProtocol]:
    """Make the protocol of one server."""
    members: dict[str, Any] = {"limits": limits, "open_of": Counter()}
    return type("GuardedProtocol", (GuardedProtocol,), members)
