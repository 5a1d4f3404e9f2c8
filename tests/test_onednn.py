"""What is read off torch's own LSTM kernel is what its cell computes, and is not believed where it is not."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from unrolled import Recording, Scan, record_module
from unrolled.cells import onednn
from unrolled.cells.kernel import Given
from unrolled.rows import Layout, Order
from unrolled.topology import Direction
from unrolled.weights import DIRECTIONS, weights_of

needs_onednn = pytest.mark.skipif(not torch.backends.mkldnn.is_available(), reason="this torch is built without oneDNN")
CLOSE: dict[str, Any] = {"atol": 2e-6, "rtol": 1e-5}


def lstm(n: int, hidden: int, bias: bool = True, both: bool = False) -> nn.LSTM:
    torch.manual_seed(n + 100 * hidden)
    return nn.LSTM(n, hidden, bias=bias, bidirectional=both).eval()


def stepped(module: nn.LSTM, x: Tensor, hx: tuple[Tensor, Tensor]) -> Recording:
    """Record the same weights by explicit steps."""
    scan = Scan("lstm", module.input_size, module.hidden_size, bias=module.bias, bidirectional=module.bidirectional)
    scan.load_state_dict(module.state_dict())
    return record_module(scan, x, hx)


def assert_same(found: Recording, expected: Recording) -> None:
    for a, b in zip(found.layers, expected.layers, strict=True):
        assert list(a.values) == list(b.values)
        for name in a.values:
            torch.testing.assert_close(a.values[name], b.values[name], **CLOSE)
    torch.testing.assert_close(found.output, expected.output, **CLOSE)
    torch.testing.assert_close(found.state, expected.state, **CLOSE)


@needs_onednn
@given(
    st.integers(2, 40),
    st.integers(1, 5),
    st.sampled_from([1, 2, 3, 5, 16, 17, 31, 64, 65, 96, 128, 256]),
    st.sampled_from([1, 4, 63, 64, 300]),
    st.booleans(),
    st.sampled_from(DIRECTIONS),
)
@settings(max_examples=60, deadline=None)
def test_gates_and_memory_of_any_shape_are_read_where_the_kernel_keeps_them(
    T: int, B: int, hidden: int, n: int, bias: bool, direction: Direction
) -> None:
    module = lstm(n, hidden, bias, both=True)
    x, hx = torch.randn(T, B, n), (torch.randn(2, B, hidden), torch.randn(2, B, hidden))
    layout, d = Layout.of(module, x), DIRECTIONS.index(direction)
    initial = {"h": hx[0][d], "c": hx[1][d]}
    with torch.no_grad():
        weights = weights_of(module, 0, direction)
        inside = onednn.look_inside(Given(layout.rows, initial, weights, Order(layout, direction)))
    assert inside is not None, "the kernel's workspace was not understood; what it holds is recovered more slowly"
    assert inside.error < 1e-5
    expected = stepped(module, x, hx).layers[d].values
    for name, value in inside.values.items():
        torch.testing.assert_close(layout.steps(value), expected[name], **CLOSE)
    ends = {name: expected[name][-1 if direction == "forward" else 0] for name in ("h", "c")}
    for state, name in zip(inside.final, ("h", "c"), strict=True):
        torch.testing.assert_close(state, ends[name], **CLOSE)


def exchanged(floats: Tensor, T: int, B: int, H: int) -> Tensor:
    """Exchange i and g, which leaves c and h as they are."""
    rows = floats[: T * B * onednn.row_of_gates(H)].view(T * B, -1)
    i, g = rows[:, :H].clone(), rows[:, 2 * H : 3 * H].clone()
    rows[:, :H], rows[:, 2 * H : 3 * H] = g, i
    return floats


def elsewhere(floats: Tensor, T: int, B: int, H: int) -> Tensor:
    return floats.roll(1)


def changed_once(floats: Tensor, T: int, B: int, H: int) -> Tensor:
    """Change one number of one gate of the last step."""
    floats[(T * B - 1) * onednn.row_of_gates(H) + 3 * H] += 0.01
    return floats


WRONG: dict[str, Callable[[Tensor, int, int, int], Tensor]] = {
    "i and g exchanged": exchanged,
    "elsewhere": elsewhere,
    "one number changed": changed_once,
    "zeros": lambda floats, *_: torch.zeros_like(floats),
    "no numbers": lambda floats, *_: torch.full_like(floats, torch.nan),
    "infinite": lambda floats, *_: torch.full_like(floats, torch.inf),
    "too short": lambda floats, *_: floats[:100].clone(),
    "empty": lambda floats, *_: floats[:0].clone(),
}


@needs_onednn
@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("both", [False, True])
def test_a_workspace_that_holds_something_else_is_not_believed(
    monkeypatch: pytest.MonkeyPatch, wrong: str, known: bool, both: bool
) -> None:
    if wrong == "i and g exchanged" and known:
        pytest.skip("a shape is known only after torch's cell has told its gates apart")
    module, x, run = lstm(6, 24, both=both), torch.randn(30, 2, 6), onednn.run
    zeros = torch.zeros(1 + both, 2, 24)
    expected = stepped(module, x, (zeros, zeros))
    monkeypatch.setattr(onednn, "PLACES", {})
    if known:
        record_module(module, x)

    def other(given: Given) -> tuple[Tensor, ...]:
        *returned, workspace = run(given)
        return *returned, WRONG[wrong](workspace.view(torch.float32), 30, 2, 24).view(torch.uint8)

    monkeypatch.setattr(onednn, "run", other)
    assert_same(record_module(module, x), expected)
    assert known or not onednn.PLACES


@pytest.mark.parametrize("error", [TypeError("too many arguments"), RuntimeError("not built"), AttributeError("gone")])
def test_a_torch_that_has_no_such_kernel_is_recorded_the_usual_way(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails(_given: Given) -> tuple[Tensor, ...]:
        raise error

    monkeypatch.setattr(onednn, "run", fails)
    module, x = lstm(6, 24), torch.randn(30, 2, 6)
    assert_same(record_module(module, x), stepped(module, x, (torch.zeros(1, 2, 24), torch.zeros(1, 2, 24))))


@needs_onednn
def test_onednn_is_left_alone_where_it_was_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(_given: Given) -> tuple[Tensor, ...]:
        raise AssertionError("it was asked")

    monkeypatch.setattr(onednn, "run", never)
    monkeypatch.setattr(torch.backends.mkldnn, "enabled", False)
    record_module(lstm(6, 24), torch.randn(30, 2, 6))
