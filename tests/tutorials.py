"""Networks as public tutorials write them, tiny: none of them knows of this library."""

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

VOCABULARY = 20


class Classifier(nn.Module):
    """Reads a sentence and gives scores of two classes; `pool` says how it reads the states."""

    def __init__(self, pool: str = "last", layers: int = 2, both: bool = True, rnn: Any = nn.LSTM) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 8, padding_idx=0)
        self.rnn = rnn(8, 6, layers, bidirectional=both, batch_first=True, dropout=0.3 if layers > 1 else 0.0)
        self.fc = nn.Linear(12 if both else 6, 2)
        self.pool, self.both = pool, both

    def forward(self, ids: Tensor) -> Tensor:
        out, state = self.rnn(self.embedding(ids))
        h = state[0] if isinstance(state, tuple) else state
        match self.pool:
            case "last":
                read = torch.cat((h[-2], h[-1]), 1) if self.both else h[-1]
            case "last step":
                read = out[:, -1]
            case "mean":
                read = out.mean(1)
            case _:
                read = out.max(1).values
        return self.fc(read)


class Tagger(nn.Module):
    """Packs padded sentences, and gives log-probabilities of five tags for each word."""

    def __init__(self, batch_first: bool = False, rnn: Any = nn.GRU) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(VOCABULARY, 8)
        self.rnn = rnn(8, 6, 2, bidirectional=True, batch_first=batch_first)
        self.hidden2tag = nn.Linear(12, 5)
        self.batch_first = batch_first

    def forward(self, ids: Tensor, lengths: Tensor) -> Tensor:
        embedded = self.word_embeddings(ids)
        packed = pack_padded_sequence(embedded, lengths, batch_first=self.batch_first, enforce_sorted=False)
        out, _ = pad_packed_sequence(self.rnn(packed)[0], batch_first=self.batch_first)
        return F.log_softmax(self.hidden2tag(out), dim=-1)


class LanguageModel(nn.Module):
    """Gives scores of the next word after each one, flattened for the loss, and hands its state on."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.Embedding(VOCABULARY, 8)
        self.rnn = nn.LSTM(8, 8, 2, dropout=0.2)
        self.decoder = nn.Linear(8, VOCABULARY)
        self.decoder.weight = self.encoder.weight

    def forward(self, ids: Tensor, hidden: Any = None) -> tuple[Tensor, Any]:
        out, hidden = self.rnn(self.encoder(ids), hidden)
        return self.decoder(out).view(-1, VOCABULARY), hidden


class LastTag(nn.Module):
    """Gives scores as the loss wants them, classes before steps, (B, n_y, T)."""

    def __init__(self) -> None:
        super().__init__()
        self.rnn = nn.RNN(3, 6, nonlinearity="relu", batch_first=True)
        self.fc = nn.Linear(6, 4)

    def forward(self, x: Tensor) -> Tensor:
        return self.fc(torch.relu_(self.rnn(x)[0])).transpose(1, 2)


class Forecaster(nn.Module):
    """Reads a series and gives the next number."""

    def __init__(self) -> None:
        super().__init__()
        self.lstm = nn.LSTM(input_size=1, hidden_size=6, batch_first=True)
        self.linear = nn.Linear(6, 1)

    def forward(self, x: Tensor) -> Tensor:
        h0 = torch.zeros(1, x.size(0), 6)
        c0 = torch.zeros(1, x.size(0), 6)
        out, _ = self.lstm(x, (h0, c0))
        return self.linear(out[:, -1, :])


class SineWave(nn.Module):
    """Steps two stacked cells over a series."""

    def __init__(self, cell: Any = nn.LSTMCell) -> None:
        super().__init__()
        self.first, self.second = cell(1, 6), cell(6, 6)
        self.linear = nn.Linear(6, 1)

    def forward(self, x: Tensor) -> Tensor:
        outputs = []
        one: Any = None
        two: Any = None
        for step in x.split(1, dim=1):
            one = self.first(step, one)
            two = self.second(one[0] if isinstance(one, tuple) else one, two)
            outputs += [self.linear(two[0] if isinstance(two, tuple) else two)]
        return torch.cat(outputs, dim=1)


class Stacked(nn.Module):
    """Stacks modules of one layer each, with dropout of its own between them."""

    def __init__(self) -> None:
        super().__init__()
        self.below, self.above = nn.GRU(3, 6, batch_first=True), nn.GRU(6, 6, batch_first=True)
        self.drop = nn.Dropout(0.5)
        self.norm = nn.BatchNorm1d(6)
        self.fc = nn.Linear(6, 3)

    def forward(self, x: Tensor) -> dict[str, Tensor]:
        out, _ = self.above(self.drop(self.below(x)[0]))
        return {"logits": self.fc(self.norm(out.mean(1)))}


def ids(*shape: int) -> Tensor:
    """Draw word indices, none of which is padding."""
    return torch.randint(1, VOCABULARY, shape, generator=torch.Generator().manual_seed(0))


def numbers(*shape: int) -> Tensor:
    """Draw numbers."""
    return torch.randn(shape, generator=torch.Generator().manual_seed(0))


LENGTHS = torch.tensor([4, 7, 2])
# name -> the network, what it reads, the options that it needs, and the kind, T_x and T_y that are right for sequence 1
TUTORIALS: dict[str, tuple[Any, tuple[Any, ...], dict[str, Any], tuple[str, int, int]]] = {
    "classifier": (Classifier, (ids(3, 7),), {}, ("many_to_one", 7, 1)),
    "classifier, one way": (lambda: Classifier(both=False), (ids(3, 7),), {}, ("many_to_one", 7, 1)),
    "classifier, mean": (lambda: Classifier("mean"), (ids(3, 7),), {}, ("many_to_one", 7, 1)),
    "classifier, max": (lambda: Classifier("max"), (ids(3, 7),), {}, ("many_to_one", 7, 1)),
    "classifier, as many steps as sequences": (Classifier, (ids(7, 7),), {}, ("many_to_one", 7, 1)),
    "tagger": (Tagger, (ids(7, 3), LENGTHS), {}, ("many_to_many", 7, 7)),
    "tagger, batch first": (lambda: Tagger(True), (ids(3, 7), LENGTHS), {}, ("many_to_many", 7, 7)),
    "language model": (LanguageModel, (ids(7, 3),), {}, ("many_to_many", 7, 7)),
    "language model, square": (LanguageModel, (ids(3, 3),), {}, ("many_to_many", 3, 3)),
    "classes before steps": (LastTag, (numbers(3, 4, 3),), {}, ("many_to_many", 4, 4)),
    "forecaster": (Forecaster, (numbers(3, 9, 1),), {"output": "identity"}, ("many_to_one", 9, 1)),
    "cells": (SineWave, (numbers(3, 9),), {"output": "identity"}, ("many_to_many", 9, 9)),
    "cells, gru": (lambda: SineWave(nn.GRUCell), (numbers(3, 9),), {"output": "identity"}, ("many_to_many", 9, 9)),
    "cells, rnn": (lambda: SineWave(nn.RNNCell), (numbers(3, 9),), {"output": "identity"}, ("many_to_many", 9, 9)),
    "stacked modules": (Stacked, (numbers(4, 9, 3),), {}, ("many_to_one", 9, 1)),
}


def make(name: str, training: bool = False) -> tuple[nn.Module, tuple[Any, ...], dict[str, Any]]:
    """Make a tutorial's network with seeded weights; gives it, what it reads, and the options of `watch`."""
    torch.manual_seed(0)
    network, args, options, _ = TUTORIALS[name]
    return network().train(training), args, options
