"""The captions example: one photo in, a sentence out, word by word."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from models.captions.backbone import GRID
from models.captions.corpus import FORMATS, Captions, PhotosFormat, captions_in
from models.captions.looking import places_of
from models.captions.score import bleu, describe
from models.captions.words import END, Words
from models.example import Encoded, Example
from models.inputs import Photo
from models.inputs.kind import MEDIA_TYPES
from models.inputs.photo import PhotoKind, PhotoSpec
from models.inputs.sources import grid, pixels
from models.variants import Variant
from unrolled import InvalidInput, Label, Trace
from unrolled.source import Rect


class CaptionsExample(Example):
    """Describes a photo."""

    file_format = PhotosFormat()

    @cached_property
    def words(self) -> Words:
        """Read the words that the networks know."""
        return Words.load()

    def encode(self, raw: Photo, variant: Variant) -> Encoded:
        """Look at the photo; x is (1, 49, 1280), its places row by row."""
        source = pixels(raw)
        whole = Rect(x=0, y=0, width=source.width, height=source.height)
        names = (f"row {row}, col {column}" for row in range(1, GRID + 1) for column in range(1, GRID + 1))
        parts = zip(names, grid(source.width, source.height, GRID), strict=True)
        return Encoded(
            places_of(raw)[None],
            (Label(text="the photo", slice=whole),),
            source=source,
            places=tuple(Label(text=name, slice=part) for name, part in parts),
        )

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the words, behind the end and what stands for rarer ones."""
        return self.words.labels

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Give the sentence."""
        return self.words.caption(output.index or END for output in trace.outputs) or "(no word)"

    def evaluate(self, files: Mapping[str, bytes], variant: Variant) -> dict[str, float]:
        """Measure BLEU over the photos of an archive that have captions. Raises InvalidInput, BadLine."""
        captions = captions_in(files)
        photos = {path.rpartition("/")[2]: data for path, data in files.items() if path.lower().endswith(FORMATS)}
        told = {name: captions[name] for name in photos if name in captions}
        if not told:
            raise InvalidInput("none of its photos has a caption", "path")
        written = [self.describe(name, photos[name], variant) for name in told]
        return {**scores(written, told), "photos": len(told), "left_out": len(photos) - len(told)}

    def describe(self, name: str, data: bytes, variant: Variant) -> str:
        """Write the caption of one photo file, as its page would. Raises InvalidInput."""
        kind, spec = PhotoKind(), self.about.input
        assert isinstance(spec, PhotoSpec)
        photo = kind.read(kind.from_file(MEDIA_TYPES[name[name.rindex(".") :].lower()], data, spec), spec)
        return describe(self.networks[variant.id], self.words, places_of(photo), spec.max_steps)


def scores(written: Sequence[str], told: Captions) -> dict[str, float]:
    """Measure BLEU-4 and BLEU-1 of what was written about photos, in the order in which they are told."""
    return {f"bleu_{order}": round(bleu(written, list(told.values()), order), 4) for order in (4, 1)}


EXAMPLE = CaptionsExample
