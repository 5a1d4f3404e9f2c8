import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from app.problems import PROBLEM_TYPES, Problem
from app.schemas import TraceRequest
from app.settings import Settings
from models.example import Example
from tests.tiny_gallery import LETTERS, client_of, trace_route
from unrolled import Trace

DOCUMENTATION = Path(__file__).parent.parent / "docs" / "api.md"


@pytest.fixture
async def unlimited(tiny_examples: dict[str, Example]) -> AsyncIterator[AsyncClient]:
    """Call a service that counts no requests."""
    async with client_of(tiny_examples, Settings(rate_limit="")) as client:
        yield client


async def test_the_health_check_names_what_is_loaded(client: AsyncClient) -> None:
    answer = await client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok", "examples": ["verdict", "writer"]})


async def test_every_listed_example_leads_to_its_description_its_page_and_its_trace(client: AsyncClient) -> None:
    listed = (await client.get("/api/v1/examples")).json()
    assert [example["slug"] for example in listed] == ["verdict", "writer"]
    for example in listed:
        assert (await client.get(f"/api/v1/examples/{example['slug']}")).json()["title"] == example["title"]
        assert (await client.get(example["page"])).status_code == 200
        assert (await client.post(example["trace"], json={"input": "abc"})).status_code == 200


async def test_a_description_holds_card_samples_variants_and_limits(client: AsyncClient) -> None:
    description = (await client.get("/api/v1/examples/verdict")).json()
    assert description["input"]["max_length"] == 40
    assert description["variants"] == ["gru", "lstm"]
    assert description["samples"][0]["input"] == "not bad"
    assert description["card"]["licence"] == "CC0"


async def test_a_trace_is_what_the_library_records(client: AsyncClient, tiny_examples: dict[str, Example]) -> None:
    body = {"input": "abc", "variant": "lstm", "gradient": 0, "top_k": 2, "digits": 9}
    answer = await client.post(trace_route(), json=body)
    own = tiny_examples["verdict"].trace("abc", "lstm", gradient=0, top_k=2)
    assert answer.headers["content-type"] == "application/json"
    assert answer.content == own.to_json(digits=9)
    assert Trace.from_json(answer.content).outputs[0].label == own.outputs[0].label


@pytest.mark.parametrize(
    "body", [{"input": "abc"}, {"input": "ß"}, {"input": ""}, {"input": "a" * 41}, {"input": "a", "variant": "x"}]
)
async def test_what_would_be_read_is_what_a_trace_reads(body: dict[str, str], client: AsyncClient) -> None:
    reading = await client.post("/api/v1/examples/verdict/read", json=body)
    trace = await client.post(trace_route(), json=body)
    assert reading.status_code == trace.status_code
    if reading.is_success:
        told = trace.json()
        assert reading.json() == {"T_x": told["T_x"], "labels": told["x_labels"], "remarks": told["remarks"] or []}
    else:
        assert reading.json()["errors"] == trace.json()["errors"]


async def test_numbers_have_four_digits_unless_more_are_asked_for(client: AsyncClient) -> None:
    short, long = [
        (await client.post(trace_route(), json={"input": "abc", **extra})).json()["layers"][0]["values"]["h"][0][0]
        for extra in ({}, {"digits": 9})
    ]
    assert short == float(f"{long:.4g}") != long


async def test_a_seed_redraws_the_same_sample(client: AsyncClient) -> None:
    async def drawn(seed: int) -> str:
        body = {"decoding": {"method": "sample", "temperature": 2.0, "seed": seed}}
        return (await client.post(trace_route("writer"), json=body)).json()["answer"]

    assert await drawn(5) == await drawn(5)
    assert len({await drawn(seed) for seed in range(5)}) > 1


async def test_an_intervention_is_carried_out_and_recorded(client: AsyncClient) -> None:
    clamp = {"kind": "clamp", "unit": 2, "value": 0.5, "steps": [1]}
    trace = (await client.post(trace_route(), json={"input": "abc", "interventions": [clamp]})).json()
    assert trace["layers"][0]["values"]["h"][1][2] == 0.5
    assert trace["interventions"][0]["unit"] == 2
    assert trace["check"]["path"] == "step"


async def test_topologies_are_listed_with_the_examples_that_show_them(client: AsyncClient) -> None:
    topologies = {t["slug"]: t for t in (await client.get("/api/v1/topologies")).json()}
    assert len(topologies) == 7
    assert topologies["many-to-one"]["examples"] == ["verdict"]
    assert topologies["attention"]["examples"] == []


async def test_the_published_schema_accepts_what_the_trace_route_answers(client: AsyncClient) -> None:
    schema = (await client.get("/api/v1/schema/trace.json")).json()
    Draft202012Validator.check_schema(schema)
    for slug in ("verdict", "writer"):
        trace = (await client.post(trace_route(slug), json={"input": "abc"})).json()
        Draft202012Validator(schema).validate(trace)


