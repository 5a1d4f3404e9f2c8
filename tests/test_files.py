"""Archives that examples are measured on."""

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from pathlib import Path

import pytest

from models.files import ArchiveFormat
from unrolled import InvalidInput

SOUNDS = ArchiveFormat((".wav", ".flac"))
FILES = {"b/two.WAV": b"2", "a/one.wav": b"1", "notes.txt": b"", "a/._one.wav": b"left by a Mac"}
COMPRESSED = {"tar": bytes, "gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
WANTED = {"a/one.wav": b"1", "b/two.WAV": b"2"}


def packed(form: str) -> bytes:
    out = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in FILES.items():
                archive.writestr(name, data)
        return out.getvalue()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(folder_of("a"))
        for name, data in FILES.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return COMPRESSED[form](out.getvalue())


def folder_of(name: str) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(f"{name}.wav")  # named like a sound, and yet a folder
    entry.type = tarfile.DIRTYPE
    return entry


@pytest.mark.parametrize("form", ["zip", *COMPRESSED])
def test_the_files_of_an_archive_are_the_same_however_it_is_packed(form: str, tmp_path: Path) -> None:
    (tmp_path / "sounds").write_bytes(packed(form))
    assert list(SOUNDS.read(tmp_path / "sounds").items()) == list(WANTED.items())


@pytest.mark.parametrize(
    ("contents", "reason"),
    [
        (b"", "nothing in it"),
        (packed("gz")[:-40], "no archive"),
        (packed("zip")[:-20], "no archive"),
        (b"hello", "no archive"),
    ],
)
def test_what_is_no_archive_is_refused(contents: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "sounds").write_bytes(contents)
    with pytest.raises(InvalidInput, match=reason):
        SOUNDS.read(tmp_path / "sounds")


def test_an_archive_without_such_files_says_which_are_read(tmp_path: Path) -> None:
    (tmp_path / "sounds").write_bytes(packed("gz"))
    with pytest.raises(InvalidInput, match=r"no file in it ends in \.mp3"):
        ArchiveFormat((".mp3",)).read(tmp_path / "sounds")


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.files.LARGEST", 100_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("long.wav", bytes(200_000))
    (tmp_path / "bomb.zip").write_bytes(out.getvalue())
    with pytest.raises(InvalidInput, match="too long"):
        SOUNDS.read(tmp_path / "bomb.zip")
