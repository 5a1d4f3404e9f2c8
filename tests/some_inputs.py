"""A spec and generated values of each kind of input that is no text, and files that visitors might send."""

import io
from collections.abc import Mapping
from typing import Any

import av
import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy
from PIL import Image

from models.inputs import (
    ChoiceSpec,
    Chosen,
    Drawing,
    DrawingSpec,
    Item,
    Option,
    Photo,
    PhotoSpec,
    Pose,
    PoseSpec,
    Scene,
    SceneSpec,
    Sound,
    SoundSpec,
    Spec,
    Strokes,
    StrokesSpec,
    TextSpec,
)
from models.inputs.sound import Wave

SPECS: Mapping[str, Spec] = {
    **{
        kind: TextSpec(kind=kind, label="A line", placeholder="abc", max_length=900, max_steps=9)
        for kind in ("text", "prefix", "bases", "series")
    },
    "choice": ChoiceSpec(
        label="A tune", max_steps=9, options=(Option(id="jig", label="Jig"), Option(id="reel", label="Reel"))
    ),
    "drawing": DrawingSpec(label="A digit", width=40, height=40, pen=3.6, max_steps=1),
    "photo": PhotoSpec(label="A photo", side=64, max_steps=9),
    "strokes": StrokesSpec(label="A sketch", max_points=60, max_steps=60),
    "pose": PoseSpec(
        label="A move", joints=("head", "left hand", "hip"), bones=((0, 2), (1, 2)), rate=30, max_frames=8, max_steps=8
    ),
    "scene": SceneSpec(label="A scene", names=("cat", "sun"), max_items=3, width=100, height=80, max_steps=9),
    "sound": SoundSpec(label="A word", rate=16_000, max_seconds=2, max_steps=100),
}


def drawn(levels: np.ndarray) -> Drawing:
    """Make a drawing of fifteenths of ink."""
    return Drawing.of((levels / 15).astype(np.float32))


def pen(places: np.ndarray, lifts: np.ndarray) -> Strokes:
    """Lift the pen here and there, and at the end."""
    return Strokes.of(np.column_stack((places, np.append(lifts[: len(places) - 1], True))))


def tone(seconds: float = 0.5, rate: int = 16_000, loud: float = 0.3) -> Wave:
    """Sing 440 Hz, (n,)."""
    return (loud * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)).astype(np.float32)


LEVELS = st_numpy.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40)), elements=st.integers(0, 15))
NUMBERS = st.floats(-99_999, 99_999, width=32)
VALUES: Mapping[str, st.SearchStrategy[Any]] = {
    "choice": st.builds(Chosen, value=st.sampled_from(("jig", "reel"))),
    "drawing": LEVELS.map(drawn),
    "photo": st_numpy.arrays(np.uint8, st.tuples(st.integers(24, 40), st.integers(24, 40), st.just(3))).map(
        lambda pixels: Photo.of(Image.fromarray(pixels))
    ),
    "strokes": st.builds(
        pen,
        st_numpy.arrays(np.int16, st.tuples(st.integers(1, 50), st.just(2)), elements=st.integers(0, 1000)),
        st_numpy.arrays(np.bool_, st.just(50)),
    ),
    "pose": st_numpy.arrays(
        np.float32, st.tuples(st.integers(1, 8), st.just(3), st.just(2)), elements=st.floats(-10, 10, width=32)
    ).map(Pose.of),
    "scene": st.lists(
        st.builds(Item, st.sampled_from(("cat", "sun")), NUMBERS, NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=3
    ).map(lambda items: Scene(items=tuple(items))),
    "sound": st_numpy.arrays(np.float32, st.integers(1, 900), elements=st.floats(-1, 1, width=32)).map(
        lambda wave: Sound.of(wave, 16_000)
    ),
}


def sound_file(form: str, codec: str, wave: np.ndarray, rate: int = 48_000) -> bytes:
    """Write a sound as a browser, a phone or a recorder would."""
    file = io.BytesIO()
    with av.open(file, "w", format=form) as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray((wave * 32767).astype(np.int16)[None], format="s16", layout="mono")
        frame.sample_rate = rate
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return file.getvalue()


def picture_file(form: str, size: tuple[int, int] = (60, 40), more: int = 0, **options: Any) -> bytes:
    """Write a black bar on white, with more frames if it moves."""
    image = Image.new("L", size, 255)
    image.paste(0, (size[0] // 3, 0, size[0] // 2, size[1]))
    frames = [image.point([grey ^ n for grey in range(256)]) for n in range(1, more + 1)]
    file = io.BytesIO()
    image.save(file, form, **({"save_all": True, "append_images": frames} if more else {}), **options)
    return file.getvalue()


SOUNDS = {
    "audio/wav": ("wav", "pcm_s16le"),
    "audio/flac": ("flac", "flac"),
    "audio/ogg": ("ogg", "libopus"),
    "audio/webm": ("webm", "libopus"),
    "audio/mpeg": ("mp3", "libmp3lame"),
    "audio/mp4": ("mp4", "aac"),
}
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/webp": "WEBP", "image/gif": "GIF"}
FILES: Mapping[str, Mapping[str, bytes]] = {
    "text": {"text/plain": b"not bad\n"},
    "bases": {"text/x-fasta": b">one\nACGT\nAC\n>two\nTTTT\n", "text/plain": b"ACGTAC\n"},
    "series": {"text/csv": b"value\n1\n2.5\n-3\n", "text/plain": b"1,2.5,-3"},
    "drawing": {media_type: picture_file(form) for media_type, form in PICTURES.items()},
    "photo": {f"image/{form.lower()}": picture_file(form) for form in ("PNG", "JPEG", "WEBP")},
    "pose": {
        "application/json": b"[[[0.1,0.2],[0.3,0.4],[0.5,0.6]],[[0.1,0.2],[0.3,0.4],[0.5,0.7]]]",
        "text/csv": b"hx,hy,lx,ly,px,py\n.1,.2,.3,.4,.5,.6\n.1,.2,.3,.4,.5,.7\n",
    },
    "sound": {media_type: sound_file(*how, tone(rate=48_000)) for media_type, how in SOUNDS.items()},
}
