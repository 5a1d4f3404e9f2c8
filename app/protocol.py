"""How HTTP is spoken to the network: uvicorn's h11 protocol, with limits, deadlines and problem documents.

uvicorn answers what is no HTTP in plain text, and waits for ever: for headers, for whoever does not read. Here every
refusal is a problem document, and a connection that makes no progress is closed.
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
class Patience:
    """Hold what one server grants its connections (seconds, and numbers of them), and what every answer carries."""

    headers: Mapping[str, str]
    header_seconds: float
    send_seconds: float
    connections: int
    connections_per_client: int
    proxies: TrustedProxies


class GuardedProtocol(H11Protocol):
    """Speak HTTP/1.1 with one connection; `guarded` makes the class for a server."""

    patience: ClassVar[Patience]
    open_of: ClassVar[Counter[str]]  # client -> its open connections

    _peer = ""
    _headers_due: asyncio.TimerHandle | None = None
    _sent_due: asyncio.TimerHandle | None = None
    _closed_at_last: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Count the connection, and expect the first headers."""
        super().connection_made(transport)
        self.transport = cast(asyncio.Transport, _ClosingGently(transport, self))
        self._peer = client_key(self.client[0] if self.client else "")
        self.open_of[self._peer] += 1
        crowded = len(self.connections) > self.patience.connections
        if crowded or self._takes_too_many():
            self.app = self._refuse_connection
        self._expect_headers()

    def _takes_too_many(self) -> bool:
        """Say whether one client has more connections open than it may; a proxy of ours brings those of many."""
        one = self.open_of[self._peer] > self.patience.connections_per_client
        return one and not (self.client and self.client[0] in self.patience.proxies)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its deadlines."""
        self.open_of[self._peer] -= 1
        if self.open_of[self._peer] <= 0:
            del self.open_of[self._peer]
        for timer in (self._headers_due, self._sent_due, self._closed_at_last):
            cancelled(timer)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on; a request whose headers have begun must end them before the deadline, however they drip."""
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
            self._headers_due = self.loop.call_later(self.patience.header_seconds, self._headers_overdue)

    def _headers_overdue(self) -> None:
        if self.transport.is_closing():
            return
        if self._reading_headers():
            self._refuse(RequestTimeout(f"the headers did not end within {self.patience.header_seconds:g} s"))
        else:
            self.transport.close()  # nothing was asked: there is nothing to answer

    @property
    def hung_up(self) -> bool:
        """Say whether the last answer has been given, and the rest of the request is only waited out."""
        return self._closed_at_last is not None

    def on_response_complete(self) -> None:
        """Go on with the next request, unless the body of this one is still under way and nobody reads it."""
        if self.conn.their_state is h11.SEND_BODY:
            self.transport.close()
        super().on_response_complete()

    def close_gently(self, transport: asyncio.Transport) -> None:
        """Hang up so that the answer arrives: data that lies unread when a socket closes makes the client drop it."""
        if self.conn.their_state is not h11.SEND_BODY or not transport.can_write_eof():
            transport.close()
        elif not self.hung_up and not transport.is_closing():
            self._closed_at_last = self.loop.call_later(self.patience.header_seconds, transport.abort)
            transport.write_eof()
            self.flow.resume_reading()

    def pause_writing(self) -> None:
        """Give whoever does not read what it asked for a last term."""
        super().pause_writing()
        self._sent_due = self._sent_due or self.loop.call_later(self.patience.send_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Lift it: the answer is being read."""
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
        headers = {**self.patience.headers, "Connection": "close"}
        await problem_response(TooManyConnections(), scope["path"], headers)(scope, receive, send)

    def _refuse(self, error: ServiceError) -> None:
        """Answer outside any request, and hang up."""
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True  # whoever works on it learns that nobody waits any more
            self.cycle.message_event.set()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            response = problem_response(error, "", {**self.patience.headers, "Connection": "close"})
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


class _ClosingGently:
    """Stand for a transport, and close it as the protocol wants."""

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


def guarded(patience: Patience) -> type[GuardedProtocol]:
    """Make the protocol of one server."""
    members: dict[str, Any] = {"patience": patience, "open_of": Counter()}
    return type("GuardedProtocol", (GuardedProtocol,), members)
