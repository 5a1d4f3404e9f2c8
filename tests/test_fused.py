"""The fast path returns what torch.nn returns, and values that satisfy their own equations."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from tests.tiny import CELL_KINDS, tiny_module
from unrolled import CELLS, record_module
from unrolled.cells import Values
from unrolled.fused import check
from unrolled.rows import Layout, Order
from unrolled.scan import Recurrent
from unrolled.steps import stack, step_layer
from unrolled.weights import weights_of

State = Tensor | tuple[Tensor, ...]
SHAPES = [(cell, layers, both) for cell in CELL_KINDS for layers in (1, 2, 3) for both in (False, True)]
every_shape = pytest.mark.parametrize(("cell", "layers", "both"), SHAPES)


def assert_states_equal(state: State, expected: State) -> None:
    state = state if isinstance(state, tuple) else (state,)
    expected = expected if isinstance(expected, tuple) else (expected,)
    for a, b in zip(state, expected, strict=True):
        torch.testing.assert_close(a, b, atol=1e-6, rtol=0)


def stepped(
    module: Recurrent, cell: str, x: Tensor, initial: list[Values] | None = None
) -> dict[tuple[int, str], Values]:
    """Compute every layer and direction of one sequence x (T, n) with an explicit cell loop."""
    found, rows, layout = {}, x, Layout.of(module, x)
    for layer in range(module.num_layers):
        tops = []
        for d, direction in enumerate(("forward", "backward")[: 1 + module.bidirectional]):
            zero = {n: torch.zeros(1, 7) for n in CELLS[cell].states}
            start = zero if initial is None else initial[layer * (1 + module.bidirectional) + d]
            steps = step_layer(CELLS[cell], weights_of(module, layer, direction), rows, start, Order(layout, direction))
            found[layer, direction] = stack(CELLS[cell], steps)
            tops.append(found[layer, direction]["h"])
        rows = torch.cat(tops, -1)
    return found


@every_shape
def test_output_and_state_equal_the_module_s_for_a_batch(cell: str, layers: int, both: bool) -> None:
    module, x = tiny_module(cell, layers, both), torch.randn(9, 3, 5)
    recording, (out, state) = record_module(module, x), module(x)
    torch.testing.assert_close(recording.output, out, atol=1e-6, rtol=0)
    assert_states_equal(recording.state, state)
    assert recording.max_abs_error < 1e-6


@every_shape
def test_output_and_state_equal_the_module_s_for_packed_input(cell: str, layers: int, both: bool) -> None:
    module = tiny_module(cell, layers, both)
    x = pack_padded_sequence(torch.randn(6, 4, 5), torch.tensor([2, 6, 1, 6]), enforce_sorted=False)
    recording, (out, state) = record_module(module, x), module(x)
    torch.testing.assert_close(recording.output.data, out.data, atol=1e-6, rtol=0)
    assert_states_equal(recording.state, state)
    assert recording.max_abs_error < 1e-6


@every_shape
def test_recovered_values_equal_an_explicit_cell_loop(cell: str, layers: int, both: bool) -> None:
    module, x = tiny_module(cell, layers, both), torch.randn(8, 5)
    expected = stepped(module, cell, x)
    for layer in record_module(module, x).layers:
        for name, value in layer.values.items():
            torch.testing.assert_close(value, expected[layer.layer, layer.direction][name], atol=1e-6, rtol=0)


@pytest.mark.parametrize("cell", CELL_KINDS)
def test_given_initial_states_are_where_the_first_step_starts(cell: str) -> None:
    module, x = tiny_module(cell, 2, True), torch.randn(4, 5)
    count = len(CELLS[cell].states)
    hx = tuple(torch.randn(4, 7) for _ in range(count))
    initial = [{n: s[i : i + 1] for n, s in zip(CELLS[cell].states, hx, strict=True)} for i in range(4)]
    recording = record_module(module, x, hx if count > 1 else hx[0])
    expected = stepped(module, cell, x, initial)
    for layer in recording.layers:
        torch.testing.assert_close(layer.values["h"], expected[layer.layer, layer.direction]["h"], atol=1e-6, rtol=0)
    assert recording.max_abs_error < 1e-6


def test_the_lstm_memory_obeys_its_recursion_in_both_directions() -> None:
    module, x = tiny_module("lstm", 1, True), torch.randn(6, 2, 5)
    for layer in record_module(module, x).layers:
        v = layer.values
        c = v["c"] if layer.direction == "forward" else v["c"].flip(0)
        f, ig = (a if layer.direction == "forward" else a.flip(0) for a in (v["f"], v["i"] * v["g"]))
        torch.testing.assert_close(c[1:], f[1:] * c[:-1] + ig[1:])
        torch.testing.assert_close(v["h"], v["o"] * torch.tanh(v["c"]), atol=1e-6, rtol=0)


@pytest.mark.parametrize("changes", [{"bias": False}, {"batch_first": True}])
def test_modules_without_bias_or_batch_first_are_recorded_too(changes: dict[str, bool]) -> None:
    module, x = tiny_module("gru", 2, True, **changes), torch.randn(3, 4, 5)
    recording, (out, _) = record_module(module, x), module(x)
    torch.testing.assert_close(recording.output, out, atol=1e-6, rtol=0)
    assert recording.layers[0].values["z"].shape == (3, 4, 7)
    assert recording.max_abs_error < 1e-6


def test_double_precision_is_kept_and_its_error_is_smaller() -> None:
    module, x = tiny_module("lstm").double(), torch.randn(30, 5, dtype=torch.float64)
    recording = record_module(module, x)
    assert recording.layers[0].values["c"].dtype == torch.float64
    assert recording.max_abs_error < 1e-14


@pytest.mark.parametrize("cell", CELL_KINDS)
def test_the_check_sees_a_state_that_does_not_fit_its_gates(cell: str) -> None:
    module, x = tiny_module(cell), torch.randn(12, 5)
    values = dict(record_module(module, x).layers[0].values)
    start = torch.zeros(1, 7)
    before = {name: torch.cat((start, values[name][:-1])) for name in CELLS[cell].states}
    weights = weights_of(module, 0, "forward")
    assert check(CELLS[cell], weights, x, values, before) < 1e-6
    values["h"] = values["h"] + 0.01
    assert check(CELLS[cell], weights, x, values, before) == pytest.approx(0.01, abs=1e-4)


@given(st.integers(1, 9), st.integers(1, 4), st.sampled_from([torch.float32, torch.float64]), st.data())
@settings(max_examples=60, deadline=None)
def test_a_gru_is_run_as_torch_runs_it(T: int, B: int, dtype: torch.dtype, data: st.DataObject) -> None:
    bias, both, packed = (data.draw(st.booleans()) for _ in range(3))
    torch.manual_seed(T * B)
    module = nn.GRU(5, 7, 2, bias=bias, bidirectional=both, dtype=dtype).eval()
    x: Tensor | PackedSequence = torch.randn(T, B, 5, dtype=dtype)
    if packed:
        lengths = data.draw(st.lists(st.integers(1, T), min_size=B, max_size=B).map(lambda n: [*n[1:], T]))
        x = pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False)
    hx = torch.randn(2 * (1 + both), B, 7, dtype=dtype)
    with torch.no_grad():
        out, state = module(x, hx)
    recording = record_module(module, x, hx)
    pairs = [(recording.output.data, out.data) if packed else (recording.output, out), (recording.state, state)]
    for found, expected in pairs:
        torch.testing.assert_close(found, expected, atol=1e-6 if dtype == torch.float32 else 1e-14, rtol=0)


@pytest.mark.parametrize("packed", [False, True])
@every_shape
def test_with_grad_a_loss_on_any_value_reaches_its_sources(cell: str, layers: int, both: bool, packed: bool) -> None:
    module, x = tiny_module(cell, layers, both).requires_grad_(True), torch.randn(6, 3, 5, requires_grad=True)
    count, states = layers * (1 + both), len(CELLS[cell].states)
    hx: tuple[Tensor, ...] = tuple(torch.randn(count, 3, 7, requires_grad=True) for _ in range(states))
    given_x = pack_padded_sequence(x, torch.tensor([2, 6, 4]), enforce_sorted=False) if packed else x
    recording = record_module(module, given_x, hx if states > 1 else hx[0], grad=True)
    assert recording.max_abs_error < 1e-6
    top = recording.layers[-1]
    for value in top.values.values():
        found = torch.autograd.grad((value.data if packed else value).square().sum(), x, retain_graph=True)[0]
        assert found.isfinite().all() and (found != 0).any()
    h = recording.output.data if packed else recording.output
    own = module(given_x, hx if states > 1 else hx[0])[0]
    wanted = [x, *hx, *module.parameters()]
    mine = torch.autograd.grad(h.square().sum(), wanted, retain_graph=True)  # packing, too, stands in both graphs
    theirs = torch.autograd.grad((own.data if packed else own).square().sum(), wanted)
    for a, b in zip(mine, theirs, strict=True):
        torch.testing.assert_close(a, b, atol=2e-5, rtol=1e-4)


@pytest.mark.parametrize("cell", CELL_KINDS)
def test_without_grad_nothing_keeps_a_graph(cell: str) -> None:
    module, x = tiny_module(cell, 2, True).requires_grad_(True), torch.randn(6, 3, 5, requires_grad=True)
    hx: list[Tensor] = [torch.randn(4, 3, 7, requires_grad=True) for _ in CELLS[cell].states]
    recording = record_module(module, x, hx if len(hx) > 1 else hx[0])
    tensors = [value for layer in recording.layers for value in (*layer.values.values(), *layer.initial.values())]
    assert not any(tensor.requires_grad for tensor in (*tensors, recording.output))
