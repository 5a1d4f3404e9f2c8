"""What each kind of input refuses, and the way out that it gives."""

import io
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from models.inputs import KINDS, Chosen, Item, Pose, Scene, Sound, Strokes
from models.inputs.picture import ink_of, opened
from tests.some_inputs import FILES, SPECS, picture_file, sound_file, tone
from unrolled import InvalidInput

CORNER = ((0, 0, 0), (9, 0, 0), (9, 9, 1))


def refusal(kind: str, sent: object, **limits: object) -> str:
    """Send something, and give the sentence that refuses it."""
    with pytest.raises(InvalidInput) as caught:
        KINDS[kind].read(sent, SPECS[kind].model_copy(update=limits))
    return str(caught.value)


def test_a_choice_is_one_of_the_options() -> None:
    assert refusal("choice", "polka") == "there is no 'polka' to choose; there are jig, reel"
    assert refusal("choice", "") == "nothing is chosen; there are jig, reel"
    assert KINDS["choice"].read("jig", SPECS["choice"]) == Chosen(value="jig")


def test_strokes_stay_on_the_sheet_and_end() -> None:
    assert refusal("strokes", Strokes.of(np.array([[5, 1001, 1]]))).startswith("a point lies outside")
    assert "lift is 1 at the last point" in refusal("strokes", Strokes.of(np.array([[5, 5, 0]])))
    assert refusal("strokes", Strokes(points="AAAA")) == "3 bytes are no points: x, y and lift take 6 bytes together"


def test_an_empty_sheet_and_a_dot_are_no_strokes_and_a_dot_is_one_where_dots_are_read() -> None:
    dot = Strokes.of(np.array([[5, 5, 1]]))
    assert "draw with mouse, pen or finger" in refusal("strokes", "")
    assert refusal("strokes", dot) == "a dot is no drawing: draw a line"
    assert KINDS["strokes"].read(dot, SPECS["strokes"].model_copy(update={"dots": True})) == dot
    assert (
        refusal("strokes", Strokes.of(np.array(CORNER)), max_points=2)
        == "3 points are too many; this example reads up to 2"
    )


def test_strokes_are_cut_where_the_pen_was_lifted() -> None:
    strokes = Strokes.of(np.array([*CORNER, (7, 7, 1)])).strokes
    assert [stroke.tolist() for stroke in strokes] == [[[0, 0], [9, 0], [9, 9]], [[7, 7]]]


def test_a_joint_that_is_nowhere_is_named_with_its_frame() -> None:
    places = np.zeros((4, 3, 2))
    places[2, 1, 1] = np.nan
    assert refusal("pose", Pose.of(places)).startswith("y of the joint 'left hand' in frame 3 is nan")
    places[2, 1, 1] = -np.inf
    assert "is -inf: numbers go from -10 to 10" in refusal("pose", Pose.of(places))


def test_a_movement_has_the_joints_of_the_figure_and_not_too_many_frames() -> None:
    assert refusal("pose", Pose.of(np.zeros((2, 4, 2)))) == "this figure has 4 joints; the example's has 3"
    assert refusal("pose", Pose.of(np.zeros((9, 3, 2)))) == "9 frames (0.3 s) are too many; this example reads up to 8"
    assert "move the figure, send a file" in refusal("pose", "")


def test_a_file_of_another_shape_says_which_it_should_have() -> None:
    for wrong in (b"[[[1,2]]]", b"[]", b"7", b"null", b'{"frames": [[1, 2], [3]]}', b"[[[1e999,2]]]", b"[" * 9000):
        with pytest.raises(InvalidInput, match=r"3 joints, x and y for each|a list of \[x, y\]"):
            KINDS["pose"].from_file("application/json", wrong, SPECS["pose"])


def test_a_scene_holds_some_things_that_there_are_inside_it() -> None:
    assert refusal("scene", "") == "nothing is in the scene: put something into it, or choose a sample"
    assert refusal("scene", ";".join(["cat,1,1"] * 40)) == "40 things are too many; this example reads up to 3"
    assert refusal("scene", "dog,1,1") == "there is no 'dog' to put into a scene; there are cat, sun"
    assert refusal("scene", "cat,1,1;sun,1,81") == "thing 2, sun, lies outside: x goes to 100, y to 80"
    assert refusal("scene", "cat,1,1,9") == "thing 1, cat, has the size 9; 0.25 to 4 are drawn"
    assert "write name,x,y,size,turn as in cat,20,30,1,0" in refusal("scene", "cat,nan,1")


def test_a_scene_may_be_typed() -> None:
    assert KINDS["scene"].read(" cat, 20,30 ; sun,60,5,.6,-90", SPECS["scene"]) == Scene(
        items=(Item("cat", 20, 30), Item("sun", 60, 5, 0.6, -90))
    )


def test_silence_is_told_from_a_quiet_voice() -> None:
    noise = np.random.default_rng(0).normal(0, 0.001, 16_000).astype(np.float32)
    assert refusal("sound", Sound.of(noise + np.float32(0.2), 16_000)).startswith("I heard nothing")
    assert KINDS["sound"].read(Sound.of(noise + tone(1, loud=0.006), 16_000), SPECS["sound"]).seconds == 1


