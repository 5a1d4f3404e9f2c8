"""Outputs are chosen as asked: greedily, by seeded sampling, or by a beam that finds what greed misses."""

from collections.abc import Sequence
from itertools import product

import numpy as np
import pytest
import torch

from tests.helpers import present
from tests.tiny import tiny_network
from unrolled import Decoding, Embed, Force, Network, Trace, record
from unrolled.search import draw


def indices(trace: Trace) -> list[int | None]:
    return [o.index for o in trace.outputs]


def test_greedy_takes_the_likeliest_at_every_step() -> None:
    trace = record(tiny_network("one_to_many"), T_y=8)
    assert indices(trace) == present(trace.y_hat).argmax(1).tolist()


def test_the_same_seed_draws_the_same_outputs_and_another_seed_others() -> None:
    network = tiny_network("one_to_many")
    runs = [indices(record(network, T_y=20, decoding=Decoding(method="sample", seed=s))) for s in (1, 1, 2)]
    assert runs[0] == runs[1] != runs[2]


def test_a_low_temperature_approaches_greed() -> None:
    network = tiny_network("one_to_many")
    cold = record(network, T_y=8, decoding=Decoding(method="sample", temperature=0.001, seed=3))
    assert indices(cold) == indices(record(network, T_y=8))


def test_draws_follow_the_distribution() -> None:
    logits = np.log(np.array([0.1, 0.6, 0.3]))
    random = np.random.default_rng(0)
    counts = np.bincount([draw(logits, random.random()) for _ in range(4000)], minlength=3) / 4000
    np.testing.assert_allclose(counts, [0.1, 0.6, 0.3], atol=0.03)
    assert draw(logits, 0.0) == 0
    assert draw(logits, np.nextafter(1, 0)) == 2


def mean_log_p(network: Network, x: list[int], outputs: Sequence[int]) -> float:
    trace = record(network, x, T_y=len(outputs), interventions=[Force(step=s, y=y) for s, y in enumerate(outputs)])
    return float(np.log([row[y] for row, y in zip(present(trace.y_hat), outputs, strict=True)]).mean())


@pytest.mark.parametrize("seed", range(4))
def test_a_wide_beam_finds_the_best_of_all_outputs(seed: int) -> None:
    network = tiny_network("encoder_decoder", seed=seed, n_y=3, feed_back=Embed(kind="tokens", count=3, size=4))
    with torch.no_grad():
        network.head.weight *= 6  # sharper, so that greed can be wrong
    x = [1, 2, 3]
    found = indices(record(network, x, T_y=2, decoding=Decoding(method="beam", width=9)))
    best = max(product(range(3), repeat=2), key=lambda y: mean_log_p(network, x, y))
    assert tuple(found) == best


def test_a_beam_of_one_is_greed() -> None:
    network = tiny_network("encoder_decoder", attention="dot")
    x = [1, 2, 3, 4]
    assert indices(record(network, x, T_y=6, decoding=Decoding(method="beam", width=1))) == indices(
        record(network, x, T_y=6)
    )


def test_a_beam_keeps_to_forced_outputs_and_does_not_mark_its_own() -> None:
    network = tiny_network("encoder_decoder")
    trace = record(network, [1, 2], T_y=5, decoding=Decoding(method="beam"), interventions=[Force(step=2, y=4)])
    assert trace.outputs[2].index == 4
    assert [o.forced for o in trace.outputs] == [False, False, True, False, False]


def test_a_beam_may_end_early_with_the_end_symbol() -> None:
    network = tiny_network("one_to_many", end=1)
    network.head.bias[1] = 50.0
    assert indices(record(network, T_y=9, decoding=Decoding(method="beam"))) == [1]


def test_the_trace_echoes_how_its_outputs_were_chosen() -> None:
    sampling = Decoding(method="sample", temperature=0.7, seed=11)
    assert record(tiny_network("one_to_many"), T_y=3, decoding=sampling).decoding == sampling
    assert record(tiny_network("many_to_one"), [1]).decoding is None
