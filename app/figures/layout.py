"""A diagram laid out as boxes and edges, before anything is drawn.

It knows no kinds of topology, only what columns read and emit. The macro `figure` of templates/figure.html draws it on
pages; `app.figures.typeset` and `app.figures.tikz` draw it for papers and slides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from app.figures.diagram import Diagram
from app.figures.paths import Line, Move, bend, head, straight
from app.figures.rows import GAP, HEIGHT, MARGIN, Chain, Grid, Rows
from app.figures.signs import Arrow, Sign
from unrolled.ctc import Stretch
from unrolled.topology import Column

Role = Literal["x", "a", "y"]
EdgeRole = Literal["x", "a", "y", "back", "att", "reverse"]
ARROWS: dict[str, Arrow] = {"forward": "→", "backward": "←"}
FOOT, TIP = 4, 1  # how far before a box an arrow's line ends, and its head


@dataclass(frozen=True)
class Box:
    """Place one input, state or output; x, y is the upper left corner. It holds a symbol, or a word."""

    role: Role
    x: float
    y: float
    width: float
    holds: Sign | str
    dashed: bool = False  # a state before the first step

    @property
    def symbol(self) -> str:
        """Write what it holds as plain text, with time counted from 1, as on the page."""
        return self.holds if isinstance(self.holds, str) else self.holds.text


@dataclass(frozen=True)
class Edge:
    """Draw one dependency: a line, and the head of its arrow."""

    role: EdgeRole
    line: Line
    head: Line | None = None


@dataclass(frozen=True)
class Bracket:
    """Mark a length: T_x under the inputs, T_y over the outputs; its text has its middle at x and its foot at y."""

    role: Role
    line: Line
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
    """Lay a diagram out: outputs above, states in the middle (a row for each layer and direction), inputs below.

    What is left of outputs that collapse stands over the outputs. Raises ConfigError or LengthError.
    """
    columns = diagram.columns
    grid = Grid.of(diagram, len(columns))
    rows = Rows.of(diagram)
    boxes: list[Box] = []
    edges: list[Edge] = []
    for column in columns:
        boxes += _boxes(column, diagram, rows, grid)
        edges += _column_edges(column, columns, rows, grid)
    if diagram.initial:
        for box, edge in _before_the_first(diagram, rows, grid):
            boxes.append(box)
            edges.append(edge)
    if diagram.attention:
        edges += _attention_edges(columns, rows, grid)
    boxes += [_span(span, grid) for span in diagram.reading]
    edges += [_foot(t, rows, grid) for span in diagram.reading for t in range(span.first, span.last + 1)]
    brackets = (*_bracket("x", columns, rows, grid), *_bracket("y", columns, rows, grid, diagram.reading))
    height = (rows.x if diagram.T_x else rows.chains[-1].y) + HEIGHT + MARGIN
    return Figure(grid.total, height, tuple(boxes), tuple(edges), brackets, _sentence(diagram, columns))


def _boxes(column: Column, diagram: Diagram, rows: Rows, grid: Grid) -> list[Box]:
    left = grid.left(column.t)
    boxes = [
        Box("a", left + chain.shift, chain.y, grid.width, _state(column, chain, diagram))
        for chain in rows.chains_of(column.part)
    ]
    if column.x is not None:
        words = diagram.x_words
        held = words[column.x] if column.x < len(words) else Sign("x", column.x + 1)
        boxes.append(Box("x", left, rows.x, grid.width, held))
    if column.y is not None:
        words = tuple(diagram.path.replace("_", "·")) or diagram.y_words
        held = words[column.y] if column.y < len(words) else Sign("y", column.y + 1)
        boxes.append(Box("y", left, rows.y, grid.width, held))
    return boxes


def _state(column: Column, chain: Chain, diagram: Diagram, t: int | None = None) -> Sign:
    """Name a state; a decoder behind an encoder has states of its own."""
    both = diagram.directions == 2 and (column.part == "encoder")
    return Sign(
        "s" if column.t > column.step else "a",
        column.step + 1 if t is None else t,
        chain.layer + 1 if diagram.layers > 1 else None,
        ARROWS[chain.direction] if both else "",
    )


def _column_edges(column: Column, columns: tuple[Column, ...], rows: Rows, grid: Grid) -> Iterator[Edge]:
    chains = rows.chains_of(column.part)
    yield from _upward(column, chains, rows, grid)
    if column.y_prev is not None:
        bottom, centre = chains[-1].y + HEIGHT, grid.centre(column.t)
        yield Edge("back", _fed_back(column.t, bottom, rows, grid), head((centre, bottom + TIP), "up"))
    if column.t + 1 < len(columns):
        onward = rows.chains_of(columns[column.t + 1].part)
        yield from (_onward(column.t, chain, grid) for chain in chains if chain in onward)


def _upward(column: Column, chains: Sequence[Chain], rows: Rows, grid: Grid) -> Iterator[Edge]:
    """Draw the edges from the input through the layers up to the output."""
    middle = grid.centre(column.t)
    for chain in chains:
        lane, under = middle + chain.lane, chain.y + HEIGHT
        if column.x is not None and chain.layer == 0:
            yield Edge("x", straight((lane, rows.x), (lane, under + FOOT)), head((lane, under + TIP), "up"))
        for below in (some for some in chains if some.layer == chain.layer - 1):
            yield Edge("a", _between_layers(below, chain, chains, middle), head((lane, under + TIP), "up"))
        if column.y is not None and chain.layer == chains[0].layer:
            foot = rows.y + HEIGHT
            yield Edge("y", straight((lane, chain.y), (lane, foot + FOOT)), head((lane, foot + TIP), "up"))


def _between_layers(below: Chain, above: Chain, chains: Sequence[Chain], middle: float) -> Line:
    """Lead from a state up to one of the next layer: on its own lane, and over to the other one between the layers."""
    start, end = (middle + below.lane, below.y), (middle + above.lane, above.y + HEIGHT + FOOT)
    if below.lane == above.lane:
        return straight(start, end)
    top = min(chain.y for chain in chains if chain.layer == below.layer)
    foot = max(chain.y for chain in chains if chain.layer == above.layer) + HEIGHT + FOOT
    over = (top + foot) / 2
    cross = Move((end[0], foot), ((start[0], over), (end[0], over)))
    return Line(start, (Move((start[0], top)), cross, Move(end)))


def _onward(t: int, chain: Chain, grid: Grid) -> Edge:
    """Draw the edge from a state to the next one, or from the next one back in a chain that runs backwards."""
    right, left = grid.left(t) + grid.width + chain.shift, grid.left(t + 1) + chain.shift
    y = chain.y + HEIGHT / 2
    if chain.direction == "backward":
        return Edge("reverse", straight((left, y), (right + FOOT, y)), head((right + TIP, y), "left"))
    return Edge("a", straight((right, y), (left - FOOT, y)), head((left - TIP, y), "right"))


def _before_the_first(diagram: Diagram, rows: Rows, grid: Grid) -> Iterator[tuple[Box, Edge]]:
    """Draw the states before the first step: at the left, or at the right of a chain that runs backwards."""
    columns = diagram.columns
    for chain in rows.chains_of(columns[0].part):
        backward = chain.direction == "backward"
        if backward and columns[-1].part != columns[0].part:
            continue  # a decoder stands there
        t = len(columns) if backward else -1
        sign = _state(columns[0], chain, diagram, len(columns) + 1 if backward else 0)
        box = Box("a", grid.left(t) + chain.shift, chain.y, grid.width, sign, dashed=True)
        yield box, _onward(t - 1 if backward else t, chain, grid)


def _fed_back(t: int, bottom: float, rows: Rows, grid: Grid) -> Line:
    """Draw the path from the output before, down between two columns, up into the state from below."""
    start, centre = grid.left(t - 1) + grid.width, grid.centre(t)
    between = grid.left(t) - (grid.pitch - grid.width) * 0.62
    over, under = rows.y + HEIGHT / 2, bottom + GAP * 0.8
    moves = (
        bend((start, over), (between, over), (between, over + 6)),
        Move((between, under - 5)),
        bend((between, under - 5), (between, under), (between + 5, under)),
        bend((between + 5, under), (centre, under), (centre, bottom + FOOT)),
    )
    return Line((start, over), moves)


def _attention_edges(columns: tuple[Column, ...], rows: Rows, grid: Grid) -> list[Edge]:
    """Draw what the last output looks at: an arc from every encoder state."""
    top, to = rows.chains_of("encoder")[0].y, rows.chains_of("decoder")[0].y
    last = grid.centre(columns[-1].t)
    starts = [grid.centre(column.t) for column in columns if column.part == "encoder"]
    height = min(top, to) - 13
    return [Edge("att", Line((x, top), (Move((last - 2, to - 1), ((x, height), (last, height))),))) for x in starts]


def _span(span: Stretch, grid: Grid) -> Box:
    """Place a label over the outputs that say it."""
    left = grid.left(span.first)
    return Box("y", left, MARGIN, grid.left(span.last) + grid.width - left, chr(span.label))


def _foot(t: int, rows: Rows, grid: Grid) -> Edge:
    """Lead from a label down to one of its outputs."""
    return Edge("y", straight((grid.centre(t), MARGIN + HEIGHT), (grid.centre(t), rows.y)))


def _bracket(
    role: Role, columns: tuple[Column, ...], rows: Rows, grid: Grid, left_of: Sequence[Stretch] = ()
) -> list[Bracket]:
    """Span the columns that read x, or those that emit y, or those that say what is left after a collapse."""
    marked = [c.t for c in columns if (c.x if role == "x" else c.y) is not None]
    if not marked:
        return []
    count = len(left_of) or len(marked)
    if left_of:
        marked = [left_of[0].first, left_of[-1].last]
    left, right = grid.left(marked[0]), grid.left(marked[-1]) + grid.width
    foot, bar, text = (rows.x + 18, rows.x + 22, rows.x + 34) if role == "x" else (MARGIN - 6, MARGIN - 10, MARGIN - 15)
    return [
        Bracket(role, straight((left, foot), (left, bar), (right, bar), (right, foot)), (left + right) / 2, text, count)
    ]


def _sentence(diagram: Diagram, columns: tuple[Column, ...]) -> str:
    parts = [f"{len(columns)} step{'s' if len(columns) > 1 else ''}", f"T_x = {diagram.T_x}", f"T_y = {diagram.T_y}"]
    if diagram.path:
        read = "".join(chr(span.label) for span in diagram.reading)
        parts.append(f"the outputs {diagram.path.replace('_', '·')} read {read} without repeats and blanks")
    if any(column.reads == "y_hat" for column in columns):
        parts.append("outputs are fed back as the next input")
    if diagram.layers > 1:
        parts.append(f"{diagram.layers} layers")
    if diagram.directions == 2:
        parts.append("two chains of states, one in each direction")
    if diagram.attention:
        parts.append("each output looks back at all encoder states")
    return ", ".join(parts)
