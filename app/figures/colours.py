"""The colours of figures for paper: as on the pages, as on the lectures' slides, and for print without colours."""

from collections.abc import Mapping

from app.figures.layout import EdgeRole
from app.figures.request import Colours

INK, FAINT = "#1d2433", "#5c6675"
Palette = Mapping[str, tuple[str, str]]  # of x, a, y: the fill and the line of a box

PALETTES: Mapping[Colours, Palette] = {
    "unrolled": {"x": ("#fdf0e9", "#b94d1b"), "a": ("#e9f5f1", "#17795f"), "y": ("#eaf0fa", "#2b5fb8")},
    "lecture": {"x": ("#f8cecc", "#b85450"), "a": ("#d5e8d4", "#5f9150"), "y": ("#dae8fc", "#6c8ebf")},
    "grey": {"x": ("#ffffff", "#222222"), "a": ("#e4e4e4", "#222222"), "y": ("#ffffff", "#222222")},
}
ARCS: Mapping[Colours, str] = {"unrolled": "#a87b06", "lecture": "#b8860b", "grey": "#777777"}


def line_colour(role: EdgeRole, colours: Colours) -> str:
    """Say how an edge is coloured: arcs of attention stand out."""
    return ARCS[colours] if role == "att" else FAINT
