"""Where the training data comes from: a folder of local copies, else the public source; always checked.

`read("characters/names.txt")` gives the bytes of a data file. It looks in `$UNROLLED_DATA` (the file or
its .gz), then in the cache folder, then fetches the public source into the cache. The sha256 of the contents
is known (`sources.toml`), so that nobody trains on something else than what the cards were measured with.
`files("music/nottingham.tar.gz")` gives the many files of an archive in the same way.
"""

import gzip
import hashlib
import io
import os
import tarfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import httpx

from unrolled.errors import UnrolledError


class DatasetError(UnrolledError):
    """Says that a data file is missing, cannot be fetched or is not the one that is known."""


@dataclass(frozen=True)
class Source:
    """Say where a file can be fetched and the sha256 of its contents; `member` is its path in an archive.

    Where many files of an archive are wanted, `members` lists patterns such as `folder/*.abc`, which the ends of their
    paths match, and the sha256 is that of all of them (`fingerprint`): archives are packed anew, their files stay.
    `made` says how the file was made of what stands there, where it cannot be fetched as it is.
    """

    url: str
    sha256: str
    member: str | None = None
    members: Sequence[str] = ()
    made: str = ""


def known_sources() -> dict[str, Source]:
    """Read the table of sources, `sources.toml`: file name -> source."""
    table = tomllib.loads((Path(__file__).parent / "sources.toml").read_text("utf-8"))
    return {name: Source(**entry) for name, entry in table.items()}


def cache_folder() -> Path:
    """Give the folder that fetched files are kept in: `$UNROLLED_CACHE`, else ~/.cache/unrolled."""
    return Path(os.environ.get("UNROLLED_CACHE") or Path.home() / ".cache" / "unrolled")


def read(name: str, sources: dict[str, Source] | None = None) -> bytes:
    """Read a data file by its name, `folder/file`, from the local copies, the cache or its public source.

    Raises DatasetError if the name is unknown, nothing can be fetched, or the sha256 is another.
    """
    source = _source(name, sources)
    for path in _places(name):
        for file in (path, path.with_name(path.name + ".gz")):
            if file.exists():
                found = file.read_bytes()
                return checked(gzip.decompress(found) if file.suffix == ".gz" else found, source, str(file))
    return _kept(name, checked(fetch(source), source, source.url))


def files(name: str, sources: dict[str, Source] | None = None) -> dict[str, bytes]:
    """Read the wanted files of an archive: the path of each, as far as its pattern names it -> its contents, in order.

    Looks in the same places as `read`. Raises DatasetError if the name is unknown, nothing can be fetched, or the
    files are not the known ones.
    """
    source = _source(name, sources)
    local = next(filter(Path.exists, _places(name)), None)
    archive, place = (local.read_bytes(), str(local)) if local else (fetch(source), source.url)
    found = members(archive, source.members, place)
    checked(fingerprint(found), source, place)
    if local is None:
        _kept(name, archive)
    return found


def fingerprint(found: dict[str, bytes]) -> bytes:
    """Write the names of files with the sha256 of each, a line a file: what the sha256 of many files is taken of."""
    return "".join(f"{hashlib.sha256(contents).hexdigest()}  {path}\n" for path, contents in found.items()).encode()


def _source(name: str, sources: dict[str, Source] | None) -> Source:
    known = known_sources() if sources is None else sources
    if name not in known:
        raise DatasetError(f"there is no data file '{name}'; known are {', '.join(sorted(known))}")
    return known[name]


def _places(name: str) -> list[Path]:
    local = os.environ.get("UNROLLED_DATA")
    return ([Path(local) / name] if local else []) + [cache_folder() / name]


def _kept(name: str, contents: bytes) -> bytes:
    keep = cache_folder() / name
    keep.parent.mkdir(parents=True, exist_ok=True)
    keep.write_bytes(contents)
    return contents


def checked(contents: bytes, source: Source, place: str) -> bytes:
    """Give the contents back if their sha256 is the known one; else raise DatasetError, naming the place."""
    found = hashlib.sha256(contents).hexdigest()
    if found != source.sha256:
        raise DatasetError(f"{place}: its sha256 is {found[:12]}..., not the known {source.sha256[:12]}...")
    return contents


def fetch(source: Source) -> bytes:
    """Download a source and take its member out of the archive. Raises DatasetError, naming the address."""
    if source.made:
        raise DatasetError(f"{source.url}: {source.made}; set UNROLLED_DATA to a folder that holds it")
    try:
        answer = httpx.get(source.url, follow_redirects=True, timeout=60).raise_for_status()
    except httpx.HTTPError as error:
        raise DatasetError(f"{source.url}: {error}; or set UNROLLED_DATA to local copies") from error
    return answer.content if source.member is None else extract(answer.content, source.member, source.url)


def extract(archive: bytes, member: str, place: str) -> bytes:
    """Take one member out of a zip file or wheel, a tar file, or a Debian package."""
    try:
        if archive.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(archive)) as file:
                return file.read(member)
        if archive.startswith(b"!<arch>\n"):
            archive = _data_of_deb(archive)
        with tarfile.open(fileobj=io.BytesIO(archive)) as file:
            path = next(n for n in file.getnames() if n == member or n.endswith("/" + member))
            found = file.extractfile(path)
            return found.read() if found else b""
    except (KeyError, StopIteration, tarfile.TarError, zipfile.BadZipFile) as error:
        raise DatasetError(f"{place}: there is no '{member}' in this archive") from error


def members(archive: bytes, patterns: Sequence[str], place: str) -> dict[str, bytes]:
    """Take the files whose paths end as one of the patterns out of a zip file, wheel or tar file, in order.

    A file is named by as many parts of its path as its pattern has. Raises DatasetError for what is no archive.
    """
    found: dict[str, bytes] = {}
    try:
        for path, contents in _entries(archive):
            for pattern in patterns:
                named = "/".join(path.split("/")[-pattern.count("/") - 1 :])
                if fnmatch(named, pattern):
                    found[named] = contents
    except (KeyError, tarfile.TarError, zipfile.BadZipFile, EOFError) as error:
        raise DatasetError(f"{place}: it is no archive that can be unpacked ({error})") from error
    return dict(sorted(found.items()))


def _entries(archive: bytes) -> Iterator[tuple[str, bytes]]:
    if archive.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(archive)) as file:
            yield from ((name, file.read(name)) for name in file.namelist() if not name.endswith("/"))
        return
    if archive.startswith(b"!<arch>\n"):
        archive = _data_of_deb(archive)
    with tarfile.open(fileobj=io.BytesIO(archive)) as file:
        for entry in file:
            if entry.isfile() and (member := file.extractfile(entry)):
                yield entry.name, member.read()


def _data_of_deb(archive: bytes) -> bytes:
    """Find data.tar.* among the members of a Debian package, which is an `ar` archive of three files."""
    at = len(b"!<arch>\n")
    while at < len(archive):
        name, size = archive[at : at + 16].strip(), int(archive[at + 48 : at + 58])
        at += 60
        if name.startswith(b"data.tar"):
            return archive[at : at + size]
        at += size + size % 2
    raise KeyError("data.tar")
