"""Write a trace as a page in one file: the diagram, what plays it, and all panels, without a server."""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template

import orjson

from unrolled.errors import NotBuilt
from unrolled.findings import Finding
from unrolled.trace import Trace
from unrolled.viewer.still import still_of

TITLE = "A recurrent network, unrolled"
DIGITS = 4  # as the service sends them: more cannot be seen
FOLDER = files("unrolled.viewer")


def page_of(trace: Trace, *, title: str = TITLE, findings: Sequence[Finding] = ()) -> str:
    """Write one HTML file that draws a trace and asks nobody for anything; findings stand beside the picture.

    The file opens from a disk. Raises NotBuilt if the package came without the script that draws.
    """
    script, style = built("viewer.js"), built("viewer.css")
    return Template((FOLDER / "page.html").read_text("utf-8")).substitute(
        allowed=f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'",
        title=escape(title),
        style=style,
        still=still_of(trace),
        trace=inline_json(trace.to_json(DIGITS)),
        findings=inline_json(orjson.dumps([finding.model_dump() for finding in findings])),
        script=script,
    )


@cache
def built(name: str) -> str:
    """Read one of the files that vite built, so that it can stand in a page: nothing in it ends its own element."""
    file = FOLDER / "built" / name
    if not file.is_file():
        raise NotBuilt(
            "the viewer has not been built, so there is nothing that draws a page: in a checkout run `make serve` "
            "or `tools/npm run viewer`, else install the package again from a wheel"
        )
    return file.read_text("utf-8").replace("</script", r"<\/script").replace("<!--", r"<\!--")


def inline_json(document: bytes | str) -> str:
    """Make JSON safe to stand inside a script element: no `<` can close it."""
    text = document.decode() if isinstance(document, bytes) else document
    return text.replace("<", "\\u003c")
