"""The activity example: clips as arrays, what is held out, and a verdict that moves with the figure."""

import io
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

from models.activity.clips import ACTIONS, ARRAYS, CLASSES, FOLDS, Clip, folds, parse, write
from models.activity.example import EXAMPLE, Activity
from models.activity.train import BODY, batches, loss_of, network_of, varied
from models.bodies import at_times
from models.inputs import Pose
from models.listing import GALLERY
from tests.helpers import places_in
from unrolled import InvalidInput

FOLDER = GALLERY / "activity"


@pytest.fixture(scope="module")
def example() -> Activity:
    return EXAMPLE(FOLDER)


@pytest.fixture
def clips() -> list[Clip]:
    rng = np.random.default_rng(0)
    return [Clip(rng.random((6 + 5 * i, 15, 2)).astype(np.float32), i % 3) for i in range(8)]


def arrays(**changed: np.ndarray) -> dict[str, bytes]:
    """Give the smallest archive of two clips, with some of its arrays changed."""
    good = {"poses": np.zeros((5, 15, 2), np.float32), "lengths": np.array([2, 3]), "labels": np.array(["run", "sit"])}
    files = {}
    for name, array in (good | changed).items():
        file = io.BytesIO()
        np.save(file, array)
        files[f"{name}.npy"] = file.getvalue()
    return files


def test_what_was_written_is_read_again(clips: list[Clip], tmp_path: Path) -> None:
    (tmp_path / "clips.npz").write_bytes(write(clips))
    again = parse(ARRAYS.read(tmp_path / "clips.npz"))
    assert [clip.action for clip in again] == [clip.action for clip in clips]
    assert all(np.array_equal(a.places, b.places) for a, b in zip(again, clips, strict=True))


def test_the_clips_of_an_action_take_turns_in_the_folds() -> None:
    many = [Clip(np.zeros((2, 15, 2)), action) for action in range(3) for _ in range(13)]
    counts = Counter(zip((clip.action for clip in many), folds(many).tolist(), strict=True))
    assert len(counts) == 3 * FOLDS and set(counts.values()) == {2, 3}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"poses": np.zeros((5, 14, 2), np.float32)}, "have the shape"),
        ({"poses": np.full((5, 15, 2), np.nan, np.float32)}, "not finite"),
        ({"lengths": np.array([2, 4])}, "add up to 6 frames, its poses are 5"),
        ({"lengths": np.array([5, 0])}, "whole numbers of frames"),
        ({"labels": np.array(["run", "fly"])}, "'fly' is none of the actions catch, clap"),
        ({"labels": np.array(["run"])}, "one for each label"),
    ],
)
def test_arrays_that_are_no_clips_are_refused(changed: dict[str, np.ndarray], says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        parse(arrays(**changed))


def test_missing_and_broken_arrays_are_named() -> None:
    with pytest.raises(InvalidInput, match="no array 'labels'"):
        parse({name: data for name, data in arrays().items() if name != "labels.npy"})
    with pytest.raises(InvalidInput, match="'lengths' cannot be read"):
        parse(arrays() | {"lengths.npy": b"nothing"})


def test_objects_are_never_unpickled() -> None:
    file = io.BytesIO()
    np.save(file, np.array([{"a": 1}, {}], object), allow_pickle=True)
    with pytest.raises(InvalidInput, match="cannot be read"):
        parse(arrays() | {"labels.npy": file.getvalue()})


def test_training_shows_parts_of_a_clip_from_many_sides() -> None:
    rng, clip = np.random.default_rng(0), np.random.default_rng(1).random((40, 15, 2)).astype(np.float32)
    seen = [varied(clip, rng) for _ in range(20)]
    assert len({len(places) for places in seen}) > 5 and all(2 <= len(places) <= 54 for places in seen)
    assert varied(clip[:3], rng).shape[1:] == (15, 2)


def test_a_batch_holds_every_clip_once_and_teaches(clips: list[Clip]) -> None:
    (batch,) = batches(clips, np.random.default_rng(0))
    x, lengths, y = batch
    assert x.shape[2] == BODY.width and sorted(y.tolist()) == sorted(clip.action for clip in clips)
    assert int(lengths.max()) == x.shape[1]
    loss = loss_of(network_of("gru"), batch)
    loss.backward()
    assert 2 < loss.item() < 4  # about ln 14


def test_a_file_is_measured_as_the_page_reads_a_clip(example: Activity, clips: list[Clip]) -> None:
    logits = example.logits(clips, example.variants["gru"])
    for clip, row in zip(clips, logits, strict=True):
        alone = example.trace(Pose.of(clip.places), "gru").y_hat
        assert alone is not None and np.abs(alone[0] - row.softmax(-1).numpy()).max() < 1e-4


def test_evaluation_says_how_well_clips_are_called(example: Activity, clips: list[Clip]) -> None:
    logits = example.logits(clips, example.variants["rnn"])
    named = [Clip(c.places, int(y)) for c, y in zip(clips, logits.argmax(-1), strict=True)]
    files = {"poses": np.concatenate([c.places for c in named]), "lengths": np.array([len(c.places) for c in named])}
    labels = np.array([CLASSES[c.action] for c in named])
    found = example.evaluate(arrays(**files, labels=labels), example.variants["rnn"])
    assert found["accuracy"] == found["top3"] == found["least"] == 1 and found["clips"] == len(clips)


def test_the_verdict_never_looks_ahead(example: Activity) -> None:
    whole = example.trace(example.samples[0].input)
    places = places_in(whole)
    half = example.trace(Pose.of(places[: len(places) // 2]))
    assert whole.running is not None and half.running is not None
    assert [o.label for o in half.running] == [o.label for o in whole.running[: len(half.running)]]


@pytest.mark.parametrize("variant", ["gru", "lstm"])
def test_recorded_samples_are_called_what_their_notes_say(example: Activity, variant: str) -> None:
    for sample in example.samples:
        said = next((name for name in ACTIONS.values() if sample.note.startswith(f"{name}:")), None)
        if said:
            assert example.trace(sample.input, variant).answer.startswith(said)


def test_a_movement_in_a_mirror_at_half_the_rate_is_still_known(example: Activity) -> None:
    places = places_in(example.trace(example.samples[0].input))
    said = example.trace(Pose.of(places)).answer.split(" (")[0]
    slower = at_times(places, np.arange(0, len(places) - 0.9, 0.75))
    turned = slower[:, example.body.mirrored] * (-1, 1) + (1, 0)
    assert example.trace(Pose.of(turned)).answer.startswith(said)


def test_an_unsure_answer_names_the_next_action(example: Activity) -> None:
    noise = Pose.of(np.random.default_rng(0).random((20, 15, 2)))
    answers = [example.trace(noise, variant).answer for variant in example.variants]
    assert all(", or " in a or int(a.partition("(")[2].partition(" %")[0]) >= 60 for a in answers)


def test_networks_say_something_after_each_frame(example: Activity) -> None:
    assert {network.config.directions for network in example.networks.values()} == {1}
    assert all(torch.isfinite(network.head.weight).all() for network in example.networks.values())
