"""The development part, as a file that the networks are measured on."""

import tarfile
from io import BytesIO

from models.captions.corpus import photos, split


def development() -> bytes:
    """Put the photos that no network learnt from into an archive, with their captions."""
    _, held_out = split(photos())
    table = "".join(f"{photo.name}\t{caption}\n" for photo in held_out for caption in photo.captions)
    file = BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for name, data in (("captions.tsv", table.encode()), *((photo.name, photo.data) for photo in held_out)):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, BytesIO(data))
    return file.getvalue()
