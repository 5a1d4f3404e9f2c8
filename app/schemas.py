"""The schemas of the JSON API: the request bodies that it reads and the documents that it answers with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field

from app.lessons import Lesson
from models.description import Card, Sample
from models.example import DIGITS, Example
from models.inputs import InputObject, InputSpec
from models.variants import Axis
from unrolled import Decoding, Intervention, Label
from unrolled.document import Document

MAX_INPUT = 100_000  # characters; every example has a lower limit of its own
MAX_INTERVENTIONS = 64


class ReadRequest(Document):
    """Ask how one of an example's networks reads an input."""

    input: Annotated[str, Field(max_length=MAX_INPUT)] | InputObject = Field(
        default="",
        description="What the network reads: text as a visitor types it, or an object of the example's kind. A string "
        "always means the kind's text form, as in an address; the example's `input` says its kind and its limits.",
    )
    variant: str | None = Field(
        default=None, max_length=100, description="Which of the example's networks; null: its default."
    )


class TraceRequest(ReadRequest):
    """Ask for one run of an example's network."""

    decoding: Decoding | None = Field(
        default=None, description="How a decoder chooses its outputs; null: the example's default."
    )
    interventions: tuple[Intervention, ...] = Field(
        default=(), max_length=MAX_INTERVENTIONS, description="What to change while the network runs."
    )
    gradient: int | None = Field(
        default=None,
        ge=-1,
        le=1_000_000,
        description="Output step, from 0, whose gradients to record; -1: the last; null: none.",
    )
    top_k: int | None = Field(
        default=None, ge=1, le=20, description="How many alternatives to list for each output; null: the example's own."
    )
    digits: int = Field(default=DIGITS, ge=3, le=9, description="Significant digits; 9 tell any two floats apart.")


class KeptInput(Document):
    """Say how the input that was made of a file is asked for."""

    input: str = Field(description="what to send as `input`, in a body or an address: its text form, or `@` and id")
    id: str | None = Field(default=None, description="its name, if it is too long for an address and is kept")
    expires: datetime | None = Field(
        default=None, description="until when it is kept at most; then it is answered 410, and can be sent again"
    )


class InputReading(Document):
    """Say what a network really reads: its steps, and what is unknown to it."""

    T_x: int = Field(description="steps that it reads; 0 for a network that starts from nothing")
    labels: tuple[Label, ...] = Field(description="what each step is known as, one for each")
    remarks: tuple[str, ...] = Field(description="what was changed before it was read, and what else to know of it")


class Health(Document):
    """Say that the service answers, and what it has loaded."""

    status: str = "ok"
    examples: tuple[str, ...]


class ExampleSummary(Document):
    """Introduce one example in a list."""

    slug: str
    title: str
    task: str
    story: str
    topology_page: str = Field(description="slug of the topology that it shows, see /api/v1/topologies")
    variants: tuple[str, ...]
    page: str = Field(description="path of its page")
    trace: str = Field(description="path that takes a POST of a TraceRequest")

    @classmethod
    def of(cls, example: Example) -> Self:
        """Introduce an example."""
        return cls(
            slug=example.slug,
            title=example.about.title,
            task=example.about.task,
            story=example.about.story,
            topology_page=example.about.topology_page,
            variants=tuple(example.variants),
            page=f"/examples/{example.slug}",
            trace=f"/api/v1/examples/{example.slug}/trace",
        )


class ExampleDescription(Document):
    """Describe one example: what it reads, how it was trained, what was measured and where it fails."""

    slug: str
    title: str
    task: str
    story: str
    topology_page: str
    default_variant: str
    variants: tuple[str, ...]
    axes: tuple[Axis, ...]
    input: InputSpec
    decoding: Decoding | None
    samples: tuple[Sample, ...]
    card: Card

    @classmethod
    def of(cls, example: Example) -> Self:
        """Describe an example."""
        about = example.about
        return cls(
            slug=example.slug,
            title=about.title,
            task=about.task,
            story=about.story,
            topology_page=about.topology_page,
            default_variant=about.default_variant,
            variants=tuple(example.variants),
            axes=about.axes,
            input=about.input,
            decoding=about.decoding,
            samples=example.samples,
            card=example.card,
        )


class TopologySummary(Document):
    """Introduce one topology of the lecture figure."""

    slug: str
    title: str
    T_x: str
    T_y: str
    what: str
    page: str
    examples: tuple[str, ...] = Field(description="slugs of the examples that show it")

    @classmethod
    def of(cls, lesson: Lesson, examples: Iterable[Example]) -> Self:
        """Introduce a topology."""
        return cls(
            slug=lesson.slug,
            title=lesson.title,
            T_x=lesson.T_x,
            T_y=lesson.T_y,
            what=" ".join(lesson.what.split()),
            page=f"/topologies/{lesson.slug}",
            examples=tuple(example.slug for example in examples),
        )
