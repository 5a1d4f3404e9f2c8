"""Outputs that collapse: what is read, how likely it is and which frames made it, against all paths written out."""

from collections import defaultdict
from itertools import product
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from tests.helpers import gradient_of, present
from tests.tiny import COLLAPSING, tiny_network
from unrolled import (
    Clamp,
    ConfigError,
    Decoding,
    Embed,
    Force,
    InterventionError,
    InvalidRequest,
    Network,
    NetworkConfig,
    Trace,
    record,
)
from unrolled.ctc import align, collapse, labelling_of, log_probability, prefix_beam
from unrolled.trace import Reading, Span

INPUT = [1, 5, 2, 8, 0, 3, 3, 4, 7]
EVERY_METHOD = [Decoding(), Decoding(method="beam", width=3), Decoding(method="sample", seed=5)]
READ = Embed(size=3)


def collapsing(cell: str = "lstm", sharp: float = 4.0, **changes: Any) -> Network:
    """Make a network whose outputs collapse, sure enough of itself for labels and blanks to take turns."""
    network = tiny_network("many_to_many", cell, **COLLAPSING | changes)
    network.head.weight.data.mul_(sharp)
    return network


@st.composite
def frames(draw: st.DrawFn) -> tuple[np.ndarray, int]:
    """Draw log-probabilities (T, n_y) of a few frames and classes, and which class is the blank."""
    T, n = draw(st.integers(1, 5)), draw(st.integers(2, 3))
    logits = draw(arrays.arrays(np.float64, (T, n), elements=st.floats(-4, 4)))
    return torch.tensor(logits).log_softmax(-1).numpy(), draw(st.integers(0, n - 1))


def read_of(trace: Trace) -> tuple[Span, ...]:
    """Give what is left of outputs that collapse."""
    return present(trace.reading)


def likeliest(trace: Trace) -> Reading:
    """Give the reading that was taken, with its probability."""
    return present(trace.readings)[0]


def said_of(trace: Trace) -> np.ndarray:
    """Give the probabilities of all classes in every frame, (T_x, n_y)."""
    return present(trace.y_hat)


def all_paths(log_p: np.ndarray, blank: int) -> dict[tuple[int, ...], list[float]]:
    """Write out every path, by what it reads: the log-probabilities of the paths of each labelling."""
    found = defaultdict(list)
    for path in product(range(log_p.shape[1]), repeat=len(log_p)):
        found[labelling_of(path, blank)].append(log_p[range(len(path)), path].sum())
    return found


@pytest.mark.parametrize(
    ("path", "read"),
    [
        ("_____", []),
        ("aab", [("a", 0, 1), ("b", 2, 2)]),
        ("a_a", [("a", 0, 0), ("a", 2, 2)]),
        ("__hhe_ll_llo_", [("h", 2, 3), ("e", 4, 4), ("l", 6, 7), ("l", 9, 10), ("o", 11, 11)]),
    ],
)
def test_repeats_join_and_then_blanks_go(path: str, read: list[tuple[str, int, int]]) -> None:
    numbers = ["_abehlo".index(letter) for letter in path]
    assert [("_abehlo"[label], first, last) for label, first, last in collapse(numbers, 0)] == read


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 3))
def test_what_is_read_so_far_is_the_collapse_of_the_frames_so_far(path: list[int], blank: int) -> None:
    spans = collapse(path, blank)
    for t in range(len(path)):
        begun = tuple(span.label for span in spans if span.first <= t)
        assert labelling_of(path[: t + 1], blank) == begun


@given(frames())
@settings(deadline=None, max_examples=60)
def test_a_labelling_is_as_likely_as_all_of_its_paths_together(case: tuple[np.ndarray, int]) -> None:
    log_p, blank = case
    found = all_paths(log_p, blank)
    for labelling, paths in found.items():
        total = log_probability(torch.tensor(log_p), labelling, blank).item()
        assert total == pytest.approx(np.logaddexp.reduce(paths), abs=1e-9)
    assert np.logaddexp.reduce([p for paths in found.values() for p in paths]) == pytest.approx(0, abs=1e-9)


@given(frames())
@settings(deadline=None, max_examples=60)
def test_the_alignment_is_the_likeliest_path_of_its_labelling(case: tuple[np.ndarray, int]) -> None:
    log_p, blank = case
    for labelling, paths in all_paths(log_p, blank).items():
        path = align(log_p, labelling, blank)
        assert labelling_of(path, blank) == labelling
        assert log_p[range(len(path)), path].sum() == pytest.approx(max(paths), abs=1e-12)


