"""How built files are served: kept for ever, compressed where the build has done so, and never twice."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount

from app.assets import BuiltFiles, reads
from app.errors import NotFound

SCRIPT = b"let a = 1;" * 500
PACKED = b"as if by Brotli"


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[AsyncClient]:
    """Serve a script that has been compressed, and one that has not, behind the service's own compression."""
    (tmp_path / "a-1.js").write_bytes(SCRIPT)
    (tmp_path / "a-1.js.br").write_bytes(PACKED)
    (tmp_path / "b-1.js").write_bytes(SCRIPT)
    (tmp_path / "emoji").mkdir()
    (tmp_path / "emoji" / "cat.svg").write_bytes(b"<svg/>")
    app = Starlette(
        routes=[Mount("/", BuiltFiles(directory=tmp_path))], middleware=[Middleware(GZipMiddleware, minimum_size=1024)]
    )
    async with AsyncClient(transport=ASGITransport(app), base_url="http://test") as client:
        yield client


async def raw(site: AsyncClient, path: str, **headers: str) -> tuple[int, Headers, bytes]:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    async with site.stream("GET", path, headers=names) as answer:
        body = b"".join([piece async for piece in answer.aiter_raw()])
        return answer.status_code, Headers(dict(answer.headers)), body


async def test_who_reads_brotli_gets_what_the_build_compressed_and_nobody_compresses_it_again(
    site: AsyncClient,
) -> None:
    status, headers, body = await raw(site, "/a-1.js", accept_encoding="gzip, deflate, br, zstd")
    assert (status, body, headers["content-encoding"]) == (200, PACKED, "br")
    assert headers["content-type"].startswith("text/javascript")
    assert (headers["vary"], headers["content-length"]) == ("Accept-Encoding", str(len(PACKED)))
    assert "immutable" in headers["cache-control"]


@pytest.mark.parametrize("accepted", ["gzip", "gzip, br;q=0", "identity", "brr"])
async def test_others_get_the_file_itself(accepted: str, site: AsyncClient) -> None:
    _, headers, body = await raw(site, "/a-1.js", accept_encoding=accepted)
    zipped = headers.get("content-encoding") == "gzip"
    assert zipped == accepted.startswith("gzip")
    assert (gzip.decompress(body) if zipped else body) == SCRIPT
    assert headers["vary"] == "Accept-Encoding"


async def test_what_the_build_left_alone_is_served_as_before(site: AsyncClient) -> None:
    _, headers, body = await raw(site, "/b-1.js", accept_encoding="gzip, br")
    assert headers["content-encoding"] == "gzip" and gzip.decompress(body) == SCRIPT


async def test_a_drawing_keeps_its_name_and_is_asked_for_again(site: AsyncClient) -> None:
    status, headers, _ = await raw(site, "/emoji/cat.svg")
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "image/svg+xml", "no-cache")


async def test_each_form_has_a_tag_of_its_own_and_is_not_sent_twice(site: AsyncClient) -> None:
    _, packed, _ = await raw(site, "/a-1.js", accept_encoding="br")
    _, plain, _ = await raw(site, "/a-1.js", accept_encoding="identity")
    assert packed["etag"] != plain["etag"]
    status, headers, body = await raw(site, "/a-1.js", accept_encoding="br", if_none_match=packed["etag"])
    assert (status, body) == (304, b"") and "content-encoding" not in headers
    assert (await raw(site, "/a-1.js", accept_encoding="br", if_none_match=plain["etag"]))[0] == 200


async def test_a_range_is_of_the_file_itself(site: AsyncClient) -> None:
    status, headers, body = await raw(site, "/a-1.js", accept_encoding="gzip, br", range="bytes=4-8")
    assert (status, body) == (206, SCRIPT[4:9]) and "content-encoding" not in headers


@pytest.mark.parametrize("path", ["/a-1.js.br", "/.vite/manifest.json"])
async def test_what_stands_beside_the_files_is_not_served(path: str, site: AsyncClient) -> None:
    with pytest.raises(NotFound):
        await raw(site, path, accept_encoding="br")


@pytest.mark.parametrize(
    ("accepted", "read"),
    [("br", True), ("BR;q=0.1", True), ("gzip,br;q=0.000", False), ("", False), ("*", False)],
)
def test_a_coding_is_read_where_it_is_named(accepted: str, read: bool) -> None:
    assert reads("br", Headers({"accept-encoding": accepted})) is read
