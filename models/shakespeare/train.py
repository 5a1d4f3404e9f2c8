"""Train the networks of the Shakespeare example on the first nine tenths of the text: half an hour for all.

    python -m models.shakespeare.train [rnn gru lstm]

The weights are written beside this file.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models import datasets
from models.shakespeare.example import CHARACTERS, indices, read_through
from models.training import RUNS, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

SOURCE = "characters/tinyshakespeare.txt"
TRAINING_SHARE, STREAMS, CHUNK, RESTART = 0.9, 24, 50, 0.1
HIDDEN = {"rnn": 128, "gru": 128, "lstm": 192}
EPOCHS = {"rnn": 4, "gru": 4, "lstm": 4}
RATE = {"rnn": 1e-3, "gru": 4e-3, "lstm": 3e-3}
FOLDER = Path(__file__).parent


def split(text: str) -> tuple[str, str]:
    """Keep the last tenth of the text for development."""
    end = int(TRAINING_SHARE * len(text))
    return text[:end], text[end:]


class Streams:
    """Read the text at many places at once, and now and then start anew, from x = ∅, where someone begins to speak."""

    def __init__(self, network: Network, text: str, seed: int) -> None:
        assert network.decoder is not None and network.feed_back is not None
        self.network, self.decoder, self.feed_back = network, network.decoder, network.feed_back
        self.rng = np.random.default_rng(seed)
        self.text = indices(text)
        self.beginnings = np.array([0] + [match.end() for match in re.finditer(r"\n\n", text)])
        self.at = np.full(STREAMS, len(text))  # everyone starts anew in the first chunk
        shape = (network.config.layers, STREAMS, network.config.hidden)
        self.state = tuple(torch.zeros(shape) for _ in network.cell.states)

    def epoch(self) -> Iterator[None]:
        """Read about as many characters as there are; which ones is found out when their turn comes."""
        yield from [None] * (len(self.text) // (STREAMS * CHUNK))

    def loss(self, _: None) -> Tensor:
        """Read the next chunk in every stream, on from the state that the last one left."""
        fresh = (self.rng.random(STREAMS) < RESTART) | (self.at + CHUNK > len(self.text))
        self.at[fresh] = self.rng.choice(self.beginnings[self.beginnings + CHUNK <= len(self.text)], int(fresh.sum()))
        y = self.text[torch.from_numpy(self.at)[:, None] + torch.arange(CHUNK)]  # (STREAMS, CHUNK)
        before = self.text[torch.from_numpy(self.at - 1)]
        started = torch.from_numpy(~fresh).float()[:, None]
        first = self.feed_back(before) * started  # x = ∅ is a vector of zeros
        inputs = torch.cat((first[:, None], self.feed_back(y[:, :-1])), 1)
        h, *c = (s * started for s in self.state)
        out, after = self.decoder(self.network.dropout(inputs).transpose(0, 1), (h, *c) if c else h)
        self.state = tuple(s.detach() for s in (after if isinstance(after, tuple) else (after,)))
        self.at += CHUNK
        logits = self.network.head(self.network.dropout(out))  # (CHUNK, STREAMS, n_y)
        return nn.functional.cross_entropy(logits.flatten(0, 1), y.T.flatten())


def train_variant(cell: str, text: str, held_out: str, seed: int = 0) -> None:
    """Train one cell and write its weights."""
    seed_everything(seed)
    config = NetworkConfig(
        kind="one_to_many",
        cell=cell,
        hidden=HIDDEN[cell],
        n_y=len(CHARACTERS),
        layers=2,
        feed_back=Embed(kind="tokens", size=48, count=len(CHARACTERS)),
    )
    network = Network(config)
    streams, development = Streams(network, text, seed), indices(held_out)
    train(
        network,
        streams.epoch,
        streams.loss,
        lambda: -float(read_through(network, development)[0].mean()),
        torch.optim.Adam(network.parameters(), RATE[cell], fused=True),
        epochs=EPOCHS[cell],
        patience=EPOCHS[cell],
        clip=1.0,
        schedule=lambda done: min(1.0, 0.1 + done / 0.05, 0.01 + 1.25 * (1 - done)),
        checkpoint=RUNS / "shakespeare" / f"{cell}.pt",
        title=cell,
    )
    network.save(FOLDER / f"{cell}.safetensors")


def main() -> None:
    """Train the variants named on the command line, or all."""
    cells = tuple(HIDDEN)
    chosen = command_line(main.__doc__, cells).parse_args()
    text, held_out = split(datasets.read(SOURCE).decode("ascii"))
    for cell in chosen.variants or cells:
        train_variant(cell, text, held_out)


if __name__ == "__main__":
    main()
