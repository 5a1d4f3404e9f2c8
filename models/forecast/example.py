"""What the next day looks like after a week of hourly numbers."""

import math
import re
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from models.example import Encoded, Example, refuse_decimal_commas
from models.forecast.hours import DAY, WEEK, features, from_changes, parse, weeks_and_days
from models.units import Unit
from models.variants import Variant
from unrolled import InvalidInput, Label, Network, Trace

DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
GROUPED = re.compile(r"(?<!\d)\d{1,3},\d{3}(?!\d)")


class Forecast(Example):
    """Let an encoder read a week and a decoder write the day after it."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Read the numbers; x is (168, 2), each hour's level and its change since a day before."""
        week, came = read_hours(raw)
        return Encoded(
            torch.from_numpy(features(week[None])[0]),
            tuple(Label(text=f"{value:.9g}", value=value) for value in week),
            unit=Unit("the unit of the week", lambda written: from_changes(week[None], written[:, 0][None])[0]),
            truth=tuple(came.tolist()) or None,
        )

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the one output of each step."""
        return ("forecast",)

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the highest and the lowest hour of the day to come, and how far off they are where that is known."""
        day = np.array([output.value for output in trace.outputs])
        high, low = int(day.argmax()), int(day.argmin())
        answer = f"highest {day[high]:.4g} in hour {high + 1}, lowest {day[low]:.4g} in hour {low + 1}"
        if trace.truth is None:
            return answer
        last = np.array([label.value for label in trace.x_labels[-DAY:]])
        error, yesterday = np.abs(day - trace.truth).mean(), np.abs(last - trace.truth).mean()
        return f"{answer}; off by {error:.3g} on average, where yesterday's hours are off by {yesterday:.3g}"

    def evaluate(self, text: str, variant: Variant) -> dict[str, float]:
        """Measure the mean absolute error over all days that begin at any hour of the columns ts and y, as they are."""
        weeks, days = weeks_and_days(parse(text)[1])
        error = np.abs(self.days_after(weeks, variant) - days).mean()
        yesterday = np.abs(weeks[:, -DAY:] - days).mean()
        return {
            "mae": round(float(error), 2),
            "mae_same_hour_yesterday": round(float(yesterday), 2),
            "mae_same_hour_last_week": round(float(np.abs(weeks[:, :DAY] - days).mean()), 2),
            "ratio_to_yesterday": round(float(error / yesterday), 4),
        }

    def days_after(self, weeks: np.ndarray, variant: Variant) -> np.ndarray:
        """Forecast many weeks at once, (n, 168) -> (n, 24)."""
        parts = torch.from_numpy(features(weeks)).split(512)
        network = self.networks[variant.id]
        with torch.inference_mode():
            changes = torch.cat([write_changes(network, x) for x in parts])
        return from_changes(weeks, changes.numpy())


def read_hours(raw: str) -> tuple[np.ndarray, np.ndarray]:
    """Read a week (168,), and the day that came after it (24,) or nothing (0,).

    Raises InvalidInput for another count, or a word that is no number.
    """
    refuse_decimal_commas(raw.replace(";", " ").split(), DECIMAL_COMMA, "31.5")
    hours = np.array([_number(word) for word in re.split(r"[,;\s]+", raw) if word])
    if len(hours) not in (WEEK, WEEK + DAY):
        refuse_thousands([word.strip(",") for word in re.split(r"[;\s]+", raw)])
        commas = "; a comma that separates thousands counts as one between two numbers" if GROUPED.search(raw) else ""
        raise InvalidInput(
            f"{len(hours)} numbers; this network reads exactly {WEEK}, one for each hour of a week "
            f"(or {WEEK + DAY}: the day that came after it, too){commas}"
        )
    return hours[:WEEK], hours[WEEK:]


def refuse_thousands(words: Sequence[str]) -> None:
    """Raise InvalidInput if commas within several words may separate thousands: here they stand between numbers."""
    grouped = [word for word in words if THOUSANDS.fullmatch(word)]
    if grouped and len(words) > 1:
        plain = grouped[0].replace(",", "")
        raise InvalidInput(
            f"a comma stands between two numbers here, so '{grouped[0][:20]}' is more than one; "
            f"if it separates thousands, write {plain[:20]}, without it"
        )


def _number(word: str) -> float:
    """Read one number."""
    try:
        number = float(word.replace("_", "?"))  # Python reads 1_000, nobody else does
    except ValueError:
        raise InvalidInput(f"'{word[:20]}' is not a number; write them as in 31.5, 30, 28.25") from None
    if not math.isfinite(number) or abs(number) > 1e9:
        raise InvalidInput(f"{word[:20]} is out of range; use numbers between -1e9 and 1e9")
    return number


def write_changes(network: Network, x: Tensor) -> Tensor:
    """Let the decoder write a day and read what it wrote; x (B, 168, 2) -> (B, 24)."""
    assert network.decoder is not None and network.feed_back is not None
    _, state = network.encode(x)
    (hidden,), fed = network.hand_over(state), x.new_zeros(1, len(x), network.decoder.input_size)
    written: list[Tensor] = []
    for _ in range(DAY):
        out, hidden = network.decoder(fed, hidden)
        y_hat = network.head(network.dropout(out))  # (1, B, 1)
        written.append(y_hat[0, :, 0])
        fed = network.feed_back(y_hat)
    return torch.stack(written, 1)


EXAMPLE = Forecast
