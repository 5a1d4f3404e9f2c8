"""The trace: the complete, immutable record of one run, and its wire form.

Everything else reads this one document: the page, the JSON API, exports and tests. It is a pydantic model
whose numbers are numpy arrays; `to_json` writes it, `from_json` reads it back exactly, `json_schema`
describes it.
"""

from typing import Annotated, Any, Literal, Self

import numpy as np
import orjson
from pydantic import BaseModel, Field, PlainSerializer, PlainValidator, WithJsonSchema

from unrolled.cells import CELLS, Value
from unrolled.decoding import Decoding
from unrolled.document import Document
from unrolled.interventions import Intervention
from unrolled.sheet import Sheet
from unrolled.source import Slice, Source
from unrolled.topology import AttentionKind, Collapse, Column, Direction, Part
from unrolled.topology import Kind as TopologyKind

VERSION = 1
# What the steps and the outputs of a run are, so that a page can draw them.
Kind = Literal[
    "words", "pieces", "characters", "bases", "numbers", "pixels", "strokes", "poses", "tags", "classes", "notes"
]
Floats = np.ndarray[Any, np.dtype[np.floating[Any]]]


def _as_floats(value: object) -> Floats:
    """Read nested lists (or an array) of finite numbers as a read-only float32 array."""
    array = np.asarray(value, dtype=np.float32)
    if not np.isfinite(array).all():  # JSON has no way to write them
        raise ValueError("holds entries that are not finite numbers")
    if array.flags.writeable:
        array = array.view()
        array.flags.writeable = False
    return array


_ROW: dict[str, Any] = {"type": "array", "items": {"type": "number"}}
_ARRAY = (PlainValidator(_as_floats), PlainSerializer(lambda array: array.tolist()))

# numpy inside, nested lists of numbers on the wire
Vector = Annotated[Floats, *_ARRAY, WithJsonSchema(_ROW)]
Matrix = Annotated[Floats, *_ARRAY, WithJsonSchema({"type": "array", "items": _ROW})]


class Label(Document):
    """Say what was read at one step: the text of it, and a note where it needs one.

    `note` is `unknown` for a word that the network has no vector for, and `interpolated` for a number that was not
    there and lies between its neighbours. `read_as` is what a word was replaced by before
    it was read, `value` its number, where it is one, in the visitor's unit. `slice` is the part of the trace's source
    that was read, where the source is no text.
    """

    text: str
    note: Literal["unknown", "interpolated"] | None = None
    read_as: str | None = None
    value: float | None = None
    slice: Slice | None = None


class Alternative(Document):
    """Name one possible output and how much the network believes in it (or its value, for a regression)."""

    index: int
    label: str
    p: float


class Output(Document):
    """Hold one emitted output: the choice and the best alternatives, the likeliest first.

    `index` is the class chosen; None for an output of real numbers, whose values are in `alternatives`. All of
    these are the network's own numbers. `value` is what a number means outside of the network, in the trace's
    `unit`; None where the network's own number is what it means, and for classes.
    """

    index: int | None
    label: str
    p: float
    alternatives: tuple[Alternative, ...]
    forced: bool = False
    value: float | None = None


class Span(Document):
    """Name a stretch of outputs, both ends included, that mean one thing together: an entity, or a label of a reading.

    `label` is the network's own name for it, `name` that of a reader, `kind` numbers the names from 0. `p` of an entity
    is the probability of its least certain output. In a reading `kind` is the class, and `p` the probability that at
    least one of its frames says it, 1 - (1 - p_first) ... (1 - p_last).
    """

    label: str
    name: str
    kind: int
    first: int
    last: int
    p: float


class Reading(Document):
    """Hold one labelling that outputs may collapse to: in a row, label by label, and how likely all its paths are."""

    text: str
    labels: tuple[str, ...]
    p: float


class LayerRecord(Document):
    """Hold every named value of one layer in one direction, in one part.

    `values` are (T, hidden), `initial` the states before the first step, (hidden,). Row s belongs to the
    part's step s in *input* order, for both directions: a backward layer computed its last row first.
    `seen_x[s]` and `seen_y[s]` are the half-open ranges of inputs and of fed-back outputs that the state at
    s depends on.
    """

    part: Part
    layer: int
    direction: Direction
    initial: dict[str, Vector]
    values: dict[str, Matrix]
    seen_x: tuple[tuple[int, int], ...]
    seen_y: tuple[tuple[int, int], ...]


class CellRecord(Document):
    """Describe the cell that ran: its values in order of computation, with the equations that ran.

    `kind` is one of `CELLS`, or a cell of one's own.
    """

    kind: Annotated[str, Field(examples=list(CELLS))]
    values: tuple[Value, ...]
    states: tuple[str, ...]


class TopologyRecord(Document):
    """Describe how the network was wired: a `Topology`, and what follows from it for whoever draws it.

    `parts` run in this order; `answers_each_step` says that an encoder's head reads every state and not only the last
    ones, `carries` that states are handed on from step to step.
    """

    kind: TopologyKind
    layers: int
    directions: Literal[1, 2]
    attention: AttentionKind | None
    collapse: Collapse | None
    parts: tuple[Part, ...]
    answers_each_step: bool
    carries: bool


class NetworkRecord(Document):
    """Describe the network that ran, without its weights; `blank` is the class that says nothing (outputs collapse)."""

    topology: TopologyRecord
    cell: CellRecord
    hidden: int
    n_y: int
    output: Literal["softmax", "sigmoid", "identity"]
    end: int | None
    blank: int | None
    parameters: int


