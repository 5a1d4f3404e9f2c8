"""A Scan runs any cell as torch would, if it had a module for it; a cell needs no more than its step."""

from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from tests.helpers import gradient_of, present
from tests.latex import work_out
from tests.tiny import CELL_KINDS, FUSED_KINDS, tiny_module, tiny_network
from unrolled import CELLS, Cell, Clamp, ConfigError, Freeze, Network, Scan, Trace, Value, record, record_module
from unrolled.cells import PROJECTED, Values
from unrolled.cells.base import Edit, hidden_product, unedited
from unrolled.scan import Recurrent
from unrolled.weights import Weights, weights_of

WIRINGS = list(product((1, 2, 3), (False, True)))
every_wiring = pytest.mark.parametrize(("layers", "both"), WIRINGS)
EXACT: dict[str, Any] = {"atol": 1e-6, "rtol": 1e-5}


class CoupledCell(Cell):
    """Compute an LSTM that lets in what it forgets, i = 1 - f (Greff et al., 2017): a cell of a user's own."""

    kind = "coupled"
    gates = 3
    states = ("h", "c")
    values = (
        Value("f", "gate", 0.0, 1.0, r"f_t = \sigma(W_{if} x_t + W_{hf} h_{t-1} + b_f)"),
        Value("g", "candidate", -1.0, 1.0, r"g_t = \tanh(W_{ig} x_t + W_{hg} h_{t-1} + b_g)"),
        Value("o", "gate", 0.0, 1.0, r"o_t = \sigma(W_{io} x_t + W_{ho} h_{t-1} + b_o)"),
        Value("c", "state", -1.0, 1.0, r"c_t = f_t \circ c_{t-1} + (1 - f_t) \circ g_t"),
        Value("h", "state", -1.0, 1.0, r"h_t = o_t \circ \tanh(c_t)"),
    )

    def step(self, gi: Tensor, previous: Mapping[str, Tensor], weights: Weights, edit: Edit = unedited) -> Values:
        f, g, o = (gi + hidden_product(previous, weights)).chunk(3, -1)
        f, g, o = edit("f", f.sigmoid()), edit("g", g.tanh()), edit("o", o.sigmoid())
        c = edit("c", f * previous["c"] + (1 - f) * g)
        return {"f": f, "g": g, "o": o, "c": c, "h": edit("h", o * c.tanh())}


@pytest.fixture
def coupled(monkeypatch: pytest.MonkeyPatch) -> str:
    """Add a cell that the library does not have, by its class alone."""
    monkeypatch.setitem(CELLS, "coupled", CoupledCell())
    return "coupled"


def scan_of(module: Recurrent, kind: str) -> Scan:
    """Make the Scan that has a torch module's own weights."""
    scan = Scan(
        kind,
        module.input_size,
        module.hidden_size,
        module.num_layers,
        module.bias,
        module.batch_first,
        bidirectional=module.bidirectional,
    )
    scan.load_state_dict(module.state_dict())
    return scan


def listed(state: Tensor | tuple[Tensor, ...]) -> list[Tensor]:
    return list(state) if isinstance(state, tuple) else [state]


def hx_for(kind: str, layers: int, both: bool, batch: int) -> Tensor | tuple[Tensor, ...]:
    h, *c = (torch.randn(layers * (1 + both), batch, 7) for _ in CELLS[kind].states)
    return (h, *c) if c else h


@every_wiring
@pytest.mark.parametrize("kind", FUSED_KINDS)
@pytest.mark.parametrize("T", [1, 2, 9])
def test_a_scan_gives_what_the_kernel_gives(kind: str, layers: int, both: bool, T: int) -> None:
    module = tiny_module(kind, layers, both)
    scan, x, hx = scan_of(module, kind), torch.randn(T, 3, 5), hx_for(kind, layers, both, 3)
    (out, state), (expected, expected_state) = scan(x, hx), module(x, hx)
    torch.testing.assert_close(out, expected, **EXACT)
    for a, b in zip(listed(state), listed(expected_state), strict=True):
        torch.testing.assert_close(a, b, **EXACT)


