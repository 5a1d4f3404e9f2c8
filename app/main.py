"""Puts the service together."""

from collections.abc import Mapping
from functools import cache

import torch
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

import unrolled
from app import api, pages
from app.assets import STATIC, BuiltFiles, FrontEnd, page_file
from app.errors import StartupError
from app.exception_handlers import add_exception_handlers
from app.gallery import Gallery, load_gallery
from app.middleware import BodyLimit, OneForm, SecurityHeaders, security_headers
from app.reference import DESCRIPTION, openapi_document
from app.rendering import Renderer
from app.sent_files import PATHS
from app.settings import Settings, read_settings
from models.example import Example

GZIP_LEVEL = 1  # level 6 takes 20 times as long as writing the trace, and saves little more


def create_app(settings: Settings, examples: Mapping[str, Example]) -> FastAPI:
    """Put an app together around loaded examples."""
    app = FastAPI(
        title="Unrolled",
        summary="Every value that a recurrent network computes, at every timestep.",
        description=DESCRIPTION,
        version=unrolled.__version__,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would trust `Host`; app.exception_handlers does not
    )
    app.state.gallery = Gallery(examples, settings)
    app.state.renderer = Renderer(settings, FrontEnd.read())
    app.state.security_headers = security_headers(settings.frame_ancestors)
    add_exception_handlers(app)
    app.include_router(api.router)
    app.router.routes.extend(pages.ROUTES)
    if (STATIC / "dist").is_dir():
        app.router.routes.append(Mount("/static/dist", BuiltFiles(directory=STATIC / "dist")))
    app.router.routes += [
        Mount("/static/reference", StaticFiles(packages=[("fastapi_offline", "static")])),
        Route("/static/{name}", page_file),
    ]

    def most_bytes(path: str) -> int:
        return settings.max_media_bytes if PATHS.fullmatch(path) else settings.max_body_bytes

    app.add_middleware(BodyLimit, limit_of=most_bytes, seconds=settings.body_seconds)
    app.add_middleware(GZipMiddleware, minimum_size=1024, compresslevel=GZIP_LEVEL)
    if settings.cors_origins:
        app.add_middleware(CORSMiddleware, allow_origins=settings.cors_origins, allow_methods=["GET", "POST"])
    app.add_middleware(OneForm)
    app.add_middleware(SecurityHeaders, headers=app.state.security_headers)
    app.openapi = cache(lambda: openapi_document(app, examples))  # written when first asked for
    return app


def application() -> FastAPI:
    """Read the environment, load the gallery, run each example once and make the app, which app.server then serves.

    Leaves with one line on stderr if that is impossible.
    """
    try:
        torch.set_num_threads(1)  # one for each run; more make small networks slower
        app = create_app(read_settings(), load_gallery())
        app.state.gallery.warm_up()
    except StartupError as error:
        raise SystemExit(f"unrolled cannot start: {error}") from None
    return app
