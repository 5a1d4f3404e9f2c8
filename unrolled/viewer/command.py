"""Draw a trace from the command line: `python -m unrolled view trace.json`."""

import argparse
import sys
import tempfile
import webbrowser
from pathlib import Path

from unrolled.errors import UnrolledError
from unrolled.viewer.page import page_of
from unrolled.viewer.reading import read_trace


def add_arguments(view: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    view.add_argument("trace", help="the JSON of a trace, as Trace.to_json() writes it; - reads it from standard input")
    view.add_argument("--out", type=Path, metavar="run.html", help="write the page there, and open no browser")
    view.add_argument("--title", help="what stands over the picture; the file's name, where nothing is said")


def view(asked: argparse.Namespace) -> None:
    """Write the page and open it, or leave with one line that says what is wrong."""
    try:
        document = sys.stdin.buffer.read() if asked.trace == "-" else Path(asked.trace).read_bytes()
        page = page_of(read_trace(document), title=asked.title or Path(asked.trace).stem.strip("-") or "trace")
        file = asked.out or _temporary()
        file.write_text(page, "utf-8")
    except UnrolledError as error:
        raise SystemExit(f"{asked.trace}: {error}") from None
    except OSError as error:
        raise SystemExit(f"{error.filename or asked.trace}: {error.strerror}") from None
    if asked.out or not webbrowser.open(file.as_uri()):
        sys.stdout.write(f"{file}\n")


def _temporary() -> Path:
    """Make a file that stays, because a browser reads it after this has ended."""
    with tempfile.NamedTemporaryFile(prefix="unrolled-", suffix=".html", delete=False) as file:
        return Path(file.name)
