"""The JSON API, version 1."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError

from app.clients import client_of
from app.errors import UndecodableBody, UnsupportedMediaType
from app.figures.files import MEDIA_TYPES, FigureFileRequest
from app.gallery import Gallery
from app.lessons import LESSONS
from app.reference import problem_responses
from app.schemas import (
    ExampleDescription,
    ExampleSummary,
    Health,
    InputReading,
    KeptInput,
    ReadRequest,
    TopologySummary,
    TraceRequest,
)
from app.sent_files import file_of
from models.inputs import KINDS
from unrolled import Trace

JSON = "application/json"
FIGURE_TYPES = tuple(MEDIA_TYPES.values())
# What OpenAPI says of a body that is a file of any kind of input, or a form with one.
FILE_BODY = {
    "required": True,
    "content": {
        **{
            media_type: {"schema": {"type": "string", "format": "binary"}}
            for media_type in sorted({media_type for kind in KINDS.values() for media_type in kind.files})
        },
        "multipart/form-data": {
            "schema": {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}
        },
    },
}
ForExample = Annotated[str, Query(description="which example it is for: a slug; its kind of input says what is read")]
Slug = Annotated[str, Path(description="which example: one of the slugs that GET /api/v1/examples lists")]


class StrictRoute(APIRoute):
    """Read bodies strictly, before FastAPI does: declared as JSON, in UTF-8, and no number in quotes."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Check the body, then go on as usual."""
        go_on = super().get_route_handler()
        field = self.body_field.field_info if self.body_field else None
        body = TypeAdapter[Any](field.annotation) if field and field.annotation else None

        async def check_first(request: Request) -> Response:
            if body is not None:
                check_body(request.headers.get("content-type", ""), await request.body(), body)
            return await go_on(request)

        return check_first


def check_body(media_type: str, sent: bytes, body: TypeAdapter[Any]) -> None:
    """Raise UnsupportedMediaType, UndecodableBody or pydantic's ValidationError, unless a body is as it should be."""
    if media_type.partition(";")[0].strip().lower() != JSON:
        raise UnsupportedMediaType(media_type[:100])
    try:
        body.validate_json(sent, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        if first["type"] == "json_invalid":
            raise UndecodableBody(first["msg"][:1].lower() + first["msg"][1:]) from error
        raise


def gallery_of(request: Request) -> Gallery:
    """Find the gallery that the app was made with."""
    gallery: Gallery = request.app.state.gallery
    return gallery


async def in_gallery(request: Request) -> Gallery:
    """Find the gallery for a route; FastAPI would call a plain function in a thread, which costs more than the call."""
    return gallery_of(request)


async def asking(request: Request) -> str:
    """Name the client for a route."""
    return client_of(request.scope)


InGallery = Annotated[Gallery, Depends(in_gallery)]
Client = Annotated[str, Depends(asking)]
router = APIRouter(route_class=StrictRoute)


@router.get("/healthz", tags=["service"], summary="Is the service up?", operation_id="health")
async def health(gallery: InGallery) -> Health:
    """Answer once every example is loaded; made for container health checks."""
    return Health(examples=tuple(gallery.examples))


@router.get("/api/v1/examples", tags=["examples"], summary="List the examples", operation_id="listExamples")
async def list_examples(gallery: InGallery) -> list[ExampleSummary]:
    """List every trained network of the gallery, with where to find its page and its trace route."""
    return [ExampleSummary.of(example) for example in gallery.examples.values()]


@router.get(
    "/api/v1/examples/{slug}",
    tags=["examples"],
    summary="Describe one example",
    operation_id="describeExample",
    responses=problem_responses(404),
)
async def describe_example(slug: Slug, gallery: InGallery) -> ExampleDescription:
    """Describe what one example reads (its limits and samples), its variants, and what was measured (its card)."""
    return ExampleDescription.of(gallery[slug])


@router.post(
    "/api/v1/examples/{slug}/read",
    tags=["examples"],
    summary="Read an input, run nothing",
    operation_id="readInput",
    responses=problem_responses(400, 404, 408, 410, 413, 415, 422, 429),
)
async def read_input(slug: Slug, body: ReadRequest, gallery: InGallery, client: Client) -> InputReading:
    """Say what a network would read of an input: its words, pieces or characters, and which of them it does not know.

    What cannot be read gets the same problem document as from the trace route. Made to be called while a visitor types.
    """
    return await gallery.read(slug, body, client)


@router.post(
    "/api/v1/examples/{slug}/trace",
    tags=["examples"],
    summary="Record one run",
    operation_id="recordTrace",
    response_class=Response,
    response_model=None,
    responses={200: {"model": Trace, "description": "Everything that the network computed."}}
    | problem_responses(400, 404, 408, 410, 413, 415, 422, 429, 503),
)
async def record_trace(slug: Slug, body: TraceRequest, gallery: InGallery, client: Client) -> Response:
    """Run one network over an input and answer with every value that it computed, at every step.

    Sampling is seeded, so the same request always gets the same trace. Numbers are rounded to `digits` significant
    digits. See docs/trace.md for what each field means.
    """
    run = await gallery.run(slug, body, client)
    return Response(run.json, media_type=JSON)


@router.post(
    "/api/v1/media",
    tags=["examples"],
    summary="Make an input of a file",
    operation_id="sendFile",
    status_code=201,
    responses=problem_responses(400, 404, 408, 413, 422, 429),
    openapi_extra={"requestBody": FILE_BODY},
)
async def send_file(example: ForExample, request: Request, gallery: InGallery, client: Client) -> KeptInput:
    """Make an input of a file: a picture, a sound, a movement or a text, as the example's kind of input reads it.

    What is short gets its text form. What is too long for an address, a sound, is kept for a while, by a name that is
    made of what it is; send `input` of the answer as the input of a run. The body is the file itself, declared by its
    Content-Type, or a form with one file. Its limit is apart from that of other bodies: `UNROLLED_MAX_MEDIA_BYTES`.
    """
    file, _ = await file_of(request)
    return await gallery.keep(example, file, client)


@router.post(
    "/api/v1/figure",
    tags=["topologies"],
    summary="Draw a schematic figure",
    operation_id="drawFigure",
    response_class=Response,
    response_model=None,
    responses={
        200: {
            "description": "The figure, as a file of the format asked for.",
            "content": {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in FIGURE_TYPES},
        }
    }
    | problem_responses(400, 408, 413, 415, 422, 429),
)
async def draw_figure(body: FigureFileRequest, gallery: InGallery, client: Client) -> Response:
    """Draw a topology, unrolled, for a paper or a slide: no network runs. The page /figure makes the same."""
    made = await gallery.figure(body, body.format, client)
    return Response(made.data, media_type=made.media_type)


@router.get("/api/v1/topologies", tags=["topologies"], summary="List the topologies", operation_id="listTopologies")
async def list_topologies(gallery: InGallery) -> list[TopologySummary]:
    """List the seven pictures of the lecture figure, with the examples that show each."""
    return [TopologySummary.of(lesson, gallery.of_topology(lesson.slug)) for lesson in LESSONS.values()]


@router.get("/api/v1/schema/trace.json", tags=["schema"], summary="JSON Schema of a trace", operation_id="traceSchema")
async def trace_schema() -> dict[str, Any]:
    """Give the JSON Schema of what the trace route answers, for generating types."""
    return Trace.json_schema()
