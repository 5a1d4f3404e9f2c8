"""Moving bodies: what is read of them never looks ahead, and does not ask where or how large they are."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from models.bodies import FARTHEST, Body, MovingBody, at_times, bent, mirror, padded, so_far
from models.inputs import Pose
from models.listing import load_examples
from unrolled import InvalidInput
from unrolled.source import Figure, Points

BODY = Body(
    ("head", "left shoulder", "right shoulder", "left hip", "right hip"), ((0, 1), (0, 2), (1, 3), (2, 4), (3, 4))
)
EXAMPLES = [example for example in load_examples().values() if isinstance(example, MovingBody)]
every_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.slug)
MOVEMENTS = st.integers(2, 12).flatmap(
    lambda T: st_numpy.arrays(np.float64, (T, 5, 2), elements=st.integers(0, 1000).map(lambda n: n / 1000))
)


def walking(T: int, example: MovingBody) -> np.ndarray:
    """Let a body that was put together by chance drift to the right."""
    rng = np.random.default_rng(0)
    stays, shakes = rng.random((1, len(example.spec.joints), 2)), rng.random((T, len(example.spec.joints), 2))
    return 0.2 + 0.4 * stays + 0.02 * shakes + np.linspace(0, 0.1, T)[:, None, None] * (1, 0)


@given(MOVEMENTS, st.floats(0.1, 0.9))
def test_a_beginning_of_a_movement_gives_the_beginning_of_what_is_read(places: np.ndarray, share: float) -> None:
    cut = max(1, int(share * len(places)))
    assert np.array_equal(BODY.features(places[:cut]), BODY.features(places)[:cut])


@given(MOVEMENTS)
def test_where_a_body_is_and_how_large_does_not_matter(places: np.ndarray) -> None:
    spread = places + np.arange(10).reshape(5, 2)  # so that no bone is a dot
    larger = BODY.features(3 * spread + np.array((7.0, -2.0)))
    assert np.allclose(larger, BODY.features(spread), atol=1e-3)
    assert larger.shape == (len(places), BODY.width)


@given(MOVEMENTS)
def test_a_lost_joint_is_far_but_not_farther_than_far(places: np.ndarray) -> None:
    assert np.abs(BODY.features(places * (1, 1e6))).max() <= FARTHEST


def test_a_body_is_as_large_as_it_was_so_far() -> None:
    assert so_far(np.array([1.0, 3.0, 5.0])).tolist() == [1, 2, 3]


@given(MOVEMENTS)
def test_twice_in_a_mirror_is_as_before(places: np.ndarray) -> None:
    assert np.array_equal(mirror(mirror(places, BODY), BODY), places)
    assert mirror(places, BODY)[0, 1, 0] == -places[0, 2, 0]  # its left shoulder is where the right one was


def test_between_two_frames_a_joint_is_between_its_places() -> None:
    places = np.array([0.0, 1.0, 4.0])[:, None, None] * np.ones((1, 5, 2))
    assert at_times(places, np.array([0, 0.5, 1.25, 2, 9]))[:, 0, 0].tolist() == [0, 0.5, 1.75, 4, 4]


def test_movements_are_filled_up_with_their_last_frame() -> None:
    short, long = np.random.default_rng(0).random((2, 5, 2)), np.zeros((4, 5, 2))
    places, lengths = padded([short, long])
    assert places.shape == (2, 4, 5, 2) and lengths.tolist() == [2, 4]
    assert np.array_equal(places[0, 3], short[1])


def test_other_eyes_see_nearly_the_same() -> None:
    rng = np.random.default_rng(0)
    places = rng.random((6, 5, 2))
    seen = bent(places, BODY, 0.2, rng)
    assert seen.shape == places.shape and 0 < np.abs(seen - places).mean() < 0.5


@every_example
def test_each_step_shows_its_frame_and_lasts_as_long_as_it_does(example: MovingBody) -> None:
    pose = Pose.of(walking(9, example))
    trace = example.trace(pose)
    assert [label.slice for label in trace.x_labels] == [Figure(frame=t) for t in range(9)]
    assert isinstance(trace.source, Points) and len(trace.source.frames) == 9
    assert trace.seconds is not None and np.allclose(trace.seconds, 1 / example.spec.rate)


@every_example
def test_left_and_right_are_names_of_joints(example: MovingBody) -> None:
    names = example.spec.joints
    assert names[example.body.mirrored[names.index("left hip")]] == "right hip"
    assert [names[i] for i in sorted(example.body.trunk)] == [n for n in names if n.endswith(("shoulder", "hip"))]


@every_example
def test_every_joint_hangs_on_a_bone(example: MovingBody) -> None:
    assert {joint for bone in example.spec.bones for joint in bone} == set(range(len(example.spec.joints)))
    assert len(example.spec.bones) == len(example.spec.joints) - 1  # a tree


@every_example
@pytest.mark.parametrize(
    ("spoilt", "says"),
    [
        (lambda places: places[:1], "one frame is no movement: send two"),
        (lambda places: places * 0 + 0.5, "in frame 1 all joints are in one place"),
        (lambda places: np.where(np.arange(9)[:, None, None] == 4, np.nan, places), "in frame 5 is nan"),
        (lambda places: np.repeat(places, 99, 0), r"891 frames \(.*s\) are too many; this example reads up to"),
        (lambda places: places[:, :7], "this figure has 7 joints; the example's has 15"),
        (lambda places: places[:0], "nothing moves yet"),
    ],
    ids=["one frame", "a dot", "NaN", "long", "few joints", "blank"],
)
def test_what_is_no_movement_is_refused_with_the_way_out(
    example: MovingBody, spoilt: Callable[[np.ndarray], np.ndarray], says: str
) -> None:
    with pytest.raises(InvalidInput, match=says):
        example.trace(Pose.of(spoilt(walking(9, example))))


@every_example
def test_a_movement_may_stand_anywhere_and_be_of_any_size(example: MovingBody) -> None:
    places = walking(12, example)
    here, there = (example.trace(Pose.of(p)).y_hat for p in (places, 0.5 * places + 0.2))
    assert here is not None and there is not None and np.abs(here - there).max() < 0.01


@every_example
def test_the_longest_movement_runs(example: MovingBody) -> None:
    assert example.trace(Pose.of(walking(example.spec.max_frames, example))).T_x == example.about.input.max_steps
