"""What is read from an ONNX file is what onnxruntime computes, what torch exported, or is refused with the reason."""

import sys
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import TensorProto, helper, numpy_helper
from onnx.reference import ReferenceEvaluator
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from unrolled import ConfigError, InvalidRequest, Recording, Scan, from_onnx, record_module
from unrolled.scan import Recurrent

GATES = {"RNN": 1, "GRU": 3, "LSTM": 4}
MODULES: dict[str, Any] = {"RNN": nn.RNN, "GRU": nn.GRU, "LSTM": nn.LSTM}
FLOAT, INT = TensorProto.FLOAT, TensorProto.INT32


def weight(name: str, *shape: int) -> TensorProto:
    return numpy_helper.from_array(np.random.default_rng(len(name) + sum(shape)).normal(size=shape).astype("f"), name)


Inputs = dict[str, tuple[int, list[Any]]]


def graph(
    nodes: list[onnx.NodeProto], weights: list[TensorProto], inputs: Inputs, outputs: list[str]
) -> onnx.ModelProto:
    reads = [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()]
    writes = [onnx.ValueInfoProto(name=name) for name in outputs]
    made = helper.make_graph(nodes, "made", reads, writes, weights)
    return helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def one_node(
    kind: str,
    n: int = 3,
    hidden: int = 4,
    direction: str = "forward",
    parts: tuple[str, ...] = ("B",),
    given: tuple[str, ...] = (),
    outputs: tuple[str, ...] = ("Y",),
    named: str = "layer",
    **said: Any,
) -> onnx.ModelProto:
    """Make a graph of one recurrent node; `parts` are the weights besides W and R, `given` what else it is told."""
    dirs, rows = 2 if direction == "bidirectional" else 1, GATES[kind] * hidden
    shapes = {"W": (dirs, rows, n), "R": (dirs, rows, hidden), "B": (dirs, 2 * rows), "P": (dirs, 3 * hidden)}
    inputs: Inputs = {
        "X": (FLOAT, ["T", "B", n]),
        "sequence_lens": (INT, ["B"]),
        "initial_h": (FLOAT, [dirs, "B", hidden]),
        "initial_c": (FLOAT, [dirs, "B", hidden]),
    }
    has = {"X", "W", "R", *parts, *given}
    reads = [
        name if name in has else ""
        for name in ("X", "W", "R", "B", "sequence_lens", "initial_h", "initial_c", "P")[: 8 if kind == "LSTM" else 6]
    ]
    if kind == "GRU":
        said = {"linear_before_reset": 1, **said}
    node = helper.make_node(kind, reads, list(outputs), named, hidden_size=hidden, direction=direction, **said)
    kept = [weight(name, *shapes[name]) for name in ("W", "R", "B", "P") if name in has]
    return graph([node], kept, {name: inputs[name] for name in inputs if name in has}, [o for o in outputs if o])


def padded(values: Any, T: int) -> Tensor:
    return pad_packed_sequence(values, total_length=T)[0] if isinstance(values, PackedSequence) else values


@st.composite
def nodes(draw: st.DrawFn) -> tuple[onnx.ModelProto, dict[str, np.ndarray]]:
    kind = draw(st.sampled_from(["RNN", "RNN relu", "GRU", "LSTM", "LSTM peephole"]))
    op, _, more = kind.partition(" ")
    n, hidden, T, B = (draw(st.integers(1, 5)) for _ in range(4))
    direction = draw(st.sampled_from(["forward", "reverse", "bidirectional"]))
    dirs = 2 if direction == "bidirectional" else 1
    states = ("initial_h", "initial_c") if op == "LSTM" else ("initial_h",)
    told = tuple(name for name in ("sequence_lens", *states) if draw(st.booleans()))
    parts = (*(("B",) if draw(st.booleans()) else ()), *(("P",) if more == "peephole" else ()))
    outputs = draw(st.sampled_from([("Y",), ("", "Y_h"), ("Y", "Y_h")]))
    said: dict[str, Any] = {"activations": ["Relu"] * dirs} if more == "relu" else {}
    model = one_node(op, n, hidden, direction, parts, told, outputs, **said)
    rng = np.random.default_rng(draw(st.integers(0, 99)))
    fed = {"X": rng.normal(size=(T, B, n)).astype("f")}
    for name in told:
        fed[name] = rng.normal(size=(dirs, B, hidden)).astype("f")
    if "sequence_lens" in told:
        fed["sequence_lens"] = np.array(draw(st.lists(st.integers(1, T), min_size=B, max_size=B)), "i4")
    return model, fed


