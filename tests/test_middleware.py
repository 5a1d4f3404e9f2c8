import json

import pytest
from httpx import AsyncClient

from app.problems import MEDIA_TYPE
from app.settings import Settings
from models.example import Example
from tests.tiny_gallery import client_of


@pytest.mark.parametrize(
    "path", ["/healthz", "/", "/docs", "/examples/verdict", "/api/v1/examples", "/static/theme.js"]
)
async def test_head_gets_the_headers_of_get_and_no_body(path: str, client: AsyncClient) -> None:
    headers, whole = await client.head(path), await client.get(path)
    assert (headers.status_code, headers.content) == (200, b"")
    assert headers.headers["content-type"] == whole.headers["content-type"]


async def test_head_is_no_way_around_the_method(client: AsyncClient) -> None:
    answer = await client.head("/api/v1/examples/verdict/trace")
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
    assert (await client.put("/healthz")).headers["allow"] == "GET, HEAD"


@pytest.mark.parametrize(
    ("given", "status"),
    [("bytes=5-2", 400), ("bytes=x", 400), ("lines=1-2", 400), ("bytes=-", 400), ("bytes=99999999-", 416)],
)
@pytest.mark.parametrize("path", ["/static/theme.js", "/static/reference/swagger-ui.css"])
async def test_a_range_that_is_none_is_a_problem(given: str, status: int, path: str, client: AsyncClient) -> None:
    answer = await client.get(path, headers={"Range": given})
    assert (answer.status_code, answer.headers["content-type"]) == (status, MEDIA_TYPE)
    assert answer.json()["status"] == status and len(answer.json()["detail"]) > 10
    assert ("content-range" in answer.headers) == (status == 416)


async def test_a_range_is_answered_with_those_very_bytes(client: AsyncClient) -> None:
    path = "/static/reference/swagger-ui.css"
    whole = await client.get(path)
    for encoding in ("identity", "gzip"):
        part = await client.get(path, headers={"Range": "bytes=10-4999", "Accept-Encoding": encoding})
        assert (part.status_code, part.content) == (206, whole.content[10:5000])


async def test_a_refused_origin_is_a_problem(tiny_examples: dict[str, Example]) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    async with client_of(tiny_examples, Settings(cors_origins=("https://school.example",))) as client:
        answer = await client.options("/api/v1/examples", headers=asked)
        allowed = await client.options("/api/v1/examples", headers={**asked, "Origin": "https://school.example"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, MEDIA_TYPE)
    assert "origin" in json.loads(answer.text)["detail"].lower()
    assert allowed.status_code == 200
