"""Train the forecasting network on the first 70 % of three years: about ten minutes.

    python -m models.forecast.train
    python -m models.forecast.train --write-development runs/forecast/development.csv
    python -m models.forecast.train --write-test runs/forecast/test.csv

The weights are written beside this file.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models import datasets
from models.forecast.example import write_changes
from models.forecast.hours import DAY, WEEK, features, mend, parse, scale, unpack, weeks_and_days
from models.training import RUNS, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

SOURCE = "series/hourly_electricity.csv"
TRAINING, DEVELOPMENT = 0.7, 0.85  # where these parts end; the last 15 % are for the test
HIDDEN, BATCH, EPOCHS, RATE = 64, 64, 5, 3e-3
FOLDER = Path(__file__).parent
Batch = tuple[Tensor, Tensor]


def tensors(values: np.ndarray) -> Batch:
    """Cut a part of the series: what is read (n, 168, 2), and the scaled changes to write (n, 24)."""
    weeks, days = weeks_and_days(values)
    changes = (days - weeks[:, -DAY:]) / scale(weeks)[1]
    return torch.from_numpy(features(weeks)), torch.from_numpy(changes.astype(np.float32))


def train_network(values: np.ndarray, seed: int = 0) -> None:
    """Train the network and write its weights."""
    seed_everything(seed)
    end = int(TRAINING * len(values))
    x_train, y_train = tensors(values[:end])
    x_dev, y_dev = tensors(values[end - WEEK : int(DEVELOPMENT * len(values))])
    config = NetworkConfig(
        kind="encoder_decoder",
        cell="gru",
        hidden=HIDDEN,
        n_y=1,
        read=Embed(size=2),
        feed_back=Embed(size=1),
        output="identity",
    )
    network = Network(config, dropout=0.1)

    def epoch_batches() -> Iterator[Tensor]:
        yield from torch.randperm(len(x_train)).split(BATCH)

    def loss_of(rows: Tensor) -> Tensor:
        return (write_changes(network, x_train[rows]) - y_train[rows]).abs().mean()

    def development() -> float:
        pairs = zip(x_dev.split(512), y_dev.split(512), strict=True)
        return -float(torch.cat([(write_changes(network, x) - y).abs() for x, y in pairs]).mean())

    train(
        network,
        epoch_batches,
        loss_of,
        development,
        torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.01, fused=True),
        epochs=EPOCHS,
        patience=EPOCHS,
        clip=1.0,
        schedule=lambda done: min(1.0, 0.1 + done / 0.05, 0.02 + 1.2 * (1 - done)),
        checkpoint=RUNS / "forecast" / "gru.pt",
        title="gru",
    )
    network.save(FOLDER / "gru.safetensors")


def write_part(path: Path, when: list[str], values: np.ndarray, start: int, end: int) -> None:
    """Write a part of the series as the source writes it, with the week before it to read."""
    part = slice(start - WEEK, end)
    rows = [f"{hour},{value!r}" for hour, value in zip(when[part], values[part].tolist(), strict=True)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["ts,y", *rows]) + "\n")


def main() -> None:
    """Train the network; or write the parts of the series that it is not trained on."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--write-development", type=Path, metavar="PATH")
    parser.add_argument("--write-test", type=Path, metavar="PATH")
    chosen = parser.parse_args()
    when, values = parse(unpack(datasets.read(SOURCE)))
    ends = [int(share * len(values)) for share in (TRAINING, DEVELOPMENT, 1.0)]
    if chosen.write_development:
        write_part(chosen.write_development, when, values, ends[0], ends[1])
    if chosen.write_test:
        write_part(chosen.write_test, when, values, ends[1], ends[2])
    if not (chosen.write_development or chosen.write_test):
        train_network(mend(values))


if __name__ == "__main__":
    main()
