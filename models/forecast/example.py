"""What the next day looks like after a week of hourly numbers."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from models.example import Encoded, Example
from models.forecast.hours import DAY, daily_cycle, features, from_changes, parse, weeks_and_days
from models.forecast.pasted import read_pasted
from models.units import Unit
from models.variants import Variant
from unrolled import Label, Network, Trace

CYCLE = 0.4  # 95 of 100 made-up weeks that it learns from repeat so much from day to day, and all real ones


class Forecast(Example):
    """Let an encoder read a week and a decoder write the day after it."""

    def encode(self, raw: str, variant: Variant) -> Encoded:
        """Read the numbers; x is (168, 2), each hour's level and its change since a day before."""
        hours = read_pasted(raw)
        week = hours.week
        return Encoded(
            torch.from_numpy(features(week[None])[0]),
            tuple(map(labelled, week, hours.empty)),
            unit=Unit("the unit of the week", lambda written: from_changes(week[None], written[:, 0][None])[0]),
            truth=tuple(hours.came.tolist()) or None,
            remarks=hours.remarks,
        )

    def y_labels(self, variant: Variant) -> Sequence[str]:
        """Name the one output of each step."""
        return ("forecast",)

    def decode(self, trace: Trace, variant: Variant) -> str:
        """Say the highest and the lowest hour of the day to come, and how far off they are where that is known."""
        day = np.array([output.value for output in trace.outputs])
        high, low = int(day.argmax()), int(day.argmin())
        last = np.array([label.value for label in trace.x_labels])
        cycle = float(daily_cycle(last[None])[0])
        answer = f"highest {day[high]:.4g} in hour {high + 1}, lowest {day[low]:.4g} in hour {low + 1}"
        if cycle < CYCLE:
            answer += f"; a guess: this week hardly repeats from day to day (correlation {cycle:.2f} with a day before)"
        if trace.truth is None:
            return answer
        error, yesterday = np.abs(day - trace.truth).mean(), np.abs(last[-DAY:] - trace.truth).mean()
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


def labelled(value: float, empty: bool) -> Label:
    """Label an hour with its number, and say where there was none."""
    return Label(text=f"{value:.9g}", value=value, note="interpolated" if empty else None)


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
