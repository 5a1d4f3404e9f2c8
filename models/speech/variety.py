"""What the recordings lack: other throats, rooms, microphones, lines and noises.

Six men spoke the digits, each before his own microphone. Every clip is therefore heard in many ways: faster or
slower, higher or lower (both move pitch and throat together), in a room, through a narrow line, in noise, with silence
around it.
"""

import numpy as np

from models.speech.hearing import RATE, Heard, Samples, hear

SPEEDS = (0.8, 1.35)  # below 1: slower and deeper
WARPS = tuple(np.linspace(0.86, 1.16, 13).round(3).tolist())  # of the mel bands: a longer or shorter throat
NOISE = (5.0, 40.0)  # dB below the speech


def reverberation(rng: np.random.Generator) -> Samples:
    """Make the answer of a room to a click: the click, then noise that dies away in 0.1 to 0.7 s."""
    length = rng.uniform(0.1, 0.7)  # until it is 60 dB quieter
    time = np.arange(int(length * RATE)) / RATE
    tail = rng.normal(size=len(time)) * 10 ** (-3 * time / length)
    early = int(rng.uniform(0.002, 0.02) * RATE)  # until the first wall
    tail[:early] = 0
    strength = 10 ** (rng.uniform(-18, 0) / 20)
    tail *= strength / (np.sqrt((tail**2).sum()) + 1e-9)
    tail[0] = 1
    return tail


def noise(count: int, rng: np.random.Generator) -> Samples:
    """Make noise of some colour, now and then with a hum or a tone in it."""
    spectrum = np.fft.rfft(rng.normal(size=count))
    frequency = np.maximum(np.fft.rfftfreq(count, 1 / RATE), 20)
    sound = np.fft.irfft(spectrum * frequency ** -rng.uniform(-0.3, 1.2), count)
    sound /= sound.std() + 1e-9
    if rng.random() < 0.3:
        tone = rng.choice([50, 60, 100, 120, rng.uniform(150, 3000)])
        sound += rng.uniform(0.3, 2) * np.sin(2 * np.pi * tone * np.arange(count) / RATE + rng.uniform(0, 6))
    if rng.random() < 0.3:  # it swells
        swell = np.interp(np.arange(count), np.linspace(0, count, 6), rng.uniform(0.1, 1, 6))
        sound *= swell
    return sound / (sound.std() + 1e-9)


def line(count: int, rng: np.random.Generator) -> Samples:
    """Make the answer of a microphone and a line, by frequency: a band, and a curve within it; (count / 2 + 1,)."""
    frequency = np.fft.rfftfreq(count, 1 / RATE)
    low, high = rng.uniform(20, 300), rng.uniform(2600, 4000)
    band = 1 / (1 + (low / np.maximum(frequency, 1)) ** 4) / (1 + (frequency / high) ** 12)
    curve = np.interp(frequency, np.linspace(0, RATE / 2, 7), rng.normal(0, 4, 7).cumsum() * 0.6)
    return np.sqrt(band) * 10 ** (curve / 20)


def companded(sound: Samples) -> Samples:
    """Send a sound through a telephone's eight bits (mu-law)."""
    peak = np.abs(sound).max() + 1e-9
    small = np.sign(sound) * np.log1p(255 * np.abs(sound) / peak) / np.log(256)
    coarse = np.round(small * 127) / 127
    return np.sign(coarse) * np.expm1(np.abs(coarse) * np.log(256)) / 255 * peak


def at_speed(sound: Samples, factor: float) -> Samples:
    """Play a sound faster (and higher) or slower, by cutting or filling its spectrum."""
    count = max(8, round(len(sound) / factor))
    return np.fft.irfft(np.fft.rfft(sound)[: count // 2 + 1], count) * (count / len(sound))


class Variety:
    """Hears clips as they might have been spoken elsewhere; `babble` are clips of talk for the background."""

    def __init__(self, babble: list[Samples], rng: np.random.Generator, rooms: int = 200) -> None:
        self.babble, self.rng = babble, rng
        self.rooms = [reverberation(rng) for _ in range(rooms)]

    def __call__(self, sound: Samples) -> Heard | None:
        """Hear a clip at 8 kHz in some other way."""
        rng = self.rng
        if rng.random() < 0.85:
            sound = at_speed(sound, float(np.exp(rng.uniform(*np.log(SPEEDS)))))
        before, after = (int(rng.uniform(0, 0.6) * RATE) if rng.random() < 0.6 else 0 for _ in range(2))
        sound = np.pad(sound / (np.abs(sound).max() + 1e-9), (before, after))
        sound = self.transmitted(sound)
        if rng.random() < 0.75:
            sound = self.in_noise(sound)
        if rng.random() < 0.1:
            sound = companded(sound)
        if rng.random() < 0.1:
            sound = np.clip(sound, *(np.array([-1, 1]) * rng.uniform(0.3, 0.9) * np.abs(sound).max()))
        warp = float(rng.choice(WARPS)) if rng.random() < 0.7 else 1.0
        return hear(sound / (np.abs(sound).max() + 1e-9) * 10 ** rng.uniform(-1.8, 0), warp)

    def transmitted(self, sound: Samples) -> Samples:
        """Let a sound pass a room and a line."""
        rng = self.rng
        room = self.rooms[rng.integers(len(self.rooms))] if rng.random() < 0.45 else None
        through_line = rng.random() < 0.6
        if room is None and not through_line:
            return sound
        count = 1 << int(len(sound) + (0 if room is None else len(room))).bit_length()
        spectrum = np.fft.rfft(sound, count)
        if room is not None:
            spectrum *= np.fft.rfft(room, count)
        if through_line:
            spectrum *= line(count, rng)
        return np.fft.irfft(spectrum, count)[: len(sound) + (0 if room is None else RATE // 8)]

    def in_noise(self, sound: Samples) -> Samples:
        """Add noise, or other people's talk, 5 to 40 dB below the speech."""
        rng = self.rng
        loud = np.sqrt(np.sort(sound**2)[-len(sound) // 3 :].mean())
        if rng.random() < 0.3:
            other = sum(np.resize(self.babble[rng.integers(len(self.babble))], len(sound)) for _ in range(4))
            other = other / (np.std(other) + 1e-9)
            below = rng.uniform(10, NOISE[1])
        else:
            other, below = noise(len(sound), rng), rng.uniform(*NOISE)
        return sound + other * loud * 10 ** (-below / 20)
