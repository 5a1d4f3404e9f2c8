"""Interventions change what they name, nothing that does not depend on it, and refuse what does not exist."""

import numpy as np
import pytest

from tests.helpers import present
from tests.tiny import CELL_KINDS, tiny_network
from unrolled import Clamp, Decoding, Force, Freeze, Intervention, InterventionError, record
from unrolled.topology import Kind

X = [1, 5, 2, 8, 3]


@pytest.mark.parametrize("cell", CELL_KINDS)
def test_a_clamped_unit_holds_its_value_and_the_past_is_untouched(cell: str) -> None:
    network = tiny_network("many_to_many", cell)
    plain = record(network, X)
    changed = record(network, X, interventions=[Clamp(unit=2, value=0.5, steps=(2,))])
    a, b = plain.layers[0].values["h"], changed.layers[0].values["h"]
    assert b[2, 2] == 0.5
    np.testing.assert_allclose(a[:2], b[:2], atol=1e-6)
    assert np.abs(a[3:] - b[3:]).max() > 1e-3


def test_a_clamped_memory_shows_in_the_state_of_the_same_step() -> None:
    network = tiny_network("many_to_many", "lstm")
    trace = record(network, X, interventions=[Clamp(state="c", unit=1, value=2.0)])
    v = trace.layers[0].values
    assert (v["c"][:, 1] == 2.0).all()
    np.testing.assert_allclose(v["h"], v["o"] * np.tanh(v["c"]), atol=1e-6)


def test_a_frozen_update_gate_keeps_the_first_state_for_ever() -> None:
    network = tiny_network("many_to_one", "gru")
    trace = record(network, X, interventions=[Freeze(gate="z", value=1.0)])
    assert not trace.layers[0].values["h"].any()  # h_0 = 0, and z = 1 keeps the old state


def test_freezing_one_unit_of_a_gate_leaves_the_others() -> None:
    network = tiny_network("many_to_many", "lstm")
    plain = record(network, X, path="step").layers[0].values["f"]
    frozen = record(network, X, interventions=[Freeze(gate="f", unit=3, value=0.0, steps=(0,))])
    f = frozen.layers[0].values["f"]
    assert f[0, 3] == 0.0
    np.testing.assert_array_equal(np.delete(f[0], 3), np.delete(plain[0], 3))


def test_interventions_reach_any_layer_direction_and_part() -> None:
    network = tiny_network("encoder_decoder", "gru", layers=2, directions=2)
    there = Clamp(layer=1, direction="backward", unit=0, value=0.25, steps=(4,))
    here = Clamp(part="decoder", layer=1, unit=0, value=-0.25, steps=(1,))
    trace = record(network, X, T_y=3, interventions=[there, here])
    found = {(layer.part, layer.layer, layer.direction): layer.values["h"] for layer in trace.layers}
    assert found["encoder", 1, "backward"][4, 0] == 0.25
    assert found["decoder", 1, "forward"][1, 0] == -0.25
    assert trace.check.max_abs_error is None
    assert trace.interventions == (there, here)


def test_a_forced_token_is_emitted_marked_and_fed_back() -> None:
    network = tiny_network("one_to_many")
    plain, forced = record(network, T_y=4), record(network, T_y=4, interventions=[Force(step=1, y=4)])
    assert forced.outputs[1].index == 4
    assert [o.forced for o in forced.outputs] == [False, True, False, False]
    np.testing.assert_array_equal(present(plain.y_hat)[:2], present(forced.y_hat)[:2])
    assert not np.array_equal(present(plain.y_hat)[2], present(forced.y_hat)[2])
    assert present(forced.check.max_abs_error) < 1e-6


def test_forcing_one_letter_changes_no_draw_of_the_others() -> None:
    network = tiny_network("one_to_many")
    sampling = Decoding(method="sample", seed=5)
    plain = record(network, T_y=6, decoding=sampling)
    same = record(network, T_y=6, decoding=sampling, interventions=[Force(step=2, y=present(plain.outputs[2].index))])
    assert [o.index for o in same.outputs] == [o.index for o in plain.outputs]


def test_a_forced_vector_is_fed_back() -> None:
    from unrolled import Embed

    network = tiny_network("encoder_decoder", n_y=2, output="identity", feed_back=Embed(size=2))
    trace = record(network, X, T_y=3, interventions=[Force(step=0, y=(3.0, -1.0))])
    assert [a.p for a in trace.outputs[0].alternatives] == [3.0, -1.0]


@pytest.mark.parametrize(
    ("kind", "cell", "intervention", "message"),
    [
        ("many_to_one", "gru", Clamp(unit=6, value=0), "0 to 5"),
        ("many_to_one", "gru", Clamp(unit=0, value=0, layer=1), "0 to 0"),
        ("many_to_one", "gru", Clamp(unit=0, value=0, direction="backward"), "forward only"),
        ("many_to_one", "gru", Clamp(unit=0, value=0, part="decoder"), "no decoder"),
        ("many_to_one", "gru", Clamp(unit=0, value=0, steps=(5,)), "0 to 4"),
        ("many_to_one", "gru", Clamp(state="c", unit=0, value=0), "no state 'c'"),
        ("many_to_one", "gru", Freeze(gate="f", value=0), "it has r, z, n"),
        ("many_to_one", "rnn", Freeze(gate="f", value=0), "clamp its h"),
        ("many_to_one", "gru", Force(step=0, y=1), "no output back"),
        ("encoder_decoder", "gru", Force(step=9, y=1), "0 to 2"),
        ("encoder_decoder", "gru", Force(step=0, y=5), "0 to 4"),
        ("encoder_decoder", "gru", Force(step=0, y=(1.0,)), "not a class"),
    ],
)
def test_an_intervention_that_names_nothing_is_refused_with_what_there_is(
    kind: Kind, cell: str, intervention: Intervention, message: str
) -> None:
    with pytest.raises(InterventionError, match=message) as caught:
        record(tiny_network(kind, cell), X, T_y=3, interventions=[intervention])
    assert caught.value.field == "interventions.0"
