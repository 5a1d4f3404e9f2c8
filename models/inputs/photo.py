"""A photo: a picture in colours, which is shown back to whoever sent it, and is not kept."""

import base64
from collections.abc import Callable
from functools import cached_property
from io import BytesIO
from typing import Literal, Self

from PIL import Image
from pydantic import Field

from models.inputs.kind import InputKind, Spec, Strict
from models.inputs.packed import BASE64, base64_letters, sent_bytes
from models.inputs.picture import opened
from unrolled import InvalidInput

FORMATS = ("image/jpeg", "image/png", "image/webp")
MOST_BYTES = 150_000  # of one that is sent within JSON; a file may be larger
MEGAPIXELS = 50  # as the largest cameras of telephones have
LEAST, LONGEST = 24, 1024  # pixels of its shorter and its longer side, as it is kept
QUALITY = 90


class PhotoSpec(Spec):
    """Tell how large a photo is read, in pixels of its longer side."""

    kind: Literal["photo"] = "photo"
    side: int = Field(ge=LEAST, le=LONGEST)


class Photo(Strict):
    """Hold a photo as a file."""

    kind: Literal["photo"] = "photo"
    data: str = Field(
        max_length=base64_letters(MOST_BYTES),
        pattern=BASE64,
        description="a JPEG, PNG or WebP file, in base64",
    )

    @classmethod
    def of(cls, image: Image.Image) -> Self:
        """Take the pixels of a picture, and nothing else that its file said (place, time, camera)."""
        file = BytesIO()
        image.convert("RGB").save(file, "JPEG", quality=QUALITY)
        return cls(data=base64.b64encode(file.getvalue()).decode())

    @cached_property
    def image(self) -> Image.Image:
        """Unpack it, upright, no longer than LONGEST. Raises InvalidInput for what is none of the three."""
        data = sent_bytes(self.data, "bytes of the photo")
        return opened(data, type_of(data), MEGAPIXELS, LONGEST)


def type_of(data: bytes) -> str:
    """Say what a file is by how it begins: a PNG or WebP, else a JPEG."""
    if data.startswith(b"\x89PNG"):
        return "image/png"
    return "image/webp" if data[8:12] == b"WEBP" else "image/jpeg"


def from_file(media_type: str) -> Callable[[bytes, PhotoSpec], Photo]:
    """Make what reads files of one type, at the size that an example wants."""
    return lambda data, spec: fitting(opened(data, media_type, MEGAPIXELS, spec.side), spec)


def fitting(image: Image.Image, spec: PhotoSpec) -> Photo:
    """Make a photo of a picture that is no smaller than LEAST. Raises InvalidInput."""
    if min(image.size) < LEAST:
        width, height = image.size
        scaled = f"scaled to the {spec.side} pixels that are read, " if max(image.size) == spec.side else ""
        raise InvalidInput(
            f"{scaled}{width} x {height} pixels show too little: send a photo with {LEAST} on each side at least"
        )
    if max(image.size) > spec.side:
        image = image.copy()
        image.thumbnail((spec.side, spec.side), Image.Resampling.BICUBIC, reducing_gap=3.0)
    return Photo.of(image)


FILES = {media_type: from_file(media_type) for media_type in FORMATS}


class PhotoKind(InputKind[Photo, PhotoSpec]):
    """Has no text form: it stands in addresses by reference, which is soon forgotten."""

    name = "photo"
    called = "a photo"
    typed = False
    files = FILES
    private = True

    def from_text(self, text: str, spec: PhotoSpec) -> Photo:
        """Read no text: nothing was sent, or what was written is no reference. Raises InvalidInput."""
        wrong = "this is no photo" if text.strip() else "there is nothing to read"
        raise InvalidInput(f"{wrong}: take a photo, send a file, or choose a sample")

    def to_text(self, value: Photo) -> None:
        """Say that an address cannot carry it."""

    def check(self, value: Photo, spec: PhotoSpec) -> Photo:
        """Refuse what is too small, and bring what is too large to the size that the example reads."""
        if min(value.image.size) >= LEAST and max(value.image.size) <= spec.side:
            return value
        return fitting(value.image, spec)
