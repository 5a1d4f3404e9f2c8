"""Small pictures of topologies: columns laid out as boxes and edges, before anything is drawn.

The macro `figure` of templates/figure.html draws them; neither knows the kinds, only what columns read and emit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.lessons import Diagram
from unrolled.ctc import Stretch
from unrolled.topology import Column

Role = Literal["x", "a", "y"]
EdgeRole = Literal["x", "a", "y", "back", "att", "reverse"]

PITCH = 30  # from one column's centre to the next
WIDTH = 18
HEIGHT = 12
GAP = 14  # between the rows; arrows live here
MARGIN = 8
SHIFT = 5  # of each of two chains, to its own side


@dataclass(frozen=True)
class Box:
    """Place one input, state or output; x, y is the upper left corner."""

    role: Role
    x: float
    y: float
    symbol: str  # with time counted from 1, as on the page
    width: float = WIDTH


@dataclass(frozen=True)
class Edge:
    """Draw one dependency as an SVG path."""

    role: EdgeRole
    path: str
    head: str = ""  # the arrow's head, as a path to fill


@dataclass(frozen=True)
class Bracket:
    """Mark a length: T_x under the inputs, T_y over the outputs."""

    role: Role
    path: str
    x: float
    y: float
    length: int


@dataclass(frozen=True)
class Figure:
    """Hold everything that is drawn, and a sentence that says the same."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    edges: tuple[Edge, ...]
    brackets: tuple[Bracket, ...]
    sentence: str
    box_height: float = HEIGHT


def figure_of(diagram: Diagram) -> Figure:
    """Lay a diagram out: outputs above, states in the middle (two rows for two directions), inputs below.

    What is left of outputs that collapse stands over the outputs.
    """
    columns = diagram.columns
    rows = _Rows(diagram.directions, bool(diagram.attention), bool(diagram.path))
    boxes: list[Box] = []
    edges: list[Edge] = []
    for column in columns:
        boxes += _boxes(column, rows, diagram.path)
        edges += _column_edges(column, columns, rows)
    if diagram.attention:
        edges += _attention_edges(columns, rows)
    boxes += [_span(span) for span in diagram.reading]
    edges += [_foot(t, rows) for span in diagram.reading for t in range(span.first, span.last + 1)]
    brackets = (*_bracket("x", columns, rows), *_bracket("y", columns, rows, diagram.reading))
    width = 2 * MARGIN + WIDTH + PITCH * (len(columns) - 1)
    return Figure(width, rows.x + HEIGHT + MARGIN, tuple(boxes), tuple(edges), brackets, _sentence(diagram, columns))


@dataclass(frozen=True)
class _Chain:
    """Place the states of one direction; two chains stand apart, so that what passes one reaches the other."""

    y: float
    shift: float
    role: Literal["a", "reverse"]


class _Rows:
    """Say at which height each row begins; arcs need room above the states, and a reading above the outputs."""

    def __init__(self, directions: int, arcs: bool, reading: bool) -> None:
        self.y = float(MARGIN) + (HEIGHT + GAP if reading else 0)
        first = self.y + HEIGHT + GAP + (6 if arcs else 0)
        one = (_Chain(first, 0, "a"),)
        two = (_Chain(first, SHIFT, "reverse"), _Chain(first + HEIGHT + 7, -SHIFT, "a"))
        self.chains = one if directions == 1 else two
        self.x = self.chains[-1].y + HEIGHT + GAP


def _left(t: int) -> float:
    return MARGIN + PITCH * t


def _centre(t: int) -> float:
    return _left(t) + WIDTH / 2


def _span(span: Stretch) -> Box:
    """Place a label over the outputs that say it."""
    left = _left(span.first)
    return Box("y", left, MARGIN, chr(span.label), _left(span.last) + WIDTH - left)


def _foot(t: int, rows: _Rows) -> Edge:
    """Lead from a label down to one of its outputs."""
    return Edge("y", f"M{_centre(t)} {MARGIN + HEIGHT}V{rows.y}")


def _boxes(column: Column, rows: _Rows, path: str) -> list[Box]:
    left = _left(column.t)
    state = "s" if column.t > column.step else "a"  # a decoder behind an encoder has states of its own
    arrows = {"a": "→", "reverse": "←"} if len(rows.chains) > 1 else {}
    boxes = [
        Box("a", left + chain.shift, chain.y, f"{state}{arrows.get(chain.role, '')}⟨{column.step + 1}⟩")
        for chain in rows.chains
    ]
    if column.x is not None:
        boxes.append(Box("x", left, rows.x, f"x⟨{column.x + 1}⟩"))
    if column.y is not None:
        said = path[column.y].replace("_", "·") if path else f"ŷ⟨{column.y + 1}⟩"
        boxes.append(Box("y", left, rows.y, said))
    return boxes


