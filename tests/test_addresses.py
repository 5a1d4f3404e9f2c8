import re
from typing import Any

import pytest
from httpx import AsyncClient
from hypothesis import given
from hypothesis import strategies as st

from app.addresses import in_origin_form, is_host, origin_of
from app.settings import Settings
from models.example import Example
from tests.tiny_gallery import client_of

SERVER = ("192.0.2.1", 8000)


def scope(*hosts: str, scheme: str = "http", server: tuple[str, int] | None = SERVER) -> dict[str, Any]:
    return {"scheme": scheme, "server": server, "headers": [(b"host", host.encode("latin-1")) for host in hosts]}


HOSTS = ["rnn.example", "rnn.example:8443", "127.0.0.1:80", "[::1]:8000", "[2001:db8::7]", "a"]
ODD_HOSTS = [
    "a b",
    "a/b",
    "a@b",
    "a?b",
    "a#b",
    "a\\b",
    "a%2fb",
    "a\r\nb",
    "exa\xffmple",
    "-a",
    "a" * 300,
    "",
    "a:",
    ":80",
]
ODD_HOSTS += ['evil.example"><script>', "evil.example:abc", "evil.example:99999", "[::g]", "[", "[v1.x]", "::1"]


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_taken_with_its_port(host: str) -> None:
    assert origin_of(scope(host)) == f"http://{host}"
    assert origin_of(scope(host, scheme="https")) == f"https://{host}"


@pytest.mark.parametrize("host", ODD_HOSTS)
def test_what_is_no_host_is_not_shown(host: str) -> None:
    assert not is_host(host)
    assert origin_of(scope(host)) == "http://192.0.2.1:8000"


def test_without_one_host_the_address_is_where_the_service_listens() -> None:
    assert origin_of(scope()) == origin_of(scope("a.example", "b.example")) == "http://192.0.2.1:8000"
    assert origin_of(scope(server=("::1", 80))) == "http://[::1]"
    assert origin_of(scope(server=None)) == "http://localhost"
    assert origin_of(scope("evil.example"), "https://rnn.example/") == "https://rnn.example"


@given(host=st.text(max_size=30))
def test_an_origin_is_always_a_scheme_and_a_host_and_no_more(host: str) -> None:
    given_host = scope(*([host] if host.isascii() else []))
    assert re.fullmatch(r"http://[A-Za-z0-9._:\[\]-]+", origin_of(given_host))


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/topologies/", "/topologies"),
        ("/topologies///", "/topologies"),
        ("/examples/verdict/?input=a%20b&x=//y", "/examples/verdict?input=a%20b&x=//y"),
        ("/api/v1/examples/", "/api/v1/examples"),
        ("/examples/%0d%0aX:%20y/", "/examples/%0D%0AX%3A%20y"),
    ],
)
async def test_a_slash_too_much_leads_to_a_path_on_this_very_site(asked: str, led_to: str, client: AsyncClient) -> None:
    answer = await client.get(asked, headers={"Host": "evil.example:81"})
    assert (answer.status_code, answer.headers["location"]) == (307, led_to)


@pytest.mark.parametrize("asked", ["//evil.example/", "/\\evil.example/", "/nowhere/", "/%2f/evil.example/", "//"])
async def test_no_address_leads_to_another_site(asked: str, client: AsyncClient) -> None:
    answer = await client.get(f"http://unrolled.test{asked}")
    assert answer.status_code in {200, 404}
    assert "location" not in answer.headers


async def test_pages_name_their_own_address_with_its_port(tiny_examples: dict[str, Example]) -> None:
    async with client_of(tiny_examples, Settings()) as client:
        page = (await client.get("/topologies", headers={"Host": "rnn.example:8443"})).text
        forged = (await client.get("/topologies", headers={"Host": 'x"><script>'})).text
    assert '<link rel="canonical" href="http://rnn.example:8443/topologies">' in page
    assert '<link rel="canonical" href="http://unrolled.test/topologies">' in forged


def test_an_absolute_target_is_read_as_its_path() -> None:
    target = {"path": "http://a.example:81/x y", "raw_path": b"http://a.example:81/x%20y", "headers": [(b"host", b"b")]}
    read = in_origin_form(target)
    assert (read["path"], read["raw_path"], read["headers"]) == ("/x y", b"/x%20y", [(b"host", b"a.example:81")])
    ordinary = {"path": "/http://a/", "raw_path": b"/http://a/", "headers": []}
    assert in_origin_form(ordinary) is ordinary
    assert in_origin_form({**target, "path": "http://a", "raw_path": b"http://a"})["path"] == "/"
