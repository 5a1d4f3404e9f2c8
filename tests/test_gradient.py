"""Gradients on request equal finite differences, and vanish where nothing depends."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.helpers import gradient_of, present
from tests.tiny import all_wirings, some_input, tiny_network, wiring_name
from unrolled import Clamp, Embed, Freeze, InvalidRequest, record
from unrolled.topology import Kind


@pytest.mark.parametrize("wiring", all_wirings(), ids=wiring_name)
def test_every_wiring_back_propagates_to_every_layer(wiring: dict[str, Any]) -> None:
    network, x = tiny_network(**wiring), some_input(wiring["kind"])
    trace = record(network, x, T_y=4, gradient=-1)
    gradient = gradient_of(trace)
    assert [g.shape for g in gradient.h] == [(len(layer.values["h"]),) for layer in trace.layers]
    assert max(g.max() for g in gradient.h) > 0
    assert gradient.x.shape == (trace.T_x,)


@pytest.mark.parametrize("kind", ["many_to_one", "many_to_many", "encoder_decoder"])
def test_the_input_gradient_equals_finite_differences(kind: Kind) -> None:
    network = tiny_network(kind, "gru", read=Embed(size=3))
    torch.manual_seed(4)
    x = torch.randn(4, 3)
    trace = record(network, x, T_y=2, gradient=0)
    chosen, eps = trace.outputs[0].index, 1e-2

    def score(changed: Tensor) -> float:
        return float(np.log(present(record(network, changed, T_y=2).y_hat)[0][chosen]))

    for t in range(4):
        slopes = []
        for k in range(3):
            shift = torch.zeros_like(x)
            shift[t, k] = eps
            slopes.append((score(x + shift) - score(x - shift)) / (2 * eps))
        assert gradient_of(trace).x[t] == pytest.approx(np.linalg.norm(slopes), abs=2e-4)


def test_the_score_is_the_log_probability_of_the_choice() -> None:
    trace = record(tiny_network("many_to_one"), [1, 2, 3], gradient=0, y_labels=list("abcde"))
    assert gradient_of(trace).score == pytest.approx(np.log(trace.outputs[0].p), abs=1e-5)
    assert gradient_of(trace).label == trace.outputs[0].label


def test_later_states_and_inputs_have_no_part_in_an_earlier_output() -> None:
    trace = record(tiny_network("many_to_many"), [1, 2, 3, 4], gradient=1)
    assert (gradient_of(trace).h[0][:2] > 0).all()
    assert not gradient_of(trace).h[0][2:].any()
    assert not gradient_of(trace).x[2:].any()


def test_a_decoder_s_later_steps_get_zeros() -> None:
    trace = record(tiny_network("one_to_many"), T_y=5, gradient=2)
    assert (gradient_of(trace).h[0][:3] > 0).all()
    assert not gradient_of(trace).h[0][3:].any()


def test_nothing_flows_back_through_a_memory_that_is_wiped() -> None:
    network = tiny_network("many_to_one", "rnn")
    wipe = [Clamp(unit=u, value=0.0, steps=(1,)) for u in range(6)]
    trace = record(network, [1, 2, 3], interventions=wipe, gradient=0)
    assert gradient_of(trace).h[0][0] == 0
    assert gradient_of(trace).h[0][2] > 0


def test_a_cell_whose_gates_are_all_frozen_passes_nothing_back() -> None:
    network = tiny_network("many_to_one", "lstm")
    frozen = [Freeze(gate=gate, value=0.5) for gate in "ifgo"]
    trace = record(network, [1, 2, 3], interventions=frozen, gradient=0)
    assert not gradient_of(trace).x.any()
    assert gradient_of(trace).h[0].shape == (3,)


def test_an_output_that_is_not_there_is_refused() -> None:
    with pytest.raises(InvalidRequest, match="0 to 0, and -1 is the last") as caught:
        record(tiny_network("many_to_one"), [1, 2], gradient=1)
    assert caught.value.field == "gradient"


def test_minus_one_asks_for_the_last_output() -> None:
    last, third = (gradient_of(record(tiny_network("one_to_many"), T_y=3, gradient=y)) for y in (-1, 2))
    assert last.y == third.y == 2
    assert np.array_equal(last.h[0], third.h[0])


def test_an_lstm_s_memory_has_a_gradient_of_its_own_and_other_cells_have_none() -> None:
    lstm, gru = (
        gradient_of(record(tiny_network("many_to_one", cell), [1, 2, 3], gradient=0)) for cell in ("lstm", "gru")
    )
    assert gru.c is None
    assert present(lstm.c)[0].shape == lstm.h[0].shape == (3,)


def test_the_gradient_of_an_open_memory_is_what_f_lets_through() -> None:
    """With f = 1 and nothing read back from h, dL/dc is carried back unchanged: the constant error carousel."""
    network = tiny_network("many_to_one", "lstm")
    network.get_parameter("encoder.weight_hh_l0").zero_()
    open_memory = Freeze(gate="f", value=1.0)
    c = present(gradient_of(record(network, [1, 2, 3, 4, 5], interventions=[open_memory], gradient=0)).c)[0]
    assert c[:-1] == pytest.approx(c[1:], rel=1e-5)
    assert c[0] > 0
