"""A network from an ONNX file: its recurrent layers as torch modules, and a recording of them while the file runs."""

from dataclasses import dataclass, field, replace
from os import PathLike
from typing import Any

import numpy as np
import torch
from torch import Tensor

from unrolled.errors import ConfigError, InvalidRequest
from unrolled.fused import Recording, record_module
from unrolled.onnx.constants import Constants
from unrolled.onnx.library import library
from unrolled.onnx.nodes import ORDER, STATES, Node, read_node
from unrolled.onnx.stacks import Stack, module_of, stacks_of
from unrolled.onnx.turning import packed, padded, turned, turned_back
from unrolled.scan import Recurrent

FAR = 1e-3  # a module that is farther from what onnxruntime computes does not compute what the file says
REFUSALS = ("Fail", "InvalidArgument", "InvalidGraph", "NotImplemented", "RuntimeException")


def from_onnx(file: str | PathLike[str] | Any) -> "OnnxNetwork":
    """Read the recurrent layers of an ONNX file (Keras, PyTorch or another wrote it), or of a loaded `onnx.ModelProto`.

    Raises ConfigError, with what is in the way, for a file without RNN, GRU or LSTM nodes, and for nodes that
    compute what neither torch nor a cell here does (clipped sums, other activations, a GRU that resets the state
    before the product, coupled gates). Needs `pip install unrolled[onnx]`.
    """
    onnx = library("onnx")
    model = onnx.ModelProto()
    model.CopyFrom(file if isinstance(file, onnx.ModelProto) else load(file))
    found = [node for node in model.graph.node if node.op_type in ORDER and node.domain in ("", "ai.onnx")]
    if not found:
        raise ConfigError(
            f"this file has no RNN, GRU or LSTM node; its nodes are {kinds_of(model.graph)}. If its steps were written "
            "out one by one, export it with such a node (torch.onnx.export does with dynamo=False)"
        )
    constants, names = Constants(model.graph), names_of(found)
    nodes: list[Node] = []
    for node, name in zip(found, names, strict=True):
        if not node.output[0]:
            node.output[0] = f"every h of {name}"  # so that it can be compared
        nodes.append(read_node(node, name, constants))
    stacks = stacks_of(nodes, model.graph)
    known = {tensor.name for tensor in model.graph.initializer}
    inputs = tuple(given.name for given in model.graph.input if given.name not in known)
    modules = {stack[0].name: module_of(stack) for stack in stacks}
    backward = frozenset(stack[0].name for stack in stacks if stack[0].backward)
    return OnnxNetwork(modules, inputs, backward, stacks, model)


def load(path: str | PathLike[str]) -> Any:
    """Load a file. Raises ConfigError for one that is none of ONNX."""
    try:
        return library("onnx").load(path)
    except library("google.protobuf.message").DecodeError:
        raise ConfigError(f"{path} is no ONNX file") from None


def names_of(nodes: list[Any]) -> list[str]:
    """Name each node as the file does; those without a name, or with one that another has, by what they are."""
    names: list[str] = []
    for number, node in enumerate(nodes):
        names.append(node.name if node.name and node.name not in names else f"{node.op_type}_{number}")
    return names


def kinds_of(graph: Any) -> str:
    """List the kinds of nodes that a graph has, those in the bodies of its loops and branches, too."""
    kinds: set[str] = set()
    for node in graph.node:
        bodies = [a.g for a in node.attribute if a.HasField("g")]
        kinds |= {node.op_type, *(f"{kind} inside a {node.op_type}" for body in bodies for kind in [kinds_of(body)])}
    return ", ".join(sorted(kinds)) or "none"


