"""The gradients of a watched run are those of the model's own graph, and of back-propagation through time."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from tests.helpers import gradient_of
from tests.tiny import some_input, tiny_network
from tests.tutorials import TUTORIALS, SineWave, make, numbers
from unrolled import CELLS, ConfigError, InvalidRequest, record, watch

READS_NUMBERS = [name for name, (_, args, _, _) in TUTORIALS.items() if getattr(args[0], "is_floating_point", bool)()]
BOTH_MODES = pytest.mark.parametrize("training", [False, True], ids=["eval", "train"])


def whole_output(returned: Any) -> Tensor:
    return returned["logits"] if isinstance(returned, dict) else returned


@pytest.mark.parametrize("name", READS_NUMBERS)
@BOTH_MODES
def test_what_reaches_x_is_what_autograd_finds_in_the_model_itself(name: str, training: bool) -> None:
    model, args, options = make(name, training)
    x = args[0].clone().requires_grad_()
    torch.manual_seed(3)
    (expected,) = torch.autograd.grad(whole_output(model(x)).square().sum(), [x])
    torch.manual_seed(3)
    trace = watch(
        model, *args, loss=lambda returned: whole_output(returned).square().sum(), sequence=1, **options
    ).trace
    found = gradient_of(trace)
    assert found.y is None
    rows = expected[1].reshape(trace.T_x, -1)
    if name == "many hours":  # which reads the last number a second time, outside of the encoder
        rows, found_x = rows[:-1], found.x[:-1]
    else:
        found_x = found.x
    np.testing.assert_allclose(found_x, rows.norm(dim=-1), rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("cell", [nn.LSTMCell, nn.GRUCell, nn.RNNCell])
def test_what_reaches_a_state_is_what_autograd_finds_at_it(cell: Any) -> None:
    torch.manual_seed(0)
    model, states = SineWave(cell), []

    def keep(_module: nn.Module, _args: Any, state: Any) -> None:
        for s in state if isinstance(state, tuple) else (state,):
            s.retain_grad()
        states.append(state if isinstance(state, tuple) else (state,))

    x = numbers(2, 6)
    hook = model.first.register_forward_hook(keep)
    model(x)[1, -1].backward()
    hook.remove()
    model.zero_grad()
    found = gradient_of(watch(model, x, output="identity", sequence=1).trace)
    np.testing.assert_allclose(found.h[0], [s[0].grad[1].norm() for s in states], rtol=1e-4)
    if cell is nn.LSTMCell:
        assert found.c is not None
        np.testing.assert_allclose(found.c[0], [s[1].grad[1].norm() for s in states], rtol=1e-4)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("kind", ["many_to_one", "many_to_many"])
@pytest.mark.parametrize(("layers", "directions"), [(1, 1), (2, 2)])
def test_a_network_of_the_library_is_watched_as_it_is_recorded(
    cell: str, kind: Any, layers: int, directions: Any
) -> None:
    network = tiny_network(kind, cell, layers=layers, directions=directions)
    ids = some_input(kind)
    recorded = record(network, ids, gradient=-1)
    watched = watch(network, torch.tensor([ids])).trace
    assert watched.columns == recorded.columns
    assert [o.label for o in watched.outputs] == [o.label for o in recorded.outputs]
    for mine, other in zip(watched.layers, recorded.layers, strict=True):
        assert (mine.layer, mine.direction, mine.seen_x) == (other.layer, other.direction, other.seen_x)
        for name, values in other.values.items():
            np.testing.assert_allclose(mine.values[name], values, atol=1e-6)
    for one, two in zip(gradient_of(watched).h, gradient_of(recorded).h, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-4, atol=1e-6)
    np.testing.assert_allclose(gradient_of(watched).x, gradient_of(recorded).x, rtol=1e-4, atol=1e-6)


def test_no_kernel_is_asked_for_its_backward() -> None:
    """What cuDNN refuses in eval mode is never called: each call is stepped cell by cell."""
    model, args, _ = make("tagger")
    asked: list[str] = []
    original = torch.autograd.grad

    def spied(outputs: Any, *more: Any, **options: Any) -> Any:
        waiting, known = [t.grad_fn for t in outputs if t.grad_fn is not None], set()
        while waiting:
            node = waiting.pop()
            if node in known:
                continue
            known.add(node)
            asked.append(node.name())
            waiting += [fn for fn, _ in node.next_functions if fn is not None]
        return original(outputs, *more, **options)

    torch.autograd.grad = spied
    try:
        watch(model, *args)
    finally:
        torch.autograd.grad = original
    assert any("LogSoftmax" in name for name in asked)
    assert not [name for name in asked if "Rnn" in name or "rnn" in name or "Lstm" in name]


def test_a_loss_is_the_caller_s_own() -> None:
    model, args, _ = make("classifier")
    target = torch.tensor([0, 1, 1])
    trace = watch(model, *args, loss=lambda out: F.cross_entropy(out, target), sequence=2).trace
    assert gradient_of(trace).score == pytest.approx(-F.cross_entropy(model(*args), target).item(), abs=1e-6)
    assert gradient_of(trace).label == "loss"


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"loss": lambda out: out}, ConfigError, "gives one number"),
        ({"loss": lambda out: torch.ones(())}, ConfigError, "does not depend"),
        ({"gradient": 3}, InvalidRequest, "count from 0 to 0"),
    ],
)
def test_what_cannot_be_differentiated_is_refused(options: Any, error: type[Exception], says: str) -> None:
    model, args, _ = make("classifier")
    with pytest.raises(error, match=says):
        watch(model, *args, **options)


def test_nothing_is_differentiated_where_none_is_asked_for() -> None:
    model, args, _ = make("classifier")
    assert watch(model, *args, gradient=None).trace.gradient is None
