"""The gallery as the service holds it: every example loaded, every run recorded once and cached."""

import math
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

import anyio
import anyio.to_thread
from cachetools import LRUCache

from app.errors import Busy, MediaGone, StartupError, UnknownExample
from app.figures.files import Form, Made, figure_file
from app.figures.request import FigureRequest
from app.media import MediaStore, MemoryStore, Store
from app.queries import trace_request
from app.rates import Allowance
from app.schemas import InputReading, KeptInput, ReadRequest, TraceRequest
from app.sent_files import SentFile
from app.settings import Settings
from app.turns import Turns
from app.work import ORDINARY, weigh
from models.example import Encoded, Example
from models.inputs import InputObject, kind_of
from models.listing import GALLERY, BrokenExample, load_examples
from unrolled import InvalidRequest, Label, Trace
from unrolled.trace import Output, Span

R = TypeVar("R", bound=ReadRequest)
Key = tuple[str, TraceRequest]  # a slug, and a request whose variant is named


@dataclass(frozen=True)
class Step:
    """Say in words what happened at one step: what was read, what came out."""

    t: int  # counted from 1, as on the page
    part: str
    read: str
    note: str
    emitted: str
    own: str  # what the network itself wrote, where `emitted` is a number in another unit
    p: str  # of a class; a number is no probability


@dataclass(frozen=True)
class RecordedRun:
    """Hold one recorded run: its wire form, and what a page without JavaScript says of it."""

    json: bytes
    answer: str
    T_x: int
    T_y: int
    steps: tuple[Step, ...]
    picture: str = ""  # the address of what was read, where that is no text
    reading: tuple[Span, ...] | None = None  # what is left of outputs that collapse
    remarks: tuple[str, ...] = ()


def load_gallery(folder: Path = GALLERY) -> dict[str, Example]:
    """Load all examples. Raises StartupError, in one line that names the folder, if one is broken."""
    try:
        return load_examples(folder)
    except BrokenExample as error:
        raise StartupError(str(error)) from error


class Gallery:
    """Find examples and record their runs, a few at a time; the latest are cached."""

    def __init__(self, examples: Mapping[str, Example], settings: Settings) -> None:
        self.examples = dict(examples)
        self._wait_seconds = settings.wait_seconds
        self._first: dict[str, RecordedRun] = {}  # what each page shows at its bare address
        self._remembered: LRUCache[Key, RecordedRun] = LRUCache(
            settings.cache_bytes, getsizeof=lambda run: len(run.json)
        )
        self._locks: WeakValueDictionary[Key, anyio.Lock] = (
            WeakValueDictionary()
        )  # an entry goes when no request waits for it
        self._turns = Turns(settings.concurrent_traces)
        self._threads = anyio.CapacityLimiter(settings.concurrent_traces)
        self._runs = Allowance(settings.rate_limits)
        self._readings = Allowance(settings.read_limits)
        self._files = Allowance(settings.media_limits)
        self._media = MediaStore(settings.media_folder, settings.media_bytes, settings.media_seconds)
        self._memory = MemoryStore(settings.private_bytes, settings.private_seconds)

    def __getitem__(self, slug: str) -> Example:
        """Find an example. Raises UnknownExample."""
        try:
            return self.examples[slug]
        except KeyError:
            raise UnknownExample(slug, tuple(self.examples)) from None

    def of_topology(self, slug: str) -> tuple[Example, ...]:
        """List the examples that show one topology of the lecture figure."""
        return tuple(example for example in self.examples.values() if example.about.topology_page == slug)

    async def read(self, slug: str, request: ReadRequest, client: str = "") -> InputReading:
        """Read an input for a client, and run nothing.

        Raises UnknownExample, TooManyRequests, or InvalidRequest with the field at fault.
        """
        example = self[slug]
        variant = variant_of(example, request)
        self._readings.spend(client)
        sent = await anyio.to_thread.run_sync(self._found, example, request)
        return await anyio.to_thread.run_sync(read_input, example, sent.input, variant)

    async def figure(self, asked: FigureRequest, form: Form, client: str = "") -> Made:
        """Draw a schematic figure for a client, at the price of a reading.

        Raises TooManyRequests, or InvalidRequest for what no network of its kind has.
        """
        self._readings.spend(client)
        return await anyio.to_thread.run_sync(figure_file, asked, form, limiter=self._threads)

    async def keep(self, slug: str, file: SentFile, client: str = "") -> KeptInput:
        """Make an input of a file for a client, and keep it if it is too long for an address.

        Raises UnknownExample, TooManyRequests, or InvalidInput for a file that cannot be read.
        """
        example = self[slug]
        self._files.spend(client)
        return await anyio.to_thread.run_sync(keep_file, example, file, self._store(example), limiter=self._threads)

    def _store(self, example: Example) -> Store:
        """Find where an example's inputs are kept that are too long for an address."""
        return self._memory if is_private(example) else self._media

    def _found(self, example: Example, request: R) -> R:
        """Put the value in the place of a reference to it. Raises MediaGone if it is not kept any more."""
        name = example.missing(request.input)
        if name is None:
            return request
        value = self._store(example).find(name)
        if value is None:
            raise MediaGone(kind_of(example.about.input).called)
        return request.model_copy(update={"input": value})

    async def run(self, slug: str, request: TraceRequest, client: str = "") -> RecordedRun:
        """Record a run for a client, or take it from the cache; equal requests that arrive together are recorded once.

        What is wrong with a request is found before it waits for its turn. Raises UnknownExample, InvalidRequest with
        the field at fault, TooManyRequests, or Busy when no turn comes in time.
        """
        example = self[slug]
        key = (slug, request.model_copy(update={"variant": variant_of(example, request)}))
        if run := self._remembered.get(key):
            self._runs.spend(client)
            return run
        self._readings.spend(client)
        asked = await anyio.to_thread.run_sync(self._found, example, key[1])
        encoded, work = await anyio.to_thread.run_sync(weigh, example, asked)
        self._runs.spend(client, math.ceil(work / ORDINARY))
        async with self._turn(key, client, work):
            if run := self._remembered.get(key):  # an equal request came first
                return run
            run = await anyio.to_thread.run_sync(record_run, example, asked, encoded, limiter=self._threads)
            if len(run.json) <= self._remembered.maxsize and not holds_private(example, request):
                self._remembered[key] = run
            return run

    async def first_run(self, slug: str) -> RecordedRun:
        """Give the run that an example's page shows first; recorded once for all, it costs no client anything."""
        if slug not in self._first:
            self._first[slug] = await anyio.to_thread.run_sync(record_first_run, self[slug])
        return self._first[slug]

    def warm_up(self) -> None:
        """Have every network read its example's first sample, and record the first runs: all is loaded, and it runs.

        Raises StartupError, in one line that names the folder.
        """
        for slug, example in self.examples.items():
            try:
                for variant in example.variants:
                    read_input(example, trace_request(example, {}).input, variant)
                self._first[slug] = record_first_run(example)
            except Exception as error:  # the examples' own code runs here, and can fail in any way
                reason = " ".join(str(error).split())
                raise StartupError(
                    f"models/{slug}: its first sample fails: {type(error).__name__}: {reason}"
                ) from error

    @asynccontextmanager
    async def _turn(self, key: Key, client: str, work: int) -> AsyncIterator[None]:
        """Wait until no equal run is under way and a worker is free. Raises Busy after too long."""
        async with AsyncExitStack() as taken:
            with anyio.move_on_after(self._wait_seconds) as waiting:
                await taken.enter_async_context(self._locks.setdefault(key, anyio.Lock()))
                await taken.enter_async_context(self._turns.turn(client, work))
            if waiting.cancelled_caught:
                raise Busy(self._wait_seconds)
            yield


