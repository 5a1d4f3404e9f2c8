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

    def forward(self, words: Tensor) -> Tensor:
        out, state = self.rnn(self.embedding(words))
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

    def forward(self, words: Tensor, lengths: Any = None) -> Tensor:
        embedded = self.word_embeddings(words)
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


class Encoder(nn.Module):
    """Reads a sentence."""

    def __init__(self, both: bool = False) -> None:
        super().__init__()
        self.embedding = nn.Embedding(VOCABULARY, 8)
        self.gru = nn.GRU(8, 6, batch_first=True, bidirectional=both)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        return self.gru(self.embedding(ids))


class BahdanauAttention(nn.Module):
    """Looks at the encoder's outputs (B, T_x, n) from a state (B, 1, n); gives a context and weights (B, 1, T_x)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.Wa, self.Ua, self.Va = nn.Linear(6, 6), nn.Linear(size, 6), nn.Linear(6, 1)

    def forward(self, query: Tensor, keys: Tensor) -> tuple[Tensor, Tensor]:
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys))).squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        return torch.bmm(weights, keys), weights


class AttentionSeq2Seq(nn.Module):
    """Writes word after word, and looks back at each; by teacher forcing where a target is given."""

    def __init__(self, both: bool = False) -> None:
        super().__init__()
        self.encoder, self.both = Encoder(both), both
        size = 12 if both else 6
        self.embedding = nn.Embedding(VOCABULARY, 8)
        self.attention = BahdanauAttention(size)
        self.gru = nn.GRU(8 + size, 6, batch_first=True)
        self.bridge = nn.Linear(size, 6)
        self.out = nn.Linear(6, VOCABULARY)

    def forward(self, ids: Tensor, target: Tensor | None = None, steps: int = 5) -> tuple[Tensor, Tensor, Tensor]:
        memory, hidden = self.encoder(ids)
        if self.both:
            hidden = torch.tanh(self.bridge(torch.cat((hidden[-2], hidden[-1]), 1))).unsqueeze(0)
        word = torch.zeros(len(ids), 1, dtype=torch.long)
        outputs, looks = [], []
        for t in range(steps if target is None else target.shape[1]):
            context, weights = self.attention(hidden.permute(1, 0, 2), memory)
            out, hidden = self.gru(torch.cat((self.embedding(word), context), 2), hidden)
            outputs.append(self.out(out))
            looks.append(weights)
            word = outputs[-1].argmax(-1).detach() if target is None else target[:, t].unsqueeze(1)
        return F.log_softmax(torch.cat(outputs, 1), -1), hidden, torch.cat(looks, 1)


class Seq2Seq(nn.Module):
    """Fills a tensor of zeros (T_y, B, n_y), whose first row stays as it is; layers and cells of an LSTM."""

    def __init__(self) -> None:
        super().__init__()
        self.embedding, self.embedding2 = nn.Embedding(VOCABULARY, 8), nn.Embedding(11, 8)
        self.rnn, self.rnn2 = nn.LSTM(8, 6, 2, dropout=0.5), nn.LSTM(8, 6, 2, dropout=0.5)
        self.fc_out, self.dropout = nn.Linear(6, 11), nn.Dropout(0.5)

    def forward(self, src: Tensor, trg: Tensor, ratio: float = 1.0) -> Tensor:
        outputs = torch.zeros(trg.shape[0], trg.shape[1], 11)
        _, (hidden, cell) = self.rnn(self.dropout(self.embedding(src)))
        word = trg[0, :]
        for t in range(1, trg.shape[0]):
            out, (hidden, cell) = self.rnn2(self.dropout(self.embedding2(word.unsqueeze(0))), (hidden, cell))
            outputs[t] = self.fc_out(out.squeeze(0))
            word = trg[t] if ratio == 1 else outputs[t].argmax(1)
        return outputs


class Autoencoder(nn.Module):
    """Repeats the last state, and reads it in one call."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.decoder = nn.LSTM(3, 6, batch_first=True), nn.LSTM(6, 6, batch_first=True)
        self.out = nn.Linear(6, 3)

    def forward(self, x: Tensor) -> Tensor:
        _, (h, _) = self.encoder(x)
        return self.out(self.decoder(h[-1].unsqueeze(1).repeat(1, x.shape[1], 1))[0])


class ManyHours(nn.Module):
    """Writes a series, each number of which is read back at the next step."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder, self.cell = nn.GRU(1, 6, batch_first=True), nn.GRUCell(1, 6)
        self.fc = nn.Linear(6, 1)

    def forward(self, x: Tensor) -> Tensor:
        h = self.encoder(x)[1][0]
        y, outputs = x[:, -1], []
        for _ in range(4):
            h = self.cell(y, h)
            y = self.fc(h)
            outputs.append(y)
        return torch.stack(outputs, 1)


class CharRNN(nn.Module):
    """Writes text letter by letter; `sample` runs without gradients and draws each letter."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(VOCABULARY, 8)
        self.lstm = nn.LSTM(8, 6, batch_first=True)
        self.fc = nn.Linear(6, VOCABULARY)

    def forward(self, ids: Tensor, state: Any = None) -> tuple[Tensor, Any]:
        out, state = self.lstm(self.embed(ids), state)
        return self.fc(out), state

    def greedy(self, start: int, length: int) -> Tensor:
        letter, state, logits = torch.tensor([[start]]), None, []
        for _ in range(length):
            out, state = self(letter, state)
            logits.append(out[:, -1])
            letter = out.argmax(-1)
        return torch.stack(logits, 1)

    @torch.no_grad()
    def sample(self, start: int, length: int) -> list[int]:
        letter, state, text = torch.tensor([[start]]), None, []
        for _ in range(length):
            out, state = self(letter, state)
            letter = torch.multinomial(out[:, -1].softmax(-1), 1)
            text.append(int(letter))
        return text


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
    "attention, greedy": (AttentionSeq2Seq, (ids(3, 7),), {"answer": 0, "attention": 2}, ("encoder_decoder", 7, 5)),
    "attention, forced": (
        lambda: AttentionSeq2Seq(True),
        (ids(3, 5), ids(3, 5)),
        {"answer": 0, "attention": "attention"},
        ("encoder_decoder", 5, 5),
    ),
    "seq2seq, forced": (Seq2Seq, (ids(7, 3), ids(5, 3) % 11), {}, ("encoder_decoder", 7, 4)),
    "seq2seq, greedy": (Seq2Seq, (ids(7, 3), ids(5, 3) % 11, 0.0), {}, ("encoder_decoder", 7, 4)),
    "autoencoder": (Autoencoder, (numbers(3, 6, 3),), {"output": "identity"}, ("encoder_decoder", 6, 6)),
    "many hours": (ManyHours, (numbers(3, 6, 1),), {"output": "identity"}, ("encoder_decoder", 6, 4)),
    "writer": (CharRNN, (3, 6), {"method": "greedy"}, ("one_to_many", 1, 6)),
    "sampler": (
        CharRNN,
        (3, 6),
        {"method": "sample", "answer": "fc", "feedback": True},
        ("one_to_many", 1, 6),
    ),
    "stacked modules": (Stacked, (numbers(4, 9, 3),), {}, ("many_to_one", 9, 1)),
}


def make(name: str, training: bool = False) -> tuple[nn.Module, tuple[Any, ...], dict[str, Any]]:
    """Make a tutorial's network with seeded weights; gives it, what it reads, and the options of `watch`."""
    torch.manual_seed(0)
    network, args, options, _ = TUTORIALS[name]
    return network().train(training), args, options
