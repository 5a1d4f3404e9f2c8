"""What an example of the gallery is: the contract that every folder of `models/` fulfils in its `example.py`.

An example knows its story, its limits and its tokens; how a network runs and is recorded is the library's
business, how it is shown the page's.
"""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Literal, Self, final

import numpy as np

from models.files import FileFormat
from models.inputs import InputSpec, kind_of
from models.inputs.kind import Strict
from models.units import Unit, told_outside
from unrolled import Decoding, Force, Intervention, InvalidInput, Label, Network, Trace, record
from unrolled.inputs import Inputs
from unrolled.source import Source
from unrolled.trace import Kind, Span

# The pictures of the lecture figure; an example is listed under one of them.
TopologyPage = Literal[
    "one-to-one", "one-to-many", "many-to-one", "many-to-many", "encoder-decoder", "bidirectional", "attention"
]


GUIDE = "## What to look for"  # a section of every README


class Choice(Strict):
    """Name one setting of an axis."""

    id: str
    label: str
    note: str = ""


class Axis(Strict):
    """Name one thing in which the variants differ (the cell, the scale, the direction), and its settings."""

    id: str
    label: str
    choices: tuple[Choice, ...]


class Sample(Strict):
    """Offer one preset input, in its text form, and say in a few words why it is worth watching."""

    input: str
    note: str
    variant: str | None = None
    seed: int = 0


class Card(Strict):
    """Tell where a network comes from, what was measured and where it fails; read from card.json."""

    task: str
    data: str
    source: str
    licence: str
    split: str
    metric: str
    trained_with: str
    evaluated_with: str
    results: dict[str, dict[str, float]]  # variant -> metric -> value, as `make evaluate` prints them
    beside: str  # published figures to compare with
    fails: tuple[str, ...]  # known failures, with examples


@dataclass(frozen=True)
class Encoded:
    """Hold what the network reads, and what a reader knows each step as.

    `unit` where the network's own numbers are not what a visitor measures in; `truth` (T_y,), what really came, in
    that unit, where the input says it. `source` is the picture that the labels are slices of, where what is read is no
    text. All three stand beside the run, and the network sees none of them.
    """

    x: Inputs | None
    labels: tuple[Label, ...]
    interventions: tuple[Intervention, ...] = ()
    unit: Unit | None = None
    truth: tuple[float, ...] | None = None
    source: Source | None = None

    @classmethod
    def dictated(cls, beginning: Iterable[int]) -> Self:
        """Read nothing (x = ∅), and write this beginning: one class for each of the first steps."""
        return cls(None, (), tuple(Force(step=step, y=y) for step, y in enumerate(beginning)))


def refuse_decimal_commas(words: Sequence[str], written: re.Pattern[str], instead: str) -> None:
    """Raise InvalidInput if all of several words are numbers written with a comma, where commas stand between them."""
    if len(words) > 1 and all(map(written.fullmatch, words)):
        raise InvalidInput(f"write decimals with a point, as in {instead}; a comma stands between two numbers")


def percent(p: float) -> str:
    """Write a probability as the page does (`static/src/core/scales.ts`): a decimal where it nears certainty."""
    if 0 < p < 0.001:
        return "< 0.1 %"
    near = p < 0.01 or p >= 0.99
    return f"{100 * p:.1f} %" if near and 0 < p < 0.9995 else f"{100 * p:.0f} %"


