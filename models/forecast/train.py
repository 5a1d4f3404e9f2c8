"""Train the forecasting network on the first 70 % of three years: about a quarter of an hour.

    python -m models.forecast.train
    python -m models.forecast.train --write-test runs/forecast/test.csv

The weights are written beside this file.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models import datasets
from models.files import FileFormat
from models.forecast.example import write_changes
from models.forecast.hours import WEEK, changes, features, fill_gaps, parse, scale, weeks_and_days
from models.forecast.synthetic import draw
from models.training import RUNS, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

SOURCE = "series/hourly_electricity.csv"
TRAINING, DEVELOPMENT = 0.7, 0.85  # where these parts end; the last 15 % are for the test
HIDDEN, BATCH, EPOCHS, WINDOWS, RATE = 64, 64, 36, 6000, 3e-3  # WINDOWS: of the real series, in an epoch
SYNTHETIC = 0.4  # made-up weeks beside each real one
FOLDER = Path(__file__).parent


def config() -> NetworkConfig:
    """Describe the network: it reads the week from both ends."""
    return NetworkConfig(
        kind="encoder_decoder",
        cell="gru",
        hidden=HIDDEN,
        n_y=1,
        directions=2,
        read=Embed(size=2),
        feed_back=Embed(size=1),
        output="identity",
    )


class Part:
    """Hold the weeks of one part of the series as tensors: what is read, what to write, and the unit of each."""

    def __init__(self, weeks: np.ndarray, days: np.ndarray) -> None:
        self.x = torch.from_numpy(features(weeks))  # (n, 168, 2)
        self.y = torch.from_numpy(changes(weeks, days))  # (n, 24)
        self.unit = torch.from_numpy(scale(weeks)[1].astype(np.float32))  # (n, 1), kW

    def errors(self, network: Network, rows: Tensor) -> Tensor:
        """Measure how far the forecasts of some weeks are off, (len(rows), 24), in kW."""
        return (write_changes(network, self.x[rows]) - self.y[rows]).abs() * self.unit[rows]


def train_network(values: np.ndarray, seed: int = 0) -> None:
    """Train the network and write its weights."""
    seed_everything(seed)
    rng = np.random.default_rng(seed)
    end = int(TRAINING * len(values))
    training = Part(*weeks_and_days(values[:end]))
    held_out = Part(*weeks_and_days(values[end - WEEK : int(DEVELOPMENT * len(values))]))
    typical = float(training.unit.mean())
    network = Network(config(), dropout=0.1)

    def loss_of(rows: Tensor) -> Tensor:
        made_up = Part(*draw(int(SYNTHETIC * len(rows)), rng))
        invented = (write_changes(network, made_up.x) - made_up.y).abs().mean()
        return training.errors(network, rows).mean() / typical + SYNTHETIC * invented

    def development() -> float:
        every_third = torch.arange(0, len(held_out.x), 3)
        return -float(torch.cat([held_out.errors(network, rows) for rows in every_third.split(512)]).mean())

    train(
        network,
        lambda: torch.randperm(len(training.x))[:WINDOWS].split(BATCH),
        loss_of,
        development,
        torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.01, fused=True),
        epochs=EPOCHS,
        patience=EPOCHS,
        clip=1.0,
        schedule=lambda done: min(1.0, 0.1 + done / 0.05, 0.02 + 1.4 * (1 - done)),
        average=0.99,
        checkpoint=RUNS / "forecast" / "gru.pt",
        title="gru",
    )
    network.save(FOLDER / "gru.safetensors")


def source() -> tuple[list[str], np.ndarray]:
    """Read the series, (T,): when, and how much, with the hours interpolated that do not exist."""
    when, values = parse(FileFormat().decode(datasets.read(SOURCE)))
    return when, fill_gaps(values)


def part_of(when: list[str], values: np.ndarray, start: float, end: float) -> str:
    """Write a part of the series, from one share to another, as the source does, with the week before it to read."""
    part = slice(int(start * len(values)) - WEEK, int(end * len(values)))
    rows = [f"{hour},{value!r}" for hour, value in zip(when[part], values[part].tolist(), strict=True)]
    return "\n".join(["ts,y", *rows]) + "\n"


def main() -> None:
    """Train the network; or write the part of the series that is for the test."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write-test", type=Path, metavar="PATH")
    chosen = parser.parse_args()
    when, values = source()
    if chosen.write_test:
        chosen.write_test.parent.mkdir(parents=True, exist_ok=True)
        chosen.write_test.write_text(part_of(when, values, DEVELOPMENT, 1.0))
        return
    train_network(values)


if __name__ == "__main__":
    main()
