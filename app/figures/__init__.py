"""Schematic figures of topologies: laid out once, and drawn on pages, as SVG, PDF and PNG, and as TikZ."""

from app.figures.diagram import Diagram
from app.figures.layout import Figure, figure_of

__all__ = ["Diagram", "Figure", "figure_of"]
