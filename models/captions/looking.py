"""What the network reads of a photo: 49 places of it, seen by the backbone. The last few are remembered, as numbers."""

from threading import Lock

from cachetools import LRUCache, cached
from torch import Tensor

from models.captions.backbone import places, whole
from models.inputs import Photo
from models.inputs.kind import name_of

REMEMBERED = 8  # photos; the other network asks again, and so does every other gradient


@cached(LRUCache(REMEMBERED), key=lambda photo: name_of(photo.data.encode()), lock=Lock())
def places_of(photo: Photo) -> Tensor:
    """Look at a photo; gives its places (49, 1280)."""
    return places(whole(photo.image)[None])[0]
