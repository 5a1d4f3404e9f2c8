"""Find an installed Chromium or Chrome, or install one: `python -m tools.chromium [--install]`."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC_APPS = ("Chromium", "Google Chrome", "Microsoft Edge")
# They keep a browser without a network from asking for updates.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OWN = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
WAYS_OUT = (
    "Found no Chromium or Chrome that starts. Install one (Debian, Ubuntu: apt-get install chromium), "
    "or say where it is: CHROMIUM=/path/to/chrome make test"
)


def candidates() -> Iterator[str]:
    """List the places to look in, the most deliberate first."""
    if chosen := os.environ.get("CHROMIUM"):
        yield chosen
    yield from (path for name in NAMES if (path := shutil.which(name)))
    yield from (f"/Applications/{app}.app/Contents/MacOS/{app}" for app in MAC_APPS)
    # In a process of its own: one that drives a browser already cannot start Playwright a second time.
    yield subprocess.run([sys.executable, "-c", OWN], capture_output=True, text=True, check=True).stdout.strip()


def starts(path: str) -> bool:
    """Tell whether a browser is there and finds its shared libraries."""
    if not Path(path).is_file():
        return False
    return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0


def find() -> str | None:
    """Give the path of the first browser that starts, or None."""
    return next((path for path in candidates() if starts(path)), None)


def launch_options() -> dict[str, Any]:
    """Say how Playwright starts the browser that is installed. Leaves with a message if there is none."""
    found = find()
    if not found:
        sys.exit(WAYS_OUT)
    # Chromium's sandbox cannot start as root, and the pages are our own.
    return {"executable_path": found, "chromium_sandbox": False, "args": list(FLAGS)}


def installers() -> Iterator[list[list[str]]]:
    """List the ways to install a browser: the system's package where we may, else Playwright's own build."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        yield [["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]]
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def install() -> str | None:
    """Install a browser in the first way that gives one that starts; gives its path, or None."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for commands in installers():
        for command in commands:
            print("$", *command, flush=True)
            if subprocess.run(command, stdin=subprocess.DEVNULL, env=environment, check=False).returncode:
                break
        if found := find():
            return found
    return None


def main() -> None:
    """Print the browser's path; end with a message that gives the way out if there is none."""
    found = find()
    if not found and "--install" in sys.argv[1:]:
        found = install()
    if not found:
        sys.exit(WAYS_OUT)
    print(found)


if __name__ == "__main__":
    main()
