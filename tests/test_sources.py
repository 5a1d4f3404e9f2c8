"""What was read as a source of a trace: a sound that plays, a movement, strokes; and its way over the wire."""

import base64
import io
import wave

import numpy as np
from hypothesis import given

from models.inputs import Pose, Sound, Strokes
from models.inputs.sources import figures, recording, sketch
from tests.some_inputs import VALUES, tone
from tests.tiny import some_input, tiny_network
from unrolled import Label, Trace, record
from unrolled.source import Figure, Stretch, TimeRange


def test_a_recording_plays_what_was_read_and_its_picture_spans_it() -> None:
    source = recording(Sound.of(tone(0.5), 16_000), np.eye(4, 50))
    with wave.open(io.BytesIO(base64.b64decode(source.href.partition(",")[2]))) as file:
        assert (file.getnchannels(), file.getframerate(), file.getnframes()) == (1, 16_000, 8000)
        heard = np.frombuffer(file.readframes(8000), "<i2") / 32767
    assert np.abs(heard - tone(0.5)).max() < 1e-4
    assert (source.seconds, source.width, source.height) == (0.5, 50, 4)


@given(VALUES["pose"])
def test_a_movement_keeps_its_frames_and_bones(pose: Pose) -> None:
    source = figures(pose, ((0, 2), (1, 2)))
    assert np.abs(np.array(source.frames) - pose.places).max() <= 0.0006
    assert source.bones == ((0, 2), (1, 2))


@given(VALUES["strokes"])
def test_strokes_are_lines_between_points_where_the_pen_was_down_and_dots_are_seen(strokes: Strokes) -> None:
    source = sketch(strokes)
    dots = sum(len(stroke) == 1 for stroke in strokes.strokes)
    assert len(source.bones) == len(strokes.xyl) - len(strokes.strokes) + dots
    assert sum(i == j for i, j in source.bones) == dots
    assert np.array_equal(np.array(source.frames[0]), strokes.xyl[:, :2])


def test_every_source_and_slice_comes_back_from_the_wire() -> None:
    trace = record(tiny_network("many_to_one"), some_input("many_to_one"))
    sources = (
        (recording(Sound.of(tone(), 16_000), np.eye(4)), TimeRange(first=0.1, last=0.2)),
        (figures(Pose.of(np.zeros((2, 3, 2))), ((0, 1),)), Figure(frame=1)),
        (sketch(Strokes.of(np.array([[1, 2, 0], [3, 4, 1]]))), Stretch(first=0, last=1)),
    )
    for source, part in sources:
        labels = tuple(Label(text="a", slice=part) for _ in trace.x_labels)
        told = trace.model_copy(update={"source": source, "x_labels": labels, "seconds": np.full(7, 0.01)})
        again = Trace.from_json(told.to_json())
        assert (again.source, again.x_labels) == (source, labels)
        assert again.seconds is not None
        assert again.seconds.tolist() == [np.float32(0.01)] * len(trace.columns)
