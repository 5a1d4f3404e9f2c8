"""Train the table of words and every variant: `python -m models.sentiment.train` (about 20 minutes on one core).

First an LSTM is trained together with the vectors of the training texts' words; the vectors that it ends with are the
table, which all networks then read as it is. Both scales of a cell are learned at once, by one network with seven
outputs (0 / 1 and 1 to 5), which is then cut into two. Name cells to train only those, `words` for the table.
"""

import json
from math import cos, pi
from pathlib import Path
from random import Random

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, embedding
from torch.optim import Adam
from tqdm import tqdm

from models.sentiment.corpus import Corpus, Item, batches, items, read_corpus, starting_table
from models.sentiment.emoji import said_in_words
from models.sentiment.score import CLASSES, accuracy
from models.sentiment.tokens import tokenise
from models.sentiment.trees import Phrase
from models.sentiment.words import WordTable
from models.training import RUNS, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

FOLDER = Path(__file__).parent
HIDDEN = {"rnn": 128, "gru": 128, "lstm": 128, "bilstm": 96}
WORD_DROPOUT = 0.05  # the share of words that are hidden from the network in training, so that it can do without
TABLE_EPOCHS, EPOCHS = 3, 2
PLAIN_WEIGHT = 3.0  # of a plain sentence, for the networks; the table is tuned on all texts alike


class Reader(nn.Module):
    """Join a network with the upper rows of the table, so that both can be tuned together."""

    def __init__(self, network: Network, table: WordTable, tuned: int) -> None:
        super().__init__()
        self.network = network
        self.rows = nn.Parameter(table.vectors[:tuned].clone(), requires_grad=tuned > 0)  # (tuned, size)
        self.rest = table.vectors[tuned:]  # (words - tuned, size)

    def forward(self, batch: list[Item]) -> Tensor:
        """Compute the loss of a batch of texts of equal length, on both scales."""
        x = torch.tensor([item.rows for item in batch])  # (B, T_x)
        hidden = torch.rand(x.shape) < 2 * WORD_DROPOUT * torch.rand(len(batch), 1)
        if tuned := len(self.rows):
            hidden |= x >= tuned  # a few stretched words are read as one further down
        vectors = embedding(x.masked_fill(hidden, 0), self.rows if tuned else self.rest)
        logits = self.network(vectors)[:, 0]  # (B, 7)
        five = torch.tensor([item.five for item in batch])  # (B, 5)
        binary = torch.tensor([item.binary for item in batch])  # (B, 2)
        weight = torch.tensor([item.weight for item in batch])
        losses = cross_entropy(logits[:, 2:], five, reduction="none")
        losses = losses + cross_entropy(logits[:, :2], binary, reduction="none")
        return (losses * weight).sum() / weight.sum()

    def table(self, words: WordTable) -> WordTable:
        """Give the table as it is now."""
        return WordTable(words.words, torch.cat((self.rows.detach(), self.rest)))


def config(cell: str, n_y: int) -> NetworkConfig:
    """Describe a network that reads word vectors and answers once."""
    return NetworkConfig.model_validate(
        {
            "kind": "many_to_one",
            "cell": cell.removeprefix("bi"),
            "hidden": HIDDEN[cell],
            "n_y": n_y,
            "directions": 2 if cell.startswith("bi") else 1,
            "read": Embed(size=100),
        }
    )


def network_of(cell: str, dropout: float) -> Network:
    """Make the network that learns both scales at once; each recurrent matrix starts orthogonal."""
    network = Network(config(cell, 7), dropout)
    for name, weight in network.named_parameters():
        if "weight_hh" in name:
            for square in weight.detach().split(HIDDEN[cell]):
                nn.init.orthogonal_(square)
    return network


def cut(network: Network, cell: str, scale: str) -> Network:
    """Cut out the network of one scale: the first two outputs, or the last five."""
    outputs = slice(0, 2) if scale == "binary" else slice(2, 7)
    weights = dict(network.state_dict())
    weights |= {name: weights[name][outputs] for name in ("head.weight", "head.bias")}
    part = Network(config(cell, len(CLASSES[scale])))
    part.load_state_dict(weights)
    return part.eval()


def half_cosine(done: float) -> float:
    """Lower the learning rate to a twentieth along half a cosine."""
    return 0.05 + 0.95 * 0.5 * (1 + cos(pi * done))


def fit(cell: str, corpus: Corpus, table: WordTable, tuned: int = 0, seed: int = 0) -> Reader:
    """Train the network of one cell, and the upper `tuned` rows of the table with it."""
    seed_everything(seed)
    rng = Random(seed)
    found = items(corpus, sample_sentences(), table, plain_weight=1.0 if tuned else PLAIN_WEIGHT)
    reader = Reader(network_of(cell, 0.4), table, tuned)

    def score() -> float:
        words = reader.table(table)
        networks = {scale: cut(reader.network, cell, scale) for scale in CLASSES}
        scores = {scale: accuracy(networks[scale], words, corpus.development, scale) for scale in CLASSES}
        scores["tweets"] = accuracy(networks["binary"], words, corpus.held_out_tweets, "binary")
        tqdm.write(f"{cell} {scores}")
        return sum(scores.values()) / len(scores)

    train(
        reader,
        lambda: batches(found, rng),
        reader,
        score,
        Adam(
            [
                {"params": reader.network.parameters(), "lr": 2e-3, "weight_decay": 1e-5},
                {"params": [reader.rows], "lr": 6e-4},
            ],
            fused=True,
        ),
        epochs=TABLE_EPOCHS if tuned else EPOCHS,
        evaluate_every=1100,
        patience=100,
        schedule=half_cosine,
        average=0.998,
        checkpoint=RUNS / "sentiment" / f"{'words' if tuned else cell}.pt",
        title=f"sentiment {'words' if tuned else cell}",
    )
    return reader


def sample_sentences() -> list[Phrase]:
    """List the samples that visitors are offered, so that no network has learned them by heart."""
    samples = json.loads((FOLDER / "samples.json").read_bytes())
    return [Phrase(tuple(tokenise(sample["input"])), 2) for sample in samples]


def train_words(corpus: Corpus) -> WordTable:
    """Tune the table with an LSTM, and write it."""
    table, tuned = starting_table(corpus)
    table = fit("lstm", corpus, table, tuned).table(table)
    for sign, words in said_in_words():
        table.vectors[table.row(sign)] = table.vectors[[table.row(word) for word in words]].mean(0)
    table.save(FOLDER / "words.safetensors")
    return WordTable.load(FOLDER / "words.safetensors")  # as rounded as everyone else will read it


def main() -> None:
    """Read the command line and train what it names."""
    everything = ("words", *HIDDEN)
    parts = command_line(__doc__, everything).parse_args().variants or everything
    corpus = read_corpus()
    table = train_words(corpus) if "words" in parts else WordTable.load(FOLDER / "words.safetensors")
    for cell in (name for name in parts if name != "words"):
        reader = fit(cell, corpus, table)
        for scale in CLASSES:
            cut(reader.network, cell, scale).save(FOLDER / f"{cell}-{scale}.safetensors")


if __name__ == "__main__":
    main()
