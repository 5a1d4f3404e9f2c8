"""What a torch module and its input must be, so that what is recorded is what the module computes.

The recorder runs torch's kernels (`torch.gru` and its siblings), or the steps of a Scan, with the module's own
weights. Whatever a module does besides (a hook, a `forward` of its own, dropout) it would leave out in silence; so it
is refused here, with what to do instead. Hooks that only recompute the weights (weight_norm, spectral_norm, pruning)
are run.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from math import isfinite
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.modules import module as every_module
from torch.nn.utils import parametrize, prune
from torch.nn.utils.rnn import PackedSequence
from torch.nn.utils.spectral_norm import SpectralNorm
from torch.nn.utils.weight_norm import WeightNorm

from unrolled.cells import CELLS, PROJECTED, Cell, Values
from unrolled.errors import ConfigError, InvalidRequest, LengthError
from unrolled.scan import Recurrent, Scan
from unrolled.weights import weight, weight_names

MAKES_WEIGHTS = (WeightNorm, SpectralNorm, prune.BasePruningMethod)


def cell_of(module: nn.Module) -> Cell:
    """Find the cell that a module runs. Raises ConfigError for a module that is not recurrent."""
    if isinstance(module, Scan):
        return module.cell
    for cell in (*CELLS.values(), PROJECTED):
        if cell.kernel is not None and cell.kernel.runs(module):
            return cell
    raise ConfigError(f"{type(module).__name__} is not a recurrent module; use nn.RNN, nn.GRU, nn.LSTM or a Scan")


def recordable_cell(module: object) -> Cell:
    """Find the cell of a module that does nothing but run its kernel.

    Raises ConfigError, with what to do, for a module that is none, or that does more.
    """
    if not isinstance(module, nn.Module):
        raise ConfigError(f"a {type(module).__name__} is no module; use nn.RNN, nn.GRU, nn.LSTM or a Scan")
    cell = cell_of(module)
    assert isinstance(module, Recurrent)
    kernel = None if isinstance(module, Scan) else cell.kernel
    name, own = type(module).__name__, kernel.module if kernel else Scan
    if type(module).forward is not own.forward or "forward" in vars(module) or "__call__" in vars(type(module)):
        raise ConfigError(
            f"{name} has a forward of its own, which need not compute what its weights say; "
            f"record {'an nn.' if kernel else 'a '}{own.__name__} that holds them"
        )
    hooks = [h for h in module._forward_pre_hooks.values() if not isinstance(h, MAKES_WEIGHTS)]
    hooks += module._forward_hooks.values()
    hooks += every_module._global_forward_pre_hooks.values()
    hooks += every_module._global_forward_hooks.values()
    if hooks:
        called = getattr(hooks[0], "__qualname__", type(hooks[0]).__name__)
        raise ConfigError(f"{name} has a forward hook ({called}), which may change what it computes; remove it first")
    if module.training and module.dropout and module.num_layers > 1:
        raise ConfigError(f"{name} drops units at random while it trains; call its eval() first")
    if a_weight(module).is_meta:  # `weights_as_called` finds out if the others differ
        raise ConfigError(f"{name} is on the meta device, which holds no numbers; load its weights first")
    return cell


def a_weight(module: nn.Module) -> Tensor:
    """Find any parameter, those of a module's parametrizations only if it has no other."""
    own = next(iter(module._parameters.values()), None)  # ten times as quick as the walk through all modules
    return next(module.parameters()) if own is None else own


@contextmanager
def weights_as_called(module: Recurrent) -> Iterator[None]:
    """Recompute the weights that a hook or a parametrization makes; inside the block they are computed only once."""
    for hook in module._forward_pre_hooks.values():
        if isinstance(hook, MAKES_WEIGHTS):
            hook(module, ())
    # torch counts the users of its one cache without a lock: leave it alone where nothing is recomputed
    with parametrize.cached() if "parametrizations" in module._modules else nullcontext():
        kinds = {(w.dtype, w.device) for name in weight_names(module) if (w := weight(module, name)) is not None}
        if len(kinds) > 1:
            raise ConfigError(f"the weights differ in type or device: {', '.join(sorted(map(str, kinds)))}; use one")
        yield