@given(nodes())
@settings(max_examples=120, deadline=None)
def test_any_node_is_recorded_as_onnxruntime_runs_it(drawn: tuple[onnx.ModelProto, dict[str, np.ndarray]]) -> None:
    import onnxruntime

    model, fed = drawn
    network = from_onnx(model)
    assert set(network.inputs) == set(fed)
    recording = network.record(**fed)["layer"]
    assert recording.max_abs_error < 1e-4
    whole = onnx.ModelProto()
    whole.CopyFrom(model)
    whole.graph.node[0].output[0] = "Y"
    whole.graph.ClearField("output")
    whole.graph.output.append(onnx.ValueInfoProto(name="Y"))
    session = onnxruntime.InferenceSession(whole.SerializeToString(), providers=["CPUExecutionProvider"])
    y = torch.from_numpy(session.run(["Y"], fed)[0])  # (T, directions, B, hidden)
    names = ["backward" if name == "reverse" else name for name in [direction_of(model)]]
    directions = ["forward", "backward"] if names == ["bidirectional"] else names
    assert [layer.direction for layer in recording.layers] == directions
    for d, layer in enumerate(recording.layers):
        torch.testing.assert_close(padded(layer.values["h"], len(y)), y[:, d], atol=1e-4, rtol=1e-4)


def direction_of(model: onnx.ModelProto) -> str:
    (said,) = (a for a in model.graph.node[0].attribute if a.name == "direction")
    return helper.get_attribute_value(said).decode()


@pytest.mark.parametrize("kind", GATES)
def test_a_node_whose_batch_comes_first_makes_such_a_module(kind: str) -> None:
    model = one_node(kind, layout=1)
    module = from_onnx(model).recurrent["layer"]
    x = np.random.default_rng(1).normal(size=(2, 5, 3)).astype("f")
    ran: Any = ReferenceEvaluator(model).run(None, {"X": x})
    y = ran[0]  # (B, T, directions, hidden)
    assert module.batch_first
    torch.testing.assert_close(module(torch.from_numpy(x))[0], torch.from_numpy(y[:, :, 0]), atol=1e-5, rtol=1e-5)


class Reader(nn.Module):
    """Is what people export: an embedding, some layers, a head."""

    def __init__(self, layers: nn.RNNBase) -> None:
        super().__init__()
        self.embed, self.layers = nn.Embedding(9, layers.input_size), layers
        self.head = nn.Linear(layers.hidden_size * (1 + layers.bidirectional), 2)

    def forward(self, ids: Tensor) -> Tensor:
        return self.head(self.layers(self.embed(ids))[0])


def exported(model: nn.Module, x: Tensor, path: Path, dynamo: bool) -> Path:
    torch.onnx.export(model.eval(), (x,), path, dynamo=dynamo, input_names=["ids"], verbose=False)
    return path


def assert_same_module(found: Recurrent, module: nn.RNNBase) -> None:
    assert type(found) is type(module)
    assert (found.num_layers, found.bidirectional) == (module.num_layers, module.bidirectional)
    for name, expected in module.state_dict().items():
        torch.testing.assert_close(found.state_dict()[name], expected, atol=0, rtol=0)


def assert_same_values(found: Recording, expected: Recording) -> None:
    for a, b in zip(found.layers, expected.layers, strict=True):
        for name, value in b.values.items():
            torch.testing.assert_close(a.values[name].transpose(0, 1), value, atol=1e-5, rtol=1e-5)


EXPORTS = [("RNN", 1, False), *((kind, n, dynamo) for dynamo in (False, True) for kind, n in (("GRU", 2), ("LSTM", 3)))]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize(("kind", "layers", "dynamo"), EXPORTS)
def test_what_torch_exported_comes_back(kind: str, layers: int, both: bool, dynamo: bool, tmp_path: Path) -> None:
    torch.manual_seed(0)
    made = Reader(MODULES[kind](6, 7, layers, batch_first=True, bidirectional=both))
    ids = torch.tensor([[1, 5, 2, 8], [3, 3, 0, 7]])
    network = from_onnx(exported(made, ids, tmp_path / "model.onnx", dynamo))
    ((name, module),) = network.recurrent.items()
    assert_same_module(module, made.layers)
    assert_same_values(network.record(ids)[name], record_module(made.layers, made.embed(ids).detach()))


@pytest.mark.filterwarnings("ignore")
def test_steps_that_an_exporter_wrote_out_are_refused_with_the_way_out(tmp_path: Path) -> None:
    made = Reader(nn.RNN(6, 7, batch_first=True))
    with pytest.raises(ConfigError, match="dynamo=False"):
        from_onnx(exported(made, torch.tensor([[1, 5]]), tmp_path / "model.onnx", dynamo=True))


