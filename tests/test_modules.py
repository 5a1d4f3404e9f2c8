"""Any module and input that torch takes is recorded right, or refused with what to do."""

import math
from collections.abc import Callable
from contextlib import nullcontext
from functools import partial
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn
from torch.nn.utils import parametrizations, prune
from torch.nn.utils.rnn import pack_padded_sequence

from tests import equations
from tests.tiny import tiny_module
from unrolled import (
    CELLS,
    ConfigError,
    InvalidRequest,
    LengthError,
    Recording,
    Scan,
    UnrolledError,
    record_module,
)
from unrolled.modules import cell_of
from unrolled.scan import Recurrent, h_size

TOLERANCE = {torch.float32: 2e-5, torch.float64: 1e-12, torch.bfloat16: 0.1, torch.float16: 0.02}
MAKES_WEIGHTS = {
    "plain": lambda module, name: module,
    "weight_norm, old": nn.utils.weight_norm,
    "weight_norm": parametrizations.weight_norm,
    "spectral_norm, old": nn.utils.spectral_norm,
    "spectral_norm": parametrizations.spectral_norm,
    "pruned": lambda module, name: prune.random_unstructured(module, name, 0.5),
}


def within(dtype: torch.dtype) -> dict[str, Any]:
    """Say how far two numbers may lie apart; of a large one, which only a ReLU gives, its share counts."""
    return {"atol": TOLERANCE[dtype], "rtol": TOLERANCE[dtype] / 10}


def stretched(module: nn.Module, factor: float) -> None:
    """Move every parameter, so that a weight that was made once and kept is stale."""
    for parameter in module.parameters():
        parameter.data.mul_(factor)


MAKES: dict[str, Callable[..., Recurrent]] = {
    "rnn": nn.RNN,
    "rnn_relu": partial(nn.RNN, nonlinearity="relu"),
    "gru": nn.GRU,
    "lstm": nn.LSTM,
    "projected": partial(nn.LSTM, proj_size=1),
    **{f"scan {kind}": partial(Scan, kind) for kind in CELLS},
}


@st.composite
def modules(draw: st.DrawFn) -> Recurrent:
    torch.manual_seed(draw(st.integers(0, 10_000)))
    kind = draw(st.sampled_from(sorted(MAKES)))
    module = MAKES[kind](
        draw(st.integers(1, 5)),
        draw(st.integers(2, 6)),
        draw(st.integers(1, 3)),
        bias=draw(st.booleans()),
        batch_first=draw(st.booleans()),
        bidirectional=draw(st.booleans()),
    ).eval()
    makes = draw(st.sampled_from(sorted(MAKES_WEIGHTS)))
    if makes == "plain":
        module = module.to(draw(st.sampled_from(list(TOLERANCE))))
    with pytest.warns(FutureWarning) if makes.endswith("old") and "weight" in makes else nullcontext():
        MAKES_WEIGHTS[makes](module, draw(st.sampled_from(["weight_ih_l0", "weight_hh_l0"])))
    stretched(module, draw(st.sampled_from([1.0] if "relu" in kind else [1.0, 2.5])))  # ReLU would grow without bound
    return module


def states_for(module: Recurrent, batch: int, dtype: torch.dtype) -> list[Tensor]:
    count, sizes = module.num_layers * (1 + module.bidirectional), {"h": h_size(module), "c": module.hidden_size}
    return [torch.randn(count, batch, sizes[name]).to(dtype) for name in cell_of(module).states]


