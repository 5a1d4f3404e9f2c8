"""Figures as TikZ: a document of its own, whose picture can be taken into any other."""

from app.figures.colours import FAINT, PALETTES, line_colour
from app.figures.layout import Box, Bracket, Edge, Figure, figure_of
from app.figures.paths import Line, Point
from app.figures.request import FigureRequest
from app.figures.signs import Notation, parts_of

# What LaTeX would read as its own, and what it writes instead.
SPECIAL = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip


def tikz(asked: FigureRequest) -> str:
    """Write what is asked for as a LaTeX document. Raises InvalidRequest for what cannot be drawn."""
    figure = figure_of(asked.diagram)
    colours = PALETTES[asked.colours]
    defined = [
        line
        for role, (fill, stroke) in colours.items()
        for line in (_colour(f"{role}fill", fill), _colour(f"{role}line", stroke))
    ]
    styles = [f"  {role}box/.style={{box, fill={role}fill, draw={role}line}}," for role in colours]
    brackets = [] if asked.bare else [line for bracket in figure.brackets for line in _bracket(bracket)]
    return "\n".join(
        (
            f"% {figure.sentence}",
            r"\documentclass[tikz,border=4pt]{standalone}",
            r"\usepackage[utf8]{inputenc}",
            r"\usepackage[T1]{fontenc}",
            *defined,
            _colour("faint", FAINT),
            _colour("att", line_colour("att", asked.colours)),
            r"\begin{document}",
            r"\begin{tikzpicture}[x=2pt, y=-2pt, line width=0.9pt, font=\small,",
            f"  box/.style={{rounded corners=3pt, minimum height={2 * figure.box_height:g}pt, inner sep=0pt}},",
            *styles,
            "]",
            *(line for edge in figure.edges for line in _edge(edge)),
            *(_box(box, figure, asked.notation) for box in figure.boxes),
            *brackets,
            r"\end{tikzpicture}",
            r"\end{document}",
            "",
        )
    )


def escaped(text: str) -> str:
    """Write a word so that LaTeX shows it, whatever it is."""
    return "".join(SPECIAL.get(character, character) for character in text)


def _colour(name: str, value: str) -> str:
    return rf"\definecolor{{{name}}}{{HTML}}{{{value[1:].upper()}}}"


def _point(point: Point) -> str:
    return f"({point[0]:.5g},{point[1]:.5g})"


def _path(line: Line) -> str:
    parts = [_point(line.start)]
    for move in line.moves:
        if move.controls:
            parts.append(f".. controls {_point(move.controls[0])} and {_point(move.controls[1])} .. {_point(move.to)}")
        else:
            parts.append(f"-- {_point(move.to)}")
    return " ".join((*parts, "-- cycle") if line.closed else parts)


def _edge(edge: Edge) -> list[str]:
    colour = "att" if edge.role == "att" else "faint"
    dashed = ", dashed" if edge.role == "back" else ""
    drawn = [rf"\draw[{colour}{dashed}] {_path(edge.line)};"]
    return drawn + ([rf"\fill[{colour}] {_path(edge.head)};"] if edge.head else [])


def _box(box: Box, figure: Figure, notation: Notation) -> str:
    middle = _point((box.x + box.width / 2, box.y + figure.box_height / 2))
    dashed = ", dashed" if box.dashed else ""
    held = escaped(box.holds) if isinstance(box.holds, str) else f"${parts_of(box.holds, notation).latex}$"
    return rf"\node[{box.role}box{dashed}, minimum width={2 * box.width:g}pt] at {middle} {{{held}}};"


def _bracket(bracket: Bracket) -> list[str]:
    colour = f"{bracket.role}line"
    said = rf"$T_{bracket.role} = {bracket.length}$"
    place = _point((bracket.x, bracket.y - 2))
    return [rf"\draw[{colour}] {_path(bracket.line)};", rf"\node[{colour}] at {place} {{{said}}};"]
