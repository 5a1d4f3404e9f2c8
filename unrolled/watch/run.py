"""One forward of a model, heard, and made out: its parts, what it read, what it answered."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from unrolled.errors import ConfigError, InvalidRequest
from unrolled.topology import Kind
from unrolled.watch.answers import Answer, choose, rows_of
from unrolled.watch.attention import attention_of
from unrolled.watch.chains import Chain, chains_of
from unrolled.watch.describe import Seen, check_drawable
from unrolled.watch.feeding import Fed, feeding
from unrolled.watch.flow import Flow, Mask, Touch
from unrolled.watch.given import Given
from unrolled.watch.labels import ids_of, name_steps
from unrolled.watch.listen import Heard
from unrolled.watch.outputs import read_outputs
from unrolled.watch.padding import across_sequences, only_sequence, padded_steps
from unrolled.watch.wiring import Part, mask_of, parts_of, x_at


def made_out(model: nn.Module, heard: Heard, given: Given) -> Seen:
    """Make out how a run is wired. Raises ConfigError or InvalidRequest, naming what tells what cannot be told."""
    if not heard.calls:
        raise ConfigError(
            "no recurrent module ran: call the model as you use it, or name the method: method='generate'"
        )
    flow, b = Flow(heard.calls), given.sequence
    chains = chains_of(heard.calls, flow)
    if given.call is not None:
        chains = _chosen(chains, given.call)
    _check_sequence(chains, b)
    answer = choose(heard, given.answer)
    parts, unread = _wired(chains, answer, flow, b)
    check_drawable(parts)
    bottom, writing, top = parts[0].chains[0], parts[-1].chains[0], parts[-1].top
    only = only_sequence(answer, top, flow) if given.answer is None else None
    b = b if only is None else only
    found = rows_of(answer, top, flow, b, given.each_step, only is not None)
    read = read_outputs(found.rows, given)
    at = places_of(found, top.T(b))
    fed = feeding(heard, writing, read, at, b, given.feedback)
    kind = given.kind or kind_of(parts, found, fed.back)
    _check_kind(kind, parts)
    decodes = kind in ("one_to_many", "encoder_decoder")
    T_x = 1 if kind == "one_to_many" else bottom.T(b)
    ids = fed.ids if bottom is writing else _ids(bottom, heard, b)
    reads = what_is_read(found, top, flow, b)
    ends, remarks = how_it_ends(found, reads, top, parts[-1])
    return Seen(
        model,
        kind,
        tuple(parts),
        b,
        found,
        tuple(at),
        decodes or ends,
        read,
        fed.chosen if decodes else (None,) * len(at),
        fed.back,
        name_steps(T_x, None if ids is None else ids[:T_x], given.tokens, b, bottom.batch),
        torch.stack([x_at(bottom, b, t).detach() for t in range(T_x)]),
        attention_of(heard, given.attention, bottom, flow, b, at, top.T(b)),
        (*remarks_of(parts, unread, decodes, fed), *remarks),
        reads,
        padded_steps(heard, parts, given, ids, b),
        only is not None or across_sequences(heard, bottom),
    )


def _wired(
    chains: Sequence[Chain], answer: Tensor | list[Tensor], flow: Flow, sequence: int
) -> tuple[list[Part], list[Chain]]:
    """Wire chains by what the answer depends on; one chain alone whose module was called for each output needs none."""
    touch = _touch_of(answer, flow)
    if touch is not None:
        return parts_of(chains, touch, flow, sequence)
    if len(chains) == 1 and isinstance(answer, list) and len(answer) == len(chains[0].calls):
        return [Part((chains[0],))], []
    raise ConfigError(
        "what the output depends on cannot be followed: the model runs without gradients (no_grad, inference_mode, "
        "detach, or a decision on the way); name the module that gives the output, as in answer='fc', or watch a run "
        "with gradients"
    )


def _ids(chain: Chain, heard: Heard, sequence: int) -> Sequence[int] | None:
    looked = ids_of(chain, heard.looked, sequence)
    return None if looked is None else looked[0]


def _chosen(chains: Sequence[Chain], call: int) -> list[Chain]:
    if not 0 <= call < len(chains):
        raise InvalidRequest(f"call is {call}; {len(chains)} ran, from 0 to {len(chains) - 1}", "call")
    return [chains[call]]


def _check_sequence(chains: Sequence[Chain], sequence: int) -> None:
    B = chains[0].batch
    if sequence >= B:
        raise InvalidRequest(f"sequence is {sequence}; the batch holds {B}, from 0 to {B - 1}", "sequence")


def _touch_of(answer: Tensor | list[Tensor], flow: Flow) -> Touch | None:
    grads: dict[Any, Tensor] = {}
    for one in answer if isinstance(answer, list) else [answer]:
        touch = flow.touch(one)
        grads |= {} if touch is None else touch.grads
    return Touch(grads) if grads else None


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


def what_is_read(found: Answer, top: Chain, flow: Flow, sequence: int) -> Mask | None:
    """Join what all outputs read of the chain on top; None where no graph says."""
    touches = [touch for row in found.rows if (touch := flow.touch(row)) is not None]
    masks = [mask_of(top, touch, sequence) for touch in touches]
    return {key: np.any([mask[key] for mask in masks], axis=0) for key in masks[0]} if masks else None


def how_it_ends(found: Answer, reads: Mask | None, top: Chain, part: Part) -> tuple[bool, list[str]]:
    """Say whether an answer at the end reads a backward layer where that one ends; and what a picture leaves out."""
    if found.each_step:
        return False, []
    if reads is None:
        return True, []
    steps = {way: np.flatnonzero(reads[top.layers - 1, way]) for way in part.directions}
    many = max(len(s) for s in steps.values())
    remarks = [f"the output reads the states of {many} steps; the arrows show the last ones alone"] if many > 1 else []
    backward = steps.get("backward", np.array([0]))
    return many > 1 or not len(backward) or bool(backward[0] == 0), remarks


def remarks_of(parts: Sequence[Part], unread: Sequence[Chain], decodes: bool, fed: Fed) -> list[str]:
    """Say in sentences what the picture does not."""
    remarks = [f"nothing in the output depends on {chain.name}, which is left out" for chain in unread]
    if any(chain.changed for part in parts for chain in part.chains):
        remarks.append("the model changes the states between steps")
    if decodes and not fed.back and not fed.known:
        remarks.append("the decoder reads what it is given, and not its own outputs")
    return remarks