@every_wiring
@pytest.mark.parametrize("kind", FUSED_KINDS)
def test_a_scan_reads_packed_input_as_the_kernel_does(kind: str, layers: int, both: bool) -> None:
    module = tiny_module(kind, layers, both)
    scan, hx = scan_of(module, kind), hx_for(kind, layers, both, 4)
    x = pack_padded_sequence(torch.randn(6, 4, 5), torch.tensor([2, 6, 1, 6]), enforce_sorted=False)
    (out, state), (expected, expected_state) = scan(x, hx), module(x, hx)
    torch.testing.assert_close(out.data, expected.data, **EXACT)
    for a, b in zip(listed(state), listed(expected_state), strict=True):
        torch.testing.assert_close(a, b, **EXACT)


@every_wiring
@pytest.mark.parametrize("kind", FUSED_KINDS)
def test_what_is_recorded_of_a_scan_is_what_is_recovered_from_the_kernel(kind: str, layers: int, both: bool) -> None:
    module, x = tiny_module(kind, layers, both), torch.randn(6, 2, 5)
    scanned, fused = record_module(scan_of(module, kind), x), record_module(module, x)
    for a, b in zip(scanned.layers, fused.layers, strict=True):
        assert list(a.values) == list(b.values) == [v.name for v in CELLS[kind].values]
        for name, value in a.values.items():
            torch.testing.assert_close(value, b.values[name], **EXACT)
    assert scanned.max_abs_error < 1e-6


@every_wiring
@pytest.mark.parametrize("kind", CELL_KINDS)
def test_a_recording_is_the_module_s_own_run(kind: str, layers: int, both: bool) -> None:
    module, x = tiny_module(kind, layers, both, batch_first=True), torch.randn(3, 5, 5)
    recording, (out, state) = record_module(module, x), module(x)
    torch.testing.assert_close(recording.output, out, **EXACT)
    for a, b in zip(listed(recording.state), listed(state), strict=True):
        torch.testing.assert_close(a, b, **EXACT)


@pytest.mark.parametrize("kind", CELL_KINDS)
def test_a_padded_batch_gives_each_sequence_what_it_gives_alone(kind: str) -> None:
    scan, x, lengths = Scan(kind, 5, 7, 2, bidirectional=True), torch.randn(5, 3, 5), [3, 5, 1]
    packed, state = scan(pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False))
    rows, _ = pad_packed_sequence(packed)
    for b, length in enumerate(lengths):
        out, alone = scan(x[:length, b])
        torch.testing.assert_close(rows[:length, b], out, **EXACT)
        for s, own in zip(listed(state), listed(alone), strict=True):
            torch.testing.assert_close(s[:, b], own, **EXACT)


@pytest.mark.parametrize("cell", [*CELLS.values(), PROJECTED, CoupledCell()], ids=lambda cell: cell.kind)
def test_the_printed_equations_give_what_the_step_gives(cell: Cell) -> None:
    torch.manual_seed(2)
    projected = cell is PROJECTED
    module = nn.LSTM(5, 7, proj_size=3) if projected else Scan(cell, 5, 7)
    weights = weights_of(module.double(), 0, "forward")
    sizes = {"h": 3 if projected else 7, "c": 7}
    x, before = torch.randn(4, 5).double(), {name: torch.randn(4, sizes[name]).double() for name in cell.states}
    values = cell.step(nn.functional.linear(x, weights.w_ih, weights.b_ih), before, weights)
    expected = work_out(cell, weights, x, before)
    assert list(values) == list(expected)
    for name, value in values.items():
        torch.testing.assert_close(value, expected[name], atol=1e-12, rtol=0)


@pytest.mark.parametrize("kind", CELL_KINDS)
def test_gradients_flow_to_every_weight_and_are_right(kind: str) -> None:
    torch.manual_seed(3)
    scan, x = Scan(kind, 2, 3, 2, bidirectional=True).double(), torch.randn(3, 2, 2, dtype=torch.float64)
    names = [name for name, _ in scan.named_parameters()]

    def output(*weights: Tensor) -> Tensor:
        return torch.func.functional_call(scan, dict(zip(names, weights, strict=True)), (x,))[0]

    assert torch.autograd.gradcheck(output, [w.detach().requires_grad_() for w in scan.parameters()])


