"""What holds for every run, whatever the wiring, the cell, the lengths, the decoding and the interventions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

from tests.latex import work_out
from tests.runs import Drawn, changes, configs, runs
from tests.tiny import CELL_KINDS, tiny_module
from unrolled import Clamp, Force, Network, Trace, record_module
from unrolled.plan import Plan
from unrolled.topology import Direction, Part
from unrolled.trace import LayerRecord
from unrolled.weights import weights_of

CLOSE: dict[str, Any] = {"rtol": 1e-5, "atol": 1e-5}
few = settings(max_examples=40)
some = settings(max_examples=70)


def numbers(array: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(array))


def held(drawn: Drawn | Plan, part: Part, layer: int, direction: Direction, step: int, name: str) -> dict[int, float]:
    """Map each unit of a value that is held at one step to the number of the last intervention that holds it."""
    network, found = drawn.network, {}
    for i in drawn.interventions:
        if isinstance(i, Force) or (i.part, i.layer, i.direction) != (part, layer, direction):
            continue
        if name == (i.state if isinstance(i, Clamp) else i.gate) and (i.steps is None or step in i.steps):
            found |= dict.fromkeys(range(network.config.hidden) if i.unit is None else [i.unit], i.value)
    return found


def read_by(network: Network, trace: Trace, layer: LayerRecord) -> Tensor:
    """Find what a layer read, (T, n): x, the outputs fed back, or the states below it in both directions."""
    if layer.layer > 0:
        below = [a.values["h"] for a in trace.layers if (a.part, a.layer) == (layer.part, layer.layer - 1)]
        return numbers(np.concatenate(below, axis=-1))
    if layer.part == "encoder":
        return numbers(trace.x)
    assert network.feed_back is not None
    first = numbers(trace.x) if network.encoder is None and trace.T_x else torch.zeros(1, 4)
    chosen = trace.outputs[:-1]
    if network.config.output == "softmax":
        fed = network.feed_back(torch.tensor([output.index for output in chosen], dtype=torch.long))
    else:
        fed = torch.tensor([[a.p for a in output.alternatives] for output in chosen]).reshape(-1, 4)
    return torch.cat((first, fed))


@some
@given(runs(changed=False))
def test_both_paths_give_the_same_trace(drawn: Drawn) -> None:
    fast, slow = drawn.record(), drawn.record(path="step")
    assert (fast.check.path, slow.check.path) == ("fast", "step")
    assert [o.index for o in fast.outputs] == [o.index for o in slow.outputs]
    assert fast.check.max_abs_error is not None and fast.check.max_abs_error < 1e-5
    for a, b in zip(fast.layers, slow.layers, strict=True):
        assert list(a.values) == list(b.values) == [value.name for value in drawn.network.cell.values]
        for name in a.values:
            np.testing.assert_allclose(a.values[name], b.values[name], **CLOSE, err_msg=name)
    for of_fast, of_slow in ((fast.y_hat, slow.y_hat), (fast.attention, slow.attention)):
        assert (of_fast is None) == (of_slow is None)
        if of_fast is not None and of_slow is not None:
            np.testing.assert_allclose(of_fast, of_slow, **CLOSE)


@some
@given(runs())
def test_every_recorded_value_satisfies_its_printed_equation_or_is_held(drawn: Drawn) -> None:
    network, trace = drawn.network, drawn.record()
    for layer in trace.layers:
        recorded = {name: numbers(rows) for name, rows in layer.values.items()}
        start = {name: numbers(layer.initial[name])[None] for name in network.cell.states}
        forward = layer.direction == "forward"
        before = {
            name: torch.cat((s, recorded[name][:-1]) if forward else (recorded[name][1:], s))
            for name, s in start.items()
        }
        module = network.encoder if layer.part == "encoder" else network.decoder
        assert module is not None
        weights = weights_of(module, layer.layer, layer.direction)
        found = work_out(network.cell, weights, read_by(network, trace, layer), before, recorded)
        for name, rows in found.items():
            expected = rows.clone()
            for step in range(len(rows)):
                for unit, value in held(drawn, layer.part, layer.layer, layer.direction, step, name).items():
                    expected[step, unit] = value
            torch.testing.assert_close(recorded[name], expected, **CLOSE)


@few
@given(runs(), st.booleans(), st.sampled_from((None, 4)))
def test_a_trace_comes_back_from_the_wire_as_it_was_sent(drawn: Drawn, gradient: bool, digits: int | None) -> None:
    trace = drawn.record(gradient=-1 if gradient else None)
    sent = trace.to_json(digits)
    again = Trace.from_json(sent)
    assert again.to_json(digits) == sent
    assert (again.decoding, again.interventions, again.columns) == (trace.decoding, trace.interventions, trace.columns)
    if digits is None:
        for a, b in zip(trace.layers, again.layers, strict=True):
            assert all(np.array_equal(a.values[name], b.values[name]) for name in a.values)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of a network with several changes that may meet in one value."""
    config = draw(configs())
    limits: dict[Part, int] = {"encoder": 4, "decoder": 4}
    found = draw(st.lists(changes(config, limits), min_size=1, max_size=6))
    return Plan(Network(config), tuple(found), limits)


