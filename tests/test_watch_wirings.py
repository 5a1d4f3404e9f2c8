"""Wirings beyond the tutorials': each is made out, or refused with the argument that tells."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from tests.tutorials import Classifier, LanguageModel, LastTag, SineWave, ids, numbers
from unrolled import ConfigError, watch


class Written(nn.Module):
    """Holds modules by name, and runs a function of them."""

    def __init__(self, run: Any, **parts: nn.Module) -> None:
        super().__init__()
        self.run = run
        for name, part in parts.items():
            self.add_module(name, part)

    def forward(self, x: Tensor) -> Any:
        return self.run(self, x)


def pooled(m: Any, x: Tensor) -> Any:
    out = m.rnn(x)[0]
    weights = m.score(out).softmax(1)
    return m.fc((weights * out).sum(1)), weights.squeeze(-1)


def attended(m: Any, x: Tensor) -> Tensor:
    out = m.rnn(x)[0]
    return m.fc(m.look(out, out, out)[0])


def video(m: Any, x: Tensor) -> Tensor:
    read = m.conv(x.flatten(0, 1)).relu().flatten(1).view(*x.shape[:2], -1)
    return m.fc(m.rnn(read)[0][:, -1])


def sentences(m: Any, x: Tensor) -> Tensor:
    words = m.words(x.flatten(0, 1))[1][0].view(*x.shape[:2], -1)
    return m.fc(m.sentences(words)[1][0])


def both_ways(m: Any, x: Tensor) -> Tensor:
    return m.fc(torch.cat((m.there(x)[0], m.back(x.flip(1))[0].flip(1)), -1))


def fading(m: Any, x: Tensor) -> Tensor:
    h, outputs = torch.zeros(x.shape[1], 5), []
    for step in x:
        h = m.cell(step, h * 0.9)
        outputs.append(m.fc(h))
    return torch.stack(outputs)


GRU = {"rnn": nn.GRU(3, 5), "fc": nn.Linear(5, 4)}
POOLED = Written(pooled, rnn=nn.LSTM(3, 5, batch_first=True), score=nn.Linear(5, 1), fc=nn.Linear(5, 4))
ATTENDED = Written(
    attended,
    rnn=nn.LSTM(3, 8, batch_first=True),
    look=nn.MultiheadAttention(8, 2, batch_first=True),
    fc=nn.Linear(8, 4),
)
SENTENCES = Written(
    sentences,
    words=nn.GRU(3, 5, batch_first=True),
    sentences=nn.GRU(5, 5, batch_first=True),
    fc=nn.Linear(5, 2),
)
BOTH_WAYS = Written(
    both_ways, there=nn.GRU(3, 5, batch_first=True), back=nn.GRU(3, 5, batch_first=True), fc=nn.Linear(10, 2)
)
HEADS = Written(lambda m, x: (m.fc(m.rnn(x)[0]), m.value(m.rnn(x)[0])), **GRU, value=nn.Linear(5, 1))
CASES: dict[str, tuple[nn.Module, Tensor, dict[str, Any], tuple[str, int, int] | str]] = {
    "a batch of one": (Classifier(), ids(1, 7), {}, ("many_to_one", 7, 1)),
    "one step": (Classifier(), ids(3, 1), {}, ("many_to_one", 1, 1)),
    "as many sequences as classes": (Classifier(), ids(2, 7), {}, ("many_to_one", 7, 1)),
    "all axes alike": (Classifier("mean"), ids(2, 2), {}, ("many_to_one", 2, 1)),
    "as many steps as classes": (LanguageModel(), ids(20, 1), {}, ("many_to_many", 20, 20)),
    "steps, sequences and classes alike": (LastTag(), numbers(4, 4, 3), {}, ("many_to_many", 4, 4)),
    "cells, one sequence": (SineWave(), numbers(1, 5), {"output": "identity"}, ("many_to_many", 5, 5)),
    "no batch": (Written(lambda m, x: m.fc(m.rnn(x)[0]), **GRU), numbers(6, 3), {}, ("many_to_many", 6, 6)),
    "no batch, last": (Written(lambda m, x: m.fc(m.rnn(x)[1]), **GRU), numbers(6, 3), {}, ("many_to_one", 6, 1)),
    "a window over states": (
        Written(
            lambda m, x: m.conv(m.rnn(x)[0].transpose(1, 2)),
            rnn=nn.GRU(3, 5, batch_first=True),
            conv=nn.Conv1d(5, 4, 3, padding=1),
        ),
        numbers(2, 6, 3),
        {},
        ("many_to_many", 6, 6),
    ),
    "around it": (
        Written(lambda m, x: m.fc(m.rnn(x)[0] + x.sum(-1, keepdim=True)), **GRU),
        numbers(6, 2, 3),
        {},
        ("many_to_many", 6, 6),
    ),
    "attention over all": (POOLED, numbers(2, 6, 3), {"answer": 0, "attention": 1}, ("many_to_one", 6, 1)),
    "two tensors": (POOLED, numbers(2, 6, 3), {}, "answer=0 is a tensor"),
    "self-attention": (ATTENDED, numbers(2, 6, 3), {}, "kind='many_to_many'"),
    "self-attention, told": (ATTENDED, numbers(2, 6, 3), {"kind": "many_to_many"}, ("many_to_many", 6, 6)),
    "video": (
        Written(video, conv=nn.Conv2d(1, 2, 3), rnn=nn.LSTM(32, 5, batch_first=True), fc=nn.Linear(5, 3)),
        numbers(2, 5, 1, 6, 6),
        {},
        ("many_to_one", 5, 1),
    ),
    "sentences of words": (SENTENCES, numbers(2, 4, 3, 3), {}, "batches of different size"),
    "sentences alone": (SENTENCES, numbers(2, 4, 3, 3), {"module": "sentences"}, ("many_to_one", 4, 1)),
    "two ways by hand": (BOTH_WAYS, numbers(2, 4, 3), {}, "beside one another"),
    "one of two ways": (BOTH_WAYS, numbers(2, 4, 3), {"module": "there"}, ("many_to_many", 4, 4)),
    "two heads": (HEADS, numbers(4, 2, 3), {"answer": 0, "call": 0}, ("many_to_many", 4, 4)),
    "states that fade": (Written(fading, cell=nn.GRUCell(3, 5), fc=nn.Linear(5, 3)), numbers(4, 2, 3), {},
                         ("many_to_many", 4, 4)),
    "projected": (Written(lambda m, x: m.fc(m.rnn(x)[0]), rnn=nn.LSTM(3, 6, proj_size=5), fc=nn.Linear(5, 3)),
                  numbers(4, 2, 3), {}, ("many_to_many", 4, 4)),
    "cut off": (Written(lambda m, x: m.fc(m.rnn(x)[0].detach()), **GRU), numbers(4, 2, 3), {}, "cannot be followed"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:LSTM with projections")  # torch says that it takes its slower code
@pytest.mark.parametrize("name", CASES)
def test_a_wiring_is_made_out_or_what_tells_it_is_asked_for(name: str) -> None:
    model, x, options, expected = CASES[name]
    if isinstance(expected, str):
        with pytest.raises(ConfigError, match=expected):
            watch(model, x, **options)
        return
    trace = watch(model, x, **options).trace
    assert (trace.network.topology.kind, trace.T_x, trace.T_y) == expected
    assert trace.check.max_abs_error is not None
    assert trace.check.max_abs_error < 1e-6
