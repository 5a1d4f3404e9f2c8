"""Padded batches given by their lengths, in place of packing; and the states from which a recording can go on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pad_packed_sequence

from unrolled.errors import ConfigError, InvalidRequest, LengthError
from unrolled.scan import Recurrent

if TYPE_CHECKING:  # it makes the recordings, by what is here
    from unrolled.fused import Recording


def packed_by(module: Recurrent, x: Any, lengths: Any) -> PackedSequence:
    """Pack a padded batch. Raises LengthError, naming `lengths`, unless each sequence has one, from 1 to T."""
    if not isinstance(x, Tensor) or x.dim() != 3:
        raise LengthError("lengths are those of a padded batch, (T, B, n) or (B, T, n); x is none", "lengths")
    T, B = (x.shape[1], x.shape[0]) if module.batch_first else (x.shape[0], x.shape[1])
    counts = torch.as_tensor(lengths).cpu()
    whole = not (counts.is_floating_point() or counts.is_complex() or counts.dtype == torch.bool)
    if counts.shape != (B,) or not whole or int(counts.min()) < 1 or int(counts.max()) > T:
        raise LengthError(f"lengths holds one whole number, from 1 to {T}, for each of the {B} sequences", "lengths")
    return pack_padded_sequence(x, counts, batch_first=module.batch_first, enforce_sorted=False)


def padded(module: Recurrent, recording: Recording, x: Tensor) -> Recording:
    """Give a recording of a packed batch the shape of the padded one; what is padding is 0, and not `real`."""
    T = x.shape[1 if module.batch_first else 0]

    def pad(packed: PackedSequence) -> Tensor:
        return pad_packed_sequence(packed, batch_first=module.batch_first, total_length=T)[0]

    _, lengths = pad_packed_sequence(recording.output)
    real = torch.arange(T)[:, None] < lengths  # (T, B)
    layers = tuple(
        replace(layer, values={name: pad(v) for name, v in layer.values.items()}) for layer in recording.layers
    )
    return replace(
        recording,
        output=pad(recording.output),
        layers=layers,
        real=(real.T if module.batch_first else real).to(recording.output.data.device),
    )


def state_after(module: Recurrent, recording: Recording, step: int) -> Any:
    """Give the states after a step, as hx takes them: `record_module(module, x[step + 1 :], hx)` goes on from there.

    h, or a pair (h, c), (layers, B, size). A sequence that ended before has its last state. Raises ConfigError for a
    module of two directions, whose backward half has not come by then, and InvalidRequest for a step that is not there.
    """
    if module.bidirectional:
        raise ConfigError("a bidirectional module cannot go on from a step: its backward half comes from the other end")
    names = ("h", "c") if "c" in recording.layers[0].initial else ("h",)
    states = [torch.stack([_at(module, recording, layer.values[n], step) for layer in recording.layers]) for n in names]
    return states[0] if len(states) == 1 else tuple(states)


def _at(module: Recurrent, recording: Recording, value: Any, step: int) -> Tensor:
    """Take one step out of a value: (B, size), or (size,) of a sequence without a batch."""
    real = recording.real
    if isinstance(value, PackedSequence):
        value, lengths = pad_packed_sequence(value)
    else:
        value = value.transpose(0, 1) if module.batch_first and value.dim() == 3 else value
        counts = None if real is None else real.sum(1 if module.batch_first else 0)
        lengths = torch.full((value.shape[1],), len(value)) if counts is None and value.dim() == 3 else counts
    if not 0 <= step < len(value):
        raise InvalidRequest(f"there is no step {step}; they count from 0 to {len(value) - 1}", "step")
    if value.dim() == 2 or lengths is None:
        return value[step]
    at = (lengths.to(value.device) - 1).clamp_max(step)
    return value[at, torch.arange(value.shape[1], device=value.device)]