def check_input(module: Recurrent, cell: Cell, x: object, hx: object) -> None:
    """Raise InvalidRequest or LengthError, with the way out, for what the module's kernel cannot read.

    Torch's own checks are asked, before a kernel sees the numbers: some kernels would read past their end.
    """
    if not isinstance(x, Tensor | PackedSequence):
        raise InvalidRequest(f"x is a {type(x).__name__}; give a tensor (T, B, {module.input_size}), or packed", "x")
    rows = x.data if isinstance(x, PackedSequence) else x
    device = a_weight(module).device
    if rows.layout != torch.strided or rows.device != device:
        raise InvalidRequest(f"x is {rows.layout} on {rows.device}; give a dense tensor on {device}", "x")
    if torch.is_autocast_enabled(rows.device.type):
        raise ConfigError("autocast is on, and rounds where it likes; record outside of it, or cast module and x")
    if not isinstance(x, PackedSequence):
        _check_shape(module, x)
    given = states_given(cell, hx)
    batched = isinstance(x, PackedSequence) or x.dim() == 3
    for s in given or ():
        if s.dim() != (3 if batched else 2):
            want = "(layers * directions, B, hidden)" if batched else "(layers * directions, hidden)"
            raise InvalidRequest(f"hx has the shape {tuple(s.shape)}; it goes with this x as {want}", "hx")
        if (s.dtype, s.device) != (rows.dtype, rows.device):
            raise InvalidRequest(f"hx is {s.dtype} on {s.device}, x is {rows.dtype} on {rows.device}; use one", "hx")
    _ask_torch(module, x, [s if batched else s.unsqueeze(1) for s in given] if given else None)


def states_given(cell: Cell, hx: object) -> list[Tensor] | None:
    """List the initial states that hx holds, one for each state of the cell; None if it is None."""
    if hx is None:
        return None
    listed = list(hx) if isinstance(hx, tuple | list) and len(cell.states) > 1 else [hx]
    if len(listed) != len(cell.states) or not all(isinstance(s, Tensor) for s in listed):
        want = "one tensor, h_0" if len(cell.states) == 1 else "a pair of tensors, (h_0, c_0)"
        raise InvalidRequest(f"hx is a {type(hx).__name__}; this module takes {want}", "hx")
    return listed  # type: ignore[return-value]


def _check_shape(module: Recurrent, x: Tensor) -> None:
    shapes = f"(T, {module.input_size}) or {'(B, T, ' if module.batch_first else '(T, B, '}{module.input_size})"
    if x.dim() not in (2, 3):
        raise InvalidRequest(f"x has the shape {tuple(x.shape)}; this module reads {shapes}", "x")
    steps = x.shape[1] if module.batch_first and x.dim() == 3 else x.shape[0]
    if steps == 0 or x.numel() == 0:
        what = "no steps" if steps == 0 else "no sequences" if x.shape[-1] else "no features"
        raise LengthError(f"x has the shape {tuple(x.shape)}, which holds {what}; this module reads {shapes}", "x")


def _ask_torch(module: Recurrent, x: Tensor | PackedSequence, given: list[Tensor] | None) -> None:
    rows, sizes = (x.data, x.batch_sizes) if isinstance(x, PackedSequence) else (x, None)
    if sizes is None and rows.dim() == 2:
        rows = rows.unsqueeze(0 if module.batch_first else 1)
    try:
        module.check_input(rows, sizes)
        if given:
            hidden: Any = tuple(given) if len(given) > 1 else given[0]
            module.check_forward_args(rows, hidden, sizes)
    except (RuntimeError, ValueError) as error:
        raise InvalidRequest(f"this module cannot read x and hx: {error}", "x") from None


def check_finite(module: Recurrent, x: Tensor, states: Values) -> None:
    """Raise InvalidRequest if a state is not a finite number, naming what brought it: hx, x or the weights.

    x (N, n) and the states (N, size) are rows in any order; a gate that is not finite makes its state so.
    """
    if isfinite(sum(s.sum().item() for s in states.values())):  # one number that is not finite makes the sum so
        return
    if all(s.isfinite().all() for s in states.values()):  # large numbers that add up to too much
        return
    if not x.isfinite().all():
        raise InvalidRequest("x holds entries that are not finite (NaN or infinite); replace them first", "x")
    for name in weight_names(module):
        if not getattr(module, name).isfinite().all():
            raise ConfigError(f"{name} holds entries that are not finite (NaN or infinite); train or load it again")
    raise InvalidRequest("a state is not finite (NaN or infinite): hx or x is too large for this module", "hx")
