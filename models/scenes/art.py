"""The drawings of things, as the front-end build puts them under static/dist: each vendor's own, as SVG."""

from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import resvg_py
from PIL import Image

from models.inputs import SceneSpec
from unrolled import InvalidInput

ROOT = Path(__file__).parents[2]
FINE = 128  # pixels: the side of a drawing before it is scaled


class NotBuilt(InvalidInput):
    """Says that the drawings are not there yet, and which command makes them."""


def rasterised(svg: bytes) -> Image.Image:
    """Draw an SVG as (FINE, FINE) pixels with their opacity. Raises InvalidInput for what is none."""
    try:
        png = resvg_py.svg_to_bytes(svg_string=svg.decode(), width=FINE, height=FINE, skip_system_fonts=True)
    except ValueError as error:
        raise InvalidInput(f"it is no SVG that can be drawn ({error})", "path") from None
    return Image.open(BytesIO(bytes(png))).convert("RGBA")


def art_of(spec: SceneSpec, vendor: str) -> "Art":
    """Find a vendor's drawings, where the page finds them."""
    assert spec.art
    return Art(spec.art.replace("{drawn}", vendor))


@dataclass(frozen=True)
class Art:
    """Know one vendor's drawings: `address` is where the page finds one of a `{name}`, below static/."""

    address: str

    def path(self, name: str) -> Path:
        """Say where the drawing of a thing lies."""
        return ROOT / self.address.format(name=name).lstrip("/")

    def has(self, name: str) -> bool:
        """Say whether this vendor draws the thing: those that the page shows draw all."""
        return self.path(name).exists()

    @cached_property
    def drawings(self) -> dict[str, Image.Image]:
        """Keep what has been drawn."""
        return {}

    def drawing(self, name: str) -> Image.Image:
        """Draw a thing, (FINE, FINE) pixels. Raises NotBuilt."""
        if name not in self.drawings:
            self.drawings[name] = rasterised(self._read(name))
        return self.drawings[name]

    def all_drawings(self, name: str) -> list[Image.Image]:
        """Draw a thing in every way that its vendor has: those that are numbered only teach. Raises NotBuilt."""
        more = sorted(path.stem for path in self.path(name).parent.glob(f"{name}-*.svg"))
        return [self.drawing(each) for each in (name, *more)]

    def _read(self, name: str) -> bytes:
        try:
            return self.path(name).read_bytes()
        except OSError:
            raise NotBuilt(
                f"the drawing of a {name} is not there: `make serve` and `make test` build the drawings from npm's "
                f"packages; {self.path(name).relative_to(ROOT)} is missing"
            ) from None