class GradientRecord(Document):
    """Hold the gradients of one score with respect to every state and input: back-propagation through time.

    The score is the log-probability of the output chosen at step `y` (the sum of its numbers, for a regression), or
    that of the whole reading, over all paths, where outputs collapse: then `y` is None. L = -score, so |dL/dh_t| (T,)
    and |d score/dh_t| are the same. `h` has a row for each layer record, in the same order; so has `c`, |dL/dc_t|,
    where the cell carries one; `x` is |d score/dx_t|, (T_x,). `x_entries` (1, n_x) is d score/dx_1 entry by entry,
    where one step alone was read (a picture); else None. `places` (P,) is how much each place adds to the score to
    first order, gradient times place (Selvaraju et al. 2017 without the cut at 0); None where there are none.
    """

    y: int | None
    label: str
    score: float
    h: tuple[Vector, ...]
    c: tuple[Vector, ...] | None = None
    x: Vector
    x_entries: Matrix | None = None
    places: Vector | None = None


class Check(Document):
    """Say how the record was made, and how far it lies from what the network's own modules compute for the same run.

    `reference` is what those modules run: `torch`, a kernel of `torch.nn`, or `cell`, the cell's own equations, where
    torch has no such cell. `max_abs_error` is None where an intervention makes the two differ on purpose.
    """

    path: Literal["fast", "step"]
    reference: Literal["torch", "cell"]
    max_abs_error: float | None


class Trace(Document):
    """Hold the whole record of one run; see docs/trace.md for each field with an example.

    `x` (T_x, n_x) is what the first layer read at each step, after embedding; `x_labels` what a reader
    knows it as. `y_hat` (T_y, n_y) holds the full outputs where there are few classes, else None. Where outputs
    collapse there is one for each frame, `y_hat` is (T_x, n_y), `reading` (T_y,) is what is left of them, and
    `readings` are the labellings considered, the likeliest first; both are None where nothing collapses.
    `places` names the P parts of the one input, where their mean was read (a picture); None where x has no parts.
    `attention` is (T_y, T_x), or (T_y, P) over places. `running` is what the head would say after each step of a
    network that answers once, at the end. `unit` says what the `value` of each output is measured in, None where
    outputs have none; `truth` (T_y,) what really came, measured like the outputs, None where it is not known.
    `source` is the picture, the sound or the points that were read, of which each label is a slice; None where text was
    read. `seconds` says of each column how long it takes, where time is real; None where steps are no time. `reads` and
    `writes` say what steps and outputs are, `y_values` (n_y,) what number each class stands for where classes are
    numbers, `spans` which outputs belong together, `sheet` how outputs that are music are engraved and when they sound;
    None where the example does not say. `remarks` are sentences about what was done to an input before it was read,
    and what else a reader should know of the run, without a full stop.
    """

    version: Literal[1] = VERSION
    network: NetworkRecord
    T_x: int
    T_y: int
    columns: tuple[Column, ...]
    x: Matrix
    x_labels: tuple[Label, ...]
    layers: tuple[LayerRecord, ...]
    outputs: tuple[Output, ...]
    y_hat: Matrix | None
    reading: tuple[Span, ...] | None = None
    readings: tuple[Reading, ...] | None = None
    running: tuple[Output, ...] | None = None
    unit: str | None = None
    truth: Vector | None = None
    source: Source | None = None
    seconds: Vector | None = None
    reads: Kind | None = None
    writes: Kind | None = None
    y_values: Vector | None = None
    spans: tuple[Span, ...] | None = None
    sheet: Sheet | None = None
    places: tuple[Label, ...] | None = None
    attention: Matrix | None = None
    gradient: GradientRecord | None = None
    decoding: Decoding | None = None
    interventions: tuple[Intervention, ...] = ()
    answer: str = ""
    remarks: tuple[str, ...] = ()
    check: Check

    def to_json(self, digits: int | None = None) -> bytes:
        """Write the wire form: UTF-8 JSON, floats rounded to `digits` significant digits (exact if None).

        `decoding` and `interventions` are what was asked for, and never rounded.
        """
        return orjson.dumps(_plain(self, digits), option=orjson.OPT_SERIALIZE_NUMPY)

    @classmethod
    def from_json(cls, document: bytes | str) -> Self:
        """Read a wire form back. Raises pydantic's ValidationError if it is not one of this version."""
        return cls.model_validate(orjson.loads(document))

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """Describe the wire form as a JSON Schema."""
        return cls.model_json_schema(mode="serialization")


def significant(array: Floats, digits: int) -> Floats:
    """Round every entry to so many significant digits, in double precision so that they print short."""
    exact = array.astype(np.float64)
    with np.errstate(divide="ignore"):
        exponent = np.floor(np.log10(np.abs(exact)))
    scale = 10.0 ** (digits - 1 - np.where(np.isfinite(exponent), exponent, 0))
    return np.rint(exact * scale) / scale


def _plain(value: Any, digits: int | None) -> Any:
    """Turn a document into what orjson writes, leaving arrays as arrays."""
    match value:
        case np.ndarray():
            return np.ascontiguousarray(value if digits is None else significant(value, digits))
        case float() if digits is not None:
            return float(f"{value:.{digits}g}")
        case BaseModel() if not isinstance(value, Document):
            return value.model_dump()  # what was asked for, which the same request must be able to repeat
        case BaseModel():
            return {name: _plain(getattr(value, name), digits) for name in type(value).model_fields}
        case dict():
            return {key: _plain(entry, digits) for key, entry in value.items()}
        case list() | tuple():
            return [_plain(entry, digits) for entry in value]
    return value
