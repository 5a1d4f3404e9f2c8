"""The topologies of the lecture figure, and how each one unrolls over time.

`unroll` is the only place that knows the difference between the kinds: everything behind it (recording,
drawing) reads columns. A new topology is one more branch there.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from unrolled.errors import ConfigError, LengthError

Kind = Literal["one_to_one", "one_to_many", "many_to_one", "many_to_many", "encoder_decoder"]
Part = Literal["encoder", "decoder"]
Direction = Literal["forward", "backward"]
AttentionKind = Literal["dot", "additive"]
Collapse = Literal["ctc"]
Reads = Literal["x", "y_hat", "nothing"]

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Topology:
    """Describe which way a network is wired, without saying how long its input is.

    The part that reads x is the *encoder*; the part that reads its own earlier outputs is the *decoder*.
    `one_to_many` is all decoder, `encoder_decoder` has both, the others are all encoder. Only an encoder can
    run in two directions, because a decoder's future does not exist yet.

    With `collapse` the outputs of many_to_many are not the answer yet: it is what is left of them when repeats
    and blanks go (connectionist temporal classification, Graves 2006; see `unrolled.ctc`), and T_y counts that.
    """

    kind: Kind
    layers: int = 1
    directions: Literal[1, 2] = 1
    attention: AttentionKind | None = None
    collapse: Collapse | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ConfigError(f"unknown topology '{self.kind}'; there are {', '.join(KINDS)}")
        if self.layers < 1:
            raise ConfigError(f"layers is {self.layers}; a network has at least 1")
        if self.directions not in (1, 2):
            raise ConfigError(f"directions is {self.directions}; it is 1 or 2")
        if self.directions == 2 and self.kind == "one_to_many":
            raise ConfigError("one_to_many cannot be bidirectional: the outputs to come are not there yet")
        if self.attention is not None and self.attention not in get_args(AttentionKind):
            raise ConfigError(f"unknown attention '{self.attention}'; there are dot and additive")
        if self.attention and "decoder" not in self.parts:
            raise ConfigError(f"attention needs a decoder that looks around as it writes; {self.kind} has none")
        if self.collapse is not None and self.collapse not in get_args(Collapse):
            raise ConfigError(f"unknown collapse '{self.collapse}'; there is ctc")
        if self.collapse and not self.answers_each_step:
            raise ConfigError(f"only outputs of every step can collapse: many_to_many, not {self.kind}")

    @property
    def parts(self) -> tuple[Part, ...]:
        """List the parts in the order in which they run."""
        if self.kind == "encoder_decoder":
            return ("encoder", "decoder")
        return ("decoder",) if self.kind == "one_to_many" else ("encoder",)

    @property
    def answers_each_step(self) -> bool:
        """Say whether an encoder's head reads every state, and not only the last ones."""
        return self.kind == "many_to_many"

    @property
    def carries(self) -> bool:
        """Say whether a step hands its state on to another one; one_to_one has no other step."""
        return self.kind != "one_to_one"

    @property
    def decides(self) -> bool:
        """Say whether outputs can be chosen in more than one way, because they are an answer together only."""
        return "decoder" in self.parts or self.collapse is not None

    def directions_of(self, part: Part) -> tuple[Direction, ...]:
        """List the directions in which the layers of a part run."""
        both = self.directions == 2 and part == "encoder"
        return ("forward", "backward") if both else ("forward",)


@dataclass(frozen=True)
class Column:
    """Describe one unrolled step, as it is drawn.

    `t` counts the columns from 0; `step` counts within the part. `x` is the index of the input that the
    column reads, `y_prev` that of the earlier output that is fed back to it, `y` that of the output that it
    emits; None where it does not.
    """

    t: int
    part: Part
    step: int
    x: int | None = None
    y_prev: int | None = None
    y: int | None = None

    @property
    def reads(self) -> Reads:
        """Say what enters the column from below; a column that reads nothing gets a zero vector."""
        if self.x is not None:
            return "x"
        return "nothing" if self.y_prev is None else "y_hat"

    @property
    def emits(self) -> bool:
        """Say whether an output leaves the column."""
        return self.y is not None


def unroll(topology: Topology, T_x: int, T_y: int) -> tuple[Column, ...]:
    """Lay a topology out over time: T_x columns that read x, T_y columns that emit an output.

    Where outputs collapse, each of the T_x columns emits one, and T_y of them are left in the end. Raises LengthError
    if the kind does not allow these lengths. `one_to_many` takes T_x = 1 (the first column reads x) or T_x = 0
    (x = ∅).
    """
    check_lengths(topology, T_x, T_y)
    match topology.kind:
        case "one_to_one" | "many_to_many":
            return tuple(Column(t, "encoder", t, x=t, y=t) for t in range(T_x))
        case "many_to_one":
            return tuple(Column(t, "encoder", t, x=t, y=0 if t == T_x - 1 else None) for t in range(T_x))
        case "one_to_many":
            first = Column(0, "decoder", 0, x=0 if T_x else None, y=0)
            return first, *(Column(t, "decoder", t, y_prev=t - 1, y=t) for t in range(1, T_y))
        case "encoder_decoder":
            reading = (Column(t, "encoder", t, x=t) for t in range(T_x))
            writing = (Column(T_x + s, "decoder", s, y_prev=s - 1 if s else None, y=s) for s in range(T_y))
            return *reading, *writing


def check_lengths(topology: Topology, T_x: int, T_y: int) -> None:
    """Raise LengthError unless the kind allows T_x inputs and T_y outputs."""
    kind, each = topology.kind, (T_y == T_x, "T_x = T_y >= 1")
    if topology.collapse:
        kind, each = f"{kind} with {topology.collapse}", (0 <= T_y <= T_x, "T_x >= 1 and T_y from 0 to T_x")
    allowed = {
        "one_to_one": (T_x == 1 and T_y == 1, "T_x = 1 and T_y = 1"),
        "one_to_many": (T_x in (0, 1) and T_y >= 1, "T_x = 0 or 1 and T_y >= 1"),
        "many_to_one": (T_x >= 1 and T_y == 1, "T_x >= 1 and T_y = 1"),
        "many_to_many": (T_x >= 1 and each[0], each[1]),
        "encoder_decoder": (T_x >= 1 and T_y >= 1, "T_x >= 1 and T_y >= 1"),
    }
    fits, rule = allowed[topology.kind]
    if not fits:
        raise LengthError(f"{kind} needs {rule}, got T_x = {T_x} and T_y = {T_y}")


@dataclass(frozen=True)
class Seen:
    """Name the input and the fed-back output steps that a state depends on, as half-open ranges."""

    x: tuple[int, int]
    y: tuple[int, int] = (0, 0)


def seen(topology: Topology, T_x: int, column: Column, layer: int, direction: Direction) -> Seen:
    """Work out what the state of one column, layer and direction can depend on.

    A forward state has seen x[0..t], a backward state x[t..T_x-1] and, from the second layer on, a
    bidirectional network has seen everything. A decoder state has seen the whole input and every output fed
    back so far. Interventions do not change this: it is a fact of the wiring, not of the numbers.
    """
    if column.part == "decoder":
        return Seen((0, T_x), (0, column.step))
    if topology.directions == 2 and layer > 0:
        return Seen((0, T_x))
    return Seen((0, column.step + 1)) if direction == "forward" else Seen((column.step, T_x))
