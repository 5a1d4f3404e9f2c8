"""What only bytes on a connection can show: broken requests, slow ones, and whether the server hangs up."""

import json
import logging
import threading
from collections.abc import Iterator

import pytest

from app.problems import MEDIA_TYPE, PROBLEM_TYPES
from app.settings import Settings
from models.example import Example
from tests.live import Connection, listening

TRACE = b"/api/v1/examples/verdict/trace"
BODY = b'{"input": "abc"}'
SOON = 0.05  # a deadline that passes; every other one is far away
Address = tuple[str, int]


def post(path: bytes = TRACE, body: bytes = BODY, *headers: bytes) -> bytes:
    lines = [b"POST %s HTTP/1.1" % path, b"Host: test", b"Content-Type: application/json", *headers]
    return b"\r\n".join([*lines, b"Content-Length: %d" % len(body), b"", body])


def get(path: bytes, *headers: bytes, method: bytes = b"GET", version: bytes = b"1.1") -> bytes:
    return b"\r\n".join([b"%s %s HTTP/%s" % (method, path, version), b"Host: test", *headers, b"", b""])


def assert_problem(answer: tuple[int, dict[str, str], bytes], status: int) -> dict[str, object]:
    got, headers, body = answer
    assert (got, headers["content-type"]) == (status, MEDIA_TYPE)
    problem = json.loads(body)
    assert problem["type"] == PROBLEM_TYPES[status].uri and problem["detail"]
    assert "x-content-type-options" in headers
    return problem


@pytest.fixture(scope="module")
def address(tiny_examples: dict[str, Example]) -> Iterator[Address]:
    """Serve with deadlines that no test reaches."""
    patient = Settings(header_seconds=600, body_seconds=600, rate_limit="", read_limit="", max_header_bytes=4096)
    with listening(tiny_examples, patient) as found:
        yield found


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nbad header\r\n\r\n", 400),
        (b"GET /\xff HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 200_000, 431),
        (b"GET /" + b"x" * 200_000, 431),
        (get(TRACE, b"Transfer-Encoding: chunked", method=b"POST") + b"zz\r\n", 400),
    ],
)
def test_what_is_no_http_is_answered_with_a_problem_and_the_end(sent: bytes, status: int, address: Address) -> None:
    with Connection(address) as connection:
        assert_problem(connection.send(sent).answer(), status)
        assert connection.rest() == b""


