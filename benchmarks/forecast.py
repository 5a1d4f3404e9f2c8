"""What gradient boosting reaches where `models/forecast` forecasts a day: `python -m benchmarks.forecast`.

LightGBM reads the same 168 hours, scaled in the same way, and with `--dates` also hour, weekday and day of the year of
the hour to come, which the network is not told. One model for each of the 24 hours ahead learns from the first 70 % of
the series; the test is that of the example's card. LightGBM is no package of the project's: `pip install lightgbm`.
"""

import argparse
import sys
from datetime import datetime, timedelta
from types import ModuleType

import numpy as np

from models.forecast.hours import DAY, WEEK, changes, features, scale, weeks_and_days
from models.forecast.train import DEVELOPMENT, TRAINING, source

Array = np.ndarray
EVERY = 3  # hours between two weeks to learn from
ROUNDS = 200
TREES = {"objective": "regression_l1", "learning_rate": 0.05, "feature_fraction": 0.5, "num_threads": 1, "seed": 0,
         "verbose": -1}  # fmt: skip


def calendar(start: datetime, hours: Array) -> Array:
    """Tell hour, weekday and day of the year of some hours after the start, (n, 3)."""
    moments = [start + timedelta(hours=int(hour)) for hour in hours]
    return np.array([(m.hour, m.weekday(), m.timetuple().tm_yday) for m in moments], float)


def _flat(weeks: Array) -> Array:
    """Give each week as the network reads it, levels and changes since a day before, in one row, (n, 336)."""
    return features(weeks).reshape(len(weeks), -1)


def ratio(lightgbm: ModuleType, when: list[str], values: Array, *, dates: bool) -> float:
    """Give the mean absolute error on the last part of the series, as a share of yesterday's."""
    start, end = datetime.fromisoformat(when[0]), int(TRAINING * len(values))
    first = int(DEVELOPMENT * len(values)) - WEEK
    past = [part[::EVERY] for part in weeks_and_days(values[:end])]
    test = weeks_and_days(values[first:])
    known, wanted = _flat(past[0]), changes(*past)
    read, unit = _flat(test[0]), scale(test[0])[1][:, 0]
    error = 0.0
    for hour in range(DAY):
        x, x_test = known, read
        if dates:
            x = np.hstack((x, calendar(start, EVERY * np.arange(len(x)) + WEEK + hour)))
            x_test = np.hstack((x_test, calendar(start, first + np.arange(len(x_test)) + WEEK + hour)))
        model = lightgbm.train(TREES, lightgbm.Dataset(x, wanted[:, hour]), ROUNDS)
        written = test[0][:, WEEK - DAY + hour] + model.predict(x_test) * unit
        error += float(np.abs(written - test[1][:, hour]).mean()) / DAY
    return error / float(np.abs(test[0][:, -DAY:] - test[1]).mean())


def main() -> int:
    """Print the ratio, or say what to install."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--dates", action="store_true", help="tell it hour, weekday and day of the year")
    chosen = parser.parse_args()
    try:
        import lightgbm  # pyright: ignore[reportMissingImports]
    except ImportError:
        sys.stderr.write("LightGBM is missing: pip install lightgbm\n")
        return 1
    reached = ratio(lightgbm, *source(), dates=chosen.dates)
    sys.stdout.write(f"ratio_to_yesterday: {reached:.4f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
