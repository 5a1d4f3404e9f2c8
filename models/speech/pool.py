"""Clips heard in many ways, once, before any training; both networks learn from the same ones.

Their frames are kept as bytes, a fifth of a decibel each, because hearing takes longer than learning.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
from tqdm import tqdm

from models.speech.corpus import Clip
from models.speech.hearing import RATE, Heard, hear
from models.speech.variety import Variety, noise

SHARES = {  # of what is drawn
    "digits": 0.36,
    "wake": 0.23,
    "woman": 0.025,
    "flite": 0.045,
    "espeak": 0.04,
    "other": 0.22,
    "reversed": 0.03,
    "halves": 0.03,
    "noise": 0.02,
}
SPOKEN = ("digits", "wake", "woman", "flite", "espeak")
JOINED = 0.22  # of these are followed by another one: letters, not whole words, should be learnt
DECIBEL = -5  # units of a byte


class Item(NamedTuple):
    """Hold what was heard: frames (T, BANDS) as bytes, the letters that it says, and who speaks."""

    text: str
    speakers: str
    frames: np.ndarray

    @classmethod
    def of(cls, text: str, speakers: str, heard: Heard) -> Self:
        """Round the decibels of what was heard."""
        return cls(text, speakers, np.round(heard.frames * DECIBEL).astype(np.uint8))


class Drawer:
    """Draws clips, and hears each in some other way."""

    def __init__(self, clips: Sequence[Clip], rng: np.random.Generator) -> None:
        self.rng = rng
        self.clips: dict[str, list[Clip]] = {}
        for clip in clips:
            self.clips.setdefault(clip.corpus, []).append(clip)
        self.babble = [clip.wave for clip in self.clips["other"][::7]]
        self.vary = Variety(self.babble, rng)

    def one_of(self, corpora: Sequence[str]) -> Clip:
        """Draw a corpus by its share, then one of its clips."""
        shares = np.array([SHARES[corpus] for corpus in corpora])
        found = self.clips[corpora[self.rng.choice(len(corpora), p=shares / shares.sum())]]
        return found[self.rng.integers(len(found))]

    def item(self) -> Item | None:
        """Draw one item; None if it cannot be heard."""
        shares = np.array(list(SHARES.values()))
        group = list(SHARES)[self.rng.choice(len(SHARES), p=shares / shares.sum())]
        made: dict[str, Callable[[], tuple[str, str, np.ndarray]]] = {
            "noise": self.noise,
            "reversed": self.reversed,
            "halves": self.half,
            "other": self.other,
        }
        text, speakers, wave = made.get(group, lambda: self.spoken(group))()
        heard = self.vary(wave)
        return None if heard is None else Item.of(text, speakers, heard)

    def spoken(self, corpus: str) -> tuple[str, str, np.ndarray]:
        """Take a phrase, and now and then another one behind it."""
        first = self.one_of([corpus])
        if self.rng.random() >= JOINED:
            return first.text, first.speaker, even(first.wave)
        second = self.one_of(SPOKEN)
        pause = np.zeros(int(self.rng.uniform(0, 0.25) * RATE))
        wave = np.concatenate((even(first.wave), pause, even(second.wave) * self.rng.uniform(0.5, 1)))
        return f"{first.text} {second.text}", f"{first.speaker}, {second.speaker}", wave

    def other(self) -> tuple[str, str, np.ndarray]:
        """Take other words, or the beginning of them."""
        clip = self.one_of(["other"])
        part = self.rng.uniform(0.3, 0.7) if self.rng.random() < 0.25 else 1
        return "", clip.speaker, even(clip.wave[: int(len(clip.wave) * part)])

    def reversed(self) -> tuple[str, str, np.ndarray]:
        """Play a phrase backwards."""
        clip = self.one_of(["wake", "digits"])
        return "", clip.speaker, even(clip.wave[::-1])

    def half(self) -> tuple[str, str, np.ndarray]:
        """Cut a wake phrase in two, and take one of its halves."""
        clip = self.one_of(["wake"])
        heard = hear(clip.wave)
        if heard is None:
            return "", clip.speaker, clip.wave
        first, last = int(max(0, heard.start + 0.1) * RATE), int((heard.end - 0.1) * RATE)
        cut = first + int((last - first) * self.rng.uniform(0.35, 0.55))
        return "", clip.speaker, even(clip.wave[first:cut] if self.rng.random() < 0.5 else clip.wave[cut:last])

    def noise(self) -> tuple[str, str, np.ndarray]:
        """Make noise, clicks, or the talk of four at once."""
        count = int(self.rng.uniform(0.3, 3) * RATE)
        what = self.rng.random()
        if what < 0.3:
            some = (self.babble[self.rng.integers(len(self.babble))] for _ in range(4))
            return "", "noise", np.sum([np.resize(even(wave), count) for wave in some], axis=0)
        sound = noise(count, self.rng)
        return "", "noise", sound * (self.rng.random(count) < 0.0005) if what < 0.5 else sound


def even(wave: np.ndarray) -> np.ndarray:
    """Bring clips to one loudness, by their loudest sample."""
    return wave / (np.abs(wave).max(initial=0) + 1e-4)


def draw(clips: Sequence[Clip], count: int, seed: int) -> list[Item]:
    """Hear clips in so many ways."""
    drawer, items = Drawer(clips, np.random.default_rng(seed)), []
    bar = tqdm(total=count, desc="hearing", mininterval=5)
    while len(items) < count:
        if item := drawer.item():
            items.append(item)
            bar.update()
    return items


def save(path: Path, items: Sequence[Item]) -> None:
    """Keep items in a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(
        path,
        texts=np.array([item.text for item in items]),
        speakers=np.array([item.speakers for item in items]),
        lengths=np.array([len(item.frames) for item in items]),
        frames=np.concatenate([item.frames for item in items]),
    )


def load(path: Path) -> list[Item]:
    """Read a file of items."""
    kept = np.load(path)
    ends = kept["lengths"].cumsum()
    frames = np.split(kept["frames"], ends[:-1])
    return [Item(*row) for row in zip(kept["texts"].tolist(), kept["speakers"].tolist(), frames, strict=True)]
