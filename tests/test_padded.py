"""A recording can stay in the graph and take lengths in place of packing; a module can go on from any of its steps."""

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tests.tiny import CELL_KINDS, tiny_module
from unrolled import ConfigError, InvalidRequest, LengthError, record_module, state_after

EVERY_CELL = pytest.mark.parametrize("cell", CELL_KINDS)


def states_of(state: Any) -> tuple[Tensor, ...]:
    return state if isinstance(state, tuple) else (state,)


@EVERY_CELL
@pytest.mark.parametrize(("layers", "both"), [(1, False), (2, True)])
def test_a_loss_on_any_value_reaches_weights_x_and_hx(cell: str, layers: int, both: bool) -> None:
    module = tiny_module(cell, layers, both).requires_grad_()
    torch.manual_seed(0)
    x = torch.randn(6, 3, 5, requires_grad=True)
    plain = record_module(module, x)
    hx = tuple(torch.zeros_like(s).requires_grad_() for s in states_of(plain.state))
    recording = record_module(module, x, hx if len(hx) > 1 else next(iter(hx)), grad=True)
    torch.testing.assert_close(recording.output, plain.output, atol=1e-6, rtol=1e-5)
    for layer in recording.layers:
        for value in layer.values.values():
            grads = torch.autograd.grad(value.square().sum(), [x, *hx], retain_graph=True, allow_unused=True)
            assert grads[0] is not None
            assert grads[0].norm() > 0
    assert not plain.output.requires_grad


@EVERY_CELL
def test_gradients_of_the_output_are_those_of_the_module(cell: str) -> None:
    module = tiny_module(cell, 2, True).requires_grad_()
    torch.manual_seed(0)
    x = torch.randn(6, 3, 5)
    weights = list(module.parameters())
    recorded = torch.autograd.grad(record_module(module, x, grad=True).output.square().sum(), weights)
    own = torch.autograd.grad(module(x)[0].square().sum(), weights)
    for one, two in zip(recorded, own, strict=True):
        torch.testing.assert_close(one, two, atol=1e-5, rtol=1e-4)


@given(
    st.sampled_from(CELL_KINDS), st.integers(1, 2), st.booleans(), st.booleans(), st.booleans(),
    st.lists(st.integers(1, 6), min_size=1, max_size=4), st.integers(0, 2),
)  # fmt: skip
@settings(max_examples=60)
def test_lengths_are_packing_and_padding_is_never_read(
    cell: str, layers: int, both: bool, batch_first: bool, grad: bool, lengths: list[int], more: int
) -> None:
    module = tiny_module(cell, layers, both, batch_first=batch_first)
    B, T = len(lengths), max(lengths) + more
    torch.manual_seed(0)
    x = torch.randn(B, T, 5)
    real = torch.arange(T) < torch.tensor(lengths)[:, None]
    x[~real] = torch.nan
    x, real = (x, real) if batch_first else (x.transpose(0, 1), real.T)
    recording = record_module(module, x, lengths=lengths, grad=grad)
    packed = pack_padded_sequence(x, torch.tensor(lengths), batch_first, enforce_sorted=False)
    out, state = module(packed)
    expected = pad_packed_sequence(out, batch_first, total_length=T)[0]
    torch.testing.assert_close(recording.output, expected, atol=1e-6, rtol=1e-5)
    for one, two in zip(states_of(recording.state), states_of(state), strict=True):
        torch.testing.assert_close(one, two, atol=1e-6, rtol=1e-5)
    assert recording.real is not None
    assert torch.equal(recording.real, real)
    for layer in recording.layers:
        for value in layer.values.values():
            assert value.shape[:2] == x.shape[:2]
            assert (value[~real] == 0).all()


FORMS = ["alone", "steps", "batch first", "packed", "lengths"]


@given(st.sampled_from(CELL_KINDS), st.integers(1, 3), st.sampled_from(FORMS), st.integers(0, 5))
@settings(max_examples=80)
def test_a_module_goes_on_from_any_step_as_if_it_had_not_stopped(cell: str, layers: int, form: str, step: int) -> None:
    module = tiny_module(cell, layers, batch_first=form == "batch first")
    torch.manual_seed(0)
    x = torch.randn(7, 5) if form == "alone" else torch.randn(7, 2, 5)
    ends = (7, 3) if form in ("packed", "lengths") else (7, 7)

    def as_read(steps: Tensor) -> Tensor:
        return steps.transpose(0, 1) if module.batch_first else steps

    packed = pack_padded_sequence(x, torch.tensor(ends), enforce_sorted=False) if form == "packed" else as_read(x)
    recording = record_module(module, packed, lengths=ends if form == "lengths" else None)
    hx = state_after(module, recording, step)
    if form == "alone":
        torch.testing.assert_close(states_of(hx)[0], states_of(module(x[: step + 1])[1])[0], atol=1e-6, rtol=1e-5)
        return
    for sequence, end in enumerate(ends):
        _, expected = module(as_read(x[: min(step + 1, end), [sequence]]))
        for one, two in zip(states_of(hx), states_of(expected), strict=True):
            torch.testing.assert_close(one[:, [sequence]], two, atol=1e-6, rtol=1e-5)
    rest, _ = module(as_read(x[step + 1 :]), hx)
    whole, _ = module(as_read(x))
    torch.testing.assert_close(as_read(rest)[:, 0], as_read(whole)[step + 1 :, 0], atol=1e-6, rtol=1e-5)


@pytest.mark.parametrize("lengths", [[1], [0, 3], [3, 9], [1.5, 2.0], [[1, 2]], [True, True]])
def test_lengths_that_do_not_fit_are_refused(lengths: Any) -> None:
    with pytest.raises(LengthError, match="from 1 to 4"):
        record_module(tiny_module("gru"), torch.randn(4, 2, 5), lengths=lengths)


def test_what_cannot_be_is_refused_with_the_way_out() -> None:
    x, module = torch.randn(4, 2, 5), tiny_module("lstm", 1, True)
    with pytest.raises(ConfigError, match="other end"):
        state_after(module, record_module(module, x), 1)
    with pytest.raises(InvalidRequest, match="from 0 to 3"):
        state_after(tiny_module("gru"), record_module(tiny_module("gru"), x), 4)
    with pytest.raises(LengthError, match="padded batch"):
        record_module(module, x[:, 0], lengths=[4])
    with torch.inference_mode(), pytest.raises(ConfigError, match="inference_mode"):
        record_module(module, torch.randn(4, 2, 5), grad=True)
