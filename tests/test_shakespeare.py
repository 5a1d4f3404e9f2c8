"""The Shakespeare example: prompts, sampling, and how a text that it did not write is read."""

from pathlib import Path

import numpy as np
import pytest
import torch

from models.shakespeare.example import CHARACTERS, EXAMPLE, Shakespeare, indices, read_through
from models.shakespeare.units import correlations, features
from tests.helpers import measured_on
from unrolled import Decoding, Force, InvalidInput

FOLDER = Path(__file__).parent.parent / "models" / "shakespeare"


@pytest.fixture(scope="module")
def example() -> Shakespeare:
    return EXAMPLE(FOLDER)


def test_a_beginning_is_forced_and_then_the_network_goes_on(example: Shakespeare) -> None:
    trace = example.trace("ROMEO:⏎", "lstm")
    assert (trace.T_x, trace.T_y) == (0, 160)
    assert trace.answer.startswith("ROMEO:\n") and len(trace.answer) == 160
    assert [output.forced for output in trace.outputs[:8]] == [True] * 7 + [False]


def test_line_ends_may_be_written_in_three_ways(example: Shakespeare) -> None:
    forced = [example.read(raw, "lstm").interventions for raw in ("A⏎b", "A\nb", "A\\nb")]
    assert forced[0] == forced[1] == forced[2]
    assert forced[0] == tuple(Force(step=step, y=CHARACTERS.index(c)) for step, c in enumerate("A\nb"))


def test_a_seed_draws_the_same_text_again(example: Shakespeare) -> None:
    texts = [example.trace("", "lstm", decoding=Decoding(method="sample", seed=seed)).answer for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]


@pytest.mark.parametrize(("raw", "says"), [("Гамлет", "'Г' is not in this network's"), ("O" * 81, "reads up to 80")])
def test_what_it_cannot_write_is_refused_with_the_way_out(example: Shakespeare, raw: str, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        example.trace(raw)


@pytest.mark.parametrize(
    ("raw", "read"),
    [("Don’t “go”", "Don't 'go'"), ("Été 1599 (sic)", "Ete  ,sic,"), ("naïve—so", "naive--so"), ("a/b_c", "a-b-c")],
)
def test_what_phones_type_is_read_as_what_the_plays_have(example: Shakespeare, raw: str, read: str) -> None:
    forced = example.read(raw, "lstm").interventions
    assert forced == tuple(Force(step=step, y=CHARACTERS.index(c)) for step, c in enumerate(read))


def test_what_goes_round_in_circles_is_said(example: Shakespeare) -> None:
    trace = example.trace("", decoding=Decoding(method="greedy"))
    outputs = tuple(trace.outputs[0].model_copy(update={"index": CHARACTERS.index(c)}) for c in "the world, " * 5)
    assert example.remarks(trace.model_copy(update={"outputs": outputs})) == (
        "it goes round in circles: “the world,” comes 5 times",
    )
    assert example.remarks(trace.model_copy(update={"outputs": outputs[:12]})) == ()


def test_every_character_has_a_label_that_can_be_seen(example: Shakespeare) -> None:
    labels = example.y_labels(example.variants["lstm"])
    assert len(set(labels)) == len(CHARACTERS) == 65
    assert all(label.strip() for label in labels)


def test_reading_through_gives_the_surprise_that_writing_has(example: Shakespeare) -> None:
    text = "To be, or not"
    nats, states = read_through(example.networks["lstm"], indices(text))
    trace = example.trace(text, "lstm")
    expected = [-np.log(output.p) for output in trace.outputs[: len(text)]]
    assert nats == pytest.approx(expected, abs=1e-4)
    # The state at a step has read the characters before it: the trace's row s is what precedes character s.
    assert np.abs(states - trace.layers[-1].values["h"][: len(text)]).max() < 1e-4


def test_short_texts_are_read_without_their_padding(example: Shakespeare) -> None:
    text = indices("What ho! " * 700)
    nats, states = read_through(example.networks["lstm"], text)
    assert len(nats) == len(states) == len(text) == 6300
    assert np.allclose(nats[5000:], read_through(example.networks["lstm"], text[5000:])[0], atol=1e-4)
    assert torch.equal(text[:9], text[9:18])


def test_evaluation_gives_nats_and_bits(example: Shakespeare, tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("What say you to this part of our success?\n" * 20)
    measured = measured_on(example, file, "lstm")
    assert measured["bits_per_character"] == pytest.approx(measured["nats_per_character"] / np.log(2), rel=1e-3)
    file.write_text("naïve")
    with pytest.raises(InvalidInput, match="line 1: this network does not know 'ï'"):
        measured_on(example, file, "lstm")


def test_features_know_only_what_stands_before_a_character() -> None:
    text = "Go.\n\nROMEO:\nAy me!"
    found = features(text)
    name = text.index("R")
    assert found["inside a speaker's name"].nonzero()[0].tolist() == list(range(name + 1, name + 7))
    assert found["after a blank line"].nonzero()[0].tolist() == [name]
    assert found["characters since the line began"][text.index("Ay") :].tolist() == [0, 1, 2, 3, 4, 5]


def test_a_unit_that_copies_a_feature_correlates_with_it() -> None:
    rng = np.random.default_rng(0)
    feature = rng.random(500)
    states = np.stack((rng.random(500), -2 * feature + 1, np.ones(500)), 1)
    found = correlations(states, feature)
    assert found[1] == pytest.approx(-1) and abs(found[0]) < 0.2 and found[2] == 0
