"""From a recording to what the networks read: one way, for the training clips and for a visitor's voice alike.

Everything is at 8 kHz, because telephones and half of the training data hold nothing above 4 kHz: a network would else
tell the corpus by its bandwidth. The loudest utterance is cut out of the silence around it. What is read is its log-mel
spectrogram: 40 bands, a frame each 10 ms, two frames a step.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

RATE = 8000  # samples a second
HOP, WINDOW, POINTS = 80, 200, 256  # samples: a frame each 10 ms, 25 ms long, for an FFT of 256
BANDS, LOWEST, HIGHEST = 40, 100.0, 3800.0  # of the mel filters, in Hz
STACK = 2  # frames a step
FLOOR = -50.0  # dB below the loudest frame; quieter is silence
AROUND = 10  # frames kept on both sides of an utterance
APART = 50  # frames of silence that end an utterance
LONGEST = 300  # frames that are read at most, 3 s
QUIET = -60.0  # dB of full scale; a recording that never gets louder holds nothing

Samples = np.ndarray  # (n,), from -1 to 1


@dataclass(frozen=True)
class Heard:
    """Hold the frames (T, BANDS) of an utterance, in dB below its loudest one, and which part of the sound it is."""

    frames: np.ndarray
    start: float  # seconds
    end: float


@cache
def mel_filters(warp: float = 1.0) -> np.ndarray:
    """Make the triangles of the mel bands, (POINTS / 2 + 1, BANDS); `warp` scales their frequencies."""
    low, high = (2595 * np.log10(1 + frequency / 700) for frequency in (LOWEST, HIGHEST))
    edges = np.linspace(low, high, BANDS + 2)
    edges = np.minimum(700 * (10 ** (edges / 2595) - 1) * warp, RATE / 2)
    bins = np.arange(POINTS // 2 + 1)[:, None] * RATE / POINTS
    feet, tops, ends = edges[:-2], edges[1:-1], edges[2:]
    rising = (bins - feet) / np.maximum(tops - feet, 1e-6)
    falling = (ends - bins) / np.maximum(ends - tops, 1e-6)
    return np.clip(np.minimum(rising, falling), 0, None).astype(np.float32)


def mel_power(samples: Samples, warp: float = 1.0) -> np.ndarray:
    """Compute the power of each frame in each band, (T, BANDS), of samples at 8 kHz; a full-scale tone has about 1."""
    short = max(0, WINDOW - len(samples))
    padded = np.pad(samples.astype(np.float32), (0, short))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]  # (T, WINDOW)
    window = np.hanning(WINDOW).astype(np.float32)
    spectrum = np.fft.rfft((frames - frames.mean(1, keepdims=True)) * window, POINTS)
    return (np.abs(spectrum) ** 2).astype(np.float32) @ mel_filters(warp) / (WINDOW / 4) ** 2


def level(power: np.ndarray) -> np.ndarray:
    """Measure the loudness of each frame in dB of full scale, over three frames."""
    total = np.pad(power.sum(1), 1, mode="edge")
    return 10 * np.log10((total[:-2] + total[1:-1] + total[2:]) / 3 + 1e-12)


def utterance(loudness: np.ndarray) -> tuple[int, int] | None:
    """Find the loudest utterance: its first frame and the one behind its last; None if there is only silence.

    A frame belongs to speech if it is at most 35 dB below the loudest one and well above the noise, if there is noise
    between the words. Pauses of half a second part utterances.
    """
    peak, noise = loudness.max(), np.percentile(loudness, 10)
    if peak < QUIET:
        return None
    active = np.flatnonzero(loudness >= max(peak - 35, min(noise + 8, peak - 12)))
    groups = np.split(active, np.flatnonzero(np.diff(active) > APART) + 1)
    energy = 10 ** ((loudness - peak) / 10)
    best = max(groups, key=lambda group: float(energy[group].sum()))
    return int(best[0]), int(best[-1]) + 1


def loudest_part(loudness: np.ndarray, first: int, last: int) -> tuple[int, int]:
    """Shorten a range of frames to the LONGEST that are loudest together."""
    if last - first <= LONGEST:
        return first, last
    sums = np.convolve(10 ** (loudness[first:last] / 10), np.ones(LONGEST), "valid")
    start = first + int(sums.argmax())
    return start, start + LONGEST


def hear(samples: Samples, warp: float = 1.0) -> Heard | None:
    """Find the utterance in a recording at 8 kHz and measure it; None if there is nothing but silence.

    Silence that was recorded around it is kept for a tenth of a second; where none was, it is made.
    """
    power = mel_power(samples, warp)
    loudness = level(power)
    found = utterance(loudness)
    if found is None:
        return None
    first, last = loudest_part(loudness, *found)
    rows = np.clip(np.arange(first - AROUND, last + AROUND), -1, len(power))
    silent = np.zeros((1, BANDS), np.float32)
    frames = np.concatenate((power, silent))[rows]  # row -1 and row len(power) are the silent one
    peak = loudness[first:last].max()
    decibels = np.maximum(10 * np.log10(frames + 1e-12) - peak, FLOOR)
    return Heard(decibels.astype(np.float32), (first - AROUND) * HOP / RATE, (last + AROUND) * HOP / RATE)


def steps(frames: np.ndarray) -> np.ndarray:
    """Stack frames (T, BANDS) by twos into what a network reads, (T // 2, 2 * BANDS), around 0."""
    scaled = (frames - frames.mean(0) * 0.5 - FLOOR / 4) / 15
    usable = len(scaled) // STACK * STACK
    return scaled[:usable].reshape(-1, STACK * BANDS).astype(np.float32)


def spectrogram(samples: Samples) -> np.ndarray:
    """Draw a recording as shares of ink, (BANDS, T): low bands at the foot, black where it is loudest."""
    power = mel_power(samples)
    decibels = 10 * np.log10(power + 1e-12)
    return np.clip(1 - (decibels - decibels.max()) / FLOOR, 0, 1).T[::-1]
