"""The values of one call: recorded once more, layer by layer, with the weights and the dropout that it really had."""

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from unrolled.cells import Values
from unrolled.errors import ConfigError
from unrolled.fused import record_module
from unrolled.scan import Scan, recurrent
from unrolled.topology import Direction
from unrolled.watch.call import Call, dropout_of
from unrolled.weights import suffix

CLOSE = {torch.float64: 1e-6, torch.float32: 1e-3}  # what a kernel may differ by; half precision is coarser


@dataclass(frozen=True, eq=False)
class LayerSteps:
    """Hold the values of one layer in one direction for one sequence, each (T, size), and its first states (size,)."""

    layer: int
    direction: Direction
    initial: Values
    values: Values


def values_of(call: Call, sequence: int) -> tuple[list[LayerSteps], float]:
    """Record what one sequence of a call computed; also how far it lies from what the call gave.

    Raises ConfigError where that is far: the module does something else than its weights say.
    """
    random = dropout_of_call(call)
    x, states = _given(call, None if random else sequence)
    with torch.no_grad(), torch.autocast(call.out.device.type, enabled=False), replayed(call):
        layers: list[LayerSteps] = []
        for layer in range(call.layers):
            module = plain_layer(call, layer, call.out.dtype)
            mine = [s[layer * len(call.directions) : (layer + 1) * len(call.directions)] for s in states]
            recording = record_module(module, x, (mine[0] if len(mine) == 1 else tuple(mine)) if mine else None)
            layers += [_cut_out(call, layer, found, sequence, bool(random)) for found in recording.layers]
            x = recording.output
            if random and layer < call.layers - 1:
                x = x._replace(data=drop(x.data, random)) if isinstance(x, PackedSequence) else drop(x, random)
    top = torch.cat([one.values["h"] for one in layers[-len(call.directions) :]], -1)
    error = (top - call.out_of(sequence).detach()).abs().max().item() if len(top) else 0.0
    if not error <= CLOSE.get(call.out.dtype, 0.1) and not _rounds(call):
        raise ConfigError(
            f"{call.name or 'the model'} gives numbers that lie {error:.2g} from what its weights say; "
            "it does more than an nn.RNN, nn.GRU or nn.LSTM, and is left out by module="
        )
    return layers, error


def _rounds(call: Call) -> bool:
    """Say whether autocast may have rounded on the way: the inputs, weights and outputs differ in type."""
    return torch.is_autocast_enabled(call.out.device.type)


def dropout_of_call(call: Call) -> float:
    """Say how much was dropped between the layers of a call."""
    return dropout_of(call.module) if call.random is not None else 0.0


def drop(x: Tensor, share: float) -> Tensor:
    """Drop units as torch does between layers."""
    return F.dropout(x, share, True)


class replayed:  # noqa: N801 -- reads as a context: with replayed(call)
    """Draw the random numbers that a call drew, and put the generator back."""

    def __init__(self, call: Call) -> None:
        self.random, self.device = call.random, call.out.device

    def __enter__(self) -> None:
        if self.random is not None:
            self.before = self._read()
            self._write(self.random)

    def __exit__(self, *_: object) -> None:
        if self.random is not None:
            self._write(self.before)

    def _read(self) -> Tensor:
        return torch.cuda.get_rng_state(self.device) if self.device.type == "cuda" else torch.get_rng_state()

    def _write(self, state: Tensor) -> None:
        if self.device.type == "cuda":
            torch.cuda.set_rng_state(state, self.device)
        else:
            torch.set_rng_state(state)


def _given(call: Call, sequence: int | None) -> tuple[Any, list[Tensor]]:
    """Give x and the first states, of the whole batch, or of one alone; states (L * D, B, size)."""
    dtype = call.out.dtype
    states = [call.as_states(s).detach().to(dtype) for s in call.given]
    if sequence is not None:
        return call.x_of(sequence).detach().to(dtype).unsqueeze(1), [s[:, [sequence]].contiguous() for s in states]
    if isinstance(call.x, PackedSequence):
        return call.x._replace(data=call.x.data.detach().to(dtype)), states
    return call.layout.steps(call.layout.rows.detach().to(dtype)), states


def plain_layer(call: Call, layer: int, dtype: torch.dtype) -> Any:
    """Build a module of one layer with the weights that a layer of a call ran with: no hooks, no dropout."""
    cell, both = call.cell, len(call.directions) == 2
    names = {suffix(layer, direction): suffix(0, direction) for direction in call.directions}
    weights = {
        name.removesuffix(old) + new: w.to(dtype)
        for old, new in names.items()
        for name, w in call.weights.items()
        if name.endswith(old)
    }
    settings: dict[str, Any] = {"bias": "bias_ih_l0" in weights, "bidirectional": both}
    size = weights["weight_ih_l0"].shape[1]
    with torch.device("meta"):  # so that no random number is drawn for weights that are replaced
        if isinstance(call.module, Scan):
            module: nn.Module = Scan(cell, size, call.hidden, **settings)
        else:
            settings |= {"proj_size": call.module.proj_size} if call.projected else {}
            module = recurrent(cell, size, call.hidden, **settings)
    module.load_state_dict(weights, assign=True)
    return module.eval().requires_grad_(False)


def _cut_out(call: Call, layer: int, found: Any, sequence: int, whole: bool) -> LayerSteps:
    """Take one sequence out of the values of a layer."""
    rows = call.rows_of(sequence) if whole else None

    def pick(value: Any) -> Tensor:
        if rows is None:
            return value[:, 0]
        return (value.data if isinstance(value, PackedSequence) else value.flatten(0, 1))[rows.to(call.out.device)]

    place = sequence if whole else 0
    packed = call.layout.packed
    if whole and packed is not None and packed.unsorted_indices is not None:
        place = int(packed.unsorted_indices[sequence])
    initial = {name: s[place] for name, s in found.initial.items()}
    return LayerSteps(layer, found.direction, initial, {name: pick(v) for name, v in found.values.items()})
