"""The cells compute what torch.nn computes, under the names and equations that they announce."""

import re
from functools import partial

import pytest
import torch
from torch import Tensor, nn

from tests.helpers import present
from tests.tiny import CELL_KINDS, FUSED_KINDS, tiny_module
from unrolled import CELLS, ConfigError
from unrolled.cells import Values
from unrolled.cells.base import Edit, unedited
from unrolled.modules import cell_of
from unrolled.scan import Recurrent
from unrolled.weights import weights_of

TORCH_CELLS = {
    "rnn": nn.RNNCell,
    "rnn_relu": partial(nn.RNNCell, nonlinearity="relu"),
    "gru": nn.GRUCell,
    "lstm": nn.LSTMCell,
}


def one_step(kind: str, edit: Edit = unedited) -> tuple[Recurrent, Tensor, Values, Values]:
    """Run one step of a cell from a random state; gives its values and the state before."""
    module = tiny_module(kind)
    weights = weights_of(module, 0, "forward")
    x, before = torch.randn(1, 5), {"h": torch.rand(1, 7), "c": torch.randn(1, 7)}
    gi = torch.nn.functional.linear(x, weights.w_ih, weights.b_ih)
    return module, x, before, CELLS[kind].step(gi, before, weights, edit)


@pytest.mark.parametrize("kind", FUSED_KINDS)
def test_a_step_equals_the_torch_cell(kind: str) -> None:
    module, x, before, values = one_step(kind)
    reference = TORCH_CELLS[kind](5, 7)
    reference.load_state_dict({k.removesuffix("_l0"): v for k, v in module.state_dict().items()})
    hx = (before["h"], before["c"]) if kind == "lstm" else before["h"]
    with torch.no_grad():
        expected = reference(x, hx)
    expected = expected if isinstance(expected, tuple) else (expected,)
    for name, tensor in zip(CELLS[kind].states, expected, strict=True):
        torch.testing.assert_close(values[name], tensor, atol=1e-6, rtol=0)


@pytest.mark.parametrize("kind", CELL_KINDS)
def test_every_value_stays_in_its_announced_range(kind: str) -> None:
    _, _, _, values = one_step(kind)
    for value in CELLS[kind].values:
        low = -torch.inf if value.low is None else value.low
        high = torch.inf if value.high is None else value.high
        assert ((values[value.name] >= low) & (values[value.name] <= high)).all(), value.name


@pytest.mark.parametrize("kind", CELL_KINDS)
def test_values_are_listed_in_the_order_in_which_they_are_computed(kind: str) -> None:
    seen: list[str] = []
    one_step(kind, lambda name, value: seen.append(name) or value)
    assert seen == [value.name for value in CELLS[kind].values]


@pytest.mark.parametrize("kind", CELL_KINDS)
def test_an_equation_begins_with_the_value_it_defines_and_reads_only_earlier_ones(kind: str) -> None:
    cell, known = CELLS[kind], {"x", "h", "c", "W", "b", "p"}
    for value in cell.values:
        left, right = value.latex.split(" = ", 1)
        assert left == f"{value.name}_t"
        symbols = set(re.findall(r"(?<![A-Za-z\\{])([a-zA-Z])_", right))
        assert symbols <= known, (value.name, symbols - known)
        known.add(value.name)


def test_gru_update_gate_multiplies_the_old_state() -> None:
    _, _, before, values = one_step("gru", lambda name, v: torch.ones_like(v) if name == "z" else v)
    torch.testing.assert_close(values["h"], before["h"])


def test_gru_reset_gate_acts_after_the_hidden_product() -> None:
    module, x, before, values = one_step("gru")
    w = weights_of(module, 0, "forward")
    inside = torch.nn.functional.linear(before["h"], w.w_hh[14:], present(w.b_hh)[14:])
    expected = torch.tanh(x @ w.w_ih[14:].T + present(w.b_ih)[14:] + values["r"] * inside)
    torch.testing.assert_close(values["n"], expected)


def test_a_closed_lstm_input_gate_and_an_open_forget_gate_keep_the_memory() -> None:
    def edit(name: str, value: Tensor) -> Tensor:
        return {"i": torch.zeros_like(value), "f": torch.ones_like(value)}.get(name, value)

    _, _, before, values = one_step("lstm", edit)
    torch.testing.assert_close(values["c"], before["c"])


def test_a_module_that_is_not_recurrent_is_refused_with_the_way_out() -> None:
    with pytest.raises(ConfigError, match=r"nn\.GRU"):
        cell_of(nn.Linear(2, 2))
