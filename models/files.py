"""Files that somebody measures an example on: read once, whole, whatever they are; refused in a sentence.

A pipe is as good as a file, gzip and zip are unpacked, line ends and a byte order mark do not matter.
"""

import csv
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from unrolled import InvalidInput

LARGEST = 256 * 2**20  # bytes, unpacked
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # what no text holds; a form feed or an escape may


class BadLine(InvalidInput):
    """Says which line of a file cannot be read, counted from 1, and why."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}", "path")
        self.line, self.message = line, message


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Give the lines that are not blank, each with its number."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def contents_of(path: Path) -> bytes:
    """Read a file or a pipe, as it is, a little more than LARGEST bytes at most. Raises InvalidInput."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except FileNotFoundError:
        raise InvalidInput("there is no such file", "path") from None
    except IsADirectoryError:
        raise InvalidInput("this is a folder, not a file", "path") from None
    except (OSError, ValueError) as error:
        raise InvalidInput(f"it cannot be read ({getattr(error, 'strerror', None) or error})", "path") from None


@dataclass(frozen=True)
class FileFormat:
    """Say in which encodings a file may be (the first that fits counts), and how it is packed.

    `member` is how the file's name ends in a zip archive that holds others, too.
    """

    encodings: tuple[str, ...] = ("utf-8",)
    member: str = ""

    def read(self, path: Path) -> str:
        """Read a file, or a pipe, as text with plain line ends. Raises InvalidInput, BadLine if a line is at fault."""
        text = self.decode(self.unpack(contents_of(path)))
        if not text.strip():
            raise InvalidInput("there is nothing in it", "path")
        return text

    def unpack(self, contents: bytes) -> bytes:
        """Take contents out of gzip or a zip archive, if they are in one."""
        try:
            if contents[:2] == b"\x1f\x8b":
                contents = gzip.GzipFile(fileobj=io.BytesIO(contents)).read(LARGEST + 1)
            elif contents[:4] == b"PK\x03\x04":
                contents = self._from_archive(contents)
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
            raise InvalidInput(f"it is packed, and cannot be unpacked ({error})", "path") from None
        if len(contents) > LARGEST:
            raise InvalidInput(f"it is too long; up to {LARGEST // 2**20} MiB are read", "path")
        return contents

    def _from_archive(self, contents: bytes) -> bytes:
        with zipfile.ZipFile(io.BytesIO(contents)) as archive:
            names = [name for name in archive.namelist() if not name.endswith("/") and name.endswith(self.member)]
            if len(names) != 1:
                raise InvalidInput(f"{len(names)} files of this zip archive could be meant; unpack the one", "path")
            with archive.open(names[0]) as member:
                return member.read(LARGEST + 1)

    def decode(self, contents: bytes) -> str:
        """Turn bytes into text, without a byte order mark. Raises BadLine for what is no text in these encodings."""
        contents = contents.removeprefix(b"\xef\xbb\xbf")
        failed: UnicodeDecodeError | None = None
        for encoding in self.encodings:
            try:
                text = contents.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
            except UnicodeDecodeError as error:
                failed = failed or error
                continue
            if found := CONTROL.search(text):
                raise BadLine(text.count("\n", 0, found.start()) + 1, "this is no text, but something else")
            return text
        assert failed is not None
        line = contents.count(b"\n", 0, failed.start) + 1
        raise BadLine(
            line, f"byte 0x{contents[failed.start]:02x} is not {failed.encoding.upper()}; save the file as that"
        )


@dataclass(frozen=True)
class ArchiveFormat:
    """Say which files of an archive (zip, tar, packed or not) are read, by how their names end."""

    endings: tuple[str, ...]

    def read(self, path: Path) -> dict[str, bytes]:
        """Read the files of an archive, in the order of their paths. Raises InvalidInput."""
        contents = contents_of(path)
        if not contents.strip():
            raise InvalidInput("there is nothing in it", "path")
        found = self.files_in(contents)
        if not found:
            raise InvalidInput(f"no file in it ends in {', '.join(self.endings)}", "path")
        return found

    def files_in(self, contents: bytes) -> dict[str, bytes]:
        """Unpack the files that count, in the order of their paths; there may be none. Raises InvalidInput."""
        found: dict[str, bytes] = {}
        size = 0
        try:
            for name, member in self._opened(contents):
                found[name] = member.read(LARGEST + 1 - size)
                size += len(found[name])
                if max(size, len(contents)) > LARGEST:
                    raise InvalidInput(f"it is too long; up to {LARGEST // 2**20} MiB are read", "path")
        except (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile) as error:
            raise InvalidInput(f"it is no archive that can be unpacked ({error})", "path") from None
        except (RuntimeError, NotImplementedError) as error:  # a zip archive with a password, say
            raise InvalidInput(f"it cannot be unpacked ({error})", "path") from None
        return dict(sorted(found.items()))

    def _opened(self, contents: bytes) -> Iterator[tuple[str, IO[bytes]]]:
        if contents[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(contents)) as archive:
                for name in filter(self._counts, archive.namelist()):
                    with archive.open(name) as member:
                        yield name, member
            return
        with tarfile.open(fileobj=io.BytesIO(contents)) as archive:
            for entry in archive:
                if self._counts(entry.name) and (member := archive.extractfile(entry)):
                    yield entry.name, member

    def _counts(self, name: str) -> bool:
        return name.lower().endswith(self.endings) and not name.rpartition("/")[2].startswith(".")


def rows_of(text: str, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows of a CSV with a header, each with the number of its line; all of these columns are in it.

    Raises InvalidInput if a column is missing, BadLine for a row that is too short or no CSV.
    """
    rows = csv.DictReader(io.StringIO(text))
    try:
        if missing := set(columns) - set(rows.fieldnames or ()):
            raise InvalidInput(f"its first line has no columns {', '.join(map(repr, sorted(missing)))}", "path")
        for row in rows:
            if any(row[column] is None for column in columns):
                raise BadLine(rows.line_num, "this row is too short")
            yield rows.line_num, row
    except csv.Error as error:
        raise BadLine(rows.line_num, f"this is no CSV ({error})") from error
