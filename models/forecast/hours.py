"""The hourly series: reading it, filling its gaps, cutting it into weeks and the days that follow them."""

import math
from datetime import datetime

import numpy as np

from models.files import BadLine, rows_of
from unrolled import InvalidInput

WEEK, DAY = 168, 24
Array = np.ndarray


def parse(text: str) -> tuple[list[str], Array]:
    """Read the columns ts and y: when, and how much, (T,). Raises InvalidInput, BadLine for a row of another form."""
    when: list[str] = []
    values: list[float] = []
    for number, row in rows_of(text, ("ts", "y")):
        try:
            datetime.fromisoformat(row["ts"])
            values.append(float(row["y"]))
        except ValueError:
            raise BadLine(number, f"'{row['ts'][:30]},{row['y'][:30]}' is not an hour and a number") from None
        if not math.isfinite(values[-1]):
            raise BadLine(number, f"{row['y'][:30]} cannot be measured; every hour needs a number")
        when.append(row["ts"])
    return when, np.array(values)


def fill_gaps(values: Array) -> Array:
    """Interpolate the hours that do not exist, when the clocks go forward: almost nothing is counted there."""
    missing = values < 0.1 * np.median(values)
    hours = np.arange(len(values))
    return np.where(missing, np.interp(hours, hours[~missing], values[~missing]), values)


def weeks_and_days(values: Array) -> tuple[Array, Array]:
    """Cut at every hour: the week before it (n, 168) and the day after it (n, 24)."""
    if len(values) < WEEK + DAY:
        raise InvalidInput(f"{len(values)} hours are too few; {WEEK + DAY} make one week and the day after it", "path")
    both = np.lib.stride_tricks.sliding_window_view(values, WEEK + DAY)
    return both[:, :WEEK], both[:, WEEK:]


def daily_cycle(weeks: Array) -> Array:
    """Say how much each week repeats from day to day, (n,): the correlation of each hour with that of a day before.

    1 is a week of equal days, and one that is always the same; about 0 is noise.
    """
    before, after = (part - part.mean(-1, keepdims=True) for part in (weeks[..., :-DAY], weeks[..., DAY:]))
    both = np.sqrt((before**2).sum(-1) * (after**2).sum(-1))
    flat = spread(weeks)[..., 0] == 0
    return np.where(flat, 1.0, (before * after).sum(-1) / np.where(both > 0, both, 1.0))


def spread(weeks: Array) -> Array:
    """Give the standard deviation of each week, (n, 1); 0 where it is always the same but for rounding."""
    deviation = weeks.std(-1, keepdims=True)
    return np.where(deviation > 1e-9 * np.abs(weeks).max(-1, keepdims=True), deviation, 0.0)


def scale(weeks: Array) -> tuple[Array, Array]:
    """Give the mean of each week and a unit to measure it by, (n, 1), so that numbers of any size can be read."""
    unit = spread(weeks)
    return weeks.mean(-1, keepdims=True), np.where(unit > 0, unit, 1.0)


def features(weeks: Array) -> Array:
    """Say what the network reads of each hour, (n, 168, 2): its level, and the change since a day before.

    The week goes round: the first day is compared with the last one. If weeks are alike, that is just how the
    day to come will differ from the last, and the backward chain reads it last, just before the decoder begins.
    """
    mean, unit = scale(weeks)
    level = (weeks - mean) / unit
    return np.stack((level, level - np.roll(level, DAY, -1)), -1).astype(np.float32)


def changes(weeks: Array, days: Array) -> Array:
    """Say what the network should write, (n, 24): each hour's change since the last day of the week, scaled."""
    return ((days - weeks[:, -DAY:]) / scale(weeks)[1]).astype(np.float32)


def from_changes(weeks: Array, written: Array) -> Array:
    """Turn the changes that the network writes (n, 24) into numbers like the visitor's; a flat week has no unit."""
    return weeks[:, -DAY:] + written * spread(weeks)
