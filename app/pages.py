"""The pages: each one a typed context and a template, rendered on the server."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import orjson
from markupsafe import Markup
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from app.api import gallery_of
from app.assets import ASK_AGAIN
from app.clients import client_of
from app.errors import Busy, MediaGone, NotFound, ServiceError, TooManyRequests
from app.exception_handlers import error_headers
from app.figures import Figure, figure_of
from app.figures.files import CALLED, Form
from app.figures.request import FigureRequest
from app.gallery import Gallery, RecordedRun
from app.lessons import LESSONS, Lesson
from app.problems import PROBLEM_TYPES, Problem, ProblemType, problem_of
from app.queries import trace_request
from app.rendering import Page, Renderer, inline_json
from app.schemas import ExampleDescription, TraceRequest
from app.sent_files import file_of
from models.example import Example
from models.inputs import InputKind, kind_of
from unrolled import InvalidRequest

WRONG = (InvalidRequest, ValidationError, TooManyRequests, Busy, MediaGone)  # what a page says beside its field
LONG_TRACE = 200_000  # bytes of JSON; a longer one would keep the page waiting for its own last line

FIGURES: Mapping[str, Figure] = {slug: figure_of(page.diagram) for slug, page in LESSONS.items()}


@dataclass(frozen=True)
class TopologyCard:
    """Show one topology in a list, with its examples."""

    lesson: Lesson
    figure: Figure
    examples: tuple[Example, ...]

    @property
    def href(self) -> str:
        """Lead to an example of it, or to its own page while there is none."""
        return f"/examples/{self.examples[0].slug}" if self.examples else f"/topologies/{self.lesson.slug}"


@dataclass(frozen=True)
class GalleryPage(Page):
    """List the topologies, the examples under each."""

    template = "gallery.html"
    section = "examples"
    topologies: tuple[TopologyCard, ...]


@dataclass(frozen=True)
class ExamplePage(Page):
    """Show one example and one run of it."""

    template = "example.html"
    section = "examples"
    topologies: tuple[TopologyCard, ...]
    example: Example
    asked: TraceRequest
    typed: str  # what stands in the field: the visitor's own text, even when it could not be read
    run: RecordedRun
    description_json: Markup
    trace_json: Markup  # empty where the script fetches it from trace_path, which is empty otherwise
    trace_path: str
    problem: Problem | None
    problem_json: Markup
    embedded: bool
    whole: str  # the address of the page around an embedded picture

    @property
    def others(self) -> tuple[Example, ...]:
        """List the other examples of the same topology."""
        card = next(card for card in self.topologies if card.lesson.slug == self.example.about.topology_page)
        return tuple(other for other in card.examples if other.slug != self.example.slug)

    @property
    def kind(self) -> InputKind[Any, Any]:
        """Find the kind of input that the example reads."""
        return kind_of(self.example.about.input)

    @property
    def accepts(self) -> str:
        """List the types of files that are worth sending; empty where a file holds no more than what one types."""
        return "" if set(self.kind.files) <= {"text/plain"} else ",".join(self.kind.files)

    @property
    def metrics(self) -> tuple[str, ...]:
        """List what the card measured, over all variants."""
        return tuple(dict.fromkeys(name for measured in self.example.card.results.values() for name in measured))


@dataclass(frozen=True)
class TopologiesPage(Page):
    """Compare the topologies."""

    template = "topologies.html"
    section = "topologies"
    topologies: tuple[TopologyCard, ...]


@dataclass(frozen=True)
class OneTopologyPage(Page):
    """Explain one topology."""

    template = "topology.html"
    section = "topologies"
    topologies: tuple[TopologyCard, ...]
    card: TopologyCard
    also: Figure | None  # of its section


@dataclass(frozen=True)
class FigurePage(Page):
    """Let visitors make a schematic figure."""

    template = "figure_maker.html"
    section = "figure"
    topologies: tuple[TopologyCard, ...]
    asked: FigureRequest
    query: str  # the address of the figure
    sentence: str
    forms: Mapping[Form, str]
    problem: Problem | None


@dataclass(frozen=True)
class ViewPage(Page):
    """Draw a trace that the visitor opens from a file, in the browser alone."""

    template = "view.html"


@dataclass(frozen=True)
class ProblemsPage(Page):
    """Explain the kinds of problem documents."""

    template = "problems.html"
    section = "api"
    kinds: tuple[ProblemType, ...]


@dataclass(frozen=True)
class ReferencePage(Page):
    """Hold Swagger UI, served from here."""

    template = "reference.html"
    section = "api"
    openapi_url: str


def topology_cards(gallery: Gallery) -> tuple[TopologyCard, ...]:
    """Pair every topology with its picture and its examples."""
    return tuple(TopologyCard(page, FIGURES[slug], gallery.of_topology(slug)) for slug, page in LESSONS.items())


def _render(request: Request, page: Page, status: int = 200) -> Response:
    renderer: Renderer = request.app.state.renderer
    return renderer.render(request, page, status)


async def index(request: Request) -> Response:
    """Show the gallery."""
    return _render(
        request,
        GalleryPage(
            "Unrolled: see recurrent networks work",
            "Type a sentence and watch a trained recurrent network read it, one timestep at a time.",
            topology_cards(gallery_of(request)),
        ),
    )


async def example(request: Request) -> Response:
    """Show an example with the run that the address asks for, or with its first sample beside what was wrong."""
    shown = gallery_of(request)[request.path_params["slug"]]
    try:
        asked = trace_request(shown, request.query_params)
        run = await _run(request, shown, asked)
    except WRONG as error:
        return await _example_page(request, shown, trace_request(shown, {}), error=error)
    return await _example_page(request, shown, asked, run)


async def send_file(request: Request) -> Response:
    """Make an input of the file that a form brings, and lead to the page that shows it."""
    gallery = gallery_of(request)
    shown = gallery[request.path_params["slug"]]
    try:
        file, fields = await file_of(request)
        kept = await gallery.keep(shown.slug, file, client_of(request.scope))
    except WRONG as error:
        return await _example_page(request, shown, trace_request(shown, {}), error=error)
    asked = {"input": kept.input, **{name: fields[name] for name in ("variant",) if name in fields}}
    return RedirectResponse(f"/examples/{shown.slug}?{urlencode(asked)}", 303)


async def _example_page(
    request: Request,
    shown: Example,
    asked: TraceRequest,
    run: RecordedRun | None = None,
    error: InvalidRequest | ValidationError | ServiceError | None = None,
) -> Response:
    """Show a run, or the example's first one beside what was wrong."""
    gallery = gallery_of(request)
    query = request.query_params
    run = run or await gallery.first_run(shown.slug)
    problem = problem_of(error, request.scope["path"]) if error else None
    headers = error_headers(error) if error else {}
    fetched = len(run.json) > LONG_TRACE and _may_fetch(request)
    own = f"?{request.url.query}" if request.url.query and not problem else ""
    page = ExamplePage(
        title=f"{shown.about.title} · Unrolled",
        description=shown.about.story,
        topologies=topology_cards(gallery),
        example=shown,
        asked=asked,
        typed=query.get("input", shown.text_of(asked.input) or ""),
        run=run,
        description_json=inline_json(ExampleDescription.of(shown).model_dump_json()),
        trace_json=Markup() if fetched else inline_json(run.json),
        trace_path=f"/examples/{shown.slug}/trace.json{own}" if fetched else "",
        problem=problem,
        problem_json=inline_json(problem.model_dump_json() if problem else orjson.dumps(None)),
        embedded=query.get("embed") == "1",
        whole=f"?{urlencode([(name, value) for name, value in query.multi_items() if name != 'embed'])}",
    )
    answer = _render(request, page, problem.status if problem else 200)
    answer.headers.update({**headers, "Vary": "Sec-Fetch-Dest"})
    return answer


