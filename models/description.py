"""What stands in an example's folder as data: example.json, samples.json, card.json, and a section of README.md."""

from functools import cached_property
from pathlib import Path
from typing import Literal, Self, TypeVar

from pydantic import Field, TypeAdapter, ValidationError, field_validator, model_validator

from models.inputs import InputSpec
from models.inputs.kind import Strict
from models.variants import Axis, Variant, variants_of
from unrolled import Decoding, UnrolledError
from unrolled.trace import Kind

# The pictures of the lecture figure; an example is listed under one of them.
TopologyPage = Literal[
    "one-to-one", "one-to-many", "many-to-one", "many-to-many", "encoder-decoder", "bidirectional", "attention"
]
GUIDE = "## What to look for"  # a section of every README
T = TypeVar("T")


class BrokenFile(UnrolledError):
    """Says which file of an example's folder cannot be used, which field is at fault and why, in one line."""


def read_json(path: Path, form: type[T]) -> T:
    """Read a JSON file of a form, strictly. Raises BrokenFile for one that is missing or says something else."""
    try:
        return TypeAdapter(form).validate_json(path.read_bytes(), strict=True)
    except OSError as error:
        raise BrokenFile(f"{path.name}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        field = ".".join(map(str, first["loc"]))
        raise BrokenFile(": ".join(filter(None, (path.name, field, first["msg"])))) from error


class Description(Strict):
    """Say what the page shows of an example; read from example.json.

    `help`, below the field, may name the limits beside it, as in "up to {max_steps} words".
    """

    title: str
    task: str  # one line: "sentiment classification"
    story: str  # two or three sentences: what to try, what to look for
    topology_page: TopologyPage
    reads: Kind | None = None  # what its steps are; None for x = ∅
    writes: Kind  # what its outputs are
    axes: tuple[Axis, ...] = Field(min_length=1)
    default_variant: str
    input: InputSpec
    decoding: Decoding | None = None  # the default way to choose outputs, for decoders
    alternatives: int = 5  # how many are listed for each output, unless somebody asks for more or fewer
    measured_on: str  # what a file for `evaluate` holds

    @field_validator("input")
    @classmethod
    def _fill_in_limits(cls, spec: InputSpec) -> InputSpec:
        try:
            return spec.model_copy(update={"help": spec.help.format_map(spec.model_dump())})
        except (KeyError, IndexError) as error:
            raise ValueError(f"the help names {error}, which is no limit of this input") from error

    @model_validator(mode="after")
    def _know_the_default(self) -> Self:
        ids = [variant.id for variant in variants_of(self.axes)]
        if self.default_variant not in ids:
            raise ValueError(f"default_variant is '{self.default_variant}'; there are {', '.join(ids)}")
        if len(set(ids)) < len(ids):
            raise ValueError(f"two variants have one id; there are {', '.join(ids)}")
        return self

    @cached_property
    def variants(self) -> dict[str, Variant]:
        """List all variants by their id: one choice of each axis."""
        return {variant.id: variant for variant in variants_of(self.axes)}

    @classmethod
    def of(cls, folder: Path) -> Self:
        """Read a folder's example.json. Raises BrokenFile."""
        return read_json(folder / "example.json", cls)


class Sample(Strict):
    """Offer one preset input, in its text form, and say in a few words why it is worth watching.

    An input that has no text form is a `file` in the example's folder; its `input` is then the reference to it.
    """

    input: str = ""
    file: str | None = Field(default=None, pattern=r"^[\w-]+\.\w+$")
    note: str
    variant: str | None = None
    seed: int = 0


class Card(Strict):
    """Tell where a network comes from, what was measured and where it fails; read from card.json."""

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


def guide_of(folder: Path) -> str:
    """Read what to look for: the section of that name in README.md, as Markdown; empty if there is none."""
    readme = folder / "README.md"
    _, _, rest = (readme.read_text("utf-8") if readme.exists() else "").partition(f"\n{GUIDE}\n")
    return rest.partition("\n## ")[0].strip()
