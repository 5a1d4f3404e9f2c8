"""A trace is the truth about a run, by whichever path it was recorded."""

from typing import Any

import numpy as np
import pytest
import torch

from tests.helpers import present
from tests.tiny import FUSED_KINDS, all_wirings, some_input, tiny_network, wiring_name
from unrolled import Embed, Label, LengthError, record, seen
from unrolled.topology import Kind

every_wiring = pytest.mark.parametrize("wiring", all_wirings(), ids=wiring_name)


@every_wiring
def test_recorded_states_equal_torch_s(wiring: dict[str, Any]) -> None:
    network, x = tiny_network(**wiring), some_input(wiring["kind"])
    for path in ("fast", "step"):
        check = record(network, x, T_y=6, path=path).check
        assert present(check.max_abs_error) < 1e-6
        assert check.reference == ("torch" if wiring["cell"] in FUSED_KINDS else "cell")


@every_wiring
def test_logits_equal_those_of_the_training_pass(wiring: dict[str, Any]) -> None:
    network, x = tiny_network(**wiring), some_input(wiring["kind"])
    trace = record(network, x, T_y=6)
    chosen = torch.tensor([[o.index for o in trace.outputs]])
    batch = None if x is None else torch.tensor([x])
    y_hat = network.activate(network(batch, y=chosen if network.decoder else None))[0]
    np.testing.assert_allclose(present(trace.y_hat), y_hat.numpy(), atol=1e-5)


def test_many_to_one_reads_forward_at_the_end_and_backward_at_the_start() -> None:
    network = tiny_network("many_to_one", directions=2)
    trace = record(network, [1, 2, 3, 4])
    forward, backward = (layer.values["h"] for layer in trace.layers)
    joined = torch.tensor(np.concatenate((forward[-1], backward[0])))
    expected = network.head(joined).softmax(-1).numpy()
    np.testing.assert_allclose(present(trace.y_hat)[0], expected, atol=1e-6)


@pytest.mark.parametrize("directions", [1, 2])
def test_the_running_verdict_is_what_each_beginning_alone_gives(directions: int) -> None:
    network, x = tiny_network("many_to_one", directions=directions, layers=2), [1, 5, 2, 8]
    trace = record(network, x)
    for t, verdict in enumerate(present(trace.running)):
        alone = record(network, x[: t + 1]).outputs[0]
        assert verdict.index == alone.index
        assert verdict.p == pytest.approx(alone.p, abs=1e-6)
    assert present(trace.running)[-1].alternatives[0].p == pytest.approx(trace.outputs[0].alternatives[0].p, abs=1e-6)


def test_only_many_to_one_has_a_running_verdict() -> None:
    assert record(tiny_network("many_to_many"), [1, 2]).running is None
    assert record(tiny_network("one_to_many"), T_y=3).running is None


def test_a_decoder_stops_at_its_end_symbol_and_counts_it() -> None:
    network = tiny_network("one_to_many", end=2)
    network.head.bias[2] = 50.0
    trace = record(network, T_y=9)
    assert trace.T_y == 1
    assert trace.outputs[0].index == 2


def test_without_an_input_nothing_is_read() -> None:
    trace = record(tiny_network("one_to_many"), T_y=4)
    assert (trace.T_x, trace.T_y) == (0, 4)
    assert trace.x.shape[0] == 0
    assert [c.reads for c in trace.columns] == ["nothing", "y_hat", "y_hat", "y_hat"]


def test_one_to_many_can_start_from_an_input() -> None:
    network = tiny_network("one_to_many", read=Embed(size=4))
    trace = record(network, [[0.1, 0.2, 0.3, 0.4]], T_y=3)
    other = record(network, [[0.9, 0.2, 0.3, 0.4]], T_y=3)
    assert trace.T_x == 1
    assert trace.columns[0].reads == "x"
    assert not np.array_equal(present(trace.y_hat), present(other.y_hat))