@dataclass(frozen=True, repr=False, eq=False)
class OnnxNetwork:
    """Hold the recurrent layers of an ONNX file as torch modules, by the name of their first node.

    Nodes that read one another and are alike are the layers of one module. `backward` names the modules whose nodes
    read their sequence from the last step on, and in no other direction: torch has no such module, so theirs reads it
    turned round, which `record` sees to. `inputs` names what the file reads.
    """

    recurrent: dict[str, Recurrent]
    inputs: tuple[str, ...]
    backward: frozenset[str]
    _stacks: tuple[Stack, ...] = field(repr=False)
    _model: Any = field(repr=False)

    def __repr__(self) -> str:
        """List the modules."""
        lines = "".join(f"\n  {name}: {module}" for name, module in self.recurrent.items())
        return f"OnnxNetwork(reads {', '.join(self.inputs)}){lines}"

    def record(self, *given: Any, **named: Any) -> dict[str, Recording]:
        """Run the file by onnxruntime, and record every value of its recurrent layers over what their nodes read.

        Takes arrays or tensors in the order of `inputs`, or by name. Values are shaped like what the node reads, and
        packed where it is told lengths; row t belongs to its step t in both directions. `max_abs_error` counts the
        distance from what onnxruntime computed, too. Raises InvalidRequest for what the file cannot read, ConfigError
        if a module does not give what the file gives.
        """
        if len(given) > len(self.inputs) or set(named) != set(self.inputs[len(given) :]):
            raise InvalidRequest(f"this network reads {', '.join(self.inputs)}; give each of them, and once", "x")
        fed = {**dict(zip(self.inputs, given, strict=False)), **named}
        fed = {n: v.detach().cpu().numpy() if isinstance(v, Tensor) else np.asarray(v) for n, v in fed.items()}
        tensors = self._run(fed)
        return {stack[0].name: self._record(stack, tensors) for stack in self._stacks}

    def _run(self, fed: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Run the file; gives every tensor that a recurrent node reads or writes."""
        onnx, runtime = library("onnx"), library("onnxruntime")
        wanted = {n for stack in self._stacks for node in stack for n in (*node.reads.values(), node.writes)}
        kept = {t.name: onnx.numpy_helper.to_array(t) for t in self._model.graph.initializer if t.name in wanted}
        known = kept | fed
        wanted -= set(known)
        model = onnx.ModelProto()
        model.CopyFrom(self._model)
        del model.graph.output[:]
        model.graph.output.extend([onnx.ValueInfoProto(name=name) for name in wanted])
        states = library("onnxruntime.capi.onnxruntime_pybind11_state")
        refusals = (ValueError, *(getattr(states, name) for name in REFUSALS))
        options = runtime.SessionOptions()
        options.log_severity_level = 3
        try:
            session = runtime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
            read = {given.name for given in session.get_inputs()}
            found = session.run(list(wanted), {name: value for name, value in fed.items() if name in read})
        except refusals as error:
            raise InvalidRequest(f"onnxruntime cannot run this network over what was given: {error}", "x") from None
        return known | dict(zip(wanted, found, strict=True))

    def _record(self, stack: Stack, tensors: dict[str, np.ndarray]) -> Recording:
        first, module = stack[0], self.recurrent[stack[0].name]
        x, batch_first = torch.tensor(tensors[first.reads["X"]]), first.batch_first
        T = x.shape[1 if batch_first else 0]
        lengths = lengths_of(first, tensors, T)
        read = turned(x, lengths, batch_first) if first.backward else x
        recording = record_module(module, packed(read, lengths, batch_first), hx_of(stack, x, tensors))
        if first.backward:
            recording = replace(
                recording,
                output=turned_back(recording.output, lengths, T, batch_first),
                layers=tuple(
                    replace(
                        layer,
                        direction="backward",
                        values={n: turned_back(v, lengths, T, batch_first) for n, v in layer.values.items()},
                    )
                    for layer in recording.layers
                ),
            )
        y = torch.tensor(tensors[stack[-1].writes])  # (T, directions, B, hidden), or (B, T, directions, hidden)
        y = (y if batch_first else y.transpose(1, 2)).flatten(2)
        away = (padded(recording.output, T, batch_first) - y).abs().max().item()
        if not away < FAR:
            raise ConfigError(f"the module of '{first.name}' is {away:.2g} away from what onnxruntime computes")
        return replace(recording, max_abs_error=max(recording.max_abs_error, away))


def lengths_of(node: Node, tensors: dict[str, np.ndarray], T: int) -> Tensor | None:
    """Find the lengths of the sequences, (B,); None where all of them have every step."""
    lengths = torch.tensor(tensors[node.reads["sequence_lens"]]).long() if "sequence_lens" in node.reads else None
    if lengths is None or bool((lengths == T).all()):
        return None
    if bool((lengths < 1).any()):
        raise InvalidRequest("a sequence has the length 0; each has one step or more", "x")
    return lengths


def hx_of(stack: Stack, x: Tensor, tensors: dict[str, np.ndarray]) -> Any:
    """Join the initial states of all layers as torch takes them; None where no node is given any."""
    names = STATES[: 2 if stack[0].cell in ("lstm", "peephole") else 1]
    if not any(name in node.reads for node in stack for name in names):
        return None
    batch = x.shape[0 if stack[0].batch_first else 1]
    joined: list[Tensor] = []
    for name in names:
        parts = [torch.tensor(tensors[node.reads[name]]) for node in stack if name in node.reads]  # of all, or of none
        if not parts:
            parts = [x.new_zeros(len(stack) * stack[0].directions, batch, stack[0].hidden)]
        elif stack[0].batch_first:
            parts = [part.transpose(0, 1) for part in parts]
        joined.append(torch.cat(parts))
    return tuple(joined) if len(joined) > 1 else joined[0]
