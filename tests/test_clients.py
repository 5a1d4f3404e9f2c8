import pytest
from pydantic import ValidationError
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.clients import TrustedProxies, client_key, client_of
from app.settings import Settings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("2001:0DB8:1:2:0:0:0:9", "2001:db8:1:2::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::2%eth1"),
    ],
)
def test_addresses_of_one_client_have_one_key(one: str, other: str) -> None:
    assert client_key(one) == client_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("2001:db8:1:2::1", "2001:db8:1:3::1"), ("192.0.2.7", "192.0.2.8"), ("::ffff:192.0.2.7", "::ffff:192.0.2.8")],
)
def test_addresses_of_two_clients_have_two_keys(one: str, other: str) -> None:
    assert client_key(one) != client_key(other)


@pytest.mark.parametrize("host", ["", "testclient", "unix:/run/x.sock", "x" * 500, "1.2.3.4.5", "::g"])
def test_what_is_no_address_is_a_key_too(host: str) -> None:
    assert client_key(host) == host[:100]


async def seen_as(peer: str, forwarded: list[str], trusted: tuple[str, ...]) -> str:
    """Send a request through uvicorn's own reading of X-Forwarded-For, as the server does."""
    seen: list[str] = []

    async def app(scope: dict, receive: object, send: object) -> None:
        seen.append(client_of(scope))

    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    scope = {"type": "http", "client": (peer, 1), "headers": headers}
    listed = list(Settings(trusted_proxies=trusted).trusted_proxies)
    await ProxyHeadersMiddleware(app, listed)(scope, None, None)  # type: ignore[arg-type]
    return seen[0]


async def test_nobody_chooses_an_address_unless_a_proxy_is_named() -> None:
    assert Settings().trusted_proxies == ()
    assert await seen_as("127.0.0.1", ["203.0.113.9"], ()) == "127.0.0.1"


async def test_behind_a_proxy_the_address_counts_that_the_proxy_has_added() -> None:
    trusted = ("10.0.0.0/8",)
    assert await seen_as("10.0.0.2", ["203.0.113.9"], trusted) == "203.0.113.9"
    assert await seen_as("10.0.0.2", ["1.1.1.1, 203.0.113.9"], trusted) == "203.0.113.9"
    assert await seen_as("10.0.0.2", ["1.1.1.1", "2.2.2.2, 203.0.113.9, 10.0.0.7"], trusted) == "203.0.113.9"
    assert await seen_as("192.0.2.1", ["203.0.113.9"], trusted) == "192.0.2.1"


@pytest.mark.parametrize("entry", ["*", "0.0.0.0/0", "::/0", "proxy", "10.0.0.1/8", "10.0.0.1:80"])
def test_trusting_everybody_or_nobody_in_particular_is_refused(entry: str) -> None:
    with pytest.raises(ValidationError, match=r"proxies|address or network"):
        Settings(trusted_proxies=("10.0.0.1", entry))


def test_a_mapped_address_of_a_proxy_is_that_of_the_proxy() -> None:
    proxies = TrustedProxies(["10.0.0.0/8"])
    assert "::ffff:10.1.2.3" in proxies and "10.1.2.3" in proxies
    assert "192.0.2.1" not in proxies and "2001:db8::1" not in proxies and "" not in proxies
