"""The handwriting example: what is read of a pen, the files of strokes, what the networks say and when."""

from itertools import chain
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.files import BadLine
from models.handwriting.example import Handwriting
from models.handwriting.mistakes import mistakes
from models.handwriting.pen import FEATURES, WIDTH, fine, steps
from models.handwriting.train import Paths, bent, rounded
from models.handwriting.unipen import CHARACTERS, GROUPS, TWINS, StrokesFormat, Written, parse, read_npz, split, write
from models.inputs import Strokes
from models.listing import load_examples
from unrolled import InvalidInput
from unrolled.source import Points, Stretch

EXAMPLE = load_examples()["handwriting"]
SAID = {"b in": "b", "an 8": "8", "R,": "R", "g,": "g"}  # how the notes of samples begin -> what they are


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def circle(points: int, radius: float = 300) -> np.ndarray:
    angle = np.linspace(0, 2 * np.pi, points)
    path = np.column_stack((500 + radius * np.cos(angle), 500 + radius * np.sin(angle), np.zeros(points)))
    path[-1, 2] = 1
    return path


PATHS = st.lists(
    st.tuples(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from((0, 0, 0, 1))), min_size=2, max_size=12
).map(lambda rows: np.array([*rows[:-1], (*rows[-1][:2], 1)], float))


@given(PATHS, st.floats(0.1, 0.9))
def test_a_beginning_of_a_path_gives_the_beginning_of_its_steps(path: np.ndarray, share: float) -> None:
    whole = fine(path)
    cut = max(1, int(share * len(whole)))
    some, all_ = steps(whole[:cut]).x, steps(whole).x
    assert np.array_equal(some, all_[: len(some)])


@given(PATHS)
def test_fine_points_lie_close_and_end_where_the_pen_did(path: np.ndarray) -> None:
    filled = fine(path)
    gaps = np.hypot(*np.diff(filled[:, :2], axis=0).T)
    assert (gaps[filled[:-1, 2] == 0] <= 5.001).all()
    assert np.array_equal(filled[-1], path[-1]) and filled[:, 2].sum() == path[:, 2].sum()


def test_neither_the_rate_of_the_device_nor_the_speed_of_the_hand_matters() -> None:
    slow, fast = steps(fine(circle(2000))), steps(fine(circle(120)))
    assert abs(len(slow.x) - len(fast.x)) <= 1
    pause = np.repeat(circle(400), 3, axis=0)
    pause[:-1, 2] = 0
    assert np.abs(steps(fine(pause)).x - steps(fine(circle(400))).x).max() < 1e-4


def test_where_one_writes_does_not_matter_and_size_hardly() -> None:
    moved = circle(300) + np.array((100, -150, 0))
    assert np.allclose(steps(fine(moved)).x, steps(fine(circle(300))).x, atol=1e-4)
    large, small = steps(fine(circle(300, 450))).x, steps(fine(circle(300, 200))).x
    assert len(small) <= len(large) <= 1.5 * len(small)
    assert np.abs(large[-1, 8:14] - small[-1, 8:14]).max() < 0.12


def test_each_feature_has_a_name_and_a_dot_is_one_step() -> None:
    assert len(FEATURES) == WIDTH == steps(fine(circle(50))).x.shape[1]
    dotted = np.concatenate((circle(90), [[500, 100, 1]]))
    read = steps(fine(dotted))
    assert read.x[-1, -2:].tolist() == [1, 1] and len(read.x) == len(steps(fine(circle(90))).x) + 1


def test_a_curve_goes_through_the_points_that_are_there(rng: np.random.Generator) -> None:
    path = circle(12)
    soft = rounded(path, 1.0)
    assert np.array_equal(soft[::4], path) and soft[:, 2].sum() == 1
    off, straight = (np.abs(np.hypot(*(p[:, :2] - 500).T) - 300).mean() for p in (soft, rounded(path, 0.0)))
    assert off < 0.3 * straight
    assert bent(path[None, :, :2].astype(np.float32), path[None, :, 2] > 0, rng).shape == (1, 12, 2)


def test_training_reads_batches_as_the_page_reads_one(rng: np.random.Generator) -> None:
    some = [Written(circle(n) / (10, 10, 1), "o") for n in (20, 45)]
    (batch,) = Paths(some).batches()
    x, lengths, classes = batch
    assert x.shape[2] == WIDTH and classes.tolist() == [CHARACTERS.index("o")] * 2
    assert (x[0, int(lengths[0]) :] == 0).all()
    assert len(list(Paths(some, rng).batches(rng))) == 1


def table(folder: Path, strokes: list[list[tuple[int, int, int]]], names: list[str], sources: list[str]) -> Path:
    path = folder / "strokes.npz"
    start = np.cumsum([0, *map(len, strokes)])
    np.savez(path, stroke3=np.array(list(chain(*strokes)), np.int16), start=start, char=names, source=sources)
    return path


def test_copies_are_left_out_and_those_of_several_names_altogether(tmp_path: Path) -> None:
    one, two = [(0, 100, 0), (0, -100, 1)], [(0, 50, 0), (100, 0, 1)]
    contents = table(tmp_path, [one, one, two, two], ["1", "1", "t", "l"], ["a", "b", "a", "b"]).read_bytes()
    parts = split(read_npz(contents))
    assert [w.character for part in parts for w in part] == ["1"]
    points = next(w for part in parts for w in part).points
    assert points.tolist() == [[0, 0, 0], [0, 100, 1]]  # y goes down here


