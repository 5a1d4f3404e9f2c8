"""Decoding whole batches gives what recording one run at a time gives."""

import pytest
import torch

from tests.helpers import present
from tests.tiny import tiny_network
from unrolled import ConfigError, record
from unrolled.greedy import decode_batch

INPUTS = [[1, 5, 2, 8, 3, 3], [4, 4, 7], [6]]


@pytest.mark.parametrize("attention", [None, "dot", "additive"])
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_padded_batch_is_decoded_like_each_input_alone(cell: str, attention: str | None) -> None:
    network = tiny_network("encoder_decoder", cell, attention=attention, directions=2)
    x = torch.tensor([row + [0] * (6 - len(row)) for row in INPUTS])
    written = decode_batch(network, x, torch.tensor([len(row) for row in INPUTS]), 7)
    alone = [record(network, row, T_y=7) for row in INPUTS]
    assert written.classes.tolist() == [[output.index for output in trace.outputs] for trace in alone]
    assert (written.attention is None) == (attention is None)
    for row, trace in enumerate(alone):
        if written.attention is not None and trace.attention is not None:
            expected = torch.tensor(trace.attention.tolist())
            torch.testing.assert_close(written.attention[row, :, : trace.T_x], expected, atol=1e-6, rtol=0)


@pytest.mark.parametrize("attention", [None, "dot"])
@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_a_batch_of_pictures_is_decoded_like_each_alone(cell: str, attention: str | None) -> None:
    places = {"kind": "places", "count": 3, "size": 4}
    network = tiny_network("one_to_many", cell, read=places, attention=attention)
    x = torch.randn(4, 1, 6, 3)  # (B, 1, P, count)
    written = decode_batch(network, x, None, 5)
    alone = [record(network, row, T_y=5) for row in x]
    assert written.classes.tolist() == [[output.index for output in trace.outputs] for trace in alone]
    for row, trace in enumerate(alone):
        if written.attention is not None:
            expected = torch.tensor(present(trace.attention).tolist())
            torch.testing.assert_close(written.attention[row], expected, atol=1e-6, rtol=0)


def test_rows_that_have_ended_stay_ended() -> None:
    network = tiny_network("encoder_decoder", "gru")
    free = decode_batch(network, torch.tensor(INPUTS[:1]), None, 6).classes[0].tolist()
    stopping = tiny_network("encoder_decoder", "gru", end=free[2])
    written = decode_batch(stopping, torch.tensor(INPUTS[:1] * 2), None, 6).classes.tolist()
    first = free.index(free[2])
    assert written == [free[: first + 1]] * 2


def test_networks_without_encoder_or_classes_are_refused() -> None:
    with pytest.raises(ConfigError, match="one_to_many has no encoder"):
        decode_batch(tiny_network("one_to_many"), torch.tensor([[1]]), None, 3)
    vectors = tiny_network("encoder_decoder", output="identity", feed_back={"kind": "vector", "size": 5})
    with pytest.raises(ConfigError, match="softmax"):
        decode_batch(vectors, torch.tensor([[1]]), None, 3)
