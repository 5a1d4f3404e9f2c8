"""Back-propagation through a watched run: call by call from the last to the first, each stepped cell by cell.

The fused kernels are never asked for their backward. cuDNN refuses it in eval mode, and no kernel says what reaches
each h_t and c_t. Between the calls it is autograd that goes back through the model's own graph.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from torch import Tensor

from unrolled.cells import Values
from unrolled.rows import Order
from unrolled.steps import last_states, step_layer
from unrolled.topology import Direction
from unrolled.watch.call import Call
from unrolled.watch.flow import Slot, gradients, slots_of
from unrolled.watch.values import dropout_of_call, plain_layer, replayed
from unrolled.weights import weights_of

HALVES = (torch.float16, torch.bfloat16)


@dataclass(eq=False)
class Reached:
    """Hold what reaches one call: |dL/dh_t| and |dL/dc_t| of one sequence, and dL/dx_t entry by entry."""

    states: dict[tuple[int, Direction, str], Tensor] = field(default_factory=dict)  # each (T,)
    x: Tensor | None = None  # (T, n)


@dataclass(frozen=True, eq=False)
class Stepped:
    """Hold a call stepped in a graph: its leaves, its outputs in packed order, and the state of every step."""

    x: Tensor
    given: tuple[Tensor, ...]
    out: Tensor  # (N, directions * size of h)
    last: tuple[Tensor, ...]  # each (layers * directions, B, size), in packed order
    nodes: dict[tuple[int, Direction, str], list[Tensor]]  # a node for each step, (sizes[t], size)


def back_through(score: Tensor, calls: Sequence[Call], sequence: int) -> dict[int, Reached]:
    """Differentiate a score with respect to every state and x of every call, for one sequence; by the call's number."""
    leaves = {(c.number, slot): leaf for c in calls for slot, leaf in slots_of(c) if leaf.requires_grad}
    towards: dict[tuple[int, Slot], Tensor] = {}
    _pour([score], [torch.ones_like(score)], leaves, towards)
    found: dict[int, Reached] = {}
    for call in reversed(calls):
        mine = {slot: g for (number, slot), g in towards.items() if number == call.number}
        if not mine:
            found[call.number] = Reached()
            continue
        with torch.autocast(call.out.device.type, enabled=False):
            found[call.number], x, given = _through(call, mine, sequence)
        pairs = [(call.layout.rows, x), *zip(call.given, given, strict=True)]
        live = [(source, g.to(source.dtype)) for source, g in pairs if source.requires_grad and g is not None]
        _pour([source for source, _ in live], [g for _, g in live], leaves, towards)
    return found


def _pour(
    sources: list[Tensor],
    grads: list[Tensor],
    leaves: dict[tuple[int, Slot], Tensor],
    towards: dict[tuple[int, Slot], Tensor],
) -> None:
    """Go back from some tensors through the model's graph, and add up what reaches each leaf."""
    if not sources or not leaves:
        return
    found = gradients(sources, grads, list(leaves.values()))
    for key, grad in zip(leaves, found, strict=True):
        if grad is not None:
            towards[key] = towards[key] + grad if key in towards else grad


def stepped(call: Call) -> Stepped:
    """Step a call once more with every state a node of a graph, with the dropout that it really had."""
    layout, cell, share = call.layout, call.cell, dropout_of_call(call)
    dtype = torch.float32 if call.out.dtype in HALVES else call.out.dtype
    x = layout.rows.detach().to(dtype).requires_grad_()
    given = tuple(_packed_order(call, call.as_states(s)).detach().to(dtype).requires_grad_() for s in call.given)
    nodes: dict[tuple[int, Direction, str], list[Tensor]] = {}
    ends: list[list[Tensor]] = []
    rows = x
    with replayed(call):
        for layer in range(call.layers):
            module, tops = plain_layer(call, layer, dtype), []
            for d, direction in enumerate(call.directions):
                place = layer * len(call.directions) + d
                weights = weights_of(module, 0, direction)
                sizes = {"h": weights.w_hh.shape[1], "c": call.hidden}
                first: Values = {n: rows.new_zeros(layout.sizes[0], sizes[n]) for n in cell.states}
                first |= {n: s[place] for n, s in zip(cell.states, given, strict=False)}
                steps = step_layer(cell, weights, rows, first, Order(layout, direction))
                nodes |= {(layer, direction, n): [step[n] for step in steps] for n in cell.states}
                tops.append(torch.cat([step["h"] for step in steps]))
                ends.append([last_states(steps, n, direction) for n in cell.states])
            rows = torch.cat(tops, -1)
            if share and layer < call.layers - 1:
                rows = F.dropout(rows, share, True)
    last = tuple(torch.stack(state) for state in zip(*ends, strict=True))
    return Stepped(x, given, rows, last, nodes)


def _packed_order(call: Call, states: Tensor) -> Tensor:
    """Bring states (layers * directions, B, size) into the order of the packed rows."""
    packed = call.layout.packed
    if packed is None or packed.sorted_indices is None:
        return states
    return states.index_select(1, packed.sorted_indices)


def _user_order(call: Call, states: Tensor) -> Tensor:
    packed = call.layout.packed
    if packed is None or packed.unsorted_indices is None:
        return states
    return states.index_select(1, packed.unsorted_indices)


def _through(
    call: Call, mine: dict[Slot, Tensor], sequence: int
) -> tuple[Reached, Tensor | None, tuple[Tensor | None, ...]]:
    """Go back through one call: what reaches its states, and dL/dx and dL/dhx as the model gave them."""
    run = stepped(call)
    outputs, grads = [], []
    for slot, grad in mine.items():
        if slot is None:
            outputs.append(run.out)
            grads.append(call.as_rows(grad).to(run.out.dtype))
        else:
            outputs.append(run.last[slot])
            grads.append(_packed_order(call, call.as_states(grad)).to(run.out.dtype))
    nodes = [node for steps in run.nodes.values() for node in steps]
    found = gradients(outputs, grads, [run.x, *run.given, *nodes])
    rows = call.rows_of(sequence)
    reached = Reached(x=None if found[0] is None else found[0][rows.to(found[0].device)])
    later = iter(found[1 + len(run.given) :])
    place = _place(call, sequence)
    for key, steps in run.nodes.items():
        lengths = [torch.zeros(()) if g is None else g[place].norm() for g in [next(later) for _ in steps][: len(rows)]]
        reached.states[key] = torch.stack([length.cpu() for length in lengths])
    given = tuple(
        None if g is None else _user_order(call, g).reshape(s.shape)
        for g, s in zip(found[1 : 1 + len(run.given)], call.given, strict=True)
    )
    return reached, found[0], given


def _place(call: Call, sequence: int) -> int:
    """Find the row of a sequence within each step."""
    packed = call.layout.packed
    return sequence if packed is None or packed.unsorted_indices is None else int(packed.unsorted_indices[sequence])
