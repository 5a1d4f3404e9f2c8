"""Run the real service beside a browser: on a free port, with the whole gallery, until the block ends."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
START_SECONDS = 120


def free_port() -> int:
    """Ask the system for a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def live_site() -> Iterator[str]:
    """Serve the site while the block runs; gives its address. Raises RuntimeError with the log if it stops early."""
    port = int(os.environ.get("UNROLLED_TEST_PORT", "0")) or free_port()
    address = f"http://127.0.0.1:{port}"
    unlimited = {"UNROLLED_RATE_LIMIT": "", "UNROLLED_READ_LIMIT": ""}
    environment = {**os.environ, **unlimited, "UNROLLED_PORT": str(port), "UNROLLED_LOG_LEVEL": "warning"}
    server = subprocess.Popen([sys.executable, "-m", "app"], cwd=ROOT, env=environment)
    try:
        wait_until_ready(server, address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    """Wait for /healthz to answer 200."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"the service ended with status {server.returncode} before it was ready")
        try:
            with urlopen(f"{address}/healthz", timeout=5):
                return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"the service was not ready after {START_SECONDS} seconds")
