"""The numbers that a graph holds itself: initializers, constants, and what follows from them alone."""

from typing import Any

import numpy as np

from unrolled.errors import ConfigError
from unrolled.onnx.library import library


class Constants:
    """Find the value of a tensor that no input of the graph changes."""

    def __init__(self, graph: Any) -> None:
        self._made = {output: node for node in graph.node for output in node.output if output}
        self._known: dict[str, np.ndarray] = {}
        self._graph = graph

    def find(self, name: str) -> np.ndarray:
        """Give the numbers of a tensor, which some exporters cut and join of others.

        Raises ConfigError for one that an input of the graph changes.
        """
        if name not in self._known:
            self._known |= self._read(name)
        return self._known[name]

    def _read(self, name: str) -> dict[str, np.ndarray]:
        onnx = library("onnx")
        for tensor in self._graph.initializer:
            if tensor.name == name:
                return {name: onnx.numpy_helper.to_array(tensor)}
        node = self._made.get(name)
        if node is None:
            raise ConfigError(f"the weights '{name}' are an input of the graph; export them with the network")
        inputs = {read: self.find(read) for read in node.input if read}
        values = library("onnx.reference").ReferenceEvaluator(node).run(None, inputs)
        return dict(zip((output for output in node.output if output), values, strict=False))
