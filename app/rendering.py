"""Pages are rendered here: each is a typed context, and the template that it names."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.addresses import origin_of
from app.assets import FrontEnd, page_file_urls
from app.lessons import mathml
from app.settings import Settings
from unrolled import Decoding
from unrolled.viewer.page import inline_json as safe_json

TEMPLATES = Path(__file__).parent.parent / "templates"
Section = Literal["examples", "topologies", "figure", "api", ""]


@dataclass(frozen=True)
class Page:
    """Hold what every page needs; a subclass adds its own and names its template."""

    template: ClassVar[str]
    title: str
    description: str  # one sentence, for search engines and link previews
    section: ClassVar[Section] = ""


class Renderer:
    """Render pages."""

    def __init__(self, settings: Settings, front_end: FrontEnd) -> None:
        self._public_url = settings.public_url
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters.update(mathml=mathml, lengths=lengths, markdown=markdown, metric=metric)
        limits = Decoding.model_json_schema()["properties"]
        self.environment.globals.update(files=page_file_urls(), front_end=front_end, decoding_limits=limits)

    def render(self, request: Request, page: Page, status: int = 200) -> HTMLResponse:
        """Render a page; the templates see its context as `page`."""
        origin = origin_of(request.scope, self._public_url)
        html = self.environment.get_template(page.template).render(
            page=page, canonical=origin + quote(request.scope["path"]), origin=origin
        )
        return HTMLResponse(html, status, {"Cache-Control": "no-cache"})


def lengths(text: str) -> Markup:
    """Set T_x and T_y with their indices low."""
    return Markup(re.sub(r"T_([xy])", r"T<sub>\1</sub>", str(escape(text))))  # noqa: S704 -- escaped first


def metric(name: str) -> Markup:
    """Write the name of a metric in words: `bleu_T_x_1_to_7`."""
    return lengths(re.sub(r"_(?![xy](?:_|$))|(?<!T)_", " ", name))


_markdown = MarkdownIt("commonmark", {"html": False})


def markdown(text: str) -> Markup:
    """Set a text of our own in HTML, indices low; tags in it are shown, not obeyed."""
    return Markup(re.sub(r"\b([TΓ])_(\w)\b", r"\1<sub>\2</sub>", _markdown.render(text)))  # noqa: S704 -- html is off


def inline_json(document: bytes | str) -> Markup:
    """Make JSON safe to stand inside a script element."""
    return Markup(safe_json(document))  # noqa: S704 -- escaped for where it stands
