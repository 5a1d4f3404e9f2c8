"""The training loop and the splits that all examples share."""

import random
from contextlib import suppress
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel

from models.training import (
    along_a_cosine,
    batches_by_length,
    command_line,
    hash_fraction,
    moving_average,
    pad,
    seed_everything,
    split_by_hash,
    train,
    weights_of,
)


def line(seed: int = 0) -> nn.Linear:
    torch.manual_seed(seed)
    return nn.Linear(1, 1)


def weight_of(average: AveragedModel) -> torch.Tensor:
    """Find the averaged weight, (1, 1)."""
    return average.get_parameter("module.weight")


def fit(network: nn.Linear, epochs: int = 40, **changes: object) -> float:
    x = torch.linspace(-1, 1, 32).unsqueeze(1)
    return train(
        network,
        lambda: [(x, 3 * x + 1)],
        lambda batch: nn.functional.mse_loss(network(batch[0]), batch[1]),
        lambda: -nn.functional.mse_loss(network(x), 3 * x + 1).item(),
        torch.optim.Adam(network.parameters(), lr=0.2),
        epochs=epochs,
        **changes,  # pyright: ignore[reportArgumentType]
    ).score


def test_training_finds_a_line_and_keeps_its_best_weights(tmp_path: Path) -> None:
    network = line()
    score = fit(network, 120, patience=120, checkpoint=tmp_path / "runs" / "best.pt")
    assert score > -0.01
    saved = torch.load(tmp_path / "runs" / "best.pt", weights_only=True)
    assert torch.equal(saved["weight"], network.weight)


def test_training_stops_when_the_development_score_stays(capsys: pytest.CaptureFixture[str]) -> None:
    network = line()
    calls: list[int] = []

    def worse_each_time() -> float:
        calls.append(1)
        return -float(len(calls))

    best = train(
        network,
        lambda: [1.0],
        lambda _: network(torch.ones(1, 1)).square().sum(),
        worse_each_time,
        torch.optim.SGD(network.parameters(), lr=0.1),
        epochs=50,
        patience=3,
    )
    assert len(calls) == 4 and best.epoch == 0
    assert "development" in capsys.readouterr().out


def test_the_network_ends_with_the_weights_of_its_best_epoch() -> None:
    network = line()
    seen: list[torch.Tensor] = []
    scores = iter([0.1, 0.9, 0.2, 0.3])

    def score() -> float:
        seen.append(network.weight.clone())
        return next(scores)

    train(
        network,
        lambda: [1.0],
        lambda _: network(torch.ones(1, 1)).square().sum(),
        score,
        torch.optim.SGD(network.parameters(), lr=0.1),
        epochs=4,
        patience=4,
    )
    assert torch.equal(network.weight, seen[1]) and not torch.equal(seen[1], seen[3])


def test_the_schedule_ends_where_it_says() -> None:
    network = line()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
    train(
        network,
        lambda: [1.0, 2.0],
        lambda _: network(torch.ones(1, 1)).square().sum(),
        lambda: 0.0,
        optimizer,
        epochs=2,
        patience=9,
        schedule=lambda done: 1 - 0.9 * done,
    )
    assert optimizer.param_groups[0]["lr"] == pytest.approx(0.05)


def test_a_rate_rises_and_falls_along_a_cosine() -> None:
    rate = along_a_cosine(0.1, least=0.01)
    assert (rate(0), rate(1)) == (0.01, pytest.approx(0.01))
    assert rate(0.05) < rate(0.1) > rate(0.5) > rate(0.9)
    assert rate(0.5) == pytest.approx(0.51)


def test_the_same_seed_trains_the_same_weights() -> None:
    seed_everything(5)
    first = line(5)
    fit(first)
    again = line(5)
    fit(again)
    assert torch.equal(first.weight, again.weight)


def test_a_moving_average_begins_with_the_weights_and_then_follows_them() -> None:
    network = line()
    average = moving_average(network, 0.3)
    seen: list[float] = []
    for weight in (1.0, *[3.0] * 7):
        nn.init.constant_(network.weight, weight)
        average.update_parameters(network)
        seen.append(weight_of(average).item())
    assert seen[0] == 1 and seen == sorted(seen)
    left = [3 - mean for mean in seen]
    assert left[1] / left[0] == pytest.approx(1 / 11)  # the first steps are longer than 1 - 0.3 of the way
    assert left[7] / left[6] == pytest.approx(0.3, abs=0.01)


def test_a_moving_average_without_decay_is_the_network_itself() -> None:
    network = line()
    average = moving_average(network, 0.0)
    for seed in range(3):
        network.load_state_dict(line(seed).state_dict())
        average.update_parameters(network)
        assert torch.equal(weight_of(average), network.weight)


def test_borrowed_weights_are_given_back_whatever_happens() -> None:
    network, other = line(0), line(1)
    own = network.weight.clone()
    with suppress(ZeroDivisionError), weights_of(other, network):
        assert torch.equal(network.weight, other.weight) and not torch.equal(network.weight, own)
        _ = 1 / 0
    assert torch.equal(network.weight, own)


def test_each_batch_is_learned_at_the_rate_of_its_share_of_the_training() -> None:
    network = line()
    optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
    rates: list[float] = []

    def loss_of(_: float) -> torch.Tensor:
        rates.append(optimizer.param_groups[0]["lr"])
        return network(torch.ones(1, 1)).square().sum()

    lengths = iter((2, 4))
    train(
        network,
        lambda: [0.0] * next(lengths),
        loss_of,
        lambda: 0.0,
        optimizer,
        epochs=2,
        schedule=lambda done: 1 - done,
    )
    assert rates == pytest.approx([0.5 * (1 - done) for done in (0, 1 / 4, 1 / 2, 5 / 8, 3 / 4, 7 / 8)])


def test_equal_texts_fall_into_the_same_part_whatever_their_case_and_spaces() -> None:
    assert hash_fraction("A  good Film") == hash_fraction("a good\tfilm ")
    training, development = split_by_hash([str(i) for i in range(2000)], (9, 1))
    assert len(training) + len(development) == 2000 and 150 < len(development) < 250


def test_batches_hold_items_of_like_length_and_every_item_once() -> None:
    items = ["x" * (1 + i * 7 % 13) for i in range(60)]
    batches = list(batches_by_length(items, 8, len, random.Random(0)))
    assert sorted(len(item) for batch in batches for item in batch) == sorted(map(len, items))
    assert all(max(map(len, batch)) - min(map(len, batch)) <= 3 for batch in batches)


def test_padding_fills_up_to_the_longest_row() -> None:
    assert pad([[1, 2, 3], [4]], -1).tolist() == [[1, 2, 3], [4, -1, -1]]


def test_a_training_script_trains_all_variants_unless_some_are_named() -> None:
    parser = command_line("train", ("rnn", "gru"))
    assert parser.parse_args([]).variants == []
    assert parser.parse_args(["gru"]).variants == ["gru"]
    with pytest.raises(SystemExit):
        parser.parse_args(["lstm"])