EVERY_EXAMPLE_MAY_USE_ONE_CLIENT = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
READABLE = st.text(alphabet=LETTERS, min_size=1, max_size=40).filter(str.strip)


@given(text=READABLE, variant=st.sampled_from(["gru", "lstm"]))
@EVERY_EXAMPLE_MAY_USE_ONE_CLIENT
async def test_any_text_of_the_alphabet_is_read_letter_by_letter(
    text: str, variant: str, unlimited: AsyncClient
) -> None:
    trace = (await unlimited.post(trace_route(), json={"input": text, "variant": variant})).json()
    assert [label["text"] for label in trace["x_labels"]] == list(text)
    assert trace["T_x"] == len(trace["columns"]) == len(text)


@given(text=st.text(max_size=60))
@EVERY_EXAMPLE_MAY_USE_ONE_CLIENT
async def test_any_text_at_all_is_read_or_refused_beside_its_field(text: str, unlimited: AsyncClient) -> None:
    answer = await unlimited.post(trace_route(), json={"input": text})
    readable = bool(text.strip()) and len(text) <= 40 and set(text) <= set(LETTERS)
    assert answer.status_code == (200 if readable else 422)
    if not readable:
        assert [error["field"] for error in answer.json()["errors"]] == ["input"]


async def test_the_worked_request_of_every_route_gets_an_answer_like_the_worked_one(client: AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            named = {p["name"]: p["example"] for p in operation.get("parameters", ())}
            bodies = operation.get("requestBody", {}).get("content", {})
            sent = {media_type: body["example"] for media_type, body in bodies.items() if "example" in body}
            media_type, body = next(iter(sent.items()), ("application/json", None))
            answer = await client.request(
                method,
                path.format(**named),
                params={name: value for name, value in named.items() if f"{{{name}}}" not in path},
                content=body if isinstance(body, str) else json.dumps(body),
                headers={"content-type": media_type},
            )
            assert answer.is_success, (method, path)
            answered = operation["responses"][str(answer.status_code)]["content"]
            assert answer.headers["content-type"].partition(";")[0] in answered
            if "application/json" not in answered:
                continue  # a file
            worked = answered["application/json"]
            schema = {**worked["schema"], "components": document["components"]}
            Draft202012Validator(schema).validate(answer.json())
            Draft202012Validator(schema).validate(worked["example"])


async def test_every_documented_error_has_a_worked_problem(client: AsyncClient) -> None:
    document = (await client.get("/openapi.json")).json()
    problem = {"$ref": "#/components/schemas/Problem", "components": document["components"]}
    operation = document["paths"]["/api/v1/examples/{slug}/trace"]["post"]
    documented = {
        int(status): r for status, r in operation["responses"].items() if status.isdigit() and status != "200"
    }
    assert set(documented) == {400, 404, 408, 410, 413, 415, 422, 429, 503}
    for status, response in documented.items():
        example = response["content"]["application/problem+json"]["example"]
        Draft202012Validator(problem).validate(example)
        assert example["status"] == status


async def test_the_documentation_names_every_route_field_and_error(client: AsyncClient) -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert [path for path in paths if f" {path}`" not in text] == []
    assert [name for name in TraceRequest.model_fields if f"| `{name}` |" not in text] == []
    assert [status for status in PROBLEM_TYPES if f"| {status} |" not in text] == []


def test_the_documented_interventions_are_accepted() -> None:
    blocks = re.findall(r"```json\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    interventions, problem = (json.loads(block) for block in blocks)
    request = TraceRequest.model_validate({"interventions": interventions})
    assert [change.kind for change in request.interventions] == ["clamp", "freeze", "force"]
    assert Problem.model_validate(problem).errors[0].field == "input"


async def test_the_reference_loads_nothing_from_elsewhere(client: AsyncClient) -> None:
    page = (await client.get("/docs", headers={"Accept": "text/html"})).text
    sources = [part.split('"')[0] for part in page.split('src="')[1:]]
    assert sources and all(source.startswith("/static/") for source in sources)
    for source in sources:
        assert (await client.get(source)).status_code == 200


async def test_other_sites_may_call_the_api_only_when_allowed(tiny_examples: dict[str, Example]) -> None:
    asked = {"Origin": "https://school.example"}
    async with client_of(tiny_examples, Settings(cors_origins=("https://school.example",))) as open_client:
        answer = await open_client.get("/api/v1/examples", headers=asked)
        assert answer.headers["access-control-allow-origin"] == "https://school.example"
    async with client_of(tiny_examples) as closed_client:
        assert "access-control-allow-origin" not in (await closed_client.get("/api/v1/examples", headers=asked)).headers


async def test_a_large_trace_is_sent_compressed(client: AsyncClient) -> None:
    answer = await client.post(trace_route(), json={"input": "abc"}, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(answer.content)
    assert json.loads(answer.content)["T_x"] == 3
