"""Flickr8k (Hodosh et al., 2013): 892 photos with five captions each, and the captions of 7,091 more.

Its photos are here to learn from; none is shipped.
"""

import gzip
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models import datasets
from models.files import ArchiveFormat, BadLine, FileFormat, lines_of
from models.training import split_by_hash

FORMATS = (".jpg", ".jpeg", ".png", ".webp")
TABLES = (".tsv", ".tsv.gz", ".txt")  # of captions
WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*", re.ASCII)
SHARES = (0.9, 0.1)  # training, development; by the hash of the photo's name
Captions = Mapping[str, list[str]]  # the name of a photo -> its captions


@dataclass(frozen=True)
class Photo:
    """Hold one photo as a file, with its captions."""

    name: str
    data: bytes
    captions: tuple[str, ...]


def words_of(caption: str) -> list[str]:
    """Split a caption into words, lower case: "A dog's ball." -> a, dog's, ball."""
    return WORD.findall(caption.lower())


def parse(text: str) -> Captions:
    """Read lines of a photo's name (`#0` behind it does not matter), a tab and a caption. Raises BadLine."""
    found: dict[str, list[str]] = {}
    for number, line in lines_of(text):
        name, tab, caption = line.partition("\t")
        if not tab or not words_of(caption):
            raise BadLine(number, "a line holds the name of a photo, a tab, and a caption")
        found.setdefault(name.partition("#")[0].strip(), []).append(caption.strip())
    return found


class PhotosFormat(ArchiveFormat):
    """Reads an archive of photos; their captions are in it, or in a file beside it whose name begins with captions."""

    def __init__(self) -> None:
        super().__init__((*FORMATS, *TABLES))

    def read(self, path: Path) -> dict[str, bytes]:
        """Read the photos and the captions of an archive. Raises InvalidInput."""
        found = super().read(path)
        if not any(name.lower().endswith(TABLES) for name in found):
            beside = (file for end in TABLES for file in sorted(path.parent.glob(f"captions*{end}")))
            found.update({file.name: file.read_bytes() for file in beside if file.is_file()})
        return found


def captions_in(files: Mapping[str, bytes]) -> Captions:
    """Read the captions among the files of an archive. Raises BadLine."""
    found: dict[str, list[str]] = {}
    for name, data in files.items():
        if name.lower().endswith(TABLES):
            text = FileFormat().decode(gzip.decompress(data) if name.endswith(".gz") else data)
            found.update(parse(text))
    return found


@cache
def captions() -> Captions:
    """Read all captions."""
    return parse(datasets.read("photos/captions.tsv").decode())


@cache
def photos() -> tuple[Photo, ...]:
    """Read the photos, in the order of their names."""
    files = datasets.files("photos/photos_900.tar")
    return tuple(Photo(name, data, tuple(captions()[name])) for name, data in files.items())


def split(found: Iterable[Photo]) -> tuple[list[Photo], list[Photo]]:
    """Split photos into those for training and those for development."""
    training, development = split_by_hash(found, SHARES, lambda photo: photo.name)
    return training, development


def without_photos() -> list[list[str]]:
    """Give the captions whose photos are not at hand, by photo: what language is learnt from."""
    known = {photo.name for photo in photos()}
    return [found for name, found in captions().items() if name not in known]
