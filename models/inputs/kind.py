"""What a kind of input is: how it is sent, what its limits are, and how it is written in an address."""

import hashlib
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from unrolled import InvalidInput

REFERENCE = re.compile(r"@([0-9a-f]{16})", re.ASCII)
# What a file is by the end of its name, where nobody says or the system does not know.
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".fa": "text/x-fasta",
    ".fasta": "text/x-fasta",
    ".flac": "audio/flac",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".png": "image/png",
    ".txt": "text/plain",
    ".wav": "audio/wav",
    ".webm": "audio/webm",
    ".webp": "image/webp",
}


def name_of(data: bytes) -> str:
    """Name a value by what it is made of, as references do."""
    return hashlib.sha256(data).hexdigest()[:16]


class Strict(BaseModel):
    """Is the base of what stands on the wire and in files here: immutable, with known fields only."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class Spec(Strict):
    """Tell a page what to offer, and which limits to announce; each kind adds its own.

    `max_steps` counts the steps (T_x, or T_y of a decoder). A network that may start from nothing needs no input.
    """

    label: str
    help: str = ""
    required: bool = True
    max_steps: int


V = TypeVar("V")
S = TypeVar("S", bound=Spec)


class InputKind(ABC, Generic[V, S]):
    """Is one kind of input. Its text form stands in addresses, in samples, and wherever a bare string is sent.

    A value that is too long for an address has none there: it is kept under a name, and `@` and that name stand for it.
    """

    name: str
    called: str  # in a sentence: "this example reads a drawing"
    files: Mapping[str, Callable[[bytes, S], V]] = {}  # media type -> what makes a value of such a file
    typed: bool = True  # whether people type and read its text form
    private: bool = False  # true for what no disk may hold, and memory for minutes alone

    @abstractmethod
    def from_text(self, text: str, spec: S) -> V:
        """Read the text form. Raises InvalidInput, with the way out."""

    def changes(self, sent: Any, spec: S) -> tuple[str, ...]:
        """Say what `from_text` changes of what was sent before anything reads it, a plain sentence each."""
        return ()

    def notices(self, value: V, spec: S) -> tuple[str, ...]:
        """Say why a network may not understand a value that it nevertheless reads, a plain sentence each."""
        return ()

    @abstractmethod
    def to_text(self, value: V) -> str | None:
        """Write the text form, which `from_text` reads back; None for a value that is too long for an address."""

    @abstractmethod
    def check(self, value: V, spec: S) -> V:
        """Hold a value against an example's limits. Raises InvalidInput, with the way out."""

    def type_of(self, declared: str, file_name: str = "") -> str:
        """Say which type a file has: the declared one if this kind reads it, else the one that its name ends in."""
        media_type = declared.partition(";")[0].strip().lower()
        by_name = MEDIA_TYPES.get(PurePath(file_name).suffix.lower(), media_type)
        return media_type if media_type in self.files else by_name

    def from_file(self, media_type: str, data: bytes, spec: S) -> V:
        """Make a value of a file, not yet checked. Raises InvalidInput, with the way out."""
        if read := self.files.get(media_type):
            return read(data, spec)
        ends = ", ".join(end for end, media_type in MEDIA_TYPES.items() if media_type in self.files)
        takes = f"a file that ends in one of {ends}" if ends else "no files at all"
        raise InvalidInput(f"a file of the type '{media_type[:60]}' cannot be read as {self.called}; send {takes}")

    def reference_of(self, sent: Any) -> str | None:
        """Find the name of a value that is kept elsewhere, if one was sent in place of the value."""
        found = REFERENCE.fullmatch(sent) if isinstance(sent, str) else None
        return found[1] if found else None

    def is_one(self, sent: Any) -> bool:
        """Say whether what was sent as an object is a value of this kind; text is not sent as an object."""
        return getattr(sent, "kind", None) == self.name

    def read(self, sent: Any, spec: S) -> V:
        """Read what was sent, a bare string or an object, and check it. Raises InvalidInput."""
        if self.reference_of(sent):
            raise InvalidInput(
                f"{self.called} that was kept under this name is gone: send it again, or choose a sample"
            )
        if isinstance(sent, str):
            return self.check(self.from_text(sent, spec), spec)
        if self.is_one(sent):
            return self.check(sent, spec)
        raise InvalidInput(f"this example reads {self.called}; that is a {sent.kind}")


def too_many(count: int, unit: str, most: int, way_out: str = "") -> InvalidInput:
    """Say that there is more of something than an example reads."""
    return InvalidInput(f"{count} {unit} are too many; this example reads up to {most}{way_out and f': {way_out}'}")
