"""How many traces a second the service gives, against a route that returns the same bytes ready-made."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from itertools import count

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.gallery import load_gallery
from app.main import create_app
from app.settings import Settings

ROUTE = "/api/v1/examples/sentiment/trace"
SENTENCE = "There is nothing to like in this movie"
REQUESTS, CLIENTS, ROUNDS = 200, 8, 3
Send = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


def measure_serving() -> None:
    """Print requests per second for both routes, timed in turns on one server."""
    app = create_app(Settings(rate_limit="", cache_bytes=0), load_gallery())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        port = wait_for(server)
        asyncio.run(compare_routes(app, f"http://127.0.0.1:{port}"))
    finally:
        server.should_exit = True
        thread.join(10)


def wait_for(server: uvicorn.Server) -> int:
    """Wait until a server listens; gives its port."""
    for _ in range(600):
        if server.started:
            return server.servers[0].sockets[0].getsockname()[1]
        time.sleep(0.05)
    raise SystemExit("the server did not start within 30 s")


async def compare_routes(app: FastAPI, address: str) -> None:
    """Ask both routes for the same trace, in turns."""
    words = count()
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        first = await client.post(ROUTE, json={"input": SENTENCE})
        first.raise_for_status()
        add_ready_made(app, first.content)
        recorded, ready = [], []
        for _ in range(ROUNDS):
            # A number at the end makes every sentence new, and keeps all of them the same length.
            recorded.append(await rate(client, lambda c: c.post(ROUTE, json={"input": f"{SENTENCE} {next(words):04}"})))
            ready.append(await rate(client, lambda c: c.post("/ready-made", content=b"{}")))
    print(
        f"\nServing ({CLIENTS} clients, {REQUESTS} requests x {ROUNDS}, a trace of {len(first.content):,} bytes, gzip)"
    )
    print(f"  POST {ROUTE}: {max(recorded):6.1f} requests/s")
    print(f"  the same bytes ready-made: {max(ready):22.1f} requests/s")
    print(f"  ratio: {max(recorded) / max(ready):.2f}x")


def add_ready_made(app: FastAPI, body: bytes) -> None:
    """Add a route that returns the bytes as they are, behind the same middleware."""

    async def ready_made(request: Request) -> Response:
        await request.body()
        return Response(body, media_type="application/json")

    app.router.routes.insert(0, Route("/ready-made", ready_made, methods=["POST"]))


async def rate(client: httpx.AsyncClient, send: Send) -> float:
    """Send REQUESTS requests from CLIENTS clients; gives answers per second."""

    async def one_client() -> None:
        for _ in range(REQUESTS // CLIENTS):
            (await send(client)).raise_for_status()

    start = time.perf_counter()
    await asyncio.gather(*(one_client() for _ in range(CLIENTS)))
    return REQUESTS / (time.perf_counter() - start)
