"""The development part, as a file that the networks are measured on."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from models import datasets
from models.frames.kard import HELD_OUT, NAME
from models.frames.train import SOURCE


def development() -> bytes:
    """Put the recordings of the subjects that no network learnt from into a zip archive."""
    return archive_of(datasets.files(SOURCE))


def archive_of(files: Mapping[str, bytes]) -> bytes:
    """Put those of KARD's files whose subjects are held out into a zip archive."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in files.items():
            said = NAME.fullmatch(name)
            if said and int(said[2]) in HELD_OUT:
                archive.writestr(name, contents)
    return file.getvalue()