@pytest.mark.parametrize(
    "offer",
    [
        (b"Connection: Upgrade", b"Upgrade: websocket", b"Sec-WebSocket-Version: 13", b"Sec-WebSocket-Key: eA=="),
        (b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAMAAABk"),
    ],
    ids=["websocket", "h2c"],
)
def test_an_offer_to_upgrade_is_left_and_the_request_answered(offer: tuple[bytes, ...], address: Address) -> None:
    with Connection(address) as connection:
        status, _, body = connection.send(post(TRACE, BODY, *offer)).answer()
        assert (status, json.loads(body)["T_x"]) == (200, 3)
        assert connection.send(get(b"/healthz")).answer()[0] == 200


@pytest.mark.parametrize("path", [b"/static/theme.js", b"/", b"/healthz", b"/nowhere", TRACE])
@pytest.mark.parametrize("method", [b"GET", b"POST", b"DELETE"])
@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_the_limit_is_refused_or_ignored_on_every_route(
    path: bytes, method: bytes, chunked: bool, address: Address
) -> None:
    size = 300_000
    length = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % size
    body = b"%x\r\n%s\r\n0\r\n\r\n" % (size, b"x" * size) if chunked else b"x" * size
    head = get(path, length, b"Content-Type: application/json", method=method)
    with Connection(address) as connection:
        status, headers, _ = connection.send(head, body).answer()
    assert status in {200, 404, 405, 413}
    assert status == 200 or headers["content-type"] == MEDIA_TYPE
    assert chunked or status == 413


def test_requests_that_come_together_are_answered_in_their_order(address: Address) -> None:
    with Connection(address) as connection:
        connection.send(get(b"/healthz") + post() + get(b"/nowhere") + get(b"/healthz", method=b"HEAD"))
        statuses = [connection.answer()[0] for _ in range(3)]
        head = connection.file.readline()
    assert statuses == [200, 200, 404] and head.startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("target", [b"http://test/healthz", b"HTTP://test/healthz", b"http://[::1]:80/healthz?a"])
def test_an_absolute_address_is_that_of_its_path(target: bytes, address: Address) -> None:
    with Connection(address) as connection:
        assert connection.send(get(target)).answer()[0] == 200


@pytest.mark.parametrize(
    "request_line", [b"OPTIONS * HTTP/1.1", b"CONNECT a:80 HTTP/1.1", b"TRACE / HTTP/1.1", b"BREW / HTTP/1.1"]
)
def test_unusual_methods_get_a_problem(request_line: bytes, address: Address) -> None:
    with Connection(address) as connection:
        answer = connection.send(request_line + b"\r\nHost: test\r\n\r\n").answer()
    assert answer[0] in {404, 405}
    assert_problem(answer, answer[0])


def test_http_1_0_is_answered_and_closed(address: Address) -> None:
    with Connection(address) as connection:
        assert connection.send(get(b"/healthz", version=b"1.0")).answer()[0] == 200
        assert connection.rest() == b""


def test_whoever_waits_for_leave_to_send_a_body_gets_it_or_the_refusal(address: Address) -> None:
    head, _, body = post(TRACE, BODY, b"Expect: 100-continue").rpartition(b"\r\n\r\n")
    with Connection(address) as connection:
        connection.send(head + b"\r\n\r\n")
        assert connection.file.readline().startswith(b"HTTP/1.1 100") and connection.file.readline() == b"\r\n"
        assert connection.send(body).answer()[0] == 200
    too_long = get(TRACE, b"Expect: 100-continue", b"Content-Length: 9999999", method=b"POST")
    with Connection(address) as connection:
        assert_problem(connection.send(too_long).answer(), 413)


def test_a_client_that_leaves_in_mid_body_is_no_error(
    tiny_examples: dict[str, Example], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="uvicorn.error"), listening(tiny_examples, Settings()) as address:
        for path in (TRACE, b"/api/v1/examples/verdict/read", b"/static/theme.js", b"/"):
            with Connection(address) as connection:
                connection.send(get(path, b"Content-Type: application/json", b"Content-Length: 99", method=b"POST"))
                connection.send(b'{"input": ')
    logged = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert logged == []


def test_headers_must_end_in_time_however_they_drip(tiny_examples: dict[str, Example]) -> None:
    with listening(tiny_examples, Settings(header_seconds=SOON)) as address:
        with Connection(address) as connection:
            assert_problem(connection.send(b"GET / HTTP/1.1\r\nHost: ").answer(), 408)
            assert connection.rest() == b""
        with Connection(address) as silent:
            assert silent.rest() == b""


def test_headers_after_an_answer_must_end_in_time_too(tiny_examples: dict[str, Example]) -> None:
    with listening(tiny_examples, Settings(header_seconds=SOON)) as address, Connection(address) as connection:
        assert connection.send(get(b"/healthz") + b"GET /he").answer()[0] == 200
        assert b"HTTP/1.1 200" not in connection.rest()


def test_a_body_must_end_in_time(tiny_examples: dict[str, Example]) -> None:
    head = get(TRACE, b"Content-Type: application/json", b"Content-Length: 99", method=b"POST")
    with listening(tiny_examples, Settings(body_seconds=SOON)) as address, Connection(address) as connection:
        assert_problem(connection.send(head, b"{").answer(), 408)
        connection.socket.shutdown(1)
        assert connection.rest() == b""


def test_a_body_that_nobody_reads_does_not_keep_the_connection(tiny_examples: dict[str, Example]) -> None:
    with listening(tiny_examples, Settings(header_seconds=SOON)) as address, Connection(address) as connection:
        status, _, _ = connection.send(get(b"/healthz", b"Content-Length: 99"), b"x").answer()
        assert status == 200
        assert connection.rest() == b""


def test_an_answer_that_nobody_reads_is_cut_off(tiny_examples: dict[str, Example]) -> None:
    large = b"/static/reference/swagger-ui-bundle.js"
    with listening(tiny_examples, Settings(send_seconds=SOON)) as address, Connection(address) as connection:
        connection.send(get(large) * 20)
        threading.Event().wait(4 * SOON)  # does not read; a slow machine only makes this longer
        connection.rest()


def test_only_so_many_connections_are_open_the_others_are_told(tiny_examples: dict[str, Example]) -> None:
    health, crowded = get(b"/healthz"), Settings(connections_per_client=2)
    with listening(tiny_examples, crowded) as address, Connection(address) as one, Connection(address) as two:
        assert one.send(health).answer()[0] == two.send(health).answer()[0] == 200
        with Connection(address) as third:
            answer = third.send(health).answer()
            assert "too many connections" in str(assert_problem(answer, 503)["detail"])
            assert answer[1]["retry-after"] and third.rest() == b""
        assert one.send(health).answer()[0] == 200


def test_a_trusted_proxy_may_hold_the_connections_of_many(tiny_examples: dict[str, Example]) -> None:
    behind = Settings(connections_per_client=1, trusted_proxies=("127.0.0.0/8",), rate_limit="1/hour")
    with listening(tiny_examples, behind) as address, Connection(address) as one, Connection(address) as two:
        for connection, visitor in ((one, b"203.0.113.1"), (two, b"203.0.113.2")):
            sent = post(TRACE, BODY, b"X-Forwarded-For: 9.9.9.9, " + visitor)
            assert connection.send(sent).answer()[0] == 200
            assert connection.send(sent.replace(b"9.9.9.9", b"8.8.8.8")).answer()[0] == 429


def test_without_a_trusted_proxy_nobody_chooses_an_address(tiny_examples: dict[str, Example]) -> None:
    with listening(tiny_examples, Settings(rate_limit="1/hour")) as address, Connection(address) as connection:
        sent = [connection.send(post(TRACE, BODY, b"X-Forwarded-For: 203.0.113.%d" % n)).answer()[0] for n in range(3)]
    assert sent == [200, 429, 429]