async def _run(request: Request, shown: Example, asked: TraceRequest) -> RecordedRun:
    """Give the run that an address asks for; that of the bare address counts against no limit."""
    gallery = gallery_of(request)
    if asked == trace_request(shown, {}):
        return await gallery.first_run(shown.slug)
    return await gallery.run(shown.slug, asked, client_of(request.scope))


def _may_fetch(request: Request) -> bool:
    """Say whether a page's script may ask this site: not in a frame, which may be sandboxed and then belongs to none.

    Browsers without this header (Safari before 16.4) get the whole trace in the page, as everybody gets a short one.
    """
    return request.headers.get("sec-fetch-dest") == "document"


async def example_trace(request: Request) -> Response:
    """Give the trace of the page at the same address, for pages that leave a long one out."""
    shown = gallery_of(request)[request.path_params["slug"]]
    run = await _run(request, shown, trace_request(shown, request.query_params))
    return Response(run.json, headers={"Cache-Control": "no-cache"}, media_type="application/json")


async def thumbnail(request: Request) -> Response:
    """Send the small picture of an example's first run."""
    shown = gallery_of(request)[request.path_params["slug"]]
    if shown.thumbnail is None:
        raise NotFound(f"there is no thumbnail of '{shown.slug}'")
    return FileResponse(shown.thumbnail, headers={"Cache-Control": ASK_AGAIN})


