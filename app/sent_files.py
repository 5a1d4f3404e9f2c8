"""Files that are sent to become inputs: as the body itself, or in a form, as browsers send them."""

import re
from dataclasses import dataclass

from starlette.datastructures import UploadFile
from starlette.requests import Request

from unrolled import InvalidInput

PATHS = re.compile(r"/api/v1/media|/examples/[^/]+/file")  # where a body may be as large as a file
FIELDS = 8  # of a form, besides its one file


@dataclass(frozen=True)
class SentFile:
    """Hold a file: its type as declared, its name if it has one, and its bytes."""

    media_type: str
    name: str
    data: bytes


async def file_of(request: Request) -> tuple[SentFile, dict[str, str]]:
    """Read the file that a request brings, and the other fields of its form. Raises InvalidInput if there is none."""
    media_type = request.headers.get("content-type", "")
    if not media_type.lower().startswith("multipart/form-data"):
        return SentFile(media_type, "", await request.body()), {}
    async with request.form(max_files=1, max_fields=FIELDS) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        for value in form.values():
            if isinstance(value, UploadFile) and value.size:
                return SentFile(value.content_type or "", value.filename or "", await value.read()), fields
    raise InvalidInput("no file was chosen: choose one, or choose a sample")