def as_keras_writes_it() -> onnx.ModelProto:
    """Make what tf2onnx makes of Keras: LSTM(4, return_sequences=True), then Bidirectional(GRU(5))."""
    first = [weight("lstm/W", 1, 16, 3), weight("lstm/R", 1, 16, 4), weight("lstm/B", 1, 32)]
    second = [weight("gru/W", 2, 15, 4), weight("gru/R", 2, 15, 5), weight("gru/B", 2, 30)]
    axis = numpy_helper.from_array(np.array([1], "i8"), "axis")
    made = [
        helper.make_node("Transpose", ["x"], ["x_steps"], perm=[1, 0, 2]),
        helper.make_node(
            "LSTM", ["x_steps", "lstm/W", "lstm/R", "lstm/B"], ["lstm_y", "", ""], "lstm/LSTM", hidden_size=4
        ),
        helper.make_node("Squeeze", ["lstm_y", "axis"], ["lstm_h"]),
        helper.make_node(
            "GRU",
            ["lstm_h", "gru/W", "gru/R", "gru/B"],
            ["", "gru_last"],
            "gru/GRU",
            hidden_size=5,
            direction="bidirectional",
            linear_before_reset=1,
            activations=["Sigmoid", "Tanh", "Sigmoid", "Tanh"],
        ),
    ]
    return graph(made, [*first, *second, axis], {"x": (FLOAT, ["B", "T", 3])}, ["gru_last"])


def test_what_keras_exported_is_read_layer_by_layer(tmp_path: Path) -> None:
    onnx.save(as_keras_writes_it(), tmp_path / "keras.onnx")
    network = from_onnx(tmp_path / "keras.onnx")
    assert list(network.recurrent) == ["lstm/LSTM", "gru/GRU"]  # unlike layers are modules of their own
    x = torch.randn(2, 6, 3)
    lstm, gru = network.record(x).values()
    assert lstm.output.shape == (6, 2, 4)
    assert gru.output.shape == (6, 2, 10)
    below = record_module(network.recurrent["lstm/LSTM"], x.transpose(0, 1)).output
    torch.testing.assert_close(lstm.output, below, atol=1e-6, rtol=0)
    torch.testing.assert_close(gru.output, record_module(network.recurrent["gru/GRU"], below).output, atol=1e-5, rtol=0)


def test_peepholes_make_the_cell_that_has_them() -> None:
    module = from_onnx(one_node("LSTM", parts=("B", "P"))).recurrent["layer"]
    assert isinstance(module, Scan)
    assert module.cell.kind == "peephole"


@pytest.mark.parametrize(
    ("model", "reason"),
    [
        (one_node("GRU", linear_before_reset=0), "reset_after=True"),
        (one_node("LSTM", clip=3.0), "clips its sums at 3"),
        (one_node("LSTM", input_forget=1), "couples its input gate"),
        (one_node("RNN", activations=["Affine"]), "affine; torch has tanh alone"),
        (one_node("GRU", activations=["HardSigmoid", "Tanh"]), "hardsigmoid, tanh; torch has sigmoid, tanh alone"),
        (one_node("RNN", direction="bidirectional", activations=["Tanh", "Relu"]), "tanh, relu"),
        (graph([helper.make_node("Relu", ["x"], ["y"])], [], {"x": (FLOAT, [1])}, ["y"]), "its nodes are Relu"),
    ],
)
def test_what_nothing_here_computes_is_refused_with_the_reason(model: onnx.ModelProto, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason):
        from_onnx(model)


def test_weights_that_come_from_outside_are_refused() -> None:
    model = one_node("GRU")
    del model.graph.initializer[0]
    model.graph.input.append(helper.make_tensor_value_info("W", FLOAT, [1, 12, 3]))
    with pytest.raises(ConfigError, match="'W' are an input of the graph"):
        from_onnx(model)


def test_a_file_that_is_none_of_onnx_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.onnx").write_bytes(b"\xff\xfenot a network")
    with pytest.raises(ConfigError, match=r"notes\.onnx is no ONNX file"):
        from_onnx(tmp_path / "notes.onnx")


@pytest.mark.parametrize("missing", ["onnx", "onnxruntime"])
def test_a_missing_library_is_named_with_what_installs_it(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = one_node("RNN")
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ConfigError, match=rf"need {missing}, .* pip install 'unrolled\[onnx\]'"):
        from_onnx(model).record(np.zeros((2, 1, 3), "f"))


@pytest.mark.parametrize(
    ("given_", "named"),
    [((), {}), ((1, 2), {}), ((), {"y": 1}), ((np.zeros((2, 1, 4), "f"),), {}), ((np.zeros((2, 3), "f"),), {})],
)
def test_an_input_that_does_not_fit_is_refused(given_: tuple[Any, ...], named: dict[str, Any]) -> None:
    with pytest.raises(InvalidRequest):
        from_onnx(one_node("RNN")).record(*given_, **named)


def test_a_module_that_was_changed_is_no_longer_the_file_s() -> None:
    network = from_onnx(one_node("LSTM"))
    network.recurrent["layer"].get_parameter("weight_hh_l0").data += 0.5
    with pytest.raises(ConfigError, match="away from what onnxruntime computes"):
        network.record(np.ones((5, 1, 3), "f"))
