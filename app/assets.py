"""Files that the pages load: the few of the service itself, and what vite built from the front end."""

import hashlib
import json
import re
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any

from markupsafe import Markup
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from app.errors import NotFound

STATIC = Path(__file__).parent.parent / "static"
PAGE_FILES = ("favicon.svg", "preview.png", "theme.js", "reference.js")
FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
COMPRESSED = ".br"
SAME_NAMES = "emoji"  # the folder of files whose names hold no hash


def page_file_urls(folder: Path = STATIC) -> dict[str, str]:
    """Give each page file an address with its hash, so that it can be kept for ever: name -> URL."""
    hashes = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12] for name in PAGE_FILES}
    return {name: f"/static/{name}?v={digest}" for name, digest in hashes.items()}


async def page_file(request: Request) -> Response:
    """Serve one of the page files."""
    name = request.path_params["name"]
    if name not in PAGE_FILES:
        raise NotFound(f"there is no file '{name}' here")
    caching = FOREVER if "v" in request.query_params else ASK_AGAIN
    return FileResponse(STATIC / name, headers={"Cache-Control": caching})


def reads(coding: str, headers: Headers) -> bool:
    """Say whether a client names a content coding among those that it reads, not as one that it refuses (q=0)."""
    for offer in headers.get("accept-encoding", "").lower().split(","):
        name, _, quality = offer.partition(";")
        if name.strip() == coding:
            return not re.fullmatch(r"q=0(\.0*)?", quality.strip())
    return False


class BuiltFiles(StaticFiles):
    """Serve files whose names hold their hash, to be kept for ever, compressed where the build has done so.

    vite writes `name.br` beside a script or style sheet. Who asks for a range gets it of the file itself. The drawings
    of emoji keep their names from build to build, so browsers ask whether they still have the right ones.
    """

    def file_response(self, full_path: str | PathLike[str], *args: Any, **kwargs: Any) -> Response:
        """Add what lets it be kept, and be loaded in a sandboxed frame, whose origin is no longer ours."""
        response = super().file_response(full_path, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cache-Control"] = ASK_AGAIN if SAME_NAMES in Path(full_path).parts else FOREVER
        if str(full_path).endswith(COMPRESSED):
            response.headers["Vary"] = "Accept-Encoding"
            if response.status_code == 200:
                response.headers["Content-Encoding"] = "br"
        return response

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Choose the file; vite's own files (the manifest) stay inside."""
        if path.startswith(".") or path.endswith(COMPRESSED):
            raise NotFound("there is no such file here")
        headers = Headers(scope=scope)
        if reads("br", headers) and "range" not in headers and self.lookup_path(path + COMPRESSED)[1]:
            path += COMPRESSED
        return await super().get_response(path, scope)


@dataclass(frozen=True)
class FrontEnd:
    """Know which files vite made of each entry; empty as long as the front end has not been built."""

    manifest: dict[str, Any]

    @classmethod
    def read(cls, folder: Path = STATIC / "dist") -> "FrontEnd":
        """Read vite's manifest, if it is there."""
        manifest = folder / ".vite" / "manifest.json"
        return cls(json.loads(manifest.read_bytes()) if manifest.is_file() else {})

    @property
    def built(self) -> bool:
        """Say whether there is anything to load."""
        return bool(self.manifest)

    def tags(self, entry: str) -> Markup:
        """Write the tags that load one entry: its styles, its script, and the chunks that the script imports."""
        if entry not in self.manifest:
            return Markup()
        chunks = self._chunks(entry)
        styles = dict.fromkeys(style for chunk in chunks for style in self.manifest[chunk].get("css", ()))
        tags = [Markup('<link rel="stylesheet" href="/static/dist/{}">').format(style) for style in styles]
        for chunk in chunks[1:]:
            href = self.manifest[chunk]["file"]
            tags.append(Markup('<link rel="modulepreload" href="/static/dist/{}">').format(href))
        source = self.manifest[entry]["file"]
        tags.append(Markup('<script type="module" src="/static/dist/{}"></script>').format(source))
        return Markup("\n").join(tags)

    def _chunks(self, entry: str) -> list[str]:
        """List an entry and everything that it imports as it starts, each once."""
        found = [entry]
        for chunk in found:
            found += [name for name in self.manifest[chunk].get("imports", ()) if name not in found]
        return found
