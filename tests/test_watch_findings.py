"""Findings are there where a network has the mistake, and are not where it has none."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence

from tests.tutorials import TUTORIALS, Classifier, Tagger, ids, make, numbers
from unrolled import watch


def kinds(model: nn.Module, *args: Any, **options: Any) -> list[str]:
    return [finding.kind for finding in watch(model, *args, **options).findings]


@pytest.mark.parametrize("name", TUTORIALS)
@pytest.mark.parametrize("training", [False, True], ids=["eval", "train"])
def test_networks_without_a_mistake_are_not_accused(name: str, training: bool) -> None:
    model, args, options = make(name, training)
    assert kinds(model, *args, **options) == []


def padded(*lengths: int) -> Tensor:
    """Draw sentences of these lengths, padded with 0; (B, T)."""
    drawn = ids(len(lengths), max(lengths))
    return drawn * (torch.arange(max(lengths)) < torch.tensor(lengths)[:, None])


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("rnn", [nn.LSTM, nn.GRU, nn.RNN])
def test_a_backward_half_that_is_read_at_its_first_step_is_found(layers: int, rnn: Any) -> None:
    watched = watch(Classifier("last step", layers, rnn=rnn), ids(3, 7))
    (finding,) = watched.findings
    assert (finding.kind, finding.steps, finding.direction) == ("backward_read_early", (6,), "backward")
    assert "seen 1 of 7 inputs" in finding.sentence
    assert not watch(Classifier("last step", layers, both=False, rnn=rnn), ids(3, 7)).findings
    # the arrows of the picture are those of the mistake: both directions are read in the last column
    assert watched.trace.network.topology.answers_each_step
    assert not watch(Classifier("last", layers, rnn=rnn), ids(3, 7)).trace.network.topology.answers_each_step


class Gathered(Classifier):
    """Reads each sequence at its own end."""

    def forward(self, words: Tensor) -> Tensor:
        lengths = (words != 0).sum(1)
        out, _ = self.rnn(self.embedding(words))
        return self.fc(out[torch.arange(len(words)), lengths - 1])


class Packed(Classifier):
    """Packs the batch, and reads the last states."""

    def forward(self, words: Tensor) -> Tensor:
        lengths = (words != 0).sum(1)
        packed = pack_padded_sequence(self.embedding(words), lengths, batch_first=True, enforce_sorted=False)
        h = self.rnn(packed)[1][0]
        return self.fc(torch.cat((h[-2], h[-1]), 1) if self.both else h[-1])


@pytest.mark.parametrize(
    ("model", "found"),
    [
        (Classifier("last step", both=False), ["padded_step_read"]),
        (Classifier("last", both=False), ["padded_step_read"]),
        (Classifier("mean", both=False), ["padded_step_read"]),
        (Classifier("last"), ["padded_step_read", "padding_in_backward"]),
        (Gathered(both=False), []),
        (Gathered(), ["backward_read_early", "padding_in_backward"]),
        (Packed(both=False), []),
        (Packed(), []),
    ],
    ids=lambda value: "" if isinstance(value, nn.Module) else "+".join(value) or "none",
)
def test_padding_that_is_read_is_found(model: nn.Module, found: list[str]) -> None:
    words = padded(4, 7, 2)
    assert kinds(model, words) == found
    assert "padded_step_read" not in kinds(model, words, sequence=1)  # which has no padding


def test_padding_in_the_backward_half_of_a_tagger_is_found() -> None:
    class Unpacked(Tagger):
        def forward(self, words: Tensor, lengths: Any = None) -> Tensor:
            return self.hidden2tag(self.rnn(self.word_embeddings(words))[0])

    words, lengths = padded(4, 7, 2), torch.tensor([4, 7, 2])
    names = [list("abcd"), list("abcdefg"), list("ab")]  # fewer names than steps: the others are padding
    torch.manual_seed(0)
    found = watch(Unpacked(True), words, lengths, tokens=names).findings
    assert [(f.kind, f.steps) for f in found] == [("padding_in_backward", (4, 5, 6))]
    assert kinds(Tagger(True), words, lengths, tokens=names) == []


@pytest.mark.parametrize("place", [-1, -2])
def test_one_half_that_is_not_read_is_found(place: int) -> None:
    class Half(Classifier):
        def forward(self, words: Tensor) -> Tensor:
            h = self.rnn(self.embedding(words))[1][0]
            return self.fc(torch.cat((h[place], h[place]), 1))

    (finding,) = watch(Half(), ids(3, 7)).findings
    assert (finding.kind, finding.direction) == ("half_not_read", "forward" if place == -1 else "backward")


def test_a_top_layer_that_is_not_read_is_found() -> None:
    class Lowest(Classifier):
        def forward(self, words: Tensor) -> Tensor:
            return self.fc(self.rnn(self.embedding(words))[1][0][0])

    assert kinds(Lowest(layers=2, both=False), ids(3, 7)) == ["top_layer_not_read"]
    assert kinds(Lowest(layers=1, both=False), ids(3, 7)) == []


class Loop(nn.Module):
    """Calls a recurrent module step by step; `keep` passes the state on."""

    def __init__(self, rnn: nn.Module, keep: bool) -> None:
        super().__init__()
        self.rnn, self.fc, self.keep = rnn, nn.Linear(6, 3), keep

    def forward(self, x: Tensor) -> Tensor:
        outputs, state = [], None
        for step in x:
            if isinstance(self.rnn, nn.RNNBase):
                out, after = self.rnn(step.unsqueeze(0), state)
                out = out[0]
            else:
                after = self.rnn(step, state)
                out = after[0] if isinstance(after, tuple) else after
            state = after if self.keep else None
            outputs.append(self.fc(out))
        return torch.stack(outputs)


@pytest.mark.parametrize("rnn", [nn.LSTM, nn.GRU, nn.LSTMCell, nn.GRUCell, nn.RNNCell])
@pytest.mark.parametrize("keep", [True, False])
def test_a_state_that_is_not_passed_on_is_found(rnn: Any, keep: bool) -> None:
    torch.manual_seed(0)
    assert kinds(Loop(rnn(4, 6), keep), numbers(5, 2, 4)) == ([] if keep else ["state_not_passed_on"])


def test_steps_and_sequences_that_are_exchanged_are_found() -> None:
    class Exchanged(Classifier):
        def __init__(self, right: bool) -> None:
            super().__init__(both=False, layers=1)
            self.rnn = nn.LSTM(8, 6, batch_first=right)

        def forward(self, words: Tensor) -> Tensor:
            return self.fc(self.rnn(self.embedding(words))[0][:, -1])

    assert kinds(Exchanged(True), ids(4, 7)) == []
    assert kinds(Exchanged(False), ids(4, 7)) == ["batch_first_mistaken"]

    class ExchangedTagger(Tagger):
        def forward(self, words: Tensor, lengths: Any = None) -> Tensor:
            return self.hidden2tag(self.rnn(self.embedding(words))[0])

        def __init__(self, right: bool) -> None:
            super().__init__(right)
            self.embedding = nn.Embedding(20, 8, padding_idx=0)

    assert kinds(ExchangedTagger(False), padded(4, 7, 2)) == ["batch_first_mistaken"]
    assert "batch_first_mistaken" not in kinds(ExchangedTagger(True), padded(4, 7, 2))


def changed(change: Any, rnn: Any = nn.LSTM, hidden: int = 6) -> nn.Module:
    """Make a network that reads (T, B, 4), with its weights changed; it answers at the end."""
    torch.manual_seed(0)
    model = nn.ModuleDict({"rnn": rnn(4, hidden), "fc": nn.Linear(hidden, 3)})
    with torch.no_grad():
        change(model["rnn"])
    model.forward = lambda x: model["fc"](model["rnn"](x)[0][-1])
    return model


def explosive(rnn: Any) -> None:
    """Let every unit treble itself, starting from nothing and reading nothing."""
    for weight in rnn.parameters():
        weight.zero_()
    rnn.weight_hh_l0.copy_(3 * torch.eye(6))


def bias_of_gate(gate: int, value: float) -> Any:
    return lambda rnn: rnn.bias_ih_l0.view(-1, rnn.hidden_size)[gate].fill_(value)


@pytest.mark.parametrize(
    ("model", "found"),
    [
        (changed(bias_of_gate(1, 1.0)), []),
        (changed(bias_of_gate(0, -20.0)), ["still_units", "stuck_gate"]),
        (changed(bias_of_gate(1, 20.0)), ["stuck_gate"]),
        (changed(lambda rnn: rnn.weight_ih_l0.mul_(400), nn.RNN), ["saturated_units"]),
        (changed(lambda rnn: rnn.weight_hh_l0.mul_(0.001), nn.RNN), ["vanishing_gradient"]),
        (changed(explosive, nn.RNN), ["exploding_gradient"]),
    ],
    ids=lambda value: "" if isinstance(value, nn.Module) else "+".join(value) or "none",
)  # fmt: skip
def test_what_units_gates_and_gradients_do_is_found(model: nn.Module, found: list[str]) -> None:
    assert set(found) <= set(kinds(model, numbers(30, 2, 4)))
    assert found or not kinds(model, numbers(30, 2, 4))
