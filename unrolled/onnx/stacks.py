"""Which recurrent nodes of a graph are the layers of one module, and that module."""

from collections.abc import Sequence
from typing import Any

from unrolled.cells import CELLS
from unrolled.onnx.nodes import Node
from unrolled.scan import Recurrent, recurrent
from unrolled.weights import DIRECTIONS, suffix

RESHAPES = {"Squeeze", "Unsqueeze", "Transpose", "Reshape", "Identity", "Flatten", "Dropout"}  # change no number here

Stack = tuple[Node, ...]


def stacks_of(nodes: Sequence[Node], graph: Any) -> tuple[Stack, ...]:
    """Join each node to the one whose output it reads, where both can be layers of one module."""
    makes = {output: node for node in graph.node for output in node.output if output}
    writers = {node.writes: node for node in nodes if node.writes}
    stacks: list[list[Node]] = []
    for node in nodes:
        below = writers.get(source_of(node.reads["X"], makes))
        on = next((stack for stack in stacks if stack[-1] is below), None) if below and node.can_follow(below) else None
        if on is None:
            stacks.append([node])
        else:
            on.append(node)
    return tuple(tuple(stack) for stack in stacks)


def source_of(tensor: str, makes: dict[str, Any]) -> str:
    """Follow a tensor back through what only gives it another shape."""
    while tensor in makes and makes[tensor].op_type in RESHAPES:
        tensor = makes[tensor].input[0]
    return tensor


def module_of(stack: Stack) -> Recurrent:
    """Make the module that holds some layers, with their weights; it reads (T, B, n), or (B, T, n) if they do."""
    first = stack[0]
    settings: dict[str, Any] = {"bias": first.bias, "batch_first": first.batch_first}
    made = recurrent(CELLS[first.cell], first.features, first.hidden, len(stack), first.directions == 2, **settings)
    weights = {
        name + suffix(layer, DIRECTIONS[d]): weight
        for layer, node in enumerate(stack)
        for d, mine in enumerate(node.weights)
        for name, weight in mine.items()
    }
    made.to(next(iter(weights.values())).dtype).load_state_dict(weights)
    return made.eval().requires_grad_(False)
