"""A sound: what a microphone heard, or what is in a file."""

import base64
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from io import BytesIO
from itertools import chain
from typing import Any, Literal, Self

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.error import FFmpegError
from pydantic import Field, model_validator

from models.inputs.kind import InputKind, Spec, Strict
from models.inputs.packed import BASE64, base64_letters, sent_bytes
from unrolled import InvalidInput

SLOWEST, FASTEST = 8000, 48_000  # samples a second
LONGEST = 60  # seconds that anybody may send
WINDOW = 0.02  # seconds in which loudness is measured
SILENT = 0.003  # root mean square of the loudest window, where 1 is as loud as it can be
SAMPLE = np.dtype("<i2")
LOUDEST = 32767
Wave = np.ndarray[Any, np.dtype[np.float32]]

# FFmpeg knows hundreds of forms of files; a visitor's file is opened as the one that its type names, and as no other.
FORMATS = {
    "audio/wav": "wav",
    "audio/wave": "wav",
    "audio/x-wav": "wav",
    "audio/vnd.wave": "wav",
    "audio/flac": "flac",
    "audio/x-flac": "flac",
    "audio/ogg": "ogg",
    "application/ogg": "ogg",
    "audio/webm": "matroska",
    "video/webm": "matroska",
    "audio/mpeg": "mp3",
    "audio/mp3": "mp3",
    "audio/mp4": "mov",
    "audio/x-m4a": "mov",
    "video/mp4": "mov",
}


class SoundSpec(Spec):
    """Tell how many samples a second the network wants, and how long a sound may be."""

    kind: Literal["sound"] = "sound"
    rate: int = Field(ge=SLOWEST, le=FASTEST)
    min_seconds: float = 0.1
    max_seconds: float = Field(gt=0, le=LONGEST)


class Sound(Strict):
    """Hold a sound in one channel, or name one that was sent before."""

    kind: Literal["sound"] = "sound"
    rate: int | None = Field(default=None, ge=SLOWEST, le=FASTEST, description="samples a second")
    samples: str | None = Field(
        default=None,
        max_length=base64_letters(2 * FASTEST * LONGEST),
        pattern=BASE64,
        description="the samples as little-endian 16-bit numbers, one channel, in base64",
    )
    media: str | None = Field(
        default=None, pattern=r"^[0-9a-f]{16}$", description="in their place: the id that POST /api/v1/media gave"
    )

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.media is None) != (self.rate is not None and self.samples is not None) or (
            self.media and (self.rate or self.samples)
        ):
            raise InvalidInput(
                "a sound is its rate and its samples, or in their place the id of one that was sent before"
            )
        return self

    @classmethod
    def of(cls, wave: Wave, rate: int) -> Self:
        """Take samples from -1 to 1, (n,)."""
        sent = np.rint(np.clip(wave, -1, 1) * LOUDEST).astype(SAMPLE).tobytes()
        return cls(rate=rate, samples=base64.b64encode(sent).decode())

    @cached_property
    def wave(self) -> Wave:
        """Give the samples from -1 to 1, (n,). Raises InvalidInput if one is cut off."""
        sent = sent_bytes(self.samples or "", "samples")
        if len(sent) % SAMPLE.itemsize:
            raise InvalidInput(f"{len(sent)} bytes are no 16-bit samples: the last one is cut off")
        return np.frombuffer(sent, SAMPLE).astype(np.float32) / np.float32(LOUDEST)

    @property
    def seconds(self) -> float:
        """Say how long it is."""
        return len(self.wave) / (self.rate or 1)


def resampled(pieces: Iterable[AudioFrame], rate: int) -> Iterator[Wave]:
    """Bring frames to one channel and another rate, piece by piece, each (n,)."""
    resampler = AudioResampler(format="flt", layout="mono", rate=rate)
    for piece in chain(pieces, (None,)):  # None asks for what is left inside
        for frame in resampler.resample(piece):
            yield frame.to_ndarray()[0]


def decoded(data: bytes, media_type: str, rate: int) -> Wave:
    """Read a sound file in one channel, a little more than LONGEST seconds of it at most, (n,).

    Raises InvalidInput if there is no sound in it that can be read.
    """
    pieces: list[Wave] = []
    try:
        with av.open(BytesIO(data), "r", format=FORMATS[media_type], metadata_errors="ignore") as file:
            for piece in resampled(file.decode(audio=0), rate):
                pieces.append(piece)
                if sum(map(len, pieces)) > (LONGEST + 1) * rate:
                    break
    except (FFmpegError, ValueError, IndexError, OverflowError):
        raise InvalidInput(f"there is no sound in this file that can be read as {media_type}") from None
    return np.concatenate(pieces) if pieces else np.zeros(0, np.float32)


def from_file(media_type: str) -> Callable[[bytes, SoundSpec], Sound]:
    """Make what reads files of one type at the rate that an example wants."""
    return lambda data, spec: Sound.of(decoded(data, media_type, spec.rate), spec.rate)


def loudness(wave: Wave, rate: int) -> float:
    """Give the root mean square of the loudest window, where a constant push of the membrane counts as silence."""
    size = max(1, min(len(wave), round(WINDOW * rate)))
    windows = wave[: len(wave) // size * size].reshape(-1, size)
    return float(windows.std(1).max(initial=0))


FILES = {media_type: from_file(media_type) for media_type in FORMATS}


class SoundKind(InputKind[Sound, SoundSpec]):
    """Has no text form, since a second of sound takes 10,000 letters: it stands in addresses by reference."""

    name = "sound"
    called = "a sound"
    typed = False
    files = FILES

    def from_text(self, text: str, spec: SoundSpec) -> Sound:
        """Read no text: nothing has been recorded, or what was written is no reference. Raises InvalidInput."""
        wrong = "this is no sound" if text.strip() else "nothing is recorded yet"
        raise InvalidInput(f"{wrong}: record one, send a file, or choose a sample")

    def to_text(self, value: Sound) -> None:
        """Say that an address cannot carry it."""

    def reference_of(self, sent: Any) -> str | None:
        """Find the name of a sound that is kept elsewhere, in a text or in an object."""
        return sent.media if isinstance(sent, Sound) else super().reference_of(sent)

    def check(self, value: Sound, spec: SoundSpec) -> Sound:
        """Refuse what is too short, too long or silent; give it at the rate that the example wants."""
        seconds, wave = value.seconds, value.wave
        if seconds < spec.min_seconds:
            raise InvalidInput(f"{seconds:.2f} s are too short; this example hears {_lengths(spec)}: record it again")
        if seconds > spec.max_seconds:
            raise InvalidInput(f"{seconds:.1f} s are too long; this example hears {_lengths(spec)}: cut it shorter")
        if loudness(wave, value.rate or 1) < SILENT:
            raise InvalidInput("I heard nothing: is the microphone on? Record it again, or choose a sample")
        if value.rate == spec.rate:
            return value
        frame = AudioFrame.from_ndarray(wave[None], format="flt", layout="mono")
        frame.sample_rate = value.rate or 1
        return Sound.of(np.concatenate(list(resampled([frame], spec.rate))), spec.rate)


def _lengths(spec: SoundSpec) -> str:
    return f"{spec.min_seconds:g} to {spec.max_seconds:g} s"
