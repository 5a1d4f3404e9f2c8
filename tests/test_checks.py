"""What `record` is asked for is checked first, and what it tells is finite and valid by the trace's own schema."""

import json
import math
from functools import partial
from typing import Any, Literal

import jsonschema
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils import parametrizations, prune

from tests.helpers import present
from tests.tiny import FED_BACK, TOKENS, all_wirings, some_input, tiny_network
from unrolled import (
    CELLS,
    Clamp,
    ConfigError,
    Decoding,
    Embed,
    Force,
    Freeze,
    InterventionError,
    InvalidRequest,
    Label,
    Network,
    NotFinite,
    Trace,
    UnrolledError,
    WeightsError,
    record,
)

SCHEMA = jsonschema.Draft202012Validator(Trace.json_schema())
VECTORS = Embed(kind="vector", size=3)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"x": [[1, 2], [3]]}, "input"),
        ({"x": ["a", "b"]}, "input"),
        ({"x": 3}, "input"),
        ({"x": []}, "input"),
        ({"x": [1.5, 2.0]}, "input"),
        ({"x": [1, 9]}, "input"),
        ({"x": [1, -1]}, "input"),
        ({"x": None}, "input"),
        ({"T_y": 0}, "T_y"),
        ({"T_y": 2.5}, "T_y"),
        ({"top_k": 0}, "top_k"),
        ({"top_k": True}, "top_k"),
        ({"gradient": 1}, "gradient"),
        ({"gradient": -2}, "gradient"),
        ({"gradient": "last"}, "gradient"),
        ({"path": "slow"}, "path"),
        ({"x_labels": [Label(text="a")]}, "x_labels"),
        ({"x_labels": ["a"] * 7}, "x_labels"),
        ({"y_labels": ["a"]}, "y_labels"),
        ({"x_labels": 7}, "x_labels"),
        ({"y_labels": 5}, "y_labels"),
        ({"interventions": [{"kind": "clamp"}]}, "interventions.0"),
        ({"interventions": None}, "interventions"),
        ({"interventions": Clamp(unit=0, value=0)}, "interventions"),
        ({"decoding": "greedy"}, "decoding"),
        ({"x": torch.ones(3, dtype=torch.long, device="meta")}, "input"),
        ({"x": torch.ones(3, dtype=torch.long).to_sparse()}, "input"),
    ],
)
def test_what_cannot_be_run_as_asked_names_its_field(asked: dict[str, Any], field: str) -> None:
    options: dict[str, Any] = {"x": some_input("many_to_one")} | asked
    with pytest.raises(InvalidRequest) as caught:
        record(tiny_network("many_to_one"), **options)
    assert caught.value.field == field


@pytest.mark.parametrize(("module", "instead"), [(nn.LSTM(3, 4), "record_module"), (nn.Linear(3, 4), "NetworkConfig")])
def test_a_module_that_is_no_network_is_told_what_records_it(module: nn.Module, instead: str) -> None:
    with pytest.raises(ConfigError, match=instead):
        record(module, [1, 2])  # type: ignore[arg-type]


def test_a_network_whose_part_runs_another_cell_is_refused() -> None:
    network = tiny_network("many_to_one", "lstm")
    network.encoder = nn.LSTM(4, 6, proj_size=2)
    with pytest.raises(ConfigError, match="its parts runs lstm_projected"):
        record(network, [1, 2])


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_vectors_that_are_not_finite_are_no_input(bad: float) -> None:
    with pytest.raises(InvalidRequest, match="not finite"):
        record(tiny_network("many_to_one", read=VECTORS), [[0.0, bad, 1.0]])


@pytest.mark.parametrize("cell", CELLS)
def test_no_value_can_be_held_outside_of_its_range(cell: str) -> None:
    network, x = tiny_network("many_to_many", cell), some_input("many_to_many")
    for value in CELLS[cell].values:
        if value.low is None or value.high is None:
            continue
        for outside in (value.low - 0.01, value.high + 0.01):
            held = (
                Clamp(state="h", unit=0, value=outside)
                if value.role == "state"
                else Freeze(gate=value.name, value=outside)
            )
            with pytest.raises(InterventionError, match=f"between {value.low:g} and {value.high:g}"):
                record(network, x, interventions=[held])


