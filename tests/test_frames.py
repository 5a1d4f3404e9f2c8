"""The frames example: KARD's files, actions in a row, and what a network that reads both ways knows earlier."""

import zipfile
from itertools import groupby
from pathlib import Path

import numpy as np
import pytest

from models.frames.animate import KEYS, SAMPLES, movement
from models.frames.animate import drawn as drawn_figure
from models.frames.development import archive_of
from models.frames.example import EXAMPLE, Frames
from models.frames.kard import ACTIONS, HELD_OUT, NUMBERS, RATE, RECORDINGS, WIDE, Clip, parse
from models.frames.splices import NEAR, ROUNDS, SLOWER, Splice, joined, measured, reach, slower
from models.frames.train import BODY, NOTHING, batch_of, drawn, network_of, part_of
from models.inputs import Pose
from models.inputs.pose import PoseKind
from models.listing import GALLERY
from tests.helpers import places_in
from unrolled import InvalidInput

FOLDER = GALLERY / "frames"


@pytest.fixture(scope="module")
def example() -> Frames:
    return EXAMPLE(FOLDER)


@pytest.fixture
def clips() -> list[Clip]:
    rng = np.random.default_rng(0)
    return [Clip(rng.random((30 + 3 * i, 15, 2)), i % len(ACTIONS), 1 + i // 7) for i in range(14)]


def written(places: np.ndarray) -> bytes:
    """Write places (T, 15, 2) as KARD does, with a depth."""
    return "".join(f"{WIDE * u:.4f} {WIDE * v:.4f} 2800\n" for frame in places for u, v in frame).encode()


def files_of(clips: list[Clip]) -> dict[str, bytes]:
    """Name recordings as KARD does."""
    return {
        f"kard/a{NUMBERS[c.action]:02d}_s{c.subject:02d}_e{i:02d}_screen.txt": written(c.places)
        for i, c in enumerate(clips)
    }


def test_a_line_is_a_joint_and_the_name_says_who_does_what(clips: list[Clip]) -> None:
    again = {(c.action, c.subject, len(c.places)) for c in parse(files_of(clips))}
    assert again == {(c.action, c.subject, len(c.places)) for c in clips}
    (one,) = parse(files_of(clips[:1]))
    assert np.abs(one.places - clips[0].places).max() < 1e-6


def test_other_actions_and_other_files_are_left_out(clips: list[Clip]) -> None:
    found = files_of(clips[:2])
    more = {"a01_s01_e01_screen.txt": b"?", "a02_s01_e01_realworld.txt": b"?", "README.txt": b"?"}
    assert len(parse(found | more)) == 2
    with pytest.raises(InvalidInput, match=r"aAA_sSS_eEE_screen\.txt, with AA one of 2, 3"):
        parse(more)


@pytest.mark.parametrize(
    ("contents", "says"),
    [
        (b"1 2 3\n" * 14, "14 lines are no whole frames of 15 joints"),
        (b"1 2 3\n" * 14 + b"1 nan 3\n", "no whole frames"),
        (b"1 2 3\n1 2\n", "u, v and depth"),
        (b"one two\n", "u, v and depth"),
        (b"\xff", "u, v and depth"),
        (b"", "u, v and depth"),
    ],
)
def test_files_that_are_no_recordings_are_named(contents: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=rf"a02_s01_e01_screen\.txt: .*{says}"):
        parse({"a02_s01_e01_screen.txt": contents})


def test_a_third_of_the_frames_is_read() -> None:
    places = np.arange(31)[:, None, None] * np.ones((1, 15, 2))
    assert slower(places)[:, 0, 0].tolist() == list(range(0, 31, RATE // SLOWER))
    assert len(slower(places, speed=2.0)) == 6


def test_the_next_body_stands_where_the_last_one_did_and_is_as_large() -> None:
    rng = np.random.default_rng(0)
    one, two = rng.random((4, 15, 2)), 1.2 * rng.random((5, 15, 2)) + 3
    whole = joined([one, two], [3, 8], BODY)
    last, first = whole.places[3], whole.places[4]
    assert np.allclose(first[BODY.trunk].mean(0), last[BODY.trunk].mean(0))
    assert reach(first, BODY) == pytest.approx(reach(last, BODY))
    assert whole.actions.tolist() == [3] * 4 + [8] * 5


def test_half_a_second_on_either_side_of_a_cut_is_near_it() -> None:
    pieces = np.repeat([0, 1, 2], 20)
    near = Splice(np.zeros((60, 15, 2)), pieces, pieces).near
    assert np.flatnonzero(near).tolist() == [*range(20 - NEAR, 20 + NEAR), *range(40 - NEAR, 40 + NEAR)]
    assert not Splice(np.zeros((9, 15, 2)), np.zeros(9), np.zeros(9)).near.any()


def test_every_recording_has_a_beginning_the_first_one_too() -> None:
    pieces = np.repeat([0, 1], [8, 3])
    begun = Splice(np.zeros((11, 15, 2)), pieces, pieces).beginning
    assert np.flatnonzero(begun).tolist() == [*range(NEAR), 8, 9, 10]


def test_what_is_measured_is_always_the_same_and_of_one_person(clips: list[Clip]) -> None:
    once, again = list(measured(clips, BODY)), list(measured(clips[::-1], BODY))
    assert sum(len(set(s.pieces.tolist())) for s in once) == ROUNDS * len(clips)
    assert len(once) == len(again) == 2 * ROUNDS * 2
    assert all(np.array_equal(a.places, b.places) for a, b in zip(once, measured(clips, BODY), strict=True))


def test_training_draws_rows_of_actions_of_one_person(clips: list[Clip]) -> None:
    rng = np.random.default_rng(0)
    people = {1: clips[:7], 2: clips[7:]}
    rows = [drawn(people, 1 + i % 3, rng) for i in range(12)]
    assert [len(set(row.pieces.tolist())) for row in rows] == [1, 2, 3] * 4
    x, lengths, y = batch_of(rows)
    assert x.shape[:2] == y.shape and x.shape[2] == BODY.width
    assert ((y == NOTHING).sum(1) == x.shape[1] - lengths).all()
    assert network_of("bigru")(x, lengths).shape == (*y.shape, len(ACTIONS))


def test_a_part_of_a_recording_is_never_shorter_than_two_frames() -> None:
    rng = np.random.default_rng(0)
    assert all(2 <= len(part_of(np.zeros((12, 15, 2)), rng)) <= 6 for _ in range(50))


def test_the_development_part_holds_the_subjects_that_are_held_out(clips: list[Clip], tmp_path: Path) -> None:
    named = {path.partition("/")[2]: data for path, data in files_of(clips).items()}
    others = {name.replace("_s01", f"_s{HELD_OUT[0]:02d}"): data for name, data in named.items() if "_s01" in name}
    (tmp_path / "held_out.zip").write_bytes(archive_of(named | others))
    found = parse(RECORDINGS.read(tmp_path / "held_out.zip"))
    assert {clip.subject for clip in found} == {HELD_OUT[0]} and len(found) == len(others)


def test_a_file_is_measured_as_the_page_reads_a_movement(example: Frames, clips: list[Clip]) -> None:
    splices = list(measured(clips, example.body))[:3]
    for variant in example.variants:
        for splice, said in zip(splices, example.said(splices, example.variants[variant]), strict=True):
            outputs = example.trace(Pose.of(splice.places), variant).outputs
            alike = [output.index == index for output, index in zip(outputs, said, strict=True)]
            assert np.mean(alike) > 0.98  # a pose on the wire is rounded to 32 bits


def test_evaluation_tells_frames_near_cuts_apart(example: Frames, clips: list[Clip], tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kard.zip", "w") as archive:
        for name, data in files_of(clips).items():
            archive.writestr(name, data)
    found = example.evaluate(RECORDINGS.read(tmp_path / "kard.zip"), example.variants["bigru"])
    assert list(found) == ["accuracy", "least", "near_cuts", "elsewhere", "beginning", "frames"]
    assert found["frames"] == sum(len(splice.actions) for splice in measured(clips, example.body))
    assert 0 <= found["least"] <= found["accuracy"] <= 1


def test_a_single_recording_has_no_cuts(example: Frames) -> None:
    one = Clip(np.random.default_rng(0).random((60, 15, 2)), 0, 1)
    found = example.evaluate(files_of([one]), example.variants["gru"])
    assert "near_cuts" not in found and found["frames"] == ROUNDS * 20


def test_one_direction_never_looks_ahead_and_two_do(example: Frames) -> None:
    places = places_in(example.trace(example.samples[0].input))
    half = places[: len(places) // 2]
    for variant, differs in (("gru", False), ("bigru", True)):
        some, whole = (example.trace(Pose.of(p), variant).y_hat for p in (half, places))
        assert some is not None and whole is not None
        assert (np.abs(some - whole[: len(half)]).max() > 1e-3) == differs


def test_the_samples_are_what_the_figure_draws_and_both_networks_follow_it(example: Frames) -> None:
    for sample, (actions, _) in zip(example.samples, SAMPLES, strict=True):
        assert sample.input == PoseKind().to_text(drawn_figure(actions, example.spec.rate))
    answers = [example.trace(sample.input).answer for sample in example.samples]
    for answer, (actions, _) in zip(answers[:-1], SAMPLES, strict=False):
        assert all(f"{action} (" in answer for action in actions if action != "mirror")


def test_where_an_action_begins_one_direction_knows_later(example: Frames) -> None:
    cut, actions = len(movement(KEYS["wave high"], example.spec.rate)), example.y_labels(example.variants["gru"])
    late = {}
    for variant in example.variants:
        outputs = example.trace(example.samples[0].input, variant).outputs
        bent = [t for t, output in enumerate(outputs) if t >= cut - 5 and output.label == "bend"]
        late[variant] = bent[0] - cut
    assert "bend" in actions and abs(late["bigru"]) <= 3 <= late["gru"]


def test_the_answer_lists_the_actions_with_their_seconds(example: Frames) -> None:
    trace = example.trace(example.samples[0].input)
    runs = [label for label, _ in groupby(output.label for output in trace.outputs)]
    assert [part.rpartition(" (")[0] for part in trace.answer.split(", ")] == runs
    assert trace.answer.startswith(f"{runs[0]} (0.0-") and trace.answer.endswith(f"-{trace.T_x / 10:.1f} s)")