@pytest.mark.filterwarnings("ignore:LSTM with projections")  # torch says that it takes its slower code
@given(modules(), st.integers(1, 7), st.integers(1, 4), st.booleans(), st.booleans())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_every_recorded_value_equals_the_documented_equations(
    module: Recurrent, T: int, B: int, alone: bool, given_states: bool
) -> None:
    dtype = next(module.parameters()).dtype
    exact = within(dtype)
    B = 1 if alone else B
    x = (torch.randn(T, B, module.input_size) * 2).to(dtype)
    start = states_for(module, B, dtype) if given_states else [s * 0 for s in states_for(module, B, dtype)]
    shaped = [s[:, 0] for s in start] if alone else start
    hx = None if not given_states else shaped[0] if len(shaped) == 1 else tuple(shaped)
    seen = x[:, 0] if alone else x.transpose(0, 1) if module.batch_first else x
    recording = record_module(module, seen, hx)
    out, _ = module(seen, hx)
    expected = equations.run(module, x.double(), [s.double() for s in start])
    for layer in recording.layers:
        for name, value in layer.values.items():
            right = expected[layer.layer, layer.direction][name]
            right = right[:, 0] if alone else right.transpose(0, 1) if module.batch_first else right
            torch.testing.assert_close(value.double(), right, **exact)
    torch.testing.assert_close(recording.output, out, **exact)


class Doubled(nn.GRU):
    def forward(self, input: Any, hx: Tensor | None = None) -> Any:  # noqa: A002 -- the name is torch's
        return super().forward(2 * input, hx)


class Renamed(nn.GRU):
    """Changes nothing, so that it is recorded."""


def with_pre_hook() -> nn.GRU:
    module = nn.GRU(5, 7)
    module.register_forward_pre_hook(lambda _, args: (3 * args[0], *args[1:]))
    return module


def with_hook() -> nn.GRU:
    module = nn.GRU(5, 7)
    module.register_forward_hook(lambda _, __, out: out)
    return module


def with_nan() -> nn.LSTM:
    module = nn.LSTM(5, 7)
    module.get_parameter("weight_hh_l0").data[3, 2] = math.nan
    return module


@pytest.mark.parametrize(
    ("module", "way_out"),
    [
        (Doubled(5, 7), "record an nn.GRU that holds them"),
        (with_pre_hook(), "remove it first"),
        (with_hook(), "remove it first"),
        (with_nan(), "weight_hh_l0 holds entries that are not finite"),
        (nn.LSTM(5, 7, 2, dropout=0.1), r"call its eval\(\) first"),
        (nn.GRU(5, 7, device="meta"), "load its weights first"),
        (nn.Linear(5, 7), "use nn.RNN, nn.GRU, nn.LSTM or a Scan"),
        ([1, 2], "use nn.RNN, nn.GRU, nn.LSTM or a Scan"),
    ],
)
def test_a_module_that_does_more_than_its_kernel_is_refused_with_a_way_out(module: Any, way_out: str) -> None:
    x = torch.randn(4, 1, 5, device="meta" if getattr(module, "weight_ih_l0", torch.zeros(())).is_meta else None)
    with pytest.raises(ConfigError, match=way_out):
        record_module(module, x)


def test_a_subclass_that_changes_nothing_is_recorded() -> None:
    assert record_module(Renamed(5, 7), torch.randn(3, 5)).max_abs_error < 1e-6


def test_autocast_is_refused_because_it_rounds_where_it_likes() -> None:
    with torch.autocast("cpu", torch.bfloat16), pytest.raises(ConfigError, match="record outside of it"):
        record_module(tiny_module("gru"), torch.randn(3, 5))


def lstm_states(*shapes: tuple[int, ...]) -> tuple[Tensor, ...]:
    return tuple(torch.ones(shape) for shape in shapes)


