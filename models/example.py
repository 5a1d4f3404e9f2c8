"""What an example of the gallery is: the contract that every folder of `models/` fulfils in its `example.py`.

An example turns inputs into tensors and outputs into words. How a network runs and is recorded is the library's part,
how it is shown the page's.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, Self, final

import numpy as np

from models.description import BrokenFile, Card, Description, Sample, guide_of, read_json
from models.files import ArchiveFormat, FileFormat
from models.inputs import kind_of
from models.inputs.kind import name_of, too_many
from models.units import Unit, with_units
from models.variants import Variant
from unrolled import Decoding, Force, Intervention, InvalidInput, Label, Network, Trace, record
from unrolled.inputs import Inputs
from unrolled.sheet import Sheet
from unrolled.source import Source
from unrolled.trace import Span

THUMBNAIL = "thumbnail.svg"


@dataclass(frozen=True)
class Encoded:
    """Hold what the network reads, and a label for each step.

    `unit` is for networks whose own numbers are not what a visitor measures in; `truth` (T_y,) is what really came, in
    that unit, where the input says it; `source` is what the labels are slices of, where the input is no text;
    `places` names the places of x, where it has some; `seconds` is how long each column takes, where time is real;
    `remarks` say, each in a sentence without a full stop, what was done to the input before it was read, and what
    else is to be known of it. The network reads none of these.
    """

    x: Inputs | None
    labels: tuple[Label, ...]
    interventions: tuple[Intervention, ...] = ()
    unit: Unit | None = None
    truth: tuple[float, ...] | None = None
    source: Source | None = None
    places: tuple[Label, ...] | None = None
    seconds: Sequence[float] | None = None
    remarks: tuple[str, ...] = ()

    @classmethod
    def dictated(cls, beginning: Iterable[int], remarks: tuple[str, ...] = ()) -> Self:
        """Read nothing (x = ∅), and write this beginning: one class for each of the first steps."""
        return cls(None, (), tuple(Force(step=step, y=y) for step, y in enumerate(beginning)), remarks=remarks)


def refuse_decimal_commas(words: Sequence[str], written: re.Pattern[str], instead: str) -> None:
    """Raise InvalidInput if all of several words are numbers written with a comma, where commas stand between them."""
    if len(words) > 1 and all(map(written.fullmatch, words)):
        raise InvalidInput(f"write decimals with a point, as in {instead}; a comma stands between two numbers")


DIGITS = 4  # significant ones, of the numbers that a page gets


def percent(p: float) -> str:
    """Write a probability as the page does (`static/src/core/scales.ts`): a decimal where it nears certainty.

    The page gets it with `DIGITS` digits; to round what was not rounded before would give another last digit.
    """
    p = float(f"{p:.{DIGITS}g}")
    if 0 < p < 0.001:
        return "< 0.1 %"
    near = p < 0.01 or p >= 0.99
    return f"{100 * p:.1f} %" if near and 0 < p < 0.9995 else f"{100 * p:.0f} %"


UNSURE = 0.6  # below it, an answer names the second likeliest class, too


def likeliest(names: Sequence[str], p: np.ndarray) -> str:
    """Name the likeliest class and how sure the network is, `3 (98 %)`; where it is not, the second, too. p is (n,)."""
    first, second = (int(index) for index in p.argsort()[:-3:-1])
    answer = f"{names[first]} ({percent(float(p[first]))})"
    return answer if p[first] >= UNSURE else f"{answer}, or {names[second]} ({percent(float(p[second]))})"


class Example(ABC):
    """Is one item of the gallery; a folder's `example.py` defines one subclass and calls it `EXAMPLE`.

    It holds what an example does; what it says of itself, `about`, is read from `example.json` beside the module.
    Raises BrokenFile if that cannot be used.
    """

    file_format: ClassVar[FileFormat | ArchiveFormat] = FileFormat()  # how a file that it is measured on is read

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.slug = folder.name
        self.about = Description.of(folder)

    @property
    def variants(self) -> Mapping[str, Variant]:
        """List the variants by their id."""
        return self.about.variants

    @property
    def weights(self) -> tuple[str, ...]:
        """Name the files of weights, without `.safetensors`: one for each variant, unless some share theirs."""
        return tuple(self.variants)

    @cached_property
    def networks(self) -> Mapping[str, Network]:
        """Load the weights of every variant, by its id. Raises WeightsError, naming the file, if one cannot be used."""
        return {id_: Network.load(self.folder / f"{id_}.safetensors") for id_ in self.variants}

    @cached_property
    def card(self) -> Card:
        """Read card.json. Raises BrokenFile."""
        return read_json(self.folder / "card.json", Card)

    @property
    def thumbnail(self) -> Path | None:
        """Find the picture that `tools/thumbnails.py` drew of the first sample, if it has done so."""
        file = self.folder / THUMBNAIL
        return file if file.exists() else None

    @cached_property
    def samples(self) -> tuple[Sample, ...]:
        """Read samples.json. Raises BrokenFile."""
        listed = read_json(self.folder / "samples.json", tuple[Sample, ...])
        return tuple(s.model_copy(update={"input": f"@{name_of(self._file(s.file))}"}) if s.file else s for s in listed)

    @cached_property
    def kept(self) -> Mapping[str, Any]:
        """Read the samples that are files: name in references -> value. Raises BrokenFile for one that is no input."""
        spec = self.about.input
        kind = kind_of(spec)
        kept: dict[str, Any] = {}
        for file in (sample.file for sample in self.samples if sample.file):
            data = self._file(file)
            try:
                kept[name_of(data)] = kind.check(kind.from_file(kind.type_of("", file), data, spec), spec)
            except InvalidInput as error:
                raise BrokenFile(f"{file}: {error}") from error
        return kept

    def _file(self, name: str) -> bytes:
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            raise BrokenFile(f"{name}: {error.strerror}") from error

    @cached_property
    def guide(self) -> str:
        """Read what to look for from README.md."""
        return guide_of(self.folder)

    @abstractmethod
    def encode(self, raw: Any, variant: Variant) -> Encoded:
        """Turn what was sent, a value of the example's kind and already checked, into what the network reads.

        Raises InvalidInput, with the way out. `read` is its only caller.
        """

    @abstractmethod
    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the output classes (or output numbers), in the network's order."""

    def y_values(self, variant: Variant) -> Sequence[float] | None:
        """Say what number each class stands for, where classes are numbers (stars)."""
        return None

    def sheet(self, trace: Trace) -> Sheet | None:
        """Engrave what was written, where it is music."""
        return None

    def seconds(self, trace: Trace) -> Sequence[float] | None:
        """Say how long each column lasts, where outputs have times of their own."""
        return None

    def spans(self, trace: Trace) -> tuple[Span, ...] | None:
        """Say which outputs belong together (the words of a name), where they can."""
        return None

    def remarks(self, trace: Trace) -> tuple[str, ...]:
        """Say what a visitor should know of the outputs (that they repeat themselves), a plain sentence each."""
        return ()

    @abstractmethod
    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the answer in words a visitor reads: `negative (96 %)`; the trace has its unit and truth already."""

    @abstractmethod
    def evaluate(self, contents: Any, /, variant: Variant) -> dict[str, float]:
        """Measure the card's metric on what `file_format` read: the text of a file, or the files of an archive.

        Raises BadLine, or InvalidInput for what is no such file.
        """

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
        """Run the variant of this id over an input, a bare string or an object of its kind, and record everything.

        An input that `read` has already turned into what this variant reads is taken as it is.
        No example changes what was recorded; what the numbers mean in its own unit is set beside them.
        """
        chosen = self.variants[variant or self.about.default_variant]
        encoded = sent if isinstance(sent, Encoded) else self.read(sent, chosen.id)
        trace = record(
            self.networks[chosen.id],
            encoded.x,
            T_y=self.about.input.max_steps,
            x_labels=encoded.labels,
            place_labels=encoded.places,
            y_labels=self.y_labels(chosen),
            decoding=decoding or self.about.decoding,
            interventions=(*encoded.interventions, *interventions),
            gradient=gradient,
            top_k=top_k or self.about.alternatives,
        )
        trace = with_units(trace, encoded.unit, encoded.truth)
        values = self.y_values(chosen)
        seconds = encoded.seconds or self.seconds(trace)
        described = {
            "source": encoded.source,
            "reads": self.about.reads,
            "writes": self.about.writes,
            "y_values": None if values is None else np.array(values, np.float32),
            "spans": self.spans(trace),
            "sheet": self.sheet(trace),
            "remarks": (*encoded.remarks, *self.remarks(trace)),
            "seconds": None if seconds is None else np.array(seconds, np.float32),
        }
        trace = trace.model_copy(update=described)
        return trace.model_copy(update={"answer": self.decode(trace, chosen)})

    def read(self, sent: Any, variant: str) -> Encoded:
        """Turn what was sent, a bare string or an object, into what the network reads. Raises InvalidInput.

        What was changed before it was read stands first among the remarks, then why it may not be understood.
        """
        spec = self.about.input
        kind = kind_of(spec)
        found = self.kept.get(kind.reference_of(sent) or "", sent)
        value = kind.read(found, spec)
        encoded = self.encode(value, self.variants[variant])
        said = (*kind.changes(found, spec), *kind.notices(value, spec), *encoded.remarks)
        return replace(encoded, remarks=said)

    def missing(self, sent: Any) -> str | None:
        """Name the value that was sent by a reference, if it is not among the samples and must be found elsewhere."""
        name = kind_of(self.about.input).reference_of(sent)
        return None if name is None or name in self.kept else name

    @final
    def limit_steps(self, count: int, unit: str, way_out: str = "") -> None:
        """Raise InvalidInput if an input has more steps than the example reads; `unit` is what they are, in the plural.

        For `encode`, where T_x is known; `max_steps` limits what a decoder writes by itself.
        """
        if count > self.about.input.max_steps:
            raise too_many(count, unit, self.about.input.max_steps, way_out)

    def text_of(self, sent: Any) -> str | None:
        """Write what was sent as it stands in an address, a string as it is; None for what is too long."""
        return sent if isinstance(sent, str) else kind_of(self.about.input).to_text(sent)
