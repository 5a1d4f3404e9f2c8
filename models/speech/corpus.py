"""Where the recordings come from, and which of them are kept for development.

The six phrases and the ten digits are recordings made for recognisers. Other words, which the networks should refuse,
are what children's programs and a telephone exchange say in some twenty languages.

`python -m models.speech.corpus FILE` writes an archive, `strangers.tar.gz`, with the digits of two people, and letters
and syllables in many languages, which no training heard.
"""

import io
import re
import sys
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import NamedTuple

import numpy as np

from models.datasets import files
from models.inputs.sound import decoded
from models.speech.hearing import RATE
from models.speech.phrases import DIGITS, WAKE
from models.training import hash_fraction
from unrolled import InvalidInput

MEDIA = {".wav": "audio/wav", ".flac": "audio/flac", ".ogg": "audio/ogg"}
HELD_OUT = {"wake": 0.15, "other": 0.1, "strangers": 1.0}  # by hash of the file; of the digits, takes 5 to 9
LONGEST = 10  # seconds; what is behind them is left out
NUMBERS = re.compile(r"[-_/]?\d")  # at the beginning of a name: a file that says a number


@dataclass(frozen=True)
class Clip:
    """Hold one recording at 8 kHz, from -1 to 1, what is said in it ("" for none of the sixteen), and by whom."""

    corpus: str
    speaker: str
    text: str
    wave: np.ndarray


class Recording(NamedTuple):
    """Hold one file as it was found."""

    corpus: str
    name: str
    data: bytes
    speaker: str
    text: str

    @property
    def held_out(self) -> bool:
        """Say whether it is kept for development."""
        if self.corpus == "digits":
            return int(PurePath(self.name).stem.rpartition("_")[2]) < 10
        return hash_fraction(self.name) < HELD_OUT.get(self.corpus, 0)

    @property
    def clip(self) -> Clip:
        """Decode it. Raises InvalidInput."""
        return Clip(self.corpus, self.speaker, self.text, decode(self.name, self.data))


def decode(name: str, data: bytes) -> np.ndarray:
    """Read a file at 8 kHz, as much of it as counts. Raises InvalidInput, naming it, if there is no sound in it."""
    try:
        return decoded(data, MEDIA[PurePath(name).suffix.lower()], RATE)[: LONGEST * RATE]
    except InvalidInput as error:
        raise InvalidInput(f"{name}: {error}", "path") from error


def recordings() -> Iterator[Recording]:
    """Read all files, corpus by corpus, each in alphabetical order. Raises DatasetError."""
    for name, data in files("speech/wake_words_trim.tar.gz").items():
        yield Recording("wake", name, data, "one of 50", PurePath(name).parent.name.replace("_", " "))
    for name, data in files("speech/fsdd_train.tar.gz").items():
        digit, speaker, _ = PurePath(name).stem.split("_")
        yield Recording("digits", name, data, speaker, DIGITS[int(digit)])
    for name, data in files("speech/asterisk-core-sounds-en-wav.deb").items():
        said = re.fullmatch(r"digits/(\d)\.wav", name)
        text = DIGITS[int(said[1])] if said else ""
        yield Recording("woman" if said else "other", name, data, "Allison Smith", text)
    for name, data in files("speech/tuxpaint-stamps-default.deb").items():
        said = re.fullmatch(r"math/(\d)(_en_GB)?\.ogg", name)
        if said:
            yield Recording("strangers", name, data, said[2] or "en", DIGITS[int(said[1])])
        elif not NUMBERS.match(name):
            yield Recording("other", name, data, "Tux Paint", "")
    for name, data in files("speech/ktuberling-data.deb").items():
        yield Recording("other", name, data, PurePath(name).parent.name, "")
    for name, data in files("speech/klettres-data.deb").items():
        yield Recording("strangers", name, data, PurePath(name).parts[0], "")


def phrase_of(path: str) -> str:
    """Say what a recording says by its name, as its source does: a folder, or a digit first; "" for other words."""
    file = PurePath(path)
    folder = file.parent.name.replace("_", " ")
    if folder in WAKE or folder in DIGITS:
        return folder
    said = re.match(r"(\d)_", file.name)
    return DIGITS[int(said[1])] if said else ""


def pack(found: Iterable[Recording]) -> bytes:
    """Make an archive of recordings that `evaluate` reads, each in a folder named after what it says."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        for recording in found:
            name = "_".join(recording.name.split("/")[-3:])
            entry = tarfile.TarInfo(f"{recording.text.replace(' ', '_') or 'other'}/{name}")
            entry.size = len(recording.data)
            archive.addfile(entry, io.BytesIO(recording.data))
    return file.getvalue()


def main(file: Path) -> None:
    """Write the archive of strangers."""
    file.write_bytes(pack(r for r in recordings() if r.held_out and r.corpus == "strangers"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
