"""One forward of a model, heard, and made out: its parts, what it read, what it answered."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from torch import Tensor, nn

from unrolled.errors import ConfigError, InvalidRequest
from unrolled.topology import Kind
from unrolled.watch.answers import Answer, choose, rows_of
from unrolled.watch.chains import Chain, chains_of
from unrolled.watch.describe import Seen, check_drawable
from unrolled.watch.feeding import feeds_back
from unrolled.watch.flow import Flow, Touch
from unrolled.watch.given import Given
from unrolled.watch.labels import ids_of, name_steps
from unrolled.watch.listen import Heard
from unrolled.watch.outputs import Read, read_outputs
from unrolled.watch.wiring import Part, mask_of, parts_of, x_at


def made_out(model: nn.Module, heard: Heard, given: Given) -> Seen:
    """Make out how a run is wired. Raises ConfigError or InvalidRequest, naming what tells what cannot be told."""
    if not heard.calls:
        raise ConfigError(
            "no recurrent module ran: call the model as you use it, or name the method: method='generate'"
        )
    flow = Flow(heard.calls)
    chains = chains_of(heard.calls, flow)
    if given.call is not None:
        chains = _chosen(chains, given.call)
    _check_sequence(chains, given.sequence)
    answer = choose(heard, given.answer)
    touch = _touch_of(answer, flow)
    parts, unread = parts_of(chains, touch, flow, given.sequence)
    check_drawable(parts)
    top = parts[-1].top
    found = rows_of(answer, top, flow, given.sequence, given.each_step)
    read = read_outputs(found.rows, given)
    return _seen(model, heard, given, parts, unread, found, read, flow)


def _chosen(chains: Sequence[Chain], call: int) -> list[Chain]:
    if not 0 <= call < len(chains):
        raise InvalidRequest(f"call is {call}; {len(chains)} ran, from 0 to {len(chains) - 1}", "call")
    return [chains[call]]


def _check_sequence(chains: Sequence[Chain], sequence: int) -> None:
    B = chains[0].batch
    if sequence >= B:
        raise InvalidRequest(f"sequence is {sequence}; the batch holds {B}, from 0 to {B - 1}", "sequence")


def _touch_of(answer: Tensor | list[Tensor], flow: Flow) -> Touch:
    grads: dict[Any, Tensor] = {}
    for one in answer if isinstance(answer, list) else [answer]:
        touch = flow.touch(one)
        grads |= {} if touch is None else touch.grads
    if not grads:
        raise ConfigError(
            "what the output depends on cannot be followed: the model runs without gradients (no_grad, inference_mode, "
            "detach or a decision on the way); say which module gives the output, answer='fc', or run it with gradients"
        )
    return Touch(grads)


def _seen(
    model: nn.Module,
    heard: Heard,
    given: Given,
    parts: list[Part],
    unread: list[Chain],
    found: Answer,
    read: Read,
    flow: Flow,
) -> Seen:
    b, bottom, top = given.sequence, parts[0].chains[0], parts[-1].top
    at = places_of(found, top.T(b))
    writing = parts[-1].chains[0]
    looked = ids_of(writing, heard.looked, b)
    ids = None if looked is None else looked[0]
    fed = given.feedback
    if fed is None:
        fed = feeds_back(writing, ids, read.y_hat, at, b, read.output == "softmax")
    kind = given.kind or kind_of(parts, found, fed)
    _check_kind(kind, parts)
    first = bottom.T(b)
    reads = looked if len(parts) == 1 else ids_of(bottom, heard.looked, b)
    labels = name_steps(
        1 if kind == "one_to_many" else first, None if reads is None else reads[0], given.tokens, b, bottom.batch
    )
    decodes = kind in ("one_to_many", "encoder_decoder")
    known = decodes and looked is not None and read.output == "softmax" and looked[1].count == read.y_hat.shape[1]
    read_next = [looked[0][s + 1] if known and looked and s + 1 < top.T(b) else None for s in at]
    dictated = [
        None if y is None or y == int(read.y_hat[r].argmax()) else y for r, y in enumerate(read_next)
    ]  # fmt: skip
    x = [x_at(bottom, b, t) for t in range(1 if kind == "one_to_many" else first)]
    ends, remarks = how_it_ends(found, top, parts[-1], flow, b)
    return Seen(
        model, kind, tuple(parts), b, found, tuple(at), decodes or ends, read, tuple(dictated), labels,
        stack(x), (*remarks_of(parts, unread, decodes, fed, known), *remarks),
    )  # fmt: skip


def stack(rows: Sequence[Tensor]) -> Tensor:
    """Join rows (n,) to (T, n)."""
    return (
        rows[0].new_zeros(0)
        if not rows
        else rows[0].detach().new_tensor(np.stack([r.detach().float().cpu() for r in rows]))
    )


def kind_of(parts: Sequence[Part], found: Answer, fed: bool) -> Kind:
    """Name the topology."""
    if len(parts) == 2:
        return "encoder_decoder"
    if fed:
        return "one_to_many"
    return "many_to_many" if found.each_step else "many_to_one"


def _check_kind(kind: Kind, parts: Sequence[Part]) -> None:
    if (kind == "encoder_decoder") != (len(parts) == 2):
        names = " and ".join(part.top.name for part in parts)
        raise ConfigError(f"kind is {kind!r}, and the model runs {len(parts)} part{'s' * (len(parts) > 1)}: {names}")


def places_of(found: Answer, T: int) -> list[int]:
    """Say at which step each output stands: the one that it reads, or in the middle of those."""
    if not found.each_step:
        read = found.read[0]
        return [int(read[-1]) if len(read) else T - 1]
    if len(found.rows) == T:
        return list(range(T))
    return [round(float(read.mean())) if len(read) else 0 for read in found.read]


def how_it_ends(found: Answer, top: Any, part: Part, flow: Flow, sequence: int) -> tuple[bool, list[str]]:
    """Say whether an answer at the end reads a backward layer where that one ends; and what a picture leaves out."""
    if found.each_step:
        return False, []
    touch = flow.touch(found.rows[0])
    if touch is None:
        return True, []
    mask = mask_of(top, touch, sequence)
    steps = {way: np.flatnonzero(mask[top.layers - 1, way]) for way in part.directions}
    many = max(len(s) for s in steps.values())
    remarks = [f"The output reads the states of {many} steps; the arrows show the last ones alone"] if many > 1 else []
    backward = steps.get("backward", np.array([0]))
    return many > 1 or not len(backward) or bool(backward[0] == 0), remarks


def remarks_of(parts: Sequence[Part], unread: Sequence[Chain], decodes: bool, fed: bool, known: bool) -> list[str]:
    """Say in sentences what the picture does not."""
    remarks = [f"Nothing in the output depends on {chain.name}, which is left out" for chain in unread]
    if any(chain.changed for part in parts for chain in part.chains):
        remarks.append("The model changes the states between steps")
    if decodes and not fed and not known:
        remarks.append("The decoder reads what it is given, and not its own outputs")
    return remarks