def _column_edges(column: Column, columns: tuple[Column, ...], rows: _Rows) -> list[Edge]:
    edges = [edge for chain in rows.chains for edge in _chain_edges(column, chain, rows)]
    if column.y_prev is not None:
        bottom = rows.chains[0].y + HEIGHT
        edges.append(Edge("back", _fed_back(column.t, bottom, rows), _head(_centre(column.t), bottom + 1, "up")))
    if column.t + 1 < len(columns):
        edges += [_onward(column.t, chain) for chain in rows.chains]
    return edges


def _chain_edges(column: Column, chain: _Chain, rows: _Rows) -> list[Edge]:
    """Draw the edges from the input up to one state, and from that state up to the output."""
    at, bottom = _centre(column.t) + 1.3 * chain.shift, chain.y + HEIGHT
    edges: list[Edge] = []
    if column.x is not None:
        edges.append(Edge("x", f"M{at} {rows.x}V{bottom + 4}", _head(at, bottom + 1, "up")))
    if column.y is not None:
        under = rows.y + HEIGHT
        edges.append(Edge("y", f"M{at} {chain.y}V{under + 4}", _head(at, under + 1, "up")))
    return edges


def _onward(t: int, chain: _Chain) -> Edge:
    """Draw the edge from a state to the next one, or from the next one back in a chain that runs backwards."""
    right, left = _left(t) + WIDTH + chain.shift, _left(t + 1) + chain.shift
    middle = chain.y + HEIGHT / 2
    if chain.role == "reverse":
        return Edge("reverse", f"M{left} {middle}H{right + 4}", _head(right + 1, middle, "left"))
    return Edge("a", f"M{right} {middle}H{left - 4}", _head(left - 1, middle, "right"))


def _head(x: float, y: float, way: Literal["up", "left", "right"]) -> str:
    """Draw a small triangle whose tip is at x, y."""
    wings = {"up": "l-2.6 4.4h5.2z", "left": "l4.4 -2.6v5.2z", "right": "l-4.4 -2.6v5.2z"}
    return f"M{x} {y}{wings[way]}"


def _fed_back(t: int, bottom: float, rows: _Rows) -> str:
    """Draw the path from the output before, down between two columns, up into the state from below."""
    start, between, centre = _left(t - 1) + WIDTH, _left(t) - (PITCH - WIDTH) * 0.62, _centre(t)
    over, under = rows.y + HEIGHT / 2, bottom + GAP * 0.8
    return (
        f"M{start} {over}Q{between} {over} {between} {over + 6}V{under - 5}"
        f"Q{between} {under} {between + 5} {under}Q{centre} {under} {centre} {bottom + 4}"
    )


def _attention_edges(columns: tuple[Column, ...], rows: _Rows) -> list[Edge]:
    """Draw what the last output looks at: an arc from every encoder state."""
    top = rows.chains[0].y
    last = _centre(columns[-1].t)
    starts = [_centre(column.t) for column in columns if column.part == "encoder"]
    height = top - 13
    return [Edge("att", f"M{x} {top}C{x} {height} {last} {height} {last - 2} {top - 1}") for x in starts]


def _bracket(role: Role, columns: tuple[Column, ...], rows: _Rows, left_of: Sequence[Stretch] = ()) -> list[Bracket]:
    """Span the columns that read x, or those that emit y, or those that say what is left after a collapse."""
    marked = [c.t for c in columns if (c.x if role == "x" else c.y) is not None]
    if not marked:
        return []
    count = len(left_of) or len(marked)
    if left_of:
        marked = [left_of[0].first, left_of[-1].last]
    left, right = _left(marked[0]), _left(marked[-1]) + WIDTH
    foot, bar, text = (rows.x + 18, rows.x + 22, rows.x + 34) if role == "x" else (MARGIN - 6, MARGIN - 10, MARGIN - 15)
    path = f"M{left} {foot}V{bar}H{right}V{foot}"
    return [Bracket(role, path, (left + right) / 2, text, count)]


def _sentence(diagram: Diagram, columns: tuple[Column, ...]) -> str:
    parts = [f"{len(columns)} step{'s' if len(columns) > 1 else ''}", f"T_x = {diagram.T_x}", f"T_y = {diagram.T_y}"]
    if diagram.path:
        read = "".join(chr(span.label) for span in diagram.reading)
        parts.append(f"the outputs {diagram.path.replace('_', '·')} read {read} without repeats and blanks")
    if any(column.reads == "y_hat" for column in columns):
        parts.append("outputs are fed back as the next input")
    if diagram.directions == 2:
        parts.append("two chains of states, one in each direction")
    if diagram.attention:
        parts.append("each output looks back at all encoder states")
    return ", ".join(parts)