def test_a_sound_is_neither_too_short_nor_too_long() -> None:
    assert (
        refusal("sound", Sound.of(tone(0.05), 16_000))
        == "0.05 s are too short; this example hears 0.1 to 2 s: record it again"
    )
    assert (
        refusal("sound", Sound.of(tone(2.5), 16_000))
        == "2.5 s are too long; this example hears 0.1 to 2 s: cut it shorter"
    )


def test_a_sound_is_samples_or_a_reference_and_not_both() -> None:
    for fields in ({}, {"rate": 16_000}, {"samples": ""}, {"rate": 16_000, "samples": "", "media": "0123456789abcdef"}):
        with pytest.raises(InvalidInput, match="a sound is its rate and its samples"):
            Sound.model_validate({"kind": "sound", **fields})


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000])
def test_a_tone_of_any_rate_is_the_same_tone_for_the_network(rate: int) -> None:
    heard = KINDS["sound"].read(Sound.of(tone(1, rate), rate), SPECS["sound"])
    assert heard.rate == 16_000
    assert abs(len(heard.wave) - 16_000) <= 2
    middle = slice(2000, 14_000)
    assert np.abs(np.fft.rfft(heard.wave[middle])).argmax() * 16_000 / 12_000 == pytest.approx(440, abs=2)
    assert heard.wave[middle].max() == pytest.approx(0.3, abs=0.01)


@pytest.mark.parametrize("media_type", sorted(FILES["sound"]))
def test_every_form_of_sound_file_holds_the_same_tone(media_type: str) -> None:
    heard = KINDS["sound"].from_file(media_type, FILES["sound"][media_type], SPECS["sound"])
    assert heard.seconds == pytest.approx(0.5, abs=0.1)
    assert heard.wave[2000:6000].std() == pytest.approx(0.3 / np.sqrt(2), rel=0.1)


def test_a_file_is_opened_as_what_it_is_said_to_be_and_no_more_is_unpacked_than_may_be_sent() -> None:
    with pytest.raises(InvalidInput, match="no sound in this file that can be read as audio/ogg"):
        KINDS["sound"].from_file("audio/ogg", FILES["sound"]["audio/wav"], SPECS["sound"])
    hours = sound_file("flac", "flac", np.zeros(100 * 8000, np.float32), 8000)
    assert 60 < KINDS["sound"].from_file("audio/flac", hours, SPECS["sound"]).seconds < 62


def png_of(width: int, height: int) -> bytes:
    """Promise a PNG of any size, with hardly any pixels."""
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0), b"IDAT" + zlib.compress(b"0"))
    body = b"".join(struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def test_a_picture_is_bounded_before_it_is_unpacked_and_stands_still() -> None:
    for wrong, said in (
        (png_of(50_000, 50_000), "50000 x 50000 pixels are too many: send a picture of up to 24 megapixels"),
        (png_of(10, 10), "not a picture that can be read as image/png; send it as PNG or JPEG"),
        (picture_file("PNG", more=2), "this picture moves: send one that stands still"),
        (FILES["drawing"]["image/jpeg"], "not a picture that can be read as image/png"),
    ):
        with pytest.raises(InvalidInput, match=said):
            opened(wrong, "image/png")


def test_a_drawing_is_read_from_black_on_white_white_on_black_and_a_photograph() -> None:
    bar = ink_of(opened(picture_file("PNG"), "image/png"), 40, 40)
    assert (bar[20].min(), bar[20].max()) == (0, 1)
    assert not bar[:6].any()  # it is wider than high, and stands in the middle
    inverse = opened(picture_file("PNG"), "image/png").point([255 - grey for grey in range(256)] * 3)
    assert np.abs(ink_of(inverse, 40, 40) - bar).max() < 0.01
    dim = opened(picture_file("PNG"), "image/png").point([60 + grey // 2 for grey in range(256)] * 3)
    assert np.abs(ink_of(dim, 40, 40) - bar).max() < 0.35


def test_a_photograph_taken_sideways_is_turned_and_what_is_transparent_is_paper() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    assert opened(picture_file("JPEG", exif=exif), "image/jpeg").size == (40, 60)
    file = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(file, "PNG")
    assert opened(file.getvalue(), "image/png").getpixel((0, 0)) == (255, 255, 255)


def test_texts_are_read_from_files() -> None:
    for kind, media_type, read in (
        ("bases", "text/x-fasta", ">one\nACGT\nAC"),
        ("series", "text/csv", "1, 2.5, -3"),
        ("text", "text/plain", "not bad"),
    ):
        assert KINDS[kind].from_file(media_type, FILES[kind][media_type], SPECS[kind]) == read
    with pytest.raises(InvalidInput, match="save it as UTF-8"):
        KINDS["text"].from_file("text/plain", b"\xff\xfe", SPECS["text"])
    table = b"a,b\n1,2\n3,4\n"  # which column is read, the example decides
    assert KINDS["series"].from_file("text/csv", table, SPECS["series"]) == table.decode().strip()
