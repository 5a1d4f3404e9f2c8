"""What the caller of `watch` said, checked before anything runs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from torch import nn

from unrolled.config import OutputKind
from unrolled.errors import ConfigError, InvalidRequest
from unrolled.topology import KINDS, Kind
from unrolled.watch.answers import Select
from unrolled.watch.labels import Tokens
from unrolled.watch.listen import RECURRENT


@dataclass(frozen=True)
class Given:
    """Hold the options of `watch`; None where the caller leaves it to what is seen."""

    tokens: Tokens = None
    classes: Sequence[Any] | Mapping[Any, Any] | None = None
    output: OutputKind | None = None
    answer: Select = None
    sequence: int = 0
    module: str | Sequence[str] | None = None
    call: int | None = None
    kind: Kind | None = None
    feedback: bool | None = None
    attention: Select = None

    def __post_init__(self) -> None:
        if self.output is not None and self.output not in get_args(OutputKind):
            raise ConfigError(f"output is {self.output!r}; there are {', '.join(get_args(OutputKind))}")
        if self.kind is not None and self.kind not in KINDS:
            raise ConfigError(f"kind is {self.kind!r}; there are {', '.join(KINDS)}")
        if isinstance(self.sequence, bool) or not isinstance(self.sequence, int) or self.sequence < 0:
            raise InvalidRequest(
                f"sequence is {self.sequence!r}; it is the number of one in the batch, from 0", "sequence"
            )

    @property
    def each_step(self) -> bool | None:
        """Say whether there is an output for each step; None where it is not said."""
        return None if self.kind is None else self.kind not in ("many_to_one", "one_to_one")

    def modules(self, model: nn.Module) -> frozenset[str] | None:
        """Name the modules that are heard; None for all. Raises ConfigError for a name that is no recurrent module."""
        there = {name for name, module in model.named_modules() if isinstance(module, RECURRENT)}
        if not there:
            raise ConfigError(
                f"{type(model).__name__} holds no nn.RNN, nn.GRU or nn.LSTM, no cell of them and no Scan, "
                "so that there is nothing recurrent to watch (a compiled or scripted module hides them)"
            )
        if self.module is None:
            return None
        names = frozenset([self.module] if isinstance(self.module, str) else self.module)
        if wrong := names - there:
            raise ConfigError(
                f"module={sorted(wrong)[0]!r} is no recurrent module; there are {', '.join(sorted(there))}"
            )
        return names