def test_attention_rows_add_up_to_one_over_the_input() -> None:
    network = tiny_network("encoder_decoder", attention="additive", directions=2)
    trace = record(network, [1, 2, 3, 4, 5], T_y=4)
    assert present(trace.attention).shape == (4, 5)
    np.testing.assert_allclose(present(trace.attention).sum(1), 1, atol=1e-6)


def test_alternatives_are_the_likeliest_first_and_as_many_as_asked() -> None:
    trace = record(tiny_network("many_to_many"), [1, 2, 3], top_k=3, y_labels=list("abcde"))
    for output, row in zip(trace.outputs, present(trace.y_hat), strict=True):
        assert [a.index for a in output.alternatives] == np.argsort(-row, kind="stable")[:3].tolist()
        assert output.label == "abcde"[int(row.argmax())]


def test_a_regression_emits_its_numbers_and_feeds_them_back() -> None:
    network = tiny_network("encoder_decoder", n_y=2, output="identity", feed_back=Embed(size=2))
    trace = record(network, [1, 2, 3], T_y=3)
    assert trace.outputs[0].index is None
    assert [a.p for a in trace.outputs[1].alternatives] == pytest.approx(present(trace.y_hat)[1].tolist())


def test_many_classes_are_not_written_out_whole() -> None:
    assert record(tiny_network("many_to_one", n_y=65), [1]).y_hat is None
    assert present(record(tiny_network("many_to_one", n_y=64), [1]).y_hat).shape == (1, 64)


def test_labels_default_to_what_was_given() -> None:
    assert [label.text for label in record(tiny_network("many_to_one"), [4, 7]).x_labels] == ["4", "7"]
    labels = (Label(text="not"), Label(text="badd", note="unknown"))
    assert record(tiny_network("many_to_one"), [4, 7], x_labels=labels).x_labels == labels


def test_every_state_says_what_it_has_seen() -> None:
    network = tiny_network("encoder_decoder", directions=2)
    trace = record(network, [1, 2, 3], T_y=2)
    for layer in trace.layers:
        mine = [c for c in trace.columns if c.part == layer.part]
        spans = [seen(network.topology, trace.T_x, c, layer.layer, layer.direction) for c in mine]
        assert layer.seen_x == tuple(s.x for s in spans)
        assert layer.seen_y == tuple(s.y for s in spans)


@pytest.mark.parametrize("t", range(4))
def test_a_state_depends_on_exactly_the_inputs_that_it_has_seen(t: int) -> None:
    network, x = tiny_network("many_to_many", directions=2), [1, 2, 3, 4]
    changed = [*x[:t], 8, *x[t + 1 :]]
    for a, b in zip(record(network, x).layers, record(network, changed).layers, strict=True):
        for step, (first, end) in enumerate(a.seen_x):
            differs = not np.array_equal(a.values["h"][step], b.values["h"][step])
            assert differs == (first <= t < end)


@pytest.mark.parametrize(
    ("kind", "x", "message"),
    [
        ("many_to_one", None, "at least one step"),
        ("many_to_one", [], "at least one step"),
        ("many_to_one", [9], "0 to 8"),
        ("many_to_one", [-1], "0 to 8"),
        ("many_to_one", [[1, 2]], r"reads \(T_x,\)"),
        ("one_to_one", [1, 2], "T_x = 2"),
        ("one_to_many", [1], "reads no x"),
    ],
)
def test_an_input_that_does_not_fit_is_refused_with_what_fits(kind: Kind, x: Any, message: str) -> None:
    with pytest.raises(LengthError, match=message):
        record(tiny_network(kind), x)


def test_many_threads_record_at_once_without_disturbing_each_other() -> None:
    from concurrent.futures import ThreadPoolExecutor

    network = tiny_network("many_to_one", directions=2)
    inputs = [[i % 9, (i * 3) % 9, (i * 5) % 9] for i in range(24)]
    alone = [record(network, x).to_json() for x in inputs]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda x: record(network, x).to_json(), inputs)) == alone