class Example(ABC):
    """Is one item of the gallery; a folder's `example.py` defines one subclass and calls it `EXAMPLE`.

    The attributes say what the page shows; a variant's id joins one choice of each axis with dashes, and its
    weights are in `<variant>.safetensors` beside the module.
    """

    title: ClassVar[str]
    task: ClassVar[str]  # one line: "sentiment classification"
    story: ClassVar[str]  # two or three sentences: what to try, what to look for
    topology_page: ClassVar[TopologyPage]
    reads: ClassVar[Kind | None] = None  # what its steps are; None for x = ∅
    writes: ClassVar[Kind]  # what its outputs are
    axes: ClassVar[tuple[Axis, ...]]
    default_variant: ClassVar[str]
    input: ClassVar[InputSpec]
    measured_on: ClassVar[FileFormat]  # what `evaluate` is given
    decoding: ClassVar[Decoding | None] = None  # the default way to choose outputs, for decoders
    alternatives: ClassVar[int] = 5  # how many are listed for each output, unless somebody asks for more or fewer

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slug = folder.name

    @cached_property
    def variants(self) -> tuple[str, ...]:
        """List the ids of all variants: one choice of each axis, joined with dashes."""
        ids = [""]
        for axis in self.axes:
            ids = [f"{head}-{c.id}" if head else c.id for head in ids for c in axis.choices]
        return tuple(ids)

    @cached_property
    def networks(self) -> Mapping[str, Network]:
        """Load every variant's weights. Raises WeightsError, naming the file, if one cannot be used."""
        return {v: Network.load(self.folder / f"{v}.safetensors") for v in self.variants}

    @cached_property
    def card(self) -> Card:
        """Read card.json."""
        return Card.model_validate_json((self.folder / "card.json").read_bytes())

    @cached_property
    def guide(self) -> str:
        """Read what to look for: the section of that name in README.md, as Markdown; empty if there is none."""
        readme = self.folder / "README.md"
        _, _, rest = (readme.read_text("utf-8") if readme.exists() else "").partition(f"\n{GUIDE}\n")
        return rest.partition("\n## ")[0].strip()

    def variant_label(self, variant: str) -> str:
        """Name a variant as the page's buttons do: 'LSTM, 0 / 1'."""
        chosen = zip(self.axes, variant.split("-"), strict=True)
        return ", ".join(choice.label for axis, id_ in chosen for choice in axis.choices if choice.id == id_)

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Read samples.json."""
        return tuple(Sample.model_validate(s) for s in json.loads((self.folder / "samples.json").read_bytes()))

    @abstractmethod
    def encode(self, raw: Any, variant: str) -> Encoded:
        """Turn what was sent, a value of the example's kind and already checked, into what the network reads.

        Raises InvalidInput, with the way out. `read` is its only caller.
        """

    @abstractmethod
    def y_labels(self, variant: str) -> Sequence[str]:
        """Name the output classes (or output numbers), in the network's order."""

    def y_values(self, variant: str) -> Sequence[float] | None:
        """Say what number each class stands for, where classes are numbers (stars)."""
        return None

    def spans(self, trace: Trace) -> tuple[Span, ...] | None:
        """Say which outputs belong together (the words of a name), where they can."""
        return None

    @abstractmethod
    def decode(self, trace: Trace, variant: str) -> str:
        """Say the answer in words a visitor reads: `negative (96 %)`; the trace has its unit and truth already."""

    @abstractmethod
    def evaluate(self, text: str, variant: str) -> dict[str, float]:
        """Measure the card's metric on the text of a file. Raises BadLine, or InvalidInput for what is no such file."""

    @final
    def trace(
        self,
        sent: Any,
        variant: str | None = None,
        *,
        decoding: Decoding | None = None,
        interventions: Sequence[Intervention] = (),
        gradient: int | None = None,
        top_k: int | None = None,
    ) -> Trace:
        """Run one variant over an input, a bare string or an object of its kind, and record everything.

        No example changes what was recorded: what its numbers mean outside, `encode` says, and stands beside them.
        """
        variant = variant or self.default_variant
        encoded = self.read(sent, variant)
        trace = record(
            self.networks[variant],
            encoded.x,
            T_y=self.input.max_steps,
            x_labels=encoded.labels,
            y_labels=self.y_labels(variant),
            decoding=decoding or self.decoding,
            interventions=(*encoded.interventions, *interventions),
            gradient=gradient,
            top_k=top_k or self.alternatives,
        )
        trace = told_outside(trace, encoded.unit, encoded.truth)
        values = self.y_values(variant)
        told = {
            "source": encoded.source,
            "reads": self.reads,
            "writes": self.writes,
            "y_values": None if values is None else np.array(values, np.float32),
            "spans": self.spans(trace),
        }
        trace = trace.model_copy(update=told)
        return trace.model_copy(update={"answer": self.decode(trace, variant)})

    def read(self, sent: Any, variant: str) -> Encoded:
        """Turn what was sent, a bare string or an object, into what the network reads. Raises InvalidInput."""
        return self.encode(kind_of(self.input).read(sent, self.input), variant)

    def text_of(self, sent: Any) -> str | None:
        """Write what was sent as it stands in an address, a string as it is; None for what is too long."""
        return sent if isinstance(sent, str) else kind_of(self.input).to_text(sent)

    def describe(self) -> dict[str, Any]:
        """Describe the example for the JSON API and the page, without its weights."""
        fields = ("slug", "title", "task", "story", "topology_page", "default_variant", "variants")
        return {
            **{name: getattr(self, name) for name in fields},
            "axes": self.axes,
            "input": self.input,
            "decoding": self.decoding,
            "samples": self.samples,
            "card": self.card,
        }
