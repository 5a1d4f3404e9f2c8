"""Files become inputs; what is too long for an address is kept for a while, by all processes, within bounds."""

import subprocess
import sys
from pathlib import Path

import pytest
from httpx import AsyncClient

from app.media import MediaStore
from app.settings import Settings
from models.example import Example
from models.inputs import Chosen, Sound
from tests.some_inputs import FILES, picture_file, sound_file, tone
from tests.tiny_gallery import client_of, trace_route
from tests.tiny_sound import listening_gallery
from unrolled import InvalidInput

FORM = {"accept": "text/html"}


@pytest.fixture(scope="module")
def listening(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Example]:
    return listening_gallery(tmp_path_factory.mktemp("listening"))


def media(slug: str = "listener") -> str:
    return f"/api/v1/media?example={slug}"


async def sent(client: AsyncClient, data: bytes, media_type: str = "audio/wav") -> dict[str, str]:
    """Send a file, and give what is answered."""
    answer = await client.post(media(), content=data, headers={"content-type": media_type})
    assert answer.status_code == 201, answer.text
    kept: dict[str, str] = answer.json()
    return kept


@pytest.mark.parametrize("media_type", sorted(FILES["sound"]))
async def test_a_sound_is_sent_once_and_run_by_reference(media_type: str, listening: dict[str, Example]) -> None:
    async with client_of(listening) as client:
        kept = await sent(client, FILES["sound"][media_type], media_type)
        assert kept["input"] == f"@{kept['id']}"
        by_text = await client.post(trace_route("listener"), json={"input": kept["input"]})
        by_object = await client.post(trace_route("listener"), json={"input": {"kind": "sound", "media": kept["id"]}})
        page = await client.get(f"/examples/listener?input={kept['input']}")
    assert (by_text.status_code, by_object.status_code, page.status_code) == (200, 200, 200)
    assert by_text.json() == by_object.json()
    assert by_text.json()["source"]["kind"] == "sound"
    assert by_text.json()["seconds"] == [0.1] * by_text.json()["T_x"]


async def test_equal_sounds_have_one_name(listening: dict[str, Example]) -> None:
    async with client_of(listening) as client:
        names = [(await sent(client, FILES["sound"]["audio/wav"]))["id"] for _ in range(2)]
    assert names[0] == names[1]


async def test_a_sound_that_is_gone_is_answered_410_and_the_page_shows_the_first_sample(
    listening: dict[str, Example],
) -> None:
    said = "a sound that was sent before is kept no longer: send it again, or choose a sample"
    async with client_of(listening) as client:
        answer = await client.post(trace_route("listener"), json={"input": "@0123456789abcdef"})
        page = await client.get("/examples/listener?input=@0123456789abcdef", headers=FORM)
    assert (answer.status_code, answer.json()["detail"]) == (410, said)
    assert answer.headers["content-type"] == "application/problem+json"
    assert page.status_code == 410
    assert said in page.text
    assert "Shown below is the first sample" in page.text


async def test_a_sample_that_is_a_file_has_an_address_that_lasts(listening: dict[str, Example]) -> None:
    example = listening["listener"]
    references = [sample.input for sample in example.samples]
    assert all(reference.startswith("@") for reference in references)
    async with client_of(listening) as client:
        numbered = await client.get("/examples/listener/trace.json?sample=2")
        named = await client.get(f"/examples/listener/trace.json?input={references[1]}")
    assert numbered.status_code == 200
    assert numbered.json() == named.json()
    assert numbered.json()["T_x"] == 5


async def test_a_file_is_refused_with_the_way_out(listening: dict[str, Example]) -> None:
    async with client_of(listening, Settings(max_media_bytes=200_000)) as client:
        silent = await client.post(
            media(), content=sound_file("wav", "pcm_s16le", tone(loud=0)), headers={"content-type": "audio/wav"}
        )
        strange = await client.post(media(), content=b"<svg/>", headers={"content-type": "image/svg+xml"})
        large = await client.post(media(), content=bytes(200_001), headers={"content-type": "audio/wav"})
        unknown = await client.post(media("nothing"), content=b"", headers={"content-type": "audio/wav"})
    assert silent.status_code == 422
    assert silent.json()["detail"].startswith("I heard nothing")
    assert "cannot be read as a sound; send a file that ends in one of .flac" in strange.json()["detail"]
    assert (large.status_code, unknown.status_code) == (413, 404)
    assert "longer than 200000 bytes" in large.json()["detail"]


