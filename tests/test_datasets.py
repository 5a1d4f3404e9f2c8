"""Data files: found locally, in the cache or fetched, and never used unless they are the known ones."""

import gzip
import hashlib
import io
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from models.datasets import DatasetError, Source, extract, files, fingerprint, known_sources, members, read

TEXT = b"emma\nolivia\n"
SHA = hashlib.sha256(TEXT).hexdigest()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name is the server's
        """Say nothing about each request."""


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("local", "cache", "web"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("UNROLLED_DATA", str(tmp_path / "local"))
    monkeypatch.setenv("UNROLLED_CACHE", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def web(places: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(places / "web")))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("names.txt", TEXT)
    return out.getvalue()


def tarred() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as file:
        entry = tarfile.TarInfo("package/names.txt")
        entry.size = len(TEXT)
        file.addfile(entry, io.BytesIO(TEXT))
    return out.getvalue()


def debian() -> bytes:
    members = {"debian-binary": b"2.0", "data.tar.gz": tarred()}
    header = "{:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n"
    body = b"".join(
        header.format(name, 0, 0, 0, 644, len(data)).encode() + data + b"\n" * (len(data) % 2)
        for name, data in members.items()
    )
    return b"!<arch>\n" + body


def test_a_local_copy_is_read_without_any_download(places: Path) -> None:
    (places / "local" / "names.txt").write_bytes(TEXT)
    assert read("names.txt", {"names.txt": Source("http://127.0.0.1:9/never", SHA)}) == TEXT


def test_a_local_copy_may_be_gzipped(places: Path) -> None:
    (places / "local" / "names.txt.gz").write_bytes(gzip.compress(TEXT))
    assert read("names.txt", {"names.txt": Source("http://127.0.0.1:9/never", SHA)}) == TEXT


def test_a_missing_file_is_fetched_once_and_then_kept(places: Path, web: str) -> None:
    (places / "web" / "names.txt").write_bytes(TEXT)
    sources = {"letters/names.txt": Source(f"{web}/names.txt", SHA)}
    assert read("letters/names.txt", sources) == TEXT
    (places / "web" / "names.txt").unlink()
    assert read("letters/names.txt", sources) == TEXT


def test_fetched_bytes_that_are_not_the_known_ones_are_refused_and_not_kept(places: Path, web: str) -> None:
    (places / "web" / "names.txt").write_bytes(b"<html>moved</html>")
    with pytest.raises(DatasetError, match="not the known"):
        read("names.txt", {"names.txt": Source(f"{web}/names.txt", SHA)})
    assert not any((places / "cache").iterdir())


def test_a_changed_local_copy_is_refused_by_its_path(places: Path) -> None:
    (places / "local" / "names.txt").write_bytes(TEXT + b"mallory\n")
    with pytest.raises(DatasetError, match=r"local/names\.txt"):
        read("names.txt", {"names.txt": Source("http://127.0.0.1:9/never", SHA)})


def test_a_source_that_does_not_answer_says_how_to_go_without_it(places: Path, web: str) -> None:
    with pytest.raises(DatasetError, match=r"404.*UNROLLED_DATA"):
        read("names.txt", {"names.txt": Source(f"{web}/gone.txt", SHA)})


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(DatasetError, match=r"characters/names\.txt"):
        read("characters/nomes.txt")


@pytest.mark.parametrize("archive", [zipped(), tarred(), debian()], ids=["zip", "tar", "deb"])
def test_a_member_is_taken_out_of_every_kind_of_archive(archive: bytes) -> None:
    assert extract(archive, "names.txt", "archive") == TEXT
    with pytest.raises(DatasetError, match=r"no 'other\.txt'"):
        extract(archive, "other.txt", "archive")


def test_every_known_source_has_an_address_and_a_whole_sha256() -> None:
    sources = known_sources()
    assert all(source.url.startswith("https://") for source in sources.values())
    assert all(len(bytes.fromhex(source.sha256)) == 32 for source in sources.values())


def packed_twice(*paths: str) -> tuple[bytes, bytes]:
    """Pack the same files as a tar in one order and as a zip in the other."""
    tar, zipped_ = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w:gz") as file:
        for path in paths:
            entry = tarfile.TarInfo(f"repository-1/{path}")
            entry.size = len(path)
            file.addfile(entry, io.BytesIO(path.encode()))
    with zipfile.ZipFile(zipped_, "w") as file:
        for path in reversed(paths):
            file.writestr(path, path.encode())
    return tar.getvalue(), zipped_.getvalue()


def test_files_of_an_archive_are_the_same_however_it_is_packed(places: Path, web: str) -> None:
    tar, zipped_ = packed_twice("tunes/a.abc", "tunes/b.abc", "tunes/readme.txt", "other/c.abc")
    wanted = {path: path.encode() for path in ("tunes/a.abc", "tunes/b.abc")}
    sha = hashlib.sha256(fingerprint(wanted)).hexdigest()
    source = Source(f"{web}/tunes.zip", sha, members=("tunes/*.abc",))
    (places / "web" / "tunes.zip").write_bytes(zipped_)
    assert list(files("tunes", {"tunes": source}).items()) == list(wanted.items())
    assert (places / "cache" / "tunes").read_bytes() == zipped_
    (places / "local" / "tunes").write_bytes(tar)
    assert files("tunes", {"tunes": source}) == wanted


def test_files_that_are_not_the_known_ones_or_no_archive_are_refused(places: Path) -> None:
    tar, _ = packed_twice("tunes/a.abc")
    (places / "local" / "tunes").write_bytes(tar)
    with pytest.raises(DatasetError, match="not the known"):
        files("tunes", {"tunes": Source("", "0" * 64, members=("tunes/*.abc",))})
    (places / "local" / "tunes").write_bytes(b"hello")
    with pytest.raises(DatasetError, match="no archive"):
        files("tunes", {"tunes": Source("", "0" * 64, members=("tunes/*.abc",))})


def test_a_file_that_was_made_of_its_source_says_how(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UNROLLED_DATA", raising=False)
    monkeypatch.setenv("UNROLLED_CACHE", str(tmp_path))
    made = Source("https://example.org/raw", "0" * 64, made="the first rows of it")
    with pytest.raises(DatasetError, match=r"the first rows of it; set UNROLLED_DATA"):
        read("a/b.txt", {"a/b.txt": made})


def test_files_of_a_debian_package_are_those_of_its_data() -> None:
    assert members(debian(), ("*.txt",), "here") == {"names.txt": TEXT}
    with pytest.raises(DatasetError, match="no archive"):
        members(b"!<arch>\n", ("*.txt",), "here")