@pytest.mark.parametrize("kind", ["mgu", "peephole"])
def test_a_cell_without_a_kernel_learns(kind: str) -> None:
    network = tiny_network("many_to_one", kind).requires_grad_(True)
    x, y = torch.randint(0, 9, (32, 6)), torch.arange(32) % 2
    x[:, 0] = y  # the answer stands at the first of six steps
    optimizer = torch.optim.Adam(network.parameters(), 0.05)
    losses: list[float] = []
    for _ in range(80):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(x)[:, 0], y)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.3


def test_dropout_falls_between_layers_while_a_scan_trains_and_is_refused_by_the_recorder() -> None:
    scan, x = Scan("mgu", 5, 7, 2, dropout=0.5), torch.randn(4, 2, 5)
    assert not torch.equal(scan(x)[0], scan(x)[0])
    with pytest.raises(ConfigError, match="eval"):
        record_module(scan, x)
    assert torch.equal(scan.eval()(x)[0], scan(x)[0])


@pytest.mark.parametrize(
    ("x", "hx", "message"),
    [
        (torch.randn(4, 2, 6), None, "6 entries; this module reads 5"),
        (torch.randn(4, 2, 5).double(), None, "float64"),
        (torch.randn(4, 2, 5), torch.zeros(1, 3, 7), r"\(1, 2, 7\)"),
    ],
)
def test_a_scan_refuses_what_does_not_fit_it(x: Tensor, hx: Tensor | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Scan("mgu", 5, 7)(x, hx)


def test_a_scan_of_an_unknown_cell_names_those_there_are() -> None:
    with pytest.raises(ConfigError, match="rnn, rnn_relu, gru, mgu, lstm, peephole"):
        Scan("liquid", 5, 7)
    with pytest.raises(ConfigError, match="1 or more"):
        Scan("mgu", 5, 0)


def test_a_scan_prints_as_torch_s_modules_do() -> None:
    assert repr(Scan("peephole", 5, 7, 2, bidirectional=True)) == (
        "Scan(peephole, 5, 7, num_layers=2, bidirectional=True)"
    )


def test_a_cell_carries_h_or_h_and_c() -> None:
    with pytest.raises(ConfigError, match="h, or h and c"):

        class Third(CoupledCell):
            states: ClassVar = ("h", "c", "m")


def test_a_cell_of_one_s_own_goes_through_everything(coupled: str, tmp_path: Path) -> None:
    network = tiny_network("encoder_decoder", coupled, layers=2, directions=2, attention="dot")
    fast, slow = (record(network, [1, 5, 2], T_y=4, path=path, gradient=-1) for path in ("fast", "step"))
    for a, b in zip(fast.layers, slow.layers, strict=True):
        for name, value in a.values.items():
            np.testing.assert_allclose(value, b.values[name], atol=1e-6)
    assert max(present(trace.check.max_abs_error) for trace in (fast, slow)) < 1e-6
    gradient = gradient_of(fast)
    assert all(row.any() for row in (*gradient.h, *present(gradient.c)))
    assert Trace.from_json(fast.to_json()).network.cell.kind == "coupled"
    network.save(tmp_path / "w.safetensors", dtype=torch.float32)
    assert record(Network.load(tmp_path / "w.safetensors"), [1, 5, 2], T_y=4, gradient=-1).to_json() == fast.to_json()


def test_a_cell_of_one_s_own_can_be_reached_into(coupled: str) -> None:
    network = tiny_network("many_to_many", coupled)
    held = [Freeze(gate="f", value=1.0), Clamp(state="c", unit=2, value=0.5)]
    v = record(network, [1, 5, 2], interventions=held).layers[0].values
    assert (v["c"][:, 2] == 0.5).all()
    assert not np.delete(v["c"], 2, axis=1).any()  # all is kept, and nothing was there


def test_weights_without_biases_are_read_by_every_cell() -> None:
    for kind in CELL_KINDS:
        scan = Scan(kind, 5, 7, bias=False)
        assert record_module(scan, torch.randn(3, 5)).max_abs_error < 1e-6
        assert isinstance(weights_of(scan, 0, "forward"), Weights)