@given(frames())
@settings(deadline=None, max_examples=60)
def test_a_beam_that_keeps_everything_finds_every_labelling_in_order(case: tuple[np.ndarray, int]) -> None:
    log_p, blank = case
    totals = {labelling: np.logaddexp.reduce(paths) for labelling, paths in all_paths(log_p, blank).items()}
    found = prefix_beam(log_p, blank, 10_000)
    assert set(found) == set(totals)
    assert [totals[labelling] for labelling in found] == pytest.approx(sorted(totals.values(), reverse=True), abs=1e-9)


@given(frames(), st.integers(1, 4))
@settings(deadline=None, max_examples=60)
def test_a_narrow_beam_keeps_as_many_beginnings_and_no_impossible_one(case: Any, width: int) -> None:
    log_p, blank = case
    found = prefix_beam(log_p, blank, width)
    assert 1 <= len(found) == len(set(found)) <= width
    assert set(found) <= set(all_paths(log_p, blank))


@pytest.mark.parametrize("decoding", EVERY_METHOD, ids=lambda d: d.method)
@pytest.mark.parametrize("seed", range(3))
def test_T_y_brackets_exactly_the_spans_of_the_reading(decoding: Decoding, seed: int) -> None:
    trace = record(collapsing(seed=seed), INPUT, decoding=decoding, y_labels="_abcd")
    path, spans = [present(output.index) for output in trace.outputs], read_of(trace)
    assert trace.T_y == len(spans) <= trace.T_x == len(path) == len(said_of(trace))
    assert [(span.kind, span.first, span.last) for span in spans] == list(collapse(path, 0))
    assert [span.label for span in spans] == list(likeliest(trace).labels)
    assert likeliest(trace).text == "".join(span.label for span in spans)
    assert [column.y for column in trace.columns] == list(range(trace.T_x))
    assert trace.decoding == decoding


def test_the_best_path_is_what_each_frame_says_alone() -> None:
    trace = record(collapsing(), INPUT)
    assert [output.index for output in trace.outputs] == said_of(trace).argmax(1).tolist()
    assert trace.decoding == Decoding(method="greedy")


@pytest.mark.parametrize("seed", range(4))
def test_a_beam_reads_what_is_likeliest_of_all_and_shows_its_likeliest_path(seed: int) -> None:
    network = collapsing(seed=seed, sharp=1.0, n_y=3)
    trace = record(network, INPUT[:3], decoding=Decoding(method="beam", width=16))
    found = all_paths(np.log(said_of(trace).astype(np.float64)), 0)
    totals = sorted(((np.exp(np.logaddexp.reduce(paths)), said) for said, paths in found.items()), reverse=True)
    assert likeliest(trace).labels == tuple(str(label) for label in totals[0][1])
    assert [reading.p for reading in present(trace.readings)] == pytest.approx([p for p, _ in totals[:16]], abs=1e-6)
    path = np.log([output.p for output in trace.outputs]).sum()
    assert path == pytest.approx(max(found[totals[0][1]]), abs=1e-5)


def test_a_beam_finds_a_reading_that_the_best_path_misses() -> None:
    """By 0.6 blank in both frames: the best path is empty (0.36), and `a` has three paths (0.64)."""
    log_p = np.log([[0.6, 0.4], [0.6, 0.4]])
    assert labelling_of(log_p.argmax(1).tolist(), 0) == ()
    assert prefix_beam(log_p, 0, 2) == [(1,), ()]
    assert align(log_p, (1,), 0) in ([0, 1], [1, 0])


def test_samples_read_each_labelling_as_often_as_it_is_likely() -> None:
    network = collapsing(sharp=1.0, n_y=3)
    runs = [record(network, INPUT[:3], decoding=Decoding(method="sample", seed=seed)) for seed in range(300)]
    best = likeliest(record(network, INPUT[:3], decoding=Decoding(method="beam", width=16)))
    share = np.mean([likeliest(trace) == best for trace in runs])
    assert share == pytest.approx(best.p, abs=0.1)


def test_nothing_but_blanks_reads_as_nothing() -> None:
    network = collapsing()
    network.head.bias.data[0] = 50.0
    for decoding in EVERY_METHOD:
        trace = record(network, INPUT, decoding=decoding, gradient=-1)
        assert (trace.T_y, read_of(trace), likeliest(trace).text) == (0, (), "")
        assert gradient_of(trace).label == ""
        assert gradient_of(trace).score == pytest.approx(0, abs=1e-6)


