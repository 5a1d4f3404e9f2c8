"""Serve the site with a route beside it that gives a trace's bytes ready-made: `python -m benchmarks.server PORT`.

A process of its own, so that who asks and who answers do not share an interpreter.
"""

import sys

import torch
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.gallery import load_gallery
from app.main import create_app
from app.server import server_config
from app.settings import Settings

SENTENCE = "There is nothing to like in this movie"


def main(port: int) -> None:
    """Serve until the process is ended; every run is recorded again, and no client is refused."""
    torch.set_num_threads(1)
    settings = Settings(port=port, rate_limit="", read_limit="", cache_bytes=0, log_level="error")
    examples = load_gallery()
    app = create_app(settings, examples)
    body = examples["sentiment"].trace(f"{SENTENCE} 0000").to_json(4)

    async def ready_made(request: Request) -> Response:
        await request.body()
        return Response(body, media_type="application/json")

    app.router.routes.insert(0, Route("/ready-made", ready_made, methods=["POST"]))
    uvicorn.Server(server_config(app, settings)).run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
