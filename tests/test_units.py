"""What numbers mean outside of a network stands beside what it wrote."""

import numpy as np
import pytest

from app.gallery import steps_of
from models.units import Unit, with_units
from tests.tiny import some_input, tiny_network
from unrolled import Embed, Trace, record

DOUBLED = Unit("twice as much", lambda written: 2 * written[:, 0] + 10)
NUMBER = {"output": "identity", "n_y": 1}


def sum_of_a_list(seed: int = 0) -> Trace:
    """Record a network that answers with one number at the end."""
    return record(tiny_network("many_to_one", seed=seed, **NUMBER), some_input("many_to_one"), y_labels=["sum"])


def written_numbers() -> Trace:
    """Record a network that writes three numbers, each from the one before."""
    network = tiny_network("encoder_decoder", feed_back=Embed(size=1), **NUMBER)
    return record(network, some_input("encoder_decoder"), T_y=3, y_labels=["load"])


@pytest.mark.parametrize("trace", [sum_of_a_list(), written_numbers()], ids=["sum", "load"])
def test_values_stand_beside_the_recorded_numbers(trace: Trace) -> None:
    measured = with_units(trace, DOUBLED, [1.5] * trace.T_y)
    assert [o.value for o in measured.outputs] == pytest.approx([2 * o.p + 10 for o in trace.outputs])
    assert [o.value for o in measured.running or ()] == pytest.approx([2 * o.p + 10 for o in trace.running or ()])
    plain = {"unit": None, "truth": None, "outputs": trace.outputs, "running": trace.running}
    assert measured.model_copy(update=plain).to_json() == trace.to_json()


def test_the_truth_survives_the_wire_and_cannot_be_changed() -> None:
    measured = with_units(sum_of_a_list(), None, [1.91])
    assert measured.unit is None and measured.outputs[0].value is None
    assert Trace.from_json(measured.to_json()).truth == pytest.approx([1.91])
    assert measured.truth is not None and not measured.truth.flags.writeable


def test_a_table_without_script_tells_both_numbers() -> None:
    trace = with_units(written_numbers(), DOUBLED, None)
    last = steps_of(trace)[-1]
    assert (last.emitted, last.own, last.p) == (f"{trace.outputs[2].value:.4g}", trace.outputs[2].label, "")
    assert last.read == f"{trace.outputs[1].value:.4g}"


def test_a_number_is_no_probability_in_the_table() -> None:
    last = steps_of(sum_of_a_list())[-1]
    assert last.emitted.startswith("sum ") and (last.own, last.p) == ("", "")
    assert np.isfinite(float(last.emitted.removeprefix("sum ")))
