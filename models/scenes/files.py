"""Files of scenes that somebody measures the networks on: lines of JSON, alone or with pictures in a zip archive."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from pydantic import TypeAdapter, ValidationError

from models.files import ArchiveFormat, BadLine, FileFormat, contents_of, lines_of
from models.inputs import Item
from models.inputs.kind import Strict
from models.inputs.picture import opened
from models.scenes.art import rasterised
from models.scenes.picture import PIXELS
from models.scenes.world import NAMES, sentence_of
from unrolled import InvalidInput

PACKED = ArchiveFormat((".jsonl", ".png", ".svg"))
MOST = 3  # things, as the sentences know no more


class Line(Strict):
    """Is one line of such a file: things, or the name of a picture, and what is to be said of it."""

    items: tuple[Item, ...] = ()
    picture: str | None = None
    sentence: str | None = None


@dataclass(frozen=True)
class Shown:
    """Hold one scene to be measured: its things, or its picture; and the right sentence."""

    items: tuple[Item, ...]
    picture: Image.Image | None
    sentence: str


@dataclass(frozen=True)
class Scenes:
    """Hold the scenes of a file, and the drawings that came along, which are used in place of a vendor's."""

    shown: tuple[Shown, ...]
    drawings: Mapping[str, Image.Image] = field(default_factory=dict)


@dataclass(frozen=True)
class ScenesFormat(FileFormat):
    """Reads lines of JSON; or a zip archive with such a file, the pictures that it names, and drawings (`cat.svg`)."""

    def read(self, path: Path) -> Any:
        """Read a file, which may be a pipe. Raises InvalidInput, BadLine if a line is at fault."""
        contents = contents_of(path)
        files = members(contents) if contents[:4] == b"PK\x03\x04" else {}
        if not files:
            files = {".jsonl": self.unpack(contents)}
        text = self.decode(next((data for name, data in files.items() if name.endswith(".jsonl")), b""))
        if not text.strip():
            raise InvalidInput("there is nothing in it, or nothing that ends in .jsonl", "path")
        drawings = {name: rasterised(files[f"{name}.svg"]) for name in NAMES if f"{name}.svg" in files}
        return Scenes(tuple(parse(text, files)), drawings)


def members(contents: bytes) -> dict[str, bytes]:
    """Unpack a zip archive: the names without folders -> bytes. Raises InvalidInput."""
    return {Path(name).name: data for name, data in PACKED.files_in(contents).items()}


def parse(text: str, files: Mapping[str, bytes]) -> Iterator[Shown]:
    """Read the lines; a sentence that is not given follows from the things. Raises BadLine."""
    for number, line in lines_of(text):
        try:
            read = TypeAdapter(Line).validate_json(line)
        except ValidationError as error:
            raise BadLine(number, f"it is no scene ({error.errors()[0]['msg']})") from None
        yield shown_of(read, number, files)


def shown_of(line: Line, number: int, files: Mapping[str, bytes]) -> Shown:
    """Make of a line what is shown. Raises BadLine."""
    strange = [item.name for item in line.items if item.name not in NAMES]
    if strange or len(line.items) > MOST:
        raise BadLine(number, f"there is no '{strange[0]}'" if strange else f"more than {MOST} things")
    if line.picture is not None:
        if line.picture not in files or line.sentence is None:
            raise BadLine(number, "a picture has to be in the archive, and to have its sentence")
        return Shown((), fitted(files[line.picture]), line.sentence)
    if not line.items:
        raise BadLine(number, "there are no things in it, and no picture")
    return Shown(line.items, None, line.sentence or sentence_of(line.items))


def fitted(data: bytes) -> Image.Image:
    """Scale a square picture to what the eye looks at. Raises InvalidInput."""
    return opened(data, "image/png").resize((PIXELS, PIXELS), Image.Resampling.BICUBIC)


def write(scenes: Iterable[Sequence[Item]]) -> str:
    """Write scenes with their sentences, as `parse` reads them."""
    lines = (json.dumps({"items": items, "sentence": sentence_of(items)}) for items in scenes)
    return "".join(f"{line}\n" for line in lines)
