"""How many traces a second the service gives, against a route that returns the same bytes ready-made."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import count

import httpx

from benchmarks.server import SENTENCE
from tools.live import free_port, wait_until_ready

ROUTE = "/api/v1/examples/sentiment/trace"
REQUESTS, CLIENTS, ROUNDS = 200, 8, 3
Send = Callable[[httpx.AsyncClient], Awaitable[httpx.Response]]


def measure_serving() -> None:
    """Print requests per second for both routes, timed in turns on one server in a process of its own."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.server", str(port)])
    try:
        wait_until_ready(server, address)
        asyncio.run(compare_routes(address))
    finally:
        server.terminate()
        server.wait(20)


async def compare_routes(address: str) -> None:
    """Ask both routes for the same trace, in turns."""
    words = count()
    async with httpx.AsyncClient(base_url=address, timeout=60) as client:
        ready_made = (await client.post("/ready-made", content=b"{}")).raise_for_status()
        recorded, ready = [], []
        for _ in range(ROUNDS):
            # A number at the end makes every sentence new, and keeps all of them the same length.
            recorded.append(await rate(client, lambda c: c.post(ROUTE, json={"input": f"{SENTENCE} {next(words):04}"})))
            ready.append(await rate(client, lambda c: c.post("/ready-made", content=b"{}")))
    size = len(ready_made.content)
    print(f"\nServing ({CLIENTS} clients, {REQUESTS} requests x {ROUNDS}, a trace of {size:,} bytes, gzip)")
    print(f"  POST {ROUTE}: {max(recorded):6.1f} requests/s")
    print(f"  the same bytes ready-made: {max(ready):22.1f} requests/s")
    print(f"  ratio: {max(recorded) / max(ready):.2f}x")


async def rate(client: httpx.AsyncClient, send: Send) -> float:
    """Send REQUESTS requests from CLIENTS clients; gives answers per second."""

    async def one_client() -> None:
        for _ in range(REQUESTS // CLIENTS):
            (await send(client)).raise_for_status()

    start = time.perf_counter()
    await asyncio.gather(*(one_client() for _ in range(CLIENTS)))
    return REQUESTS / (time.perf_counter() - start)
