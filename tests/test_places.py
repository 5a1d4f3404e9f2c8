"""One input with places (a picture): the network reads their mean, and attention looks at each of them."""

import pytest
import torch

from tests.helpers import present
from tests.tiny import CELL_KINDS, tiny_network
from unrolled import Decoding, Embed, Force, InvalidRequest, Label, LengthError, Network, NetworkConfig, Trace, record

PLACES = 6
PICTURE = torch.randn(1, PLACES, 3, generator=torch.Generator().manual_seed(4))
every_network = pytest.mark.parametrize("attention", [None, "dot", "additive"])


def writer(attention: str | None = "additive", cell: str = "gru") -> Network:
    """Make a network that reads places of 3 numbers and writes classes."""
    return tiny_network("one_to_many", cell, read=Embed(kind="places", count=3, size=4), attention=attention)


def test_x_is_the_mean_of_the_mapped_places() -> None:
    network = writer()
    trace = record(network, PICTURE, T_y=3)
    assert present(network.places(PICTURE[0])).mean(0).numpy() == pytest.approx(trace.x[0], abs=1e-6)
    assert (trace.T_x, [label.text for label in trace.places or ()]) == (1, list("123456"))


@every_network
@pytest.mark.parametrize("cell", CELL_KINDS)
def test_what_is_written_is_what_the_trained_network_computes(attention: str | None, cell: str) -> None:
    network = writer(attention, cell)
    trace = record(network, PICTURE, T_y=5)
    chosen = torch.tensor([[output.index for output in trace.outputs]])
    with torch.inference_mode():
        y_hat = network.activate(network(PICTURE.unsqueeze(0), y=chosen))[0]
    assert trace.y_hat == pytest.approx(y_hat.numpy(), abs=1e-6)


def test_attention_over_places_is_one_row_an_output_and_adds_up_to_one() -> None:
    attention = record(writer(), PICTURE, T_y=4).attention
    assert attention is not None and attention.shape == (4, PLACES)
    assert attention.sum(1) == pytest.approx(1, abs=1e-6)
    assert record(writer(None), PICTURE, T_y=4).attention is None


@every_network
def test_both_paths_and_a_beam_of_one_agree(attention: str | None) -> None:
    network = writer(attention)
    fast, stepped = (record(network, PICTURE, T_y=4, path=path) for path in (None, "step"))
    searched = record(network, PICTURE, T_y=4, decoding=Decoding(method="beam", width=1))
    assert fast.y_hat == pytest.approx(stepped.y_hat, abs=1e-6)
    assert [o.index for o in searched.outputs] == [o.index for o in fast.outputs]


@every_network
def test_a_places_share_of_the_score_is_what_making_it_stronger_adds(attention: str | None) -> None:
    network, step = writer(attention).double(), 1e-5
    torch.nn.init.zeros_(network.get_parameter("read.map.bias"))  # now a place grows as its numbers do
    forced = [Force(step=t, y=y) for t, y in enumerate((2, 4, 1))]

    def score(strength: torch.Tensor) -> float:
        with torch.inference_mode():
            chosen = torch.tensor([[2, 4, 1]])
            logits = network(PICTURE.double()[None] * strength[:, None], y=chosen)
        return logits[0, 2].log_softmax(-1)[1].item()

    found = record(network.float(), PICTURE, T_y=3, interventions=forced, gradient=2).gradient
    network.double()
    assert found is not None and found.places is not None
    for place in range(PLACES):
        more = torch.zeros(PLACES, dtype=torch.float64)
        more[place] = step
        assert found.places[place] == pytest.approx((score(1 + more) - score(1 - more)) / (2 * step), abs=1e-5)


def test_the_trace_with_places_comes_back_from_its_wire_form() -> None:
    labels = [Label(text=f"place {p}") for p in range(PLACES)]
    trace = record(writer(), PICTURE, T_y=3, place_labels=labels, gradient=-1)
    assert Trace.from_json(trace.to_json()).to_json() == trace.to_json()
    assert trace.places == tuple(labels)


def test_what_does_not_fit_is_refused_with_the_shape_that_does() -> None:
    with pytest.raises(LengthError, match=r"\(T_x, P, 3\)"):
        record(writer(), torch.zeros(1, PLACES, 4))
    with pytest.raises(LengthError, match=r"\(T_x, P, 3\)"):
        record(writer(), torch.zeros(1, 0, 3))
    with pytest.raises(InvalidRequest, match="6 places"):
        record(writer(), PICTURE, place_labels=[Label(text="one")])
    with pytest.raises(InvalidRequest, match="reads no places"):
        record(tiny_network("one_to_many"), None, place_labels=[])
    with pytest.raises(InvalidRequest, match="finite"):
        record(writer(), PICTURE * float("nan"))


def test_attention_without_an_encoder_needs_places_to_look_at() -> None:
    with pytest.raises(ValueError, match="places"):
        NetworkConfig(
            kind="one_to_many", cell="gru", hidden=4, n_y=3, attention="dot",
            feed_back=Embed(kind="tokens", size=4, count=3),
        )  # fmt: skip
