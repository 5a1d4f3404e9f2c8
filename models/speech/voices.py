"""Four made-up voices say the sixteen phrases, so that not only six men have said a digit.

flite's voices are put together from recordings of three men and a woman; espeak-ng's are formants. Both are Debian
packages, and are needed for training alone.
"""

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from models.inputs.sound import decoded
from models.speech.corpus import Clip
from models.speech.hearing import RATE
from models.speech.phrases import PHRASES

FLITE = ("kal16", "awb", "rms", "slt")
STRETCHES = ("0.9", "1.1", "1.3")  # of the time
DIALECTS = ("en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-us-nyc")
THROATS = ("", "+f2", "+f3", "+f4", "+m3", "+m7", "+Annie", "+linda", "+Michael", "+Alex")
AS_WRITTEN = {"snowboy": "snow boy"}


def commands(phrase: str, file: str) -> Iterator[tuple[str, str, list[str]]]:
    """List what makes each voice say a phrase into a file: program, voice, command."""
    said = AS_WRITTEN.get(phrase, phrase)
    for voice in FLITE:
        for stretch in STRETCHES:
            tempo = ["--setf", f"duration_stretch={stretch}"]
            yield "flite", voice, ["flite", "-voice", voice, *tempo, "-t", said, "-o", file]
    for dialect in DIALECTS:
        for throat in THROATS:
            yield "espeak", dialect + throat, ["espeak-ng", "-v", dialect + throat, "-s", "150", "-w", file, said]


def spoken() -> Iterator[Clip]:
    """Let every voice say every phrase. Raises FileNotFoundError if a program is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        for phrase in PHRASES:
            for program, voice, command in commands(phrase, str(file)):
                subprocess.run(command, check=True, capture_output=True)  # noqa: S603 -- words of our own
                yield Clip(program, voice, phrase, decoded(file.read_bytes(), "audio/wav", RATE))