@few
@given(plans(), st.integers(0, 3))
def test_an_edit_holds_what_the_interventions_name_and_leaves_the_rest(plan: Plan, step: int) -> None:
    topology, hidden = plan.network.topology, plan.network.config.hidden
    for part in topology.parts:
        for layer in range(topology.layers):
            for direction in topology.directions_of(part):
                edit = plan.edit(part, layer, direction, step)
                for value in plan.network.cell.values:
                    given_ = torch.arange(2.0 * hidden).reshape(2, hidden) + 10
                    expected = given_.clone()
                    for unit, number in held(plan, part, layer, direction, step, value.name).items():
                        expected[:, unit] = number
                    torch.testing.assert_close(edit(value.name, given_), expected, rtol=0, atol=0)
                    assert given_[0, 0] == 10  # what was given is never changed in place


def states_for(cell: str, count: int, batch: int) -> tuple[Tensor, ...]:
    return tuple(torch.randn(count, batch, 7) for _ in range(2 if cell in ("lstm", "peephole") else 1))


def as_given(states: Sequence[Tensor]) -> Tensor | tuple[Tensor, ...]:
    return tuple(states) if len(states) > 1 else states[0]


@few
@given(
    st.sampled_from(CELL_KINDS),
    st.integers(1, 2),
    st.booleans(),
    st.booleans(),
    st.lists(st.integers(1, 6), min_size=1, max_size=4),
)
def test_packed_input_is_recorded_as_each_sequence_by_itself(
    cell: str, layers: int, both: bool, bias: bool, lengths: list[int]
) -> None:
    module = tiny_module(cell, layers, both, bias=bias)
    sequences = [torch.randn(length, 5) for length in lengths]
    hx = states_for(cell, layers * (1 + both), len(lengths))
    packed = record_module(module, pack_sequence(sequences, enforce_sorted=False), as_given(hx))
    outputs, _ = pad_packed_sequence(packed.output)
    for b, x in enumerate(sequences):
        alone = record_module(module, x, as_given([s[:, b] for s in hx]))
        torch.testing.assert_close(outputs[: len(x), b], alone.output, **CLOSE)
        for layer, own in zip(packed.layers, alone.layers, strict=True):
            for name, rows in layer.values.items():
                torch.testing.assert_close(pad_packed_sequence(rows)[0][: len(x), b], own.values[name], **CLOSE)
        for state, end in zip(as_list(packed.state), as_list(alone.state), strict=True):
            torch.testing.assert_close(state[:, b], end, **CLOSE)


def as_list(state: Tensor | tuple[Tensor, ...]) -> list[Tensor]:
    return list(state) if isinstance(state, tuple) else [state]