@pytest.mark.parametrize(
    ("x", "hx", "field"),
    [
        (torch.randn(5, 64, 5), lstm_states((1, 1, 7), (1, 1, 7)), "x"),  # a kernel would read past its end
        (torch.randn(5, 4, 4000), None, "x"),
        (torch.randn(5, 4, 5), lstm_states((3, 4, 7), (3, 4, 7)), "x"),
        (torch.randn(5, 4, 5), lstm_states((1, 4, 7), (1, 4, 6)), "x"),
        (torch.randn(5, 5), lstm_states((1, 4, 7), (1, 4, 7)), "hx"),
        (torch.randn(5, 4, 5), lstm_states((1, 7), (1, 7)), "hx"),
        (torch.randn(5, 4, 5), torch.ones(1, 4, 7), "hx"),
        (torch.randn(5, 4, 5), lstm_states((1, 4, 7)), "hx"),
        (torch.randn(5, 4, 5), (torch.ones(1, 4, 7), [1.0]), "hx"),
        (torch.randn(5, 4, 5), tuple(s.double() for s in lstm_states((1, 4, 7), (1, 4, 7))), "hx"),
        (torch.randn(0, 4, 5), None, "x"),
        (torch.randn(5, 0, 5), None, "x"),
        (torch.randn(5), None, "x"),
        (torch.randn(2, 5, 4, 5), None, "x"),
        (torch.ones(5, 4, 5, dtype=torch.long), None, "x"),
        (torch.randn(5, 4, 5).double(), None, "x"),
        ([[1.0] * 5], None, "x"),
        (torch.randn(5, 4, 5).numpy(), None, "x"),
        (torch.full((5, 4, 5), math.nan), None, "x"),
        (torch.randn(5, 4, 5), (*lstm_states((1, 4, 7)), torch.full((1, 4, 7), math.inf)), "hx"),
        (pack_padded_sequence(torch.randn(5, 2, 4), torch.tensor([5, 2])), None, "x"),
        (pack_padded_sequence(torch.randn(5, 2, 5), torch.tensor([5, 2])), lstm_states((1, 3, 7), (1, 3, 7)), "x"),
    ],
)
def test_what_an_lstm_cannot_read_is_refused_before_its_kernel_sees_it(x: Any, hx: Any, field: str) -> None:
    with pytest.raises(InvalidRequest) as caught:
        record_module(tiny_module("lstm"), x, hx)
    assert caught.value.field == field


def test_no_steps_are_a_length_and_a_list_of_states_is_a_pair() -> None:
    with pytest.raises(LengthError, match="no steps"):
        record_module(tiny_module("gru", batch_first=True), torch.randn(2, 0, 5))
    x, states = torch.randn(3, 2, 5), list(lstm_states((1, 2, 7), (1, 2, 7)))
    recording = record_module(tiny_module("lstm"), x, states)
    torch.testing.assert_close(recording.output, tiny_module("lstm")(x, tuple(states))[0], atol=1e-6, rtol=0)


def test_what_was_recorded_can_be_trained_on() -> None:
    recording = record_module(nn.LSTM(5, 7), torch.randn(6, 2, 5))
    head = nn.Linear(7, 1)
    head(recording.output + recording.layers[0].values["c"]).sum().backward()
    assert head.weight.grad is not None


def tensors(recording: Recording) -> list[Tensor]:
    states = recording.state if isinstance(recording.state, tuple) else (recording.state,)
    inner = [t for layer in recording.layers for t in (*layer.initial.values(), *layer.values.values())]
    return [recording.output, *states, *inner]


@pytest.mark.parametrize("cell", CELLS)
def test_changing_one_tensor_of_a_recording_changes_no_other(cell: str) -> None:
    x, count = torch.randn(4, 2, 5), 2 * 2
    hx = [torch.zeros(count, 2, 7) for _ in CELLS[cell].states]
    recording = record_module(tiny_module(cell, 2, True), x, tuple(hx) if len(hx) > 1 else hx[0])
    for changed in tensors(recording):
        before = [t.clone() for t in (*tensors(recording), x, *hx)]
        changed += 1
        after = (*tensors(recording), x, *hx)
        assert [t is changed or torch.equal(t, b) for t, b in zip(after, before, strict=True)] == [True] * len(before)


def test_a_recording_prints_what_it_holds_in_a_few_lines() -> None:
    text = repr(record_module(tiny_module("lstm", 2, True), torch.randn(50, 3, 5)))
    assert len(text) < 600
    assert "backward, i f g o c h: (50, 3, 7)" in text


def test_every_refusal_is_of_the_project_s_own_tree() -> None:
    ones = torch.ones(3, 5)
    for x in (None, 3, "text", {}, ones.to(torch.complex64), ones.to("meta"), ones.to_mkldnn()):
        with pytest.raises(UnrolledError):
            record_module(tiny_module("gru"), x)  # type: ignore[arg-type]
