"""What there is to see in a scene: a picture becomes a sentence, and the truth is known."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import torch
from PIL import Image

from models.example import Encoded, Example
from models.inputs import Item, Scene, SceneSpec
from models.inputs.png import png_address
from models.inputs.sources import grid
from models.scenes.art import Art, art_of
from models.scenes.eye import Eye
from models.scenes.files import Scenes, ScenesFormat
from models.scenes.picture import PIXELS, compose, shares
from models.scenes.score import sentence, shares_right, write_batch
from models.scenes.sight import ROWS, look
from models.scenes.world import END, WORDS, sentence_of
from models.variants import Variant
from unrolled import Label, Network, Trace
from unrolled.source import Pixels, Rect

PICTURE = "a picture of "  # what is read; what it shows is for those who cannot see it
BATCH = 100  # scenes of a file that are looked at at once
PLACES = tuple(
    Label(text=f"row {i // ROWS + 1}, place {i % ROWS + 1}", slice=part)
    for i, part in enumerate(grid(PIXELS, PIXELS, ROWS))
)


class ScenesExample(Example):
    """Look at a scene once, and say in a sentence what stands where."""

    file_format = ScenesFormat()

    @property
    def weights(self) -> tuple[str, ...]:
        """Name the files of weights: the eye's, and one for each network; whose drawings it reads makes none."""
        return "eye", *dict.fromkeys(variant["network"] for variant in self.variants.values())

    @cached_property
    def eye(self) -> Eye:
        """Load what all networks see with. Raises WeightsError."""
        return Eye.load(self.folder / "eye.safetensors")

    @cached_property
    def networks(self) -> Mapping[str, Network]:
        """Load the eye and a network for each kind; variants that differ in their drawings share it."""
        _, *names = self.weights
        assert self.eye
        loaded = {name: Network.load(self.folder / f"{name}.safetensors") for name in names}
        return {id_: loaded[variant["network"]] for id_, variant in self.variants.items()}

    @cached_property
    def arts(self) -> Mapping[str, Art]:
        """Know where the drawings of each variant's vendor are."""
        spec = self.about.input
        assert isinstance(spec, SceneSpec)
        return {vendor: art_of(spec, vendor) for vendor in {variant["drawn"] for variant in self.variants.values()}}

    def encode(self, raw: Scene, variant: Variant) -> Encoded:
        """Draw the scene and look at it; x is (1, 36, WIDTH). What is true of it stands beside. Raises NotBuilt."""
        picture = self.picture(raw.items, variant)
        label = Label(text=PICTURE + sentence_of(raw.items), slice=Rect(x=0, y=0, width=PIXELS, height=PIXELS))
        source = Pixels(href=png_address(picture), width=PIXELS, height=PIXELS)
        return Encoded(look(self.eye, torch.from_numpy(shares(picture))[None]), (label,), source=source, places=PLACES)

    def picture(
        self, items: Sequence[Item], variant: Variant, drawings: Mapping[str, Image.Image] | None = None
    ) -> Image.Image:
        """Draw a scene as the variant's vendor does, or with drawings that somebody brought."""
        art = self.arts[variant["drawn"]]
        return compose(items, lambda item: (drawings or {}).get(item.name) or art.drawing(item.name))

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the words; the sentence ends with the first."""
        return ("⟨end⟩", *WORDS[1:])

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Give the sentence, and say whether it is right."""
        said = sentence(output.index for output in trace.outputs if output.index is not None)
        true = trace.x_labels[0].text.removeprefix(PICTURE)
        return f"{said} (right)" if said == true else f"{said or '(nothing)'}; in truth: {true}"

    def evaluate(self, contents: Scenes, /, variant: Variant) -> dict[str, float]:
        """Measure how many sentences are right, word for word and by the things that they name."""
        network, written = self.networks[variant.id], []
        for some in (contents.shown[i : i + BATCH] for i in range(0, len(contents.shown), BATCH)):
            pictures = [each.picture or self.picture(each.items, variant, contents.drawings) for each in some]
            x = look(self.eye, torch.stack([torch.from_numpy(shares(picture)) for picture in pictures]))
            written += write_batch(network, x, self.about.input.max_steps)
        return shares_right(written, [each.sentence for each in contents.shown])


assert WORDS[0] == END

EXAMPLE = ScenesExample
