import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient, Response
from starlette.routing import Route

from app.main import create_app
from app.problems import MEDIA_TYPE, PROBLEM_TYPES
from app.settings import Settings
from models.example import Encoded, Example
from models.variants import Variant
from tests.tiny_gallery import Verdict, client_of, trace_route

BROWSER = {"Accept": "text/html,application/xhtml+xml"}
JSON = {"Content-Type": "application/json"}


class Breaking(Verdict):
    """Break in a way that nobody foresaw."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        raise ZeroDivisionError("a secret of the house")


@pytest.fixture
async def breaking(tiny_examples: dict[str, Example]) -> AsyncIterator[AsyncClient]:
    folder: Path = tiny_examples["verdict"].folder
    async with client_of({"verdict": Breaking(folder)}) as client:
        yield client


def assert_problem(answer: Response, status: int, *fields: str) -> None:
    """Check everything that a problem document promises."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == MEDIA_TYPE
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "instance", "errors"}
    assert problem["status"] == status
    assert problem["type"] == PROBLEM_TYPES[status].uri
    assert problem["instance"].partition("#")[0] == answer.request.url.path
    assert [error["field"] for error in problem["errors"]] == list(fields)
    assert problem["detail"] and "Traceback" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_every_route_answers_a_wrong_method_with_a_problem(
    tiny_examples: dict[str, Example], client: AsyncClient
) -> None:
    paths = {route.path for route in create_app(Settings(), tiny_examples).routes if isinstance(route, Route)}
    paths |= set((await client.get("/openapi.json")).json()["paths"])
    assert len(paths) >= 13
    for path in paths:
        asked = path.format(slug="verdict", kind="attention", name="theme.js", form="svg")
        answer = await client.request("PATCH", asked)
        assert_problem(answer, 405)
        assert "PATCH" not in answer.headers["allow"]


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere",
        "/api",
        "/api/v1/nowhere",
        "/api/v1/examples/nobody",
        "/examples/nobody",
        "/examples/verdict/more",
        "/topologies/none-to-none",
        "/static/nothing.css",
        "/static/package.json",
        "/static/reference/nothing.js",
        "/static/dist/nothing.js",
        "/static/dist/.vite/manifest.json",
        "/static/..%2fapp%2fmain.py",
        "/static/reference/..%2f__init__.py",
        "/examples/%00",
        "/examples/%ff%fe",
    ],
)
async def test_an_unknown_address_is_a_problem_for_programs_and_a_page_for_people(
    path: str, client: AsyncClient
) -> None:
    assert (await client.get(path)).status_code == 404
    assert (await client.get(path)).headers["content-type"] == MEDIA_TYPE
    page = await client.get(path, headers=BROWSER)
    assert page.status_code == 404
    if not path.startswith("/api/"):
        assert page.headers["content-type"].startswith("text/html")
        assert 'href="/"' in page.text and "Traceback" not in page.text


async def test_the_api_speaks_json_to_browsers_too(client: AsyncClient) -> None:
    assert_problem(await client.get("/api/v1/examples/nobody", headers=BROWSER), 404)


async def test_an_unknown_example_is_answered_with_the_known_ones(client: AsyncClient) -> None:
    answer = await client.post(trace_route("nobody"), json={"input": "abc"})
    assert_problem(answer, 404)
    assert answer.json()["detail"] == "there is no example 'nobody'; there are verdict, writer"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ({"input": ""}, ["input"]),
        ({"input": " \t "}, ["input"]),
        ({"input": "a" * 41}, ["input"]),
        ({"input": "straße"}, ["input"]),
        ({"input": "a" * 100_001}, ["input"]),
        ({"input": 7}, ["input"]),
        ({"input": None}, ["input"]),
        ({"input": ["abc"]}, ["input"]),
        ({"input": "abc", "variant": "transformer"}, ["variant"]),
        ({"input": "abc", "variant": "v" * 101}, ["variant"]),
        ({"input": "abc", "top_k": 0}, ["top_k"]),
        ({"input": "abc", "top_k": 21}, ["top_k"]),
        ({"input": "abc", "top_k": "5"}, ["top_k"]),
        ({"input": "abc", "top_k": True}, ["top_k"]),
        ({"input": "abc", "digits": 2}, ["digits"]),
        ({"input": "abc", "digits": 10}, ["digits"]),
        ({"input": "abc", "gradient": -2}, ["gradient"]),
        ({"input": "abc", "gradient": 1}, ["gradient"]),
        ({"input": "abc", "decoding": {"temperature": 0}}, ["decoding.temperature"]),
        ({"input": "abc", "decoding": {"seed": 2**31}}, ["decoding.seed"]),
        ({"input": "abc", "decoding": {"method": "guess"}}, ["decoding.method"]),
        ({"input": "abc", "interventions": [{"kind": "pinch"}]}, ["interventions.0"]),
        ({"input": "abc", "interventions": [{"kind": "clamp", "unit": 0, "value": 1}] * 65}, ["interventions"]),
        ({"input": "abc", "interventions": [{"kind": "clamp", "unit": 99, "value": 1}]}, ["interventions.0"]),
        ({"input": "abc", "interventions": [{"kind": "freeze", "gate": "q", "value": 1}]}, ["interventions.0"]),
        ({"input": "abc", "colour": "red"}, ["colour"]),
        ({"input": 7, "top_k": 0}, ["input", "top_k"]),
        ([], [""]),
        ("abc", [""]),
        (None, [""]),
    ],
)
async def test_a_bad_field_is_named_with_what_is_allowed(body: object, fields: list[str], client: AsyncClient) -> None:
    answer = await client.post(trace_route(), content=json.dumps(body), headers=JSON)
    assert_problem(answer, 422, *fields)
    for error in answer.json()["errors"]:
        assert error["message"] and "Input " not in error["message"]
    assert answer.json()["detail"].startswith(answer.json()["errors"][0]["message"])


