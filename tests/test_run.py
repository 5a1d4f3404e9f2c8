"""A run is complete in itself: whatever a trace says of it can be worked out from the run alone."""

from collections.abc import Iterable
from typing import Any

import pytest
import torch

from tests.helpers import present
from tests.tiny import all_wirings, some_input, tiny_network, wiring_name
from unrolled import Decoding, Force, Intervention, LengthError, Network, record
from unrolled.describe import error, gradient_record, running, trace_of
from unrolled.inputs import default_labels, embed
from unrolled.outputs import Names, as_outputs
from unrolled.plan import Plan
from unrolled.record import run_planned
from unrolled.run import Run

every_wiring = pytest.mark.parametrize("wiring", all_wirings()[::3], ids=wiring_name)
BY_NUMBER = Names(None, 5)


def run_of(
    wiring: dict[str, Any], limit: int = 4, stepped: bool = False, interventions: Iterable[Intervention] = ()
) -> Run:
    """Run a tiny network, with at most `limit` outputs."""
    network = tiny_network(**wiring)
    with torch.inference_mode():
        inputs, places = embed(network, some_input(wiring["kind"]))
        plan = Plan(network, tuple(interventions), {"encoder": len(inputs), "decoder": limit})
        return run_planned(plan, inputs, places, decoding_of(network), stepped)


def decoding_of(network: Network) -> Decoding | None:
    """Choose as `record` does unless it is asked."""
    return Decoding() if network.topology.decides else None


@every_wiring
def test_a_run_described_is_the_trace_that_record_gives(wiring: dict[str, Any]) -> None:
    run, x = run_of(wiring), some_input(wiring["kind"])
    with torch.inference_mode():
        trace = trace_of(run, default_labels(x, run.T_x), None, BY_NUMBER, decoding_of(run.network), -1)
    assert trace.to_json() == record(run.network, x, T_y=4, gradient=-1).to_json()


@every_wiring
def test_a_run_lists_its_layers_part_after_part_and_each_is_as_long_as_its_part(wiring: dict[str, Any]) -> None:
    run = run_of(wiring)
    parts = [layer.part for layer in run.layers]
    assert parts == sorted(parts, key=run.network.topology.parts.index)
    lengths = {"encoder": run.T_x, "decoder": run.T_y}
    assert [len(layer.values["h"]) for layer in run.layers] == [lengths[part] for part in parts]


def test_a_limit_is_not_a_length() -> None:
    wiring = {"kind": "one_to_many", "end": 2}
    assert run_of(wiring, limit=7).plan.limits["decoder"] == 7
    ended = run_of(wiring, limit=7, interventions=[Force(step=1, y=2)])
    assert (ended.T_y, ended.plan.limits["decoder"]) == (2, 7)
    with pytest.raises(LengthError):
        run_of(wiring, limit=0)


def test_only_a_network_that_answers_once_is_asked_on_its_way() -> None:
    assert running(run_of({"kind": "many_to_many"}), BY_NUMBER) is None
    answers = running(run_of({"kind": "many_to_one"}), Names(list("abcde"), 2))
    assert answers is not None
    assert {len(answer.alternatives) for answer in answers} == {2}
    assert {answer.label for answer in answers} <= set("abcde")


@pytest.mark.parametrize("stepped", [False, True])
def test_a_run_knows_how_exact_it_is(stepped: bool) -> None:
    run = run_of({"kind": "encoder_decoder", "directions": 2}, stepped=stepped)
    with torch.inference_mode():
        assert present(error(run)) < 1e-6


def test_a_gradient_is_of_the_run_and_named_by_its_outputs() -> None:
    run = run_of({"kind": "one_to_many"}, limit=3)
    found = gradient_record(run, 1, as_outputs(run.emitted, run.network, Names(list("abcde"), 1)))
    assert found.label == "abcde"[int(run.emitted.chosen[1])]
    assert found.h[0][1] > 0 == found.h[0][2]