def test_a_table_and_its_text_are_measured_alike(tmp_path: Path) -> None:
    bar = [(50, 100, 0), (0, -100, 1)]
    path = table(tmp_path, [bar, [(0, 100, 0), (100, -100, 1)], bar], ["1", "x", "?"], ["a", "a", "a"])
    text = StrokesFormat().read(path)
    assert [w.character for w in parse(text)] == ["1", "x"] and write(parse(text)) == text
    measured = EXAMPLE.evaluate(text, EXAMPLE.variants["gru-digits"])
    assert set(measured) == {"accuracy", "top3"} and measured["accuracy"] in (0, 1)


def test_mistakes_are_what_is_not_right() -> None:
    bar, bow = "50,0,0 50,100,1", "0,0,0 100,50,0 0,100,1"
    text = "".join(f"{name} {points}\n" for name in "17DI" for points in (bar, bow))
    for variant in ("gru-digits", "gru-upper", "lstm-all"):
        wrong, there = mistakes(Handwriting(EXAMPLE.folder), text, variant)
        right = EXAMPLE.evaluate(text, EXAMPLE.variants[variant])["accuracy"]
        assert wrong.total() == round((1 - right) * there.total())
        assert all(true != said and there[true] >= count for (true, said), count in wrong.items())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("é 0,0,1", "none of the 62"),
        ("a 0,0", "x,y,lift"),
        ("a", "x,y,lift"),
        ("a 1,nan,0", "x,y,lift"),
        ("a x", "x,y"),
    ],
)
def test_lines_that_are_no_characters_are_named(text: str, says: str) -> None:
    with pytest.raises(BadLine, match=f"line 2: .*{says}"):
        list(parse(f"a 0,0,0 1,1,1\n{text}\n"))


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "broken.npz"
    file.write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(InvalidInput, match="no table of strokes"):
        EXAMPLE.file_format.read(file)


@pytest.mark.parametrize("variant", [v for v in EXAMPLE.variants if v.endswith("all")])
def test_samples_of_our_own_hand_are_read_rightly(variant: str) -> None:
    for sample in EXAMPLE.samples:
        said = next((name for note, name in SAID.items() if sample.note.startswith(note)), None)
        if said and "begins at its lower" not in sample.note:
            assert EXAMPLE.trace(sample.input, variant).answer.startswith(said)


def test_told_the_group_the_same_network_chooses_within_it() -> None:
    whole = EXAMPLE.trace(EXAMPLE.samples[0].input, "gru-all").y_hat
    few = EXAMPLE.trace(EXAMPLE.samples[0].input, "gru-lower").y_hat
    assert whole is not None and few is not None and few.shape == (1, 26)
    rows = [CHARACTERS.index(character) for character in GROUPS["lower"]]
    assert np.allclose(few[0], whole[0, rows] / whole[0, rows].sum(), atol=1e-5)


def test_the_verdict_moves_and_never_looks_ahead() -> None:
    sent = EXAMPLE.read(EXAMPLE.samples[0].input, "gru-all")
    assert sent.x is not None
    strokes = Strokes.of(np.array(_points(sent.source)))
    half = strokes.xyl[: len(strokes.xyl) // 2].copy()
    half[-1, 2] = 1
    begun, whole = EXAMPLE.trace(Strokes.of(half)).running, EXAMPLE.trace(strokes).running
    assert begun is not None and whole is not None
    assert [o.label for o in begun[:-1]] == [o.label for o in whole[: len(begun) - 1]]
    assert len({output.label for output in whole}) > 1


def _points(source: object) -> list[tuple[float, float, int]]:
    assert isinstance(source, Points)
    return [(x, y, int(i == len(source.frames[0]) - 1)) for i, (x, y) in enumerate(source.frames[0])]


def test_characters_that_only_size_tells_apart_are_named_together() -> None:
    sample = next(s for s in EXAMPLE.samples if "o, O and 0" in s.note)
    answer = EXAMPLE.trace(sample.input).answer
    assert all(name in answer for name in "oO0") and "size" in answer
    assert "size" not in EXAMPLE.trace(sample.input, "gru-digits").answer
    assert all(set(twins) <= set(CHARACTERS) for twins in TWINS)


def test_each_step_shows_its_part_of_the_path() -> None:
    trace = EXAMPLE.trace(EXAMPLE.samples[0].input)
    slices = [label.slice for label in trace.x_labels]
    assert all(isinstance(part, Stretch) for part in slices)
    ends = [part.last for part in slices if isinstance(part, Stretch)]
    assert ends == sorted(ends) and isinstance(trace.source, Points)
    assert trace.x_labels[0].text == "pen down" and trace.x_labels[-1].text.endswith("pen up")


def test_a_dot_a_blank_and_a_long_path_are_refused_with_the_way_out() -> None:
    with pytest.raises(InvalidInput, match="draw a line"):
        EXAMPLE.trace(Strokes.of(np.array([[5, 5, 1]])))
    zigzag = np.array([(1000 * (i % 2), i % 1000, i == 399) for i in range(400)])
    with pytest.raises(InvalidInput, match=r"steps of the pen are too many; .* up to 200: write one"):
        EXAMPLE.trace(Strokes.of(zigzag))


def test_the_networks_share_their_weights_among_groups() -> None:
    assert isinstance(EXAMPLE, Handwriting)
    heads = [EXAMPLE.networks[f"gru-{group}"].head.weight for group in GROUPS]
    assert torch.equal(heads[0][:10], heads[1]) and [len(h) for h in heads] == [62, 10, 26, 26]