async def test_files_are_counted_for_each_client(listening: dict[str, Example]) -> None:
    async with client_of(listening, Settings(media_limit="2/minute")) as client:
        headers = {"content-type": "audio/wav"}
        statuses = [(await client.post(media(), content=b"no", headers=headers)).status_code for _ in range(3)]
    assert statuses == [422, 422, 429]


async def test_a_form_without_script_leads_to_the_page_of_what_was_sent(listening: dict[str, Example]) -> None:
    async with client_of(listening) as client:
        file = {"file": ("Voice Memo.m4a", FILES["sound"]["audio/mp4"], "application/octet-stream")}
        answer = await client.post("/examples/listener/file", files=file, data={"variant": "lstm"}, headers=FORM)
        shown = await client.get(answer.headers["location"])
        none = await client.post("/examples/listener/file", files={"file": ("", b"")}, headers=FORM)
        broken = await client.post("/examples/listener/file", files={"file": ("a.wav", b"no")}, headers=FORM)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("&variant=lstm")
    assert "What the network did" in shown.text
    assert (none.status_code, broken.status_code) == (422, 422)
    assert "no file was chosen" in none.text
    assert "no sound in this file" in broken.text


async def test_what_one_process_keeps_another_finds(listening: dict[str, Example], tmp_path: Path) -> None:
    script = """
import sys
from app.media import MediaStore
from models.inputs import Sound
from tests.some_inputs import tone
print(MediaStore(sys.argv[1], 10**6, 60).keep(Sound.of(tone(), 16_000))[0])
"""
    name = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], check=True, capture_output=True, text=True
    ).stdout.strip()
    async with client_of(listening, Settings(media_folder=str(tmp_path))) as client:
        answer = await client.post(trace_route("listener"), json={"input": f"@{name}"})
    assert answer.status_code == 200


def test_the_oldest_give_way_and_time_runs_out(tmp_path: Path) -> None:
    now = 1000.0
    store = MediaStore(str(tmp_path), 500, 60, clock=lambda: now)
    sounds = [Sound.of(tone(0.005, loud=0.1 * n), 16_000) for n in range(1, 4)]
    names = []
    for sound in sounds:
        names.append(store.keep(sound)[0])
        now += 1
    assert [store.find(name) for name in names] == [None, None, sounds[2]]
    now += 59
    assert store.find(names[2]) is None
    store.keep(Chosen(value="jig"))
    assert len(list(tmp_path.iterdir())) == 1
    with pytest.raises(InvalidInput, match="no room for an input of this size"):
        store.keep(Sound.of(tone(), 16_000))


def test_a_folder_that_nobody_named_is_gone_with_the_service() -> None:
    store = MediaStore("", 10**6, 60)
    name, _ = store.keep(Chosen(value="jig"))
    folder = store.folder
    assert store.find(name) == Chosen(value="jig")
    del store
    assert not folder.exists()


def test_a_file_that_was_damaged_is_as_good_as_gone(tmp_path: Path) -> None:
    store = MediaStore(str(tmp_path), 10**6, 60)
    name, _ = store.keep(Chosen(value="jig"))
    (tmp_path / f"{name}.json").write_bytes(b"{")
    assert store.find(name) is None


async def test_what_fits_an_address_is_not_kept(client: AsyncClient) -> None:
    answer = await client.post(
        "/api/v1/media?example=verdict", content=b"not bad\n", headers={"content-type": "text/plain"}
    )
    assert answer.json() == {"input": "not bad", "id": None, "expires": None}
    refused = await client.post(
        "/api/v1/media?example=verdict", content=picture_file("PNG"), headers={"content-type": "image/png"}
    )
    assert "cannot be read as text; send a file that ends in one of .txt" in refused.json()["detail"]
