"""Watch any model with a recurrent module in it: one line around the user's own forward gives the trace of it."""

import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import torch
from torch import Tensor, nn

from unrolled.config import OutputKind
from unrolled.errors import ConfigError
from unrolled.topology import Kind
from unrolled.watch.answers import Select
from unrolled.watch.describe import trace_of
from unrolled.watch.findings import evidence_of, findings_of
from unrolled.watch.given import Given
from unrolled.watch.labels import Tokens
from unrolled.watch.listen import Heard, listening
from unrolled.watch.restore import left_as_it_was
from unrolled.watch.run import made_out
from unrolled.watch.score import Loss, gradient_of
from unrolled.watch.watched import Watched

__all__ = ["Watched", "watch"]


def watch(
    model: nn.Module,
    *args: Any,
    tokens: Tokens = None,
    classes: Sequence[Any] | Mapping[Any, Any] | None = None,
    output: OutputKind | None = None,
    answer: Select = None,
    sequence: int = 0,
    module: str | Sequence[str] | None = None,
    call: int | None = None,
    kind: Kind | None = None,
    feedback: bool | None = None,
    attention: Select = None,
    loss: Loss | None = None,
    gradient: int | None = -1,
    method: str = "forward",
    **kwargs: Any,
) -> Watched:
    """Run a model once, as model(*args, **kwargs), and record what its recurrent modules computed on the way.

    The model holds one nn.RNN, nn.GRU, nn.LSTM or Scan, or several that are stacked or hand over to one another, or
    cells that a loop of its own steps. It runs as it is: its own embedding, head, packing and mode. It is left as it
    was.

    `tokens` names the steps (a list, one name for each; one list for each sequence; or a vocabulary), `classes` the
    entries of an output. `output` says what the outputs are: scores of classes (`softmax`, unless said), `sigmoid` or
    `identity`. `sequence` is the one of the batch that is watched. What cannot be told from the run is asked for
    by an error, and told by `answer` (what of that which the model returns is its output: an index, a key, a
    function, or the name of the module that gives it), `module` (which recurrent modules are watched), `call` (which
    of several runs from the start), `kind` (the topology) or `feedback` (whether each step reads the output before).
    `attention` says where weights of attention are: an index, a key, a function of what the model returns, or the name
    of the module that gives them. `loss` is a function of what the model returns, whose gradients are recorded;
    without one it is the score of output number `gradient` (-1 the last, None no gradients). `method` is what is
    called in place of forward.

    Raises ConfigError or InvalidRequest, with the way out.
    """
    if not isinstance(model, nn.Module):
        raise ConfigError(f"watch() takes an nn.Module, and this is a {type(model).__name__}")
    given = Given(tokens, classes, output, answer, sequence, module, call, kind, feedback, attention)
    only = given.modules(model)
    named = {name for name, _ in model.named_modules()}
    also = frozenset({one for one in (answer, attention) if isinstance(one, str)} & named)
    run = model if method == "forward" else getattr(model, method, None)
    if not callable(run):
        raise ConfigError(f"{type(model).__name__} has no method {method!r}")
    with left_as_it_was(model), torch.enable_grad():
        with listening(model, only, also) as heard, uncompiled():
            heard.asked = (args, kwargs)
            heard.returned = run(*args, **kwargs)
        seen = made_out(model, heard, given)
        trace = trace_of(seen, gradient_of(heard, seen, loss, gradient))
    return Watched(trace, findings_of(evidence_of(seen, trace)), out_of_graph(heard), type(model).__name__)


def uncompiled() -> AbstractContextManager[object]:
    """Run compiled modules as they were written, so that their parts are heard; loads no compiler for it."""
    return torch.compiler.set_stance("force_eager") if "torch._dynamo" in sys.modules else nullcontext()


def out_of_graph(heard: Heard) -> Any:
    """Give what the model returned, detached."""

    def detached(value: Any) -> Any:
        if isinstance(value, Tensor):
            return value.detach()
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return tuple(detached(v) for v in value)
        if isinstance(value, list):
            return [detached(v) for v in value]
        if type(value) is dict:
            return {k: detached(v) for k, v in value.items()}
        return value

    return detached(heard.returned)