@pytest.mark.parametrize(
    "body", [b"", b"{", b'{"input": "abc"', b"\xff\xfe", b'{"input": "\xff"}', b'{"input": "\\ud800"}', b"[" * 5000]
)
async def test_a_body_that_is_no_json_is_a_problem(body: bytes, client: AsyncClient) -> None:
    assert_problem(await client.post(trace_route(), content=body, headers=JSON), 400)


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999"])
async def test_what_is_no_number_is_refused(number: bytes, client: AsyncClient) -> None:
    body = b'{"input": "abc", "decoding": {"temperature": %s}}' % number
    answer = await client.post(trace_route(), content=body, headers=JSON)
    assert answer.status_code in {400, 422}
    assert answer.headers["content-type"] == MEDIA_TYPE


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_body_of_another_media_type_is_a_problem(media_type: str, client: AsyncClient) -> None:
    headers = {"Content-Type": media_type} if media_type else {}
    assert_problem(await client.post(trace_route(), content=b'{"input": "abc"}', headers=headers), 415)


async def test_a_body_that_says_that_it_is_too_large_is_not_read(client: AsyncClient) -> None:
    answer = await client.post(trace_route(), content=b" " * (256 * 2**10 + 1), headers=JSON)
    assert_problem(answer, 413)
    assert "262144 bytes" in answer.json()["detail"]
    assert answer.headers["connection"] == "close"


async def test_a_body_without_a_length_is_cut_off_while_it_streams(client: AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 64 * 2**20:
            sent += 2**16
            yield b" " * 2**16

    assert_problem(await client.post(trace_route(), content=endless(), headers=JSON), 413)
    assert sent < 2**20


async def test_a_client_that_asks_too_often_is_told_when_to_come_back(tiny_examples: dict[str, Example]) -> None:
    async with client_of(tiny_examples, Settings(rate_limit="2/minute")) as client:
        for _ in range(2):
            assert (await client.post(trace_route(), json={"input": "abc"})).status_code == 200
        answer = await client.post(trace_route(), json={"input": "abc"})
        assert_problem(answer, 429)
        assert 1 <= int(answer.headers["retry-after"]) <= 60
        page = await client.get("/examples/verdict?input=abc", headers=BROWSER)
        assert page.status_code == 429 and "Too many requests" in page.text
        assert (await client.get("/examples/verdict", headers=BROWSER)).status_code == 200


async def test_without_a_limit_nobody_is_turned_away(tiny_examples: dict[str, Example]) -> None:
    async with client_of(tiny_examples, Settings(rate_limit="")) as client:
        statuses = {(await client.post(trace_route(), json={"input": "abc"})).status_code for _ in range(150)}
    assert statuses == {200}


async def test_what_breaks_inside_is_logged_under_the_id_that_the_answer_shows(
    breaking: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="uvicorn.error"):
        answer = await breaking.post(trace_route(), json={"input": "abc"})
    assert_problem(answer, 500)
    assert "secret" not in answer.text
    error_id = answer.json()["instance"].partition("#")[2]
    assert error_id and f"error {error_id}: POST {trace_route()}" in caplog.text


async def test_what_breaks_behind_a_page_is_a_designed_page_with_the_id(
    breaking: AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, logger="uvicorn.error"):
        page = await breaking.get("/examples/verdict", headers=BROWSER)
    assert page.status_code == 500
    assert "Something broke" in page.text and 'href="/"' in page.text
    assert "secret" not in page.text and "Traceback" not in page.text
    assert caplog.records[0].getMessage().split()[1].strip(":") in page.text
    assert "content-security-policy" in page.headers


async def test_every_kind_of_problem_is_explained_where_its_type_leads(client: AsyncClient) -> None:
    page = (await client.get("/problems")).text
    for kind in PROBLEM_TYPES.values():
        assert f'id="{kind.slug}"' in page
        assert kind.title in page
