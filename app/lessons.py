"""The seven pictures of the lecture figure: what is taught about each, read from lessons.toml."""

import tomllib
from pathlib import Path

from latex2mathml.converter import convert
from markupsafe import Markup
from pydantic import Field

from app.figures.diagram import Diagram
from unrolled.document import Document


class Task(Document):
    """Name one class of tasks: what is read and what is emitted."""

    name: str
    x: str
    y: str


class Pitfall(Document):
    """Warn of one classic mistake."""

    title: str
    text: str


class Section(Document):
    """Go on about one thing that a topology can do besides."""

    title: str
    what: str
    diagram: Diagram
    equations: tuple[str, ...] = Field(description="LaTeX")
    note: str


class Lesson(Document):
    """Hold the content of one page."""

    slug: str
    title: str
    short: str
    diagram: Diagram
    T_x: str
    T_y: str
    what: str
    when: str
    reads: tuple[str, ...] = Field(description="LaTeX, one equation each")
    emits: tuple[str, ...] = Field(description="LaTeX, one equation each")
    note: str = "Written with a plain tanh cell; a GRU or an LSTM computes a⟨t⟩ by equations of its own."
    tasks: tuple[Task, ...]
    pitfalls: tuple[Pitfall, ...]
    section: Section | None = None

    @property
    def summary(self) -> str:
        """Give the first sentence of what it is."""
        return " ".join(self.what.split()).partition(". ")[0] + "."


def mathml(latex: str) -> Markup:
    """Typeset LaTeX as MathML, which browsers draw and screen readers read without any script."""
    return Markup(convert(latex, display="block"))  # noqa: S704 -- our own equations, never a visitor's


def _read_lessons() -> dict[str, Lesson]:
    content = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {
        slug: Lesson.model_validate({"slug": slug, "short": page["title"].lower(), **page})
        for slug, page in content.items()
    }


LESSONS = _read_lessons()
