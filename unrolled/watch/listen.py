"""Listening: what every recurrent module of a model read and gave while the model's own forward ran.

Each call is cut out of autograd's graph: what a module gives is handed on as a copy of a leaf. So what depends on a
call directly can be told from what depends on it by way of later calls, and the model is differentiated piece by piece
(`unrolled.watch.back`) without the backward of any fused kernel, which cuDNN refuses in eval mode. No number changes.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize
from torch.nn.utils.rnn import PackedSequence

from unrolled.scan import Scan
from unrolled.watch.call import Call, dropout_of, tensors_of
from unrolled.weights import weight_names

RECURRENT = (nn.RNNBase, nn.RNNCellBase, Scan)
CELL_WEIGHTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


@dataclass(frozen=True, eq=False)
class Looked:
    """Hold what an embedding looked up: its indices, and the vectors that it gave as a leaf of the graph."""

    name: str
    ids: Tensor
    vectors: Tensor
    count: int
    padding: int | None  # the index that stands for padding, as the embedding was built


@dataclass(eq=False)
class Heard:
    """Hold all that was heard during one forward: calls and look-ups in order, and what chosen modules gave."""

    calls: list[Call] = field(default_factory=list)
    looked: list[Looked] = field(default_factory=list)
    given: dict[str, list[Any]] = field(default_factory=dict)
    asked: tuple[Any, ...] = ()  # what the model was called with
    returned: Any = None


@contextmanager
def listening(model: nn.Module, only: frozenset[str] | None, also: frozenset[str]) -> Iterator[Heard]:
    """Hear the recurrent modules of a model (those in `only`, or all), its embeddings, and what `also` names.

    Every hook is removed at the end, also after an error.
    """
    heard = Heard()
    with ExitStack() as hooks:
        for name, module in model.named_modules():
            if isinstance(module, RECURRENT) and (only is None or name in only):
                before: dict[str, Any] = {}
                keep = _remember(before)
                hooks.callback(module.register_forward_pre_hook(keep).remove)
                hear = _hear(heard, name, before)
                hooks.callback(module.register_forward_hook(hear, prepend=True, with_kwargs=True).remove)
            elif isinstance(module, nn.Embedding):
                hooks.callback(module.register_forward_hook(_look(heard, name)).remove)
            if name in also:
                hooks.callback(module.register_forward_hook(_note(heard, name)).remove)
        yield heard


def cut(tensor: Tensor) -> tuple[Tensor, Tensor]:
    """Give a leaf with a tensor's numbers, and the copy of it that is handed on (which may be changed in place)."""
    leaf = tensor.detach()
    if torch.is_grad_enabled() and leaf.is_floating_point() and not leaf.is_inference():
        leaf.requires_grad_()
    return leaf, leaf.clone()


def _remember(before: dict[str, Any]) -> Callable[[nn.Module, Any], None]:
    def remember(module: nn.Module, _args: Any) -> None:
        device = next(module.parameters()).device
        if dropout_of(module):
            before["random"] = torch.cuda.get_rng_state(device) if device.type == "cuda" else torch.get_rng_state()

    return remember


def _hear(heard: Heard, name: str, before: dict[str, Any]) -> Callable[..., Any]:
    def hear(module: nn.Module, args: tuple[Any, ...], kwargs: dict[str, Any], output: Any) -> Any:
        x: Any = args[0] if args else kwargs.get("input", kwargs.get("x"))
        hx = args[1] if len(args) > 1 else kwargs.get("hx")
        rows = x.data if isinstance(x, PackedSequence) else x
        came = rows.clone()  # in the graph of what made it; the model may write into its own tensor later
        states = tuple(s.clone() for s in tensors_of(hx))
        whole = isinstance(module, nn.RNNCellBase)
        out, state = (None, output) if whole else output
        cuts = [cut(s) for s in tensors_of(state)]
        top = None if out is None else cut(out.data if isinstance(out, PackedSequence) else out)
        heard.calls.append(
            Call(
                name, module, len(heard.calls),
                x=x._replace(data=came) if isinstance(x, PackedSequence) else came,
                given=states,
                out=cuts[0][0] if top is None else top[0],
                state=tuple(leaf for leaf, _ in cuts),
                weights=weights_used(module),
                training=module.training,
                random=before.get("random"),
            )
        )  # fmt: skip
        handed: Any = tuple(copy for _, copy in cuts)
        handed = handed if isinstance(state, tuple) else handed[0]
        if top is None:
            return handed
        return (out._replace(data=top[1]) if isinstance(out, PackedSequence) else top[1]), handed

    return hear


def _look(heard: Heard, name: str) -> Callable[..., Any]:
    def look(module: nn.Embedding, args: tuple[Any, ...], output: Tensor) -> Tensor:
        leaf, copy = cut(output)
        ids = args[0] if args else torch.empty(0)
        heard.looked.append(Looked(name, ids.detach().clone(), leaf, module.num_embeddings, module.padding_idx))
        return copy

    return look


def _note(heard: Heard, name: str) -> Callable[..., None]:
    def note(_module: nn.Module, _args: Any, output: Any) -> None:
        heard.given.setdefault(name, []).append(output)

    return note


def weights_used(module: nn.Module) -> dict[str, Tensor]:
    """Find the weights with which a module has just run, by torch's names of a layer (`weight_ih_l0`).

    Read without computing anything again that changes: spectral_norm moves its buffers whenever it is asked in
    training.
    """
    if isinstance(module, nn.RNNBase):
        return {
            name: w.detach()
            for name, w in zip(weight_names(module), module._flat_weights, strict=True)
            if w is not None
        }
    names = weight_names(module) if isinstance(module, Scan) else list(CELL_WEIGHTS)
    made = [m for m in module.modules() if isinstance(m, parametrize.ParametrizationList)]
    modes = [(m, m.training) for one in made for m in one.modules()]
    try:
        for m, _ in modes:
            m.training = False
        found = {name: getattr(module, name, None) for name in names}
    finally:
        for m, mode in modes:
            m.training = mode
    end = "" if isinstance(module, Scan) else "_l0"
    return {name + end: w.detach() for name, w in found.items() if isinstance(w, Tensor)}
