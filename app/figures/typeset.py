"""Figures as SVG, PDF and PNG, typeset by Typst: mathematics as in print, and fonts that come along."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import orjson
import typst

from app.figures.colours import INK, PALETTES, line_colour
from app.figures.layout import Box, Figure, figure_of
from app.figures.paths import Line
from app.figures.request import Colours, FigureRequest
from app.figures.signs import Notation, parts_of

TEMPLATE = Path(__file__).with_name("figure.typ")
EDGE = 20  # units over a figure, or under it, for a bracket
SHARP = 288  # pixels an inch: four for each point
Format = Literal["svg", "pdf", "png"]


def typeset(asked: FigureRequest, form: Format) -> bytes:
    """Draw what is asked for as a file of its own. Raises InvalidRequest for what cannot be drawn."""
    data = orjson.dumps(drawn_of(figure_of(asked.diagram), asked)).decode()
    made = typst.compile(str(TEMPLATE), format=form, ppi=SHARP, sys_inputs={"figure": data}, ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def drawn_of(figure: Figure, asked: FigureRequest) -> dict[str, Any]:
    """List all that is drawn, coloured and spelled, as data for the template."""
    brackets = () if asked.bare else figure.brackets
    top = EDGE if any(bracket.role == "y" for bracket in brackets) else 0
    return {
        "width": figure.width,
        "height": figure.height + EDGE * len(brackets),
        "paper": asked.paper,
        "ink": INK,
        "boxes": [_box(box, figure.box_height, top, asked.colours, asked.notation) for box in figure.boxes],
        "edges": [
            {
                "line": _line(edge.line, top),
                "head": _line(edge.head, top) if edge.head else None,
                "dashed": edge.role == "back",
                "colour": line_colour(edge.role, asked.colours),
            }
            for edge in figure.edges
        ],
        "brackets": [
            {
                "line": _line(bracket.line, top),
                "x": bracket.x,
                "y": bracket.y + top,
                "role": bracket.role,
                "length": bracket.length,
                "colour": PALETTES[asked.colours][bracket.role][1],
            }
            for bracket in brackets
        ],
    }


def _box(box: Box, height: float, top: float, colours: Colours, notation: Notation) -> dict[str, Any]:
    fill, stroke = PALETTES[colours][box.role]
    held = box.holds if isinstance(box.holds, str) else parts_of(box.holds, notation)
    place = {"x": box.x, "y": box.y + top, "width": box.width, "height": height}
    return {**place, "fill": fill, "stroke": stroke, "dashed": box.dashed, "holds": held}


def _line(line: Line, top: float) -> dict[str, Any]:
    def down(point: Sequence[float]) -> tuple[float, float]:
        return point[0], point[1] + top

    moves = [
        {"to": down(move.to), "controls": [down(point) for point in move.controls] if move.controls else None}
        for move in line.moves
    ]
    return {"start": down(line.start), "moves": moves, "closed": line.closed}