def test_a_value_with_one_bound_is_held_on_its_side_of_it() -> None:
    network, x = tiny_network("many_to_many", "rnn_relu"), some_input("many_to_many")
    assert (record(network, x, interventions=[Clamp(unit=0, value=7)]).layers[0].values["h"][:, 0] == 7).all()
    with pytest.raises(InterventionError, match="h is 0 or more; -1 is outside"):
        record(network, x, interventions=[Clamp(unit=0, value=-1)])


@pytest.mark.parametrize("given", [np.zeros((3, 3), np.float32), torch.zeros(3, 3)], ids=["numpy", "torch"])
def test_a_trace_does_not_change_with_what_it_was_made_from(given: Any) -> None:
    trace = record(tiny_network("many_to_one", read=VECTORS), given)
    given += 5
    assert not trace.x.any()
    assert record(tiny_network("many_to_one", read=VECTORS), trace.x).to_json() == trace.to_json()


def test_a_double_that_single_precision_cannot_hold_is_no_input() -> None:
    with pytest.raises(InvalidRequest, match="not finite"):
        record(tiny_network("many_to_one", read=VECTORS), torch.full((1, 3), 1e300, dtype=torch.float64))


def test_no_output_can_be_forced_outside_of_what_a_sigmoid_gives() -> None:
    network = tiny_network("one_to_many", feed_back=Embed(kind="vector", size=2), n_y=2, output="sigmoid")
    assert record(network, T_y=2, interventions=[Force(step=0, y=(0.0, 1.0))]).outputs[0].forced
    with pytest.raises(InterventionError, match="between 0 and 1"):
        record(network, T_y=2, interventions=[Force(step=0, y=(0.5, 1.1))])


@pytest.mark.parametrize("method", ["greedy", "sample", "beam"])
def test_outputs_that_are_nan_are_refused_however_they_are_chosen(method: Any) -> None:
    network = tiny_network("one_to_many")
    network.head.weight.data.fill_(math.nan)
    with pytest.raises(NotFinite, match="output 0 is not a finite number"):
        record(network, T_y=3, decoding=Decoding(method=method))


@pytest.mark.parametrize(("kind", "part"), [("many_to_one", "encoder"), ("encoder_decoder", "decoder")])
@pytest.mark.parametrize("path", ["fast", "step"])
@pytest.mark.parametrize("makes", [partial(prune.l1_unstructured, amount=0.5), parametrizations.weight_norm])
def test_weights_that_are_made_anew_are_those_of_the_run(kind: Any, part: str, path: Any, makes: Any) -> None:
    network = tiny_network(kind)
    module = getattr(network, part)
    makes(module, "weight_hh_l0")
    for parameter in module.parameters():
        parameter.data.mul_(3)  # what was made before is stale now
    assert present(record(network, some_input(kind), T_y=4, path=path).check.max_abs_error) < 1e-6


@pytest.mark.parametrize("part", ["encoder", "decoder"])
@pytest.mark.parametrize("path", ["fast", "step"])
def test_a_part_that_does_more_than_its_kernel_is_refused_on_both_paths(part: str, path: Any) -> None:
    network = tiny_network("encoder_decoder")
    getattr(network, part).register_forward_hook(lambda module, given, returned: (returned[0] * 2, returned[1]))
    with pytest.raises(ConfigError, match="forward hook"):
        record(network, [1, 2], T_y=3, path=path)


def test_a_decoder_that_drops_units_while_it_trains_is_refused() -> None:
    network = Network(tiny_network("one_to_many", layers=2).config, dropout=0.5)
    with pytest.raises(ConfigError, match="eval"):
        record(network, T_y=3)
    assert present(record(network.eval(), T_y=3).check.max_abs_error) < 1e-6


def loud(network: Network, factor: float) -> Network:
    """Make a network whose head overflows."""
    network.head.weight.data.mul_(factor)
    return network


@pytest.mark.parametrize("kind", ["many_to_one", "many_to_many", "encoder_decoder", "one_to_many"])
def test_a_result_that_is_not_finite_names_its_step(kind: Any) -> None:
    with pytest.raises(NotFinite, match="output 0 is not a finite number") as caught:
        record(loud(tiny_network(kind), 1e39), some_input(kind), T_y=4)
    assert caught.value.step == 0