def test_p_of_a_span_is_how_likely_one_of_its_frames_says_it() -> None:
    trace = record(collapsing(), INPUT)
    assert any(span.last > span.first for span in read_of(trace))
    for span in read_of(trace):
        said = said_of(trace)[span.first : span.last + 1, span.kind]
        assert span.p == pytest.approx(1 - np.prod(1 - said), abs=1e-5)
        assert span.p >= said.max() - 1e-6


@pytest.mark.parametrize("decoding", EVERY_METHOD, ids=lambda d: d.method)
@pytest.mark.parametrize("directions", [1, 2])
def test_the_score_of_a_gradient_is_that_of_torch_s_ctc_loss(decoding: Decoding, directions: int) -> None:
    network = collapsing(directions=directions)
    trace = record(network, INPUT, decoding=decoding, gradient=-1)
    log_p = network(torch.tensor([INPUT])).log_softmax(-1).transpose(0, 1)
    said = torch.tensor([[span.kind for span in read_of(trace)]])
    loss = F.ctc_loss(log_p, said, torch.tensor([len(INPUT)]), torch.tensor([said.shape[1]]), reduction="sum")
    assert gradient_of(trace).score == pytest.approx(-loss.item(), abs=1e-5)
    assert np.exp(gradient_of(trace).score) == pytest.approx(likeliest(trace).p, abs=1e-6)
    assert (gradient_of(trace).y, gradient_of(trace).label) == (None, likeliest(trace).text)


def test_the_gradient_of_a_reading_equals_finite_differences() -> None:
    network, eps = collapsing("gru", read=READ), 1e-3
    x = torch.randn(5, 3, generator=torch.Generator().manual_seed(2)).double()
    wide = in_double(network)
    trace = record(network, x, gradient=-1)
    said = tuple(span.kind for span in read_of(trace))

    def score(changed: torch.Tensor) -> float:
        return log_probability(wide(changed[None])[0].log_softmax(-1), said, 0).item()

    for t in range(len(x)):
        slopes = []
        for k in range(3):
            shift = torch.zeros_like(x)
            shift[t, k] = eps
            slopes.append((score(x + shift) - score(x - shift)) / (2 * eps))
        assert gradient_of(trace).x[t] == pytest.approx(np.linalg.norm(slopes), abs=1e-4)


def in_double(network: Any) -> Any:
    """Copy a network into double precision, in which small differences are not lost."""
    wide = type(network)(network.config).double().eval()
    wide.load_state_dict(network.state_dict())
    return wide


def test_an_intervention_changes_what_is_read_and_its_gradient() -> None:
    network = collapsing()
    held = [Clamp(unit=unit, value=0.0, steps=(4,)) for unit in range(6)]
    plain, changed = (record(network, INPUT, gradient=-1, interventions=i) for i in ((), held))
    head = network.head.bias.softmax(-1).numpy()
    np.testing.assert_allclose(said_of(changed)[4], head, atol=1e-6)
    assert [o.index for o in changed.outputs[:4]] == [o.index for o in plain.outputs[:4]]
    assert changed.T_y == len(read_of(changed))
    assert gradient_of(changed).score == pytest.approx(np.log(likeliest(changed).p), abs=1e-5)


def test_no_output_can_be_forced_where_none_is_fed_back() -> None:
    with pytest.raises(InterventionError, match="feeds no output back"):
        record(collapsing(), INPUT, interventions=[Force(step=0, y=1)])


@pytest.mark.parametrize("y", [0, 3, -2])
def test_a_reading_is_scored_as_a_whole(y: int) -> None:
    with pytest.raises(InvalidRequest, match="ask for -1") as refused:
        record(collapsing(), INPUT, gradient=y)
    assert refused.value.field == "gradient"


@pytest.mark.parametrize(
    "wrong",
    [
        {"blank": None},
        {"blank": 5},
        {"blank": -1},
        {"n_y": 1},
        {"output": "sigmoid"},
        {"collapse": None},
        {"kind": "many_to_one"},
    ],
)
def test_a_collapse_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    right = {"kind": "many_to_many", "cell": "gru", "hidden": 4, "n_y": 5, "read": READ, **COLLAPSING}
    assert NetworkConfig(**right).topology.collapse == "ctc"
    with pytest.raises((ValueError, ConfigError)):
        NetworkConfig(**right | wrong)


def test_a_collapse_survives_the_weights_file(tmp_path: Any) -> None:
    network = collapsing()
    network.save(tmp_path / "a.safetensors", torch.float32)
    again = type(network).load(tmp_path / "a.safetensors")
    assert again.config == network.config
    assert record(again, INPUT).to_json() == record(network, INPUT).to_json()
