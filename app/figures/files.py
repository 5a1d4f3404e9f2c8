"""Figures as files: which forms there are, and who writes each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from app.figures.request import FigureRequest
from app.figures.tikz import tikz
from app.figures.typeset import typeset

Form = Literal["svg", "pdf", "png", "tex"]


@dataclass(frozen=True)
class Made:
    """Hold a file."""

    data: bytes
    media_type: str


MEDIA_TYPES: Mapping[Form, str] = {
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "png": "image/png",
    "tex": "application/x-tex",
}
CALLED: Mapping[Form, str] = {"svg": "SVG", "pdf": "PDF", "png": "PNG", "tex": "TikZ (LaTeX)"}


class FigureFileRequest(FigureRequest):
    """Ask for a figure as a file."""

    format: Form = Field(default="svg", description="svg, pdf, png, or tex: TikZ in a LaTeX document of its own")


def figure_file(asked: FigureRequest, form: Form) -> Made:
    """Draw a figure as a file. Raises InvalidRequest for what cannot be drawn."""
    data = tikz(asked).encode() if form == "tex" else typeset(asked, form)
    return Made(data, MEDIA_TYPES[form])