def test_the_largest_number_that_can_be_forced_is_fed_back_without_overflow() -> None:
    network = tiny_network("one_to_many", feed_back=Embed(kind="vector", size=2), n_y=2, output="identity")
    trace = record(network, T_y=5, interventions=[Force(step=0, y=(1e6, -1e6))])
    assert np.isfinite(present(trace.y_hat)).all()
    assert np.isfinite(trace.layers[0].values["c"]).all()


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_weights_that_are_not_finite_are_neither_written_nor_read(bad: float, tmp_path: Any) -> None:
    network, file = tiny_network("many_to_one"), tmp_path / "network.safetensors"
    network.save(file)
    network.head.bias.data[1] = bad
    with pytest.raises(WeightsError, match=r"head\.bias"):
        network.save(tmp_path / "broken.safetensors")
    network.head.bias.data[1] = 1e6  # finite, and too large for half precision
    with pytest.raises(WeightsError, match=r"head\.bias"):
        network.save(file)


def test_a_file_of_weights_that_are_not_finite_names_the_tensor(tmp_path: Any) -> None:
    from safetensors import safe_open
    from safetensors.torch import load_file, save_file

    file = tmp_path / "network.safetensors"
    tiny_network("many_to_one").save(file)
    with safe_open(file, framework="pt") as opened:
        metadata = opened.metadata()
    weights = load_file(file)
    weights["head.weight"][0, 0] = math.nan
    save_file(weights, file, metadata=metadata)
    with pytest.raises(WeightsError, match=r"network\.safetensors: head\.weight"):
        Network.load(file)


STATES: tuple[Literal["h", "c"], ...] = ("h", "c")
numbers = st.floats(-2, 2, width=32) | st.sampled_from([0.0, 1.0, -1.0, 1e6, -1e6])


@st.composite
def interventions(draw: st.DrawFn) -> list[Any]:
    place: dict[str, Any] = {"part": draw(st.sampled_from(["encoder", "decoder"])), "layer": draw(st.integers(0, 1))}
    held = [
        Clamp(state=draw(st.sampled_from(STATES)), unit=draw(st.integers(0, 6)), value=draw(numbers), **place),
        Freeze(gate=draw(st.sampled_from("rzifogn")), value=draw(numbers), **place),
        Force(step=draw(st.integers(0, 4)), y=draw(st.integers(0, 5))),
    ]
    return draw(st.lists(st.sampled_from(held), max_size=2))


@given(
    st.sampled_from(all_wirings()),
    st.sampled_from(["softmax", "sigmoid", "identity"]),
    interventions(),
    st.none() | st.integers(-1, 3),
    st.sampled_from([None, Decoding(method="sample", temperature=0.1), Decoding(method="beam", width=3)]),
    st.sampled_from([0.1, 1.0, 30.0, 1e20]),
)
@settings(max_examples=250, deadline=None, derandomize=True)
def test_every_answer_is_valid_by_the_schema_or_says_what_is_wrong(
    wiring: dict[str, Any], output: Any, held: list[Any], gradient: int | None, decoding: Any, factor: float
) -> None:
    classes: dict[str, Any] = {"feed_back": FED_BACK}
    numbers_out: dict[str, Any] = {"feed_back": Embed(kind="vector", size=4), "n_y": 4}
    decodes = wiring["kind"] in ("one_to_many", "encoder_decoder")
    fed = (classes if output == "softmax" else numbers_out) if decodes else {}
    output = "softmax" if "collapse" in wiring else output  # numbers have no blank
    network = loud(tiny_network(**wiring, output=output, **fed), factor)
    try:
        trace = record(
            network,
            some_input(wiring["kind"]),
            T_y=4,
            interventions=held,
            gradient=gradient,
            decoding=decoding,
        )
    except InvalidRequest:
        return
    document = trace.to_json(4)
    SCHEMA.validate(json.loads(document))
    assert b"NaN" not in document
    assert Trace.from_json(trace.to_json()) is not None


def test_a_trace_with_numbers_that_are_not_finite_cannot_be_made() -> None:
    document = json.loads(record(tiny_network("many_to_one", read=TOKENS), [1, 2]).to_json())
    document["x"][0][0] = float("nan")
    with pytest.raises(ValueError, match="not finite numbers"):
        Trace.model_validate(document)


def test_not_finite_is_a_request_that_cannot_be_run() -> None:
    assert issubclass(NotFinite, InvalidRequest)
    assert issubclass(NotFinite, UnrolledError)
    assert torch.isfinite(torch.tensor(record(tiny_network("many_to_one"), [1, 2]).outputs[0].p))
