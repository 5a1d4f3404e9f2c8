import threading
from pathlib import Path

import anyio
import anyio.to_thread
import pytest

from app.errors import Busy, StartupError, UnknownExample
from app.gallery import Gallery, RecordedRun, load_gallery
from app.schemas import TraceRequest
from app.settings import Settings
from models.example import Example
from models.variants import Variant
from tests.tiny_gallery import Verdict
from unrolled import Clamp, InvalidRequest, Trace


class Slow(Verdict):
    """Count its runs, and finish them only when told to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.runs: list[str] = []
        self.started = threading.Event()
        self.go_on = threading.Event()

    def decode(self, trace: Trace, variant: Variant) -> str:
        self.runs.append("".join(label.text for label in trace.x_labels))
        self.started.set()
        self.go_on.wait()
        return super().decode(trace, variant)

    async def has_started(self) -> None:
        await anyio.to_thread.run_sync(self.started.wait)


@pytest.fixture
def slow(tiny_examples: dict[str, Example]) -> Slow:
    return Slow(tiny_examples["verdict"].folder)


def test_an_unknown_example_is_refused_with_the_ones_that_exist(tiny_examples: dict[str, Example]) -> None:
    with pytest.raises(UnknownExample, match="no example 'x'; there are verdict, writer"):
        Gallery(tiny_examples, Settings())["x"]


async def test_an_unknown_variant_is_refused_with_the_ones_that_exist(tiny_examples: dict[str, Example]) -> None:
    with pytest.raises(InvalidRequest, match="'x' is no variant of verdict; there are gru, lstm") as refused:
        await Gallery(tiny_examples, Settings()).run("verdict", TraceRequest(input="abc", variant="x"))
    assert refused.value.field == "variant"


async def test_a_run_is_remembered_by_everything_that_it_depends_on(tiny_examples: dict[str, Example]) -> None:
    gallery = Gallery(tiny_examples, Settings())
    asked = TraceRequest(input="abc")
    first = await gallery.run("verdict", asked)
    assert await gallery.run("verdict", asked) is first
    assert await gallery.run("verdict", TraceRequest(input="abc", variant="gru")) is first  # the default, named
    for other in ({"input": "abd"}, {"variant": "lstm"}, {"gradient": 0}, {"top_k": 1}, {"digits": 5}):
        assert await gallery.run("verdict", asked.model_copy(update=other)) is not first


async def test_no_more_is_remembered_than_the_memory_holds(tiny_examples: dict[str, Example]) -> None:
    asked = [TraceRequest(input=text) for text in ("a", "b", "c")]
    size = len((await Gallery(tiny_examples, Settings()).run("verdict", asked[0])).json)
    gallery = Gallery(tiny_examples, Settings(cache_bytes=2 * size + size // 2))
    first, *_ = [await gallery.run("verdict", request) for request in asked]
    assert await gallery.run("verdict", asked[0]) is not first
    forgetful = Gallery(tiny_examples, Settings(cache_bytes=0))
    assert await forgetful.run("verdict", asked[0]) is not await forgetful.run("verdict", asked[0])


async def test_equal_requests_that_arrive_together_are_recorded_once(slow: Slow) -> None:
    gallery = Gallery({"slow": slow}, Settings(concurrent_traces=4))
    found: list[RecordedRun] = []

    async def ask() -> None:
        found.append(await gallery.run("slow", TraceRequest(input="abc")))

    async with anyio.create_task_group() as together:
        for _ in range(5):
            together.start_soon(ask)
        await slow.has_started()
        slow.go_on.set()
    assert len(found) == 5 and len(set(map(id, found))) == 1
    assert slow.runs == ["abc"]


async def test_an_input_is_encoded_once_for_a_run(slow: Slow, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded: list[str] = []
    monkeypatch.setattr(slow, "encode", lambda raw, variant: encoded.append(raw) or Verdict.encode(slow, raw, variant))
    slow.go_on.set()
    await Gallery({"slow": slow}, Settings()).run("slow", TraceRequest(input="abc"))
    assert encoded == ["abc"]


async def test_a_request_that_waits_too_long_is_told_that_the_service_is_busy(slow: Slow) -> None:
    gallery = Gallery({"slow": slow}, Settings(concurrent_traces=1, wait_seconds=0.05))
    async with anyio.create_task_group() as together:
        together.start_soon(gallery.run, "slow", TraceRequest(input="abc"))
        await slow.has_started()
        with pytest.raises(Busy, match=r"within 0\.05 s"):
            await gallery.run("slow", TraceRequest(input="another"))
        slow.go_on.set()
    assert slow.runs == ["abc"]
    assert (await gallery.run("slow", TraceRequest(input="another"))).T_x == len("another")  # the turn was given back


async def test_what_is_wrong_with_a_request_is_told_while_all_workers_are_taken(slow: Slow) -> None:
    gallery = Gallery({"slow": slow}, Settings(concurrent_traces=1))
    clamp = Clamp(unit=99, value=0.0)
    async with anyio.create_task_group() as together:
        together.start_soon(gallery.run, "slow", TraceRequest(input="abc"))
        await slow.has_started()
        for wrong in ({"input": "ß"}, {"input": ""}, {"gradient": 1}, {"interventions": (clamp,)}):
            with pytest.raises(InvalidRequest):
                await gallery.run("slow", TraceRequest(**{"input": "abd", **wrong}))
        slow.go_on.set()
    assert slow.runs == ["abc"]


async def test_a_first_run_is_recorded_once_and_needs_no_turn(slow: Slow) -> None:
    gallery = Gallery({"slow": slow}, Settings(rate_limit="1/hour", cache_bytes=0))
    slow.go_on.set()
    gallery.warm_up()
    assert await gallery.first_run("slow") is await gallery.first_run("slow")
    assert slow.runs == ["not bad"]


def test_an_example_whose_first_sample_fails_stops_the_start(tiny_examples: dict[str, Example]) -> None:
    class Speechless(Verdict):
        def decode(self, trace: Trace, variant: Variant) -> str:
            raise KeyError("no words")

    gallery = Gallery({"mute": Speechless(tiny_examples["verdict"].folder)}, Settings())
    with pytest.raises(StartupError, match="models/mute: its first sample fails: KeyError: 'no words'"):
        gallery.warm_up()


async def test_a_run_that_fails_gives_its_turn_back(tiny_examples: dict[str, Example]) -> None:
    gallery = Gallery(tiny_examples, Settings(concurrent_traces=1, wait_seconds=0.5))
    for _ in range(3):
        with pytest.raises(InvalidRequest, match="alphabet"):
            await gallery.run("verdict", TraceRequest(input="ß"))
    assert (await gallery.run("verdict", TraceRequest(input="abc"))).T_x == 3


async def test_the_steps_of_a_run_say_what_was_read_and_what_came_out(tiny_examples: dict[str, Example]) -> None:
    gallery = Gallery(tiny_examples, Settings())
    read = await gallery.run("verdict", TraceRequest(input="ab"))
    assert [(step.t, step.part, step.read) for step in read.steps] == [(1, "encoder", "a"), (2, "encoder", "b")]
    written = await gallery.run("writer", TraceRequest())
    assert Trace.from_json(written.json).answer == written.answer
    assert [step.read for step in written.steps[1:]] == [step.emitted for step in written.steps[:-1]]
    assert {step.note for step in written.steps[1:]} == {"fed back"}


@pytest.fixture
def folder(tiny_examples: dict[str, Example], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay a gallery with one good folder where Python finds it."""
    gallery = tmp_path / f"gallery_{tmp_path.name}"
    source = tiny_examples["verdict"].folder
    folder = gallery / "here"
    folder.mkdir(parents=True)
    for file in source.iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "example.py").write_text("from tests.tiny_gallery import Verdict as EXAMPLE\n")
    monkeypatch.syspath_prepend(tmp_path)
    return folder


def test_a_gallery_is_loaded_from_its_folders(folder: Path) -> None:
    loaded = load_gallery(folder.parent)
    assert list(loaded) == ["here"]
    assert set(loaded["here"].networks) == {"gru", "lstm"}


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("gru.safetensors", b"no weights"),
        ("card.json", b"{"),
        ("samples.json", b'[{"input": 1}]'),
        ("example.py", b"class Unfinished("),
        ("example.py", b"from nowhere import nothing"),
        ("example.py", b"undefined"),
        ("example.json", b"{}"),
    ],
)
def test_a_broken_folder_stops_the_start_in_one_line_that_names_it(file: str, content: bytes, folder: Path) -> None:
    (folder / file).write_bytes(content)
    with pytest.raises(StartupError, match=r"^models/here: ") as refused:
        load_gallery(folder.parent)
    assert "\n" not in str(refused.value)


def test_a_missing_weights_file_stops_the_start(folder: Path) -> None:
    (folder / "lstm.safetensors").unlink()
    with pytest.raises(StartupError, match=r"models/here: .*lstm\.safetensors"):
        load_gallery(folder.parent)
