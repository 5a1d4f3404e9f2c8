"""What the frozen backbone sees of every photo, and of parts of it: computed once, because it never changes."""

from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from tqdm import tqdm

from models.captions.backbone import FEATURES, GRID, places, whole
from models.captions.corpus import Photo

VIEWS = 7  # of each photo: the whole, the whole mirrored, and parts of it


def views(image: Image.Image, rng: np.random.Generator) -> np.ndarray:
    """Look at a photo in several ways, (VIEWS, 224, 224, 3): parts have at least 60 % of its area."""
    found = [whole(image), whole(ImageOps.mirror(image))]
    while len(found) < VIEWS:
        width, height = (round(side * rng.uniform(0.78, 1)) for side in image.size)
        left, top = int(rng.integers(image.width - width + 1)), int(rng.integers(image.height - height + 1))
        part = image.crop((left, top, left + width, top + height))
        found.append(whole(ImageOps.mirror(part) if rng.random() < 0.5 else part))
    return np.stack(found)


def features(photos: list[Photo], file: Path, seed: int = 0) -> np.ndarray:
    """Give the places of all views of all photos, (photos, VIEWS, 49, 1280), in half precision; kept in a file.

    A file that is there, and is whole, is not computed again.
    """
    shape = (len(photos), VIEWS, GRID**2, FEATURES)
    if file.exists():
        return np.load(file, mmap_mode="r")
    partial = file.with_suffix(".part")
    kept = np.lib.format.open_memmap(partial, "w+", np.float16, shape)
    rng = np.random.default_rng(seed)
    for i, photo in enumerate(tqdm(photos, desc="features", mininterval=5)):
        with Image.open(BytesIO(photo.data)) as image:
            kept[i] = places(views(image, rng)).numpy()
    kept.flush()
    partial.replace(file)
    return np.load(file, mmap_mode="r")
