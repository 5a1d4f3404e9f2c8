"""Figures as SVG, PDF and PNG, typeset by Typst: mathematics as in print, and fonts that come along."""

from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import orjson
import typst

from app.figures.colours import INK, PALETTES, line_colour
from app.figures.layout import Box, Figure, figure_of
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
    """List all that is drawn, coloured and spelled, as data for the template; `top` is how far down it all stands."""
    brackets = () if asked.bare else figure.brackets
    return {
        "width": figure.width,
        "height": figure.height + EDGE * len(brackets),
        "top": EDGE if any(bracket.role == "y" for bracket in brackets) else 0,
        "paper": asked.paper,
        "ink": INK,
        "boxes": [_box(box, figure.box_height, asked.colours, asked.notation) for box in figure.boxes],
        "edges": [
            {
                "line": edge.line,
                "head": edge.head,
                "dashed": edge.role == "back",
                "colour": line_colour(edge.role, asked.colours),
            }
            for edge in figure.edges
        ],
        "brackets": [{**asdict(bracket), "colour": PALETTES[asked.colours][bracket.role][1]} for bracket in brackets],
    }


def _box(box: Box, height: float, colours: Colours, notation: Notation) -> dict[str, Any]:
    fill, stroke = PALETTES[colours][box.role]
    held = box.holds if isinstance(box.holds, str) else parts_of(box.holds, notation)
    place = {"x": box.x, "y": box.y, "width": box.width, "height": height}
    return {**place, "fill": fill, "stroke": stroke, "dashed": box.dashed, "holds": held}
