"""Values of inputs as sources of a trace: what its labels are slices of."""

import base64
import io
import wave
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from models.inputs.photo import Photo
from models.inputs.png import ink_address
from models.inputs.pose import Pose
from models.inputs.sound import LOUDEST, SAMPLE, Sound
from models.inputs.strokes import SIDE, Strokes
from unrolled.source import Pixels, Points, Recording, Rect

DECIMALS = 3


def pixels(photo: Photo) -> Pixels:
    """Give a photo as it was read, without what else its file said."""
    width, height = photo.image.size
    return Pixels(href=f"data:image/jpeg;base64,{Photo.of(photo.image).data}", width=width, height=height)


def grid(width: int, height: int, side: int) -> list[Rect]:
    """Cut a picture into side x side parts, row by row, each in whole pixels."""
    xs, ys = (np.rint(np.linspace(0, length, side + 1)).astype(int).tolist() for length in (width, height))
    return [
        Rect(x=left, y=top, width=right - left, height=bottom - top)
        for top, bottom in pairwise(ys)
        for left, right in pairwise(xs)
    ]


def wav_address(samples: np.ndarray, rate: int) -> str:
    """Write samples from -1 to 1, (n,), as WAV, 16 bit, in an address: `data:audio/wav;base64,...`."""
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(SAMPLE.itemsize)
        writer.setframerate(rate)
        writer.writeframes(np.rint(samples * LOUDEST).astype(SAMPLE).tobytes())
    return "data:audio/wav;base64," + base64.b64encode(file.getvalue()).decode()


def recording(sound: Sound, ink: np.ndarray) -> Recording:
    """Give a sound with its picture, shares of ink (height, width) that span it from left to right."""
    assert sound.rate is not None, "check() gives a sound with its samples"
    return Recording(
        href=wav_address(sound.wave, sound.rate),
        rate=sound.rate,
        seconds=sound.seconds,
        picture=ink_address(ink),
        width=ink.shape[1],
        height=ink.shape[0],
    )


def figures(pose: Pose, bones: Sequence[tuple[int, int]]) -> Points:
    """Give a movement, a frame at a time."""
    return Points(frames=_places(pose.places), bones=tuple(bones), width=1, height=1)


def sketch(strokes: Strokes) -> Points:
    """Give strokes as one frame: a line from each point to the next, unless the pen was lifted; a dot to itself."""
    lifted = strokes.xyl[:, 2] == 1
    dots = lifted & np.append(True, lifted[:-1])
    lines = tuple((i, i) if dot else (i, i + 1) for i, dot in enumerate(dots.tolist()) if dot or not lifted[i])
    return Points(frames=_places(strokes.xyl[None, :, :2]), bones=lines, width=SIDE, height=SIDE)


def _places(places: np.ndarray) -> tuple[tuple[tuple[float, float], ...], ...]:
    rounded = np.round(places.astype(np.float64), DECIMALS)
    return tuple(tuple((x, y) for x, y in frame) for frame in rounded.tolist())
