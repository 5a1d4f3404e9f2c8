import pytest
from httpx import AsyncClient

from app.gallery import read_input
from app.schemas import InputReading
from models.example import Example
from models.listing import GALLERY, load_example
from tests.tiny_gallery import trace_route


def read_route(slug: str = "verdict") -> str:
    return f"/api/v1/examples/{slug}/read"


@pytest.mark.parametrize("variant", ["gru", "lstm"])
async def test_reading_lists_the_very_steps_that_a_run_then_takes(client: AsyncClient, variant: str) -> None:
    body = {"input": "not bad", "variant": variant}
    reading = (await client.post(read_route(), json=body)).json()
    trace = (await client.post(trace_route(), json=body)).json()
    assert reading == {"T_x": trace["T_x"], "labels": trace["x_labels"], "remarks": trace["remarks"]}
    assert [label["text"] for label in reading["labels"]] == list("not bad")


async def test_a_network_that_starts_from_nothing_reads_no_steps(client: AsyncClient) -> None:
    assert (await client.post(read_route("writer"), json={"input": ""})).json() == {
        "T_x": 0,
        "labels": [],
        "remarks": [],
    }


@pytest.mark.parametrize(
    "body",
    [
        {"input": ""},
        {"input": "  \n"},
        {"input": "straße"},
        {"input": "a" * 41},
        {"input": 7},
        {"input": "abc", "variant": "rnn"},
        {"input": "abc", "colour": "red"},
    ],
    ids=["empty", "blank", "strange letter", "too long", "no text", "unknown variant", "unknown field"],
)
async def test_what_cannot_be_read_is_refused_in_the_words_of_the_trace_route(
    client: AsyncClient, body: dict[str, object]
) -> None:
    read, traced = [await client.post(route, json=body) for route in (read_route(), trace_route())]
    assert read.status_code == traced.status_code == 422
    assert read.headers["content-type"] == "application/problem+json"
    assert read.json()["errors"] == traced.json()["errors"]


async def test_what_was_changed_is_said_while_one_types_and_in_the_run(client: AsyncClient) -> None:
    body = {"input": "n\u00adot b\u200bad"}
    reading = (await client.post(read_route(), json=body)).json()
    trace = (await client.post(trace_route(), json=body)).json()
    assert reading["remarks"] == trace["remarks"] == ["a soft hyphen was dropped", "an invisible mark was dropped"]
    assert [label["text"] for label in reading["labels"]] == list("not bad")


async def test_an_unknown_example_cannot_be_asked_to_read(client: AsyncClient) -> None:
    answer = await client.post(read_route("verdicts"), json={"input": "abc"})
    assert answer.status_code == 404
    assert "verdict, writer" in answer.json()["detail"]


async def test_reading_does_not_count_against_the_limit_on_runs(client: AsyncClient) -> None:
    statuses = {(await client.post(read_route(), json={"input": "abc"})).status_code for _ in range(150)}
    assert statuses == {200}


def test_a_word_without_a_vector_is_marked_before_anything_runs() -> None:
    sentiment: Example = load_example(GALLERY / "sentiment")
    reading = read_input(sentiment, "a zorblaxian film", sentiment.about.default_variant)
    assert [label.note for label in reading.labels] == [None, "unknown", None]
    assert InputReading.model_validate_json(reading.model_dump_json()) == reading
