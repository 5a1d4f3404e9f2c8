"""Weeks that nobody measured, to learn from beside the real ones.

One series has one shape of week. A visitor's own may be that of an office, a shop or a sensor, with other hours,
with days off or without, so every batch has some weeks whose shapes are drawn at random: a day of waves and
opening hours, up to two days off at the end of the week, a level that drifts from day to day, and noise. Others
follow the sun, and some have no day in them at all, so that it is not invented.
"""

import numpy as np

from models.forecast.hours import DAY, WEEK

Array = np.ndarray
HOURS = WEEK + DAY
SHAPES = (0.65, 0.12, 0.23)  # of habits, of daylight, without days
STAYS = 0.8  # how much of an hour's noise is left in the next


def profiles(count: int, rng: np.random.Generator) -> Array:
    """Draw shapes of a day, (count, 24): three waves, and in most cases hours of opening."""
    hours, waves = np.arange(DAY), np.arange(1, 4)
    height = rng.gamma(1.5, 0.5, (count, 3)) / waves
    phase = rng.uniform(0, 2 * np.pi, (count, 3))
    smooth = (height[..., None] * np.cos(2 * np.pi * waves[:, None] * hours / DAY + phase[..., None])).sum(1)
    opens, closes = rng.integers(5, 11, (count, 1)), rng.integers(15, 22, (count, 1))
    used = rng.gamma(1.0, 1.0, (count, 1)) * (rng.random((count, 1)) < 0.6)
    return smooth + used * ((hours >= opens) & (hours < closes))


def days_off(work: Array, rng: np.random.Generator) -> Array:
    """Draw the shape of a day off for each working day, (count, 24): more or less like it, and mostly lower."""
    count = len(work)
    alike = rng.uniform(0, 1, (count, 1)) * (rng.random((count, 1)) < 0.8)
    lower = rng.gamma(1.0, 0.6, (count, 1)) * (rng.random((count, 1)) < 0.7)
    return alike * work + (1 - alike) * rng.uniform(0.1, 1, (count, 1)) * profiles(count, rng) - lower


def noise(count: int, rng: np.random.Generator) -> Array:
    """Draw what a week does not predict, (count, 192): a level that wanders, and single hours that differ."""
    wander = np.cumsum(rng.normal(0, 1, (count, HOURS // DAY + 1)), 1) * rng.gamma(1.0, 0.08, (count, 1))
    hourly = rng.normal(0, (1 - STAYS**2) ** 0.5, (count, HOURS))
    for t in range(1, HOURS):
        hourly[:, t] += STAYS * hourly[:, t - 1]
    day = (rng.integers(0, DAY, (count, 1)) + np.arange(HOURS)) // DAY
    return np.take_along_axis(wander, day, 1) + hourly * rng.gamma(1.0, 0.08, (count, 1))


def habits(count: int, rng: np.random.Generator) -> Array:
    """Draw series with a day that comes again, with days off or without, and noise, (count, 192)."""
    work = profiles(count, rng)
    rest = days_off(work, rng)
    hours = rng.integers(0, WEEK, (count, 1)) + np.arange(HOURS)  # since some Monday, 0:00
    resting = hours // DAY % 7 >= 7 - rng.integers(0, 3, (count, 1))
    day = np.where(resting, np.take_along_axis(rest, hours % DAY, 1), np.take_along_axis(work, hours % DAY, 1))
    return day + noise(count, rng)


def daylight(count: int, rng: np.random.Generator) -> Array:
    """Draw what the sun does: nothing at night, and by day as much as the clouds leave, (count, 192)."""
    hours = rng.uniform(0, DAY, (count, 1)) + np.arange(HOURS)
    height = np.cos(2 * np.pi * hours / DAY) + rng.uniform(-0.4, 0.4, (count, 1))
    clear = rng.uniform(0.1, 1, (count, HOURS // DAY + 1)) ** rng.uniform(0, 1.5, (count, 1))
    clouds = np.take_along_axis(clear, (hours // DAY).astype(int), 1)
    return np.maximum(height, 0) * clouds * (1 - rng.uniform(0, 0.4, (count, 1)) * rng.random((count, HOURS)))


def without_days(count: int, rng: np.random.Generator) -> Array:
    """Draw what has no day in it: noise, a level that wanders, waves of any length, rare spikes, (count, 192)."""
    noisy = rng.normal(0, 1, (count, HOURS))
    wandering = np.cumsum(noisy, 1) / 5
    waves = np.sin(2 * np.pi * (np.arange(HOURS) / rng.uniform(5, 150, (count, 1)) + rng.random((count, 1))))
    spikes = rng.exponential(1, (count, HOURS)) * (rng.random((count, HOURS)) < rng.uniform(0.02, 0.3, (count, 1)))
    which = rng.integers(0, 4, (count, 1))
    return np.choose(which, (noisy, wandering, waves + 0.1 * noisy, spikes))


def draw(count: int, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw weeks (count, 168), which begin at any hour, and the days after them (count, 24)."""
    which = rng.choice(3, (count, 1), p=SHAPES)
    series = np.choose(which, (habits(count, rng), daylight(count, rng), without_days(count, rng)))
    return series[:, :WEEK], series[:, WEEK:]