async def topologies(request: Request) -> Response:
    """Compare the topologies."""
    return _render(
        request,
        TopologiesPage(
            "Topologies of recurrent networks · Unrolled",
            "Seven ways to wire a recurrent network, and what T_x and T_y are in each.",
            topology_cards(gallery_of(request)),
        ),
    )


async def topology(request: Request) -> Response:
    """Explain one topology."""
    kind = request.path_params["kind"]
    cards = topology_cards(gallery_of(request))
    card = next((card for card in cards if card.lesson.slug == kind), None)
    if card is None:
        raise NotFound(f"there is no topology '{kind}'; there are {', '.join(LESSONS)}")
    summary = " ".join(card.lesson.what.split())
    also = figure_of(card.lesson.section.diagram) if card.lesson.section else None
    return _render(request, OneTopologyPage(f"{card.lesson.title} · Unrolled", summary, cards, card, also))


def figure_request(query: Mapping[str, str]) -> FigureRequest:
    """Read a figure from an address, where an empty field says nothing. Raises pydantic's ValidationError."""
    return FigureRequest.model_validate_strings({name: value for name, value in query.items() if value})


async def figure_maker(request: Request) -> Response:
    """Show the figure that the address asks for, or what is wrong with it beside the first one."""
    query = request.query_params
    try:
        asked, problem = figure_request(query), None
        sentence = figure_of(asked.diagram).sentence
    except (InvalidRequest, ValidationError) as error:
        asked, problem = FigureRequest(), problem_of(error, request.scope["path"])
        sentence = figure_of(asked.diagram).sentence
    page = FigurePage(
        title="Draw an unrolled network · Unrolled",
        description="Make the schematic figure of a recurrent network, unrolled in time, for a paper or a slide.",
        topologies=topology_cards(gallery_of(request)),
        asked=asked,
        query="" if problem else f"?{request.url.query}" if request.url.query else "",
        sentence=sentence,
        forms=CALLED,
        problem=problem,
    )
    return _render(request, page, problem.status if problem else 200)


async def figure_as_file(request: Request) -> Response:
    """Send the figure that the address asks for."""
    form = request.path_params["form"]
    if form not in CALLED:
        raise NotFound(f"there is no figure as .{form}; there are {', '.join(CALLED)}")
    asked = figure_request(request.query_params)
    made = await gallery_of(request).figure(asked, form, client_of(request.scope))
    name = f"{asked.kind.replace('_', '-')}.{form}"
    headers = {"Cache-Control": "no-cache", "Content-Disposition": f'inline; filename="{name}"'}
    return Response(made.data, headers=headers, media_type=made.media_type)


async def view(request: Request) -> Response:
    """Show the page that draws a visitor's own trace; it asks for nothing once it is here."""
    return _render(
        request,
        ViewPage("Open a trace · Unrolled", "See your own recurrent network: a trace is drawn in your browser alone."),
    )


async def problems(request: Request) -> Response:
    """Explain every kind of problem document."""
    return _render(
        request,
        ProblemsPage("Problems · Unrolled", "What each error of the JSON API means.", tuple(PROBLEM_TYPES.values())),
    )


async def reference(request: Request) -> Response:
    """Show the API's reference."""
    return _render(
        request,
        ReferencePage("JSON API · Unrolled", "The reference of Unrolled's JSON API.", request.app.openapi_url),
    )


async def to_gallery(_request: Request) -> Response:
    """Lead on from an address that people shorten by hand."""
    return RedirectResponse("/")


ROUTES = (
    Route("/", index),
    Route("/examples", to_gallery),
    Route("/examples/{slug}", example),
    Route("/examples/{slug}/trace.json", example_trace),
    Route("/examples/{slug}/thumbnail.svg", thumbnail),
    Route("/examples/{slug}/file", send_file, methods=["POST"]),
    Route("/topologies", topologies),
    Route("/topologies/{kind}", topology),
    Route("/figure", figure_maker),
    Route("/figure.{form}", figure_as_file),
    Route("/view", view),
    Route("/problems", problems),
    Route("/docs", reference),
)
