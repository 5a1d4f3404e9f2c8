"""A photo becomes a small picture without anything else that its file said, stays in memory, and is forgotten."""

import base64
import io
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.gallery import holds_private
from app.media import MemoryStore
from app.schemas import TraceRequest
from app.settings import Settings
from models.example import Example
from models.inputs import KINDS, Photo, PhotoSpec
from models.inputs.photo import LEAST
from models.inputs.sources import grid, pixels
from models.listing import GALLERY, load_example
from tests.some_inputs import FILES, picture_file
from tests.tiny_gallery import client_of, trace_route
from unrolled import InvalidInput

KIND = KINDS["photo"]
SPEC = PhotoSpec(label="A photo", side=384, max_steps=9)
ROTATED = 6  # a camera that was held upright (EXIF)
JPEG = {"content-type": "image/jpeg"}
FORM = {"accept": "text/html"}


def photo_file(size: tuple[int, int] = (600, 400), form: str = "JPEG", **options: object) -> bytes:
    """Take a photo of a black bar and write it as a file."""
    return picture_file(form, size, **options)  # pyright: ignore[reportArgumentType]


def read(data: bytes, media_type: str = "image/jpeg") -> Photo:
    photo: Photo = KIND.check(KIND.from_file(media_type, data, SPEC), SPEC)
    return photo


@pytest.fixture(scope="module")
def captions() -> Mapping[str, Example]:
    return {"captions": load_example(GALLERY / "captions")}


def test_a_photo_of_any_size_becomes_as_long_as_the_example_reads_and_keeps_its_shape() -> None:
    assert read(photo_file((8000, 5000))).image.size == (384, 240)
    assert read(photo_file((100, 50))).image.size == (100, 50)
    large = Photo.of(Image.new("RGB", (800, 600), "teal"))
    assert KIND.read(large, SPEC).image.size == (384, 288)


def test_what_a_camera_wrote_beside_the_pixels_is_used_and_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = ROTATED
    exif[0x010F] = "a camera that tells"
    file = photo_file((200, 100), exif=exif)
    photo = read(file)
    assert photo.image.size == (100, 200)
    sent = Photo(data=base64.b64encode(file).decode())
    for data in (photo.data, pixels(sent).href.partition(",")[2]):
        assert b"a camera that tells" in file
        assert b"a camera that tells" not in base64.b64decode(data)


def test_what_is_transparent_is_white() -> None:
    file = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(file, "PNG")
    assert np.asarray(read(file.getvalue(), "image/png").image).min() > 250


def png_of(width: int, height: int) -> bytes:
    """Promise a PNG of any size, with hardly any pixels."""
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT" + zlib.compress(b"0"))
    body = b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize(
    ("media_type", "data", "said"),
    [
        ("image/png", picture_file("PNG", (1, 1)), f"1 x 1 pixels show too little: send a photo with {LEAST} on each"),
        ("image/jpeg", picture_file("JPEG", (6000, 40)), "384 x 3 pixels show too little"),
        ("image/png", png_of(60_000, 60_000), "60000 x 60000 pixels are too many: send a picture of up to 50 megapix"),
        ("image/webp", picture_file("WEBP", more=2, lossless=True), "this picture moves: send one that stands still"),
        (
            "image/gif",
            picture_file("GIF", more=2),
            "type 'image/gif' cannot be read as a photo; send a file that ends in one of .jpeg, .jpg, .png",
        ),
        (
            "image/svg+xml",
            b"<svg/>",
            "type 'image/svg.xml' cannot be read as a photo; send a file that ends in one of .jpeg",
        ),
        ("image/jpeg", b"no photo at all", "not a picture that can be read as image/jpeg"),
        ("image/jpeg", FILES["photo"]["image/png"], "not a picture that can be read as image/jpeg"),
        ("image/jpeg", photo_file()[:2000], "not a picture that can be read as image/jpeg"),
    ],
    ids=["dot", "strip", "bomb", "moving", "gif", "svg", "text", "liar", "cut"],
)
def test_what_is_no_photo_is_refused_with_the_way_out(media_type: str, data: bytes, said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        read(data, media_type)


def test_an_object_that_holds_no_photo_is_refused_too() -> None:
    for data, said in ((base64.b64encode(b"GIF89a").decode(), "can be read as image/jpeg"), ("abc", "are not base64")):
        with pytest.raises(InvalidInput, match=said):
            KIND.read(Photo(data=data), SPEC)


def test_the_parts_of_a_photo_cover_it_without_a_gap() -> None:
    source = pixels(Photo.of(Image.new("RGB", (101, 59))))
    covered = np.zeros((59, 101), int)
    for part in grid(source.width, source.height, 7):
        covered[part.y : part.y + part.height, part.x : part.x + part.width] += 1
    assert (covered == 1).all()


def test_memory_forgets_after_its_time_and_the_oldest_give_way() -> None:
    now = 1000.0
    photos = [Photo.of(Image.new("RGB", (40, 40), (n, 0, 0))) for n in (0, 100, 200)]
    size = len(photos[0].model_dump_json())
    store = MemoryStore(int(2.5 * size), 60, clock=lambda: now)
    names = [store.keep(photo)[0] for photo in photos]
    assert [store.find(name) for name in names] == [None, *photos[1:]]
    assert store.keep(photos[2])[1] == now + 60
    now += 60
    assert [store.find(name) for name in names] == [None] * 3
    with pytest.raises(InvalidInput, match="no room for an input of this size"):
        MemoryStore(10, 60).keep(photos[0])


async def test_a_photo_runs_by_reference_touches_no_disk_and_is_gone_with_its_time(
    captions: Mapping[str, Example], tmp_path: Path
) -> None:
    settings = Settings(media_folder=str(tmp_path / "media"), private_seconds=600)
    async with client_of(captions, settings) as client:
        kept = (await client.post("/api/v1/media?example=captions", content=photo_file(), headers=JPEG)).json()
        assert kept["input"] == f"@{kept['id']}"
        run = await client.post(trace_route("captions"), json={"input": kept["input"]})
        page = await client.get(f"/examples/captions?input={kept['input']}")
    assert (run.status_code, page.status_code) == (200, 200)
    assert run.json()["source"]["href"].startswith("data:image/jpeg;base64,")
    assert not (tmp_path / "media").exists()
    async with client_of(captions, Settings(private_seconds=0.001)) as client:
        kept = (await client.post("/api/v1/media?example=captions", content=photo_file(), headers=JPEG)).json()
        gone = await client.post(trace_route("captions"), json={"input": kept["input"]})
    assert gone.status_code == 410
    assert "a photo that was sent before is kept no longer: send it again, or choose a sample" in gone.json()["detail"]


async def test_a_form_without_script_shows_the_photo_that_was_sent(captions: Mapping[str, Example]) -> None:
    async with client_of(captions) as client:
        file = {"file": ("IMG_0001.JPG", photo_file(), "application/octet-stream")}
        answer = await client.post("/examples/captions/file", files=file, headers=FORM)
        shown = await client.get(answer.headers["location"])
    assert answer.status_code == 303
    assert 'src="data:image/jpeg;base64,' in shown.text
    assert "is not kept" in shown.text


def test_runs_of_a_visitors_photo_are_not_remembered_and_those_of_samples_are(captions: Mapping[str, Example]) -> None:
    example = captions["captions"]
    assert holds_private(example, TraceRequest(input="@0123456789abcdef"))
    assert holds_private(example, TraceRequest(input=Photo.of(Image.new("RGB", (40, 40)))))
    assert not holds_private(example, TraceRequest(input=example.samples[0].input))