def variant_of(example: Example, request: ReadRequest) -> str:
    """Name the variant that a request means. Raises InvalidRequest for one that the example does not have."""
    variant = request.variant or example.about.default_variant
    if variant not in example.variants:
        raise InvalidRequest(
            f"'{variant[:40]}' is no variant of {example.slug}; there are {', '.join(example.variants)}", "variant"
        )
    return variant


def is_private(example: Example) -> bool:
    """Say whether what visitors send to an example may be on no disk."""
    return kind_of(example.about.input).private


def holds_private(example: Example, request: ReadRequest) -> bool:
    """Say whether a run shows what a visitor sent and nobody may keep; the samples are everybody's."""
    name = kind_of(example.about.input).reference_of(request.input)
    return is_private(example) and (name is None or name not in example.kept)


def read_input(example: Example, sent: str | InputObject, variant: str) -> InputReading:
    """Turn an input into the steps that a network would read. Raises InvalidInput."""
    encoded = example.read(sent, variant)
    return InputReading(T_x=len(encoded.labels), labels=encoded.labels, remarks=encoded.remarks)


def keep_file(example: Example, file: SentFile, media: Store) -> KeptInput:
    """Make an input of a file, and keep it if it has no text form. Raises InvalidInput."""
    spec = example.about.input
    kind = kind_of(spec)
    value = kind.check(kind.from_file(kind.type_of(file.media_type, file.name), file.data, spec), spec)
    text = kind.to_text(value)
    if text is not None:
        return KeptInput(input=text)
    name, expires = media.keep(value)
    return KeptInput(input=f"@{name}", id=name, expires=datetime.fromtimestamp(math.floor(expires), UTC))


def record_first_run(example: Example) -> RecordedRun:
    """Record what an example shows at its bare address."""
    request = trace_request(example, {})
    return record_run(example, request, request.input)


def record_run(example: Example, request: TraceRequest, sent: str | InputObject | Encoded) -> RecordedRun:
    """Run an example over what was sent, or what it makes of that, and write the wire form: what takes time."""
    trace = example.trace(
        sent,
        request.variant,
        decoding=request.decoding,
        interventions=request.interventions,
        gradient=request.gradient,
        top_k=request.top_k,
    )
    picture = trace.source.picture if trace.source else ""
    return RecordedRun(
        trace.to_json(request.digits),
        trace.answer,
        trace.T_x,
        trace.T_y,
        tuple(steps_of(trace)),
        picture,
        trace.reading,
        trace.remarks,
    )


def steps_of(trace: Trace) -> list[Step]:
    """Describe a trace step by step, in words."""
    steps: list[Step] = []
    for column in trace.columns:
        label = trace.x_labels[column.x] if column.x is not None else None
        output = trace.outputs[column.y] if column.y is not None else None
        if output is None and trace.running is not None:
            output = trace.running[column.t]
        read = label.text if label else _words(trace.outputs[column.y_prev])[0] if column.y_prev is not None else ""
        note = _note(label) if label else "fed back" if column.y_prev is not None else ""
        steps.append(Step(column.t + 1, column.part, read, note, *_words(output)))
    return steps


def _note(label: Label) -> str:
    return f"read as {label.read_as}" if label.read_as is not None else label.note or ""


def _words(output: Output | None) -> tuple[str, str, str]:
    match output:
        case None:
            return "", "", ""
        case Output(index=None, value=None):
            return ", ".join(f"{number.label} {number.p:.4g}" for number in output.alternatives), "", ""
        case Output(index=None):
            return f"{output.value:.4g}", output.label, ""
    return output.label, "", f"{output.p:.2f}"
