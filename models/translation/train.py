"""Train the translators: `python -m models.translation.train`, about 40 minutes on one core for both.

The learning rate rises, stays, and falls in a straight line over the last part of the training (Hägele
et al., 2024), so a training can be resumed, and made shorter or longer, at any time before it falls. The
pieces are learnt first, from the training part alone, unless they are there. The variant without attention
starts from the weights of the one with it.
"""

import argparse
import random
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F
from tqdm import tqdm

from models import datasets
from models.training import RUNS, pad, seed_everything, set_rates, step
from models.translation import checkpoint
from models.translation.checkpoint import Progress
from models.translation.corpus import Pair, read_pairs, same_length_batches, split
from models.translation.pieces import END, PAD, Pieces
from models.translation.score import bleu, translate_all
from unrolled import Embed, Network, NetworkConfig

HERE = Path(__file__).parent
PIECES, LONGEST = 3000, 60
ROUNDS_AN_EPOCH = 4
ROUNDS = {"attention": 14, "none": 8}
RATE, WARM_STEPS, FALLING = 2e-3, 300, 0.4
SOFT, SLOW = 0.1, 0.05  # how much smaller the query starts, and how much slower it learns, than all else
Indexed = tuple[list[int], list[int]]  # T_x French and T_y English pieces


def config_of(variant: str) -> NetworkConfig:
    """Describe the network of a variant; the two differ in the attention alone."""
    embed = Embed(kind="tokens", count=PIECES, size=128)
    return NetworkConfig(
        kind="encoder_decoder",
        cell="gru",
        hidden=224,
        n_y=PIECES,
        directions=2,
        attention="dot" if variant == "attention" else None,
        read=embed,
        feed_back=embed,
        end=END,
    )


def learn_pieces(pairs: list[Pair]) -> tuple[Pieces, Pieces]:
    """Read the two inventories of pieces, or learn them from the training part if there are none yet."""
    sentences = {"french": [p.french for p in pairs], "english": [p.english for p in pairs]}
    for language, lines in sentences.items():
        path = HERE / f"{language}.pieces"
        if not path.exists():
            path.write_bytes(Pieces.train(lines, PIECES))
    return Pieces.load(HERE / "french.pieces"), Pieces.load(HERE / "english.pieces")


def soft_start(network: Network) -> None:
    """Let attention begin by looking everywhere.

    A score of the dot kind is a sum over hundreds of products. As torch draws the weights, the largest score
    takes it all, and what is not looked at is not learnt from.
    """
    if network.attention is not None:
        with torch.no_grad():
            network.attention.query.weight.mul_(SOFT)


def parameter_groups(network: Network) -> list[dict[str, Any]]:
    """Divide the weights by their learning rate: a step at the full rate would throw the scores about."""
    slow = [] if network.attention is None else [network.attention.query.weight]
    rest = [w for w in network.parameters() if not any(w is s for s in slow)]
    groups = [{"params": rest, "lr": RATE}, {"params": slow, "lr": RATE * SLOW}]
    return [group for group in groups if group["params"]]


def factor(done: float, steps: int) -> float:
    """Scale the learning rate when this share of the training is done: up, level, down."""
    return min(1.0, done * steps / WARM_STEPS, (1 - done) / FALLING)


def tensors(batch: list[Indexed]) -> tuple[Tensor, Tensor]:
    """Stack a batch whose inputs have one length: x (B, T_x), y (B, T_y) padded."""
    return torch.tensor([french for french, _ in batch]), pad([english for _, english in batch], PAD)


class Training:
    """Is one training that can be interrupted: it goes on from its last finished round, a quarter of an epoch."""

    def __init__(self, variant: str, rounds: int, batch_pieces: int, folder: Path) -> None:
        self.variant, self.rounds, self.batch_pieces, self.folder = variant, rounds, batch_pieces, folder
        train, self.development, _ = split(read_pairs(datasets.read("translation/fra.txt").decode()))
        self.french, self.english = learn_pieces(train)
        indexed = ((self.french.indices(p.french), [*self.english.indices(p.english), END]) for p in train)
        self.pairs = [pair for pair in indexed if len(pair[0]) <= LONGEST and len(pair[1]) <= LONGEST]
        self.network = Network(config_of(variant), dropout=0.1)
        soft_start(self.network)
        groups = parameter_groups(self.network)
        self.rates = [group["lr"] for group in groups]
        self.optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.round, self.best = Progress()

    @property
    def checkpoint(self) -> Path:
        """Name the file that a training goes on from."""
        return self.folder / f"{self.variant}.checkpoint.safetensors"

    def start_from(self, weights: Path) -> None:
        """Take over from another network's weights whatever this one has too: all but the attention."""
        taught = Network.load(weights).state_dict()
        self.network.load_state_dict({name: taught[name] for name in self.network.state_dict()})

    def loss(self, batch: list[Indexed]) -> Tensor:
        """Compute the cross entropy of a batch, in nats per piece."""
        x, y = tensors(batch)
        return F.cross_entropy(self.network(x, None, y).flatten(0, 1), y.flatten(), ignore_index=PAD)

    def batches(self) -> list[list[Indexed]]:
        """Give this round's share of an epoch, whose order depends on the epoch's number alone."""
        epoch, quarter = divmod(self.round, ROUNDS_AN_EPOCH)
        order = random.Random(epoch)
        batches = same_length_batches(order.sample(self.pairs, len(self.pairs)), self.batch_pieces)
        order.shuffle(batches)
        return batches[quarter::ROUNDS_AN_EPOCH]

    def run_round(self) -> None:
        """Learn from a quarter of the training pairs."""
        torch.manual_seed(self.round)
        batches = self.batches()
        bar = tqdm(batches, desc=f"{self.variant} {self.round + 1}/{self.rounds}", mininterval=5)
        mean = 0.0
        for i, batch in enumerate(bar):
            done = (self.round + i / len(batches)) / self.rounds
            set_rates(self.optimizer, self.rates, factor(done, self.rounds * len(batches)))
            loss = step(self.network, self.optimizer, self.loss, batch, 1.0)
            mean += (loss - mean) / min(i + 1, 100)
            bar.set_postfix(loss=f"{mean:.3f}", refresh=False)
        self.round += 1

    def evaluate(self) -> float:
        """Translate the development part greedily and give its BLEU."""
        self.network.eval()
        sources = [self.french.indices(p.french) for p in self.development]
        written = translate_all(self.network, sources)
        return bleu([self.english.join(w) for w in written], [p.english for p in self.development])

    def keep_best(self) -> None:
        """Write the weights to a file if they translate the development part better than any before."""
        score = self.evaluate()
        tqdm.write(f"{self.variant}: round {self.round}, development BLEU {score:.2f}")
        if score > self.best:
            self.best = score
            self.network.save(self.folder / f"{self.variant}.safetensors")

    def run(self) -> None:
        """Train to the end, evaluating after each epoch and at the end."""
        self.round, self.best = checkpoint.load(self.checkpoint, self.network, self.optimizer)
        while self.round < self.rounds:
            self.run_round()
            if self.round % ROUNDS_AN_EPOCH == 0 or self.round == self.rounds:
                self.keep_best()
            checkpoint.save(self.checkpoint, self.network, self.optimizer, Progress(self.round, self.best))


def main() -> None:
    """Train the named variants, one after the other, and put their weights beside this file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", nargs="+", default=["attention", "none"], choices=["attention", "none"])
    parser.add_argument("--rounds", type=int, help="quarters of an epoch")
    parser.add_argument("--batch-pieces", type=int, default=1000, help="output pieces in a batch, at most")
    parser.add_argument("--runs", type=Path, default=RUNS / "translation")
    options = parser.parse_args()
    options.runs.mkdir(parents=True, exist_ok=True)
    for variant in options.variants:
        seed_everything(0)
        rounds = options.rounds or ROUNDS[variant]
        training = Training(variant, rounds, options.batch_pieces, options.runs)
        if variant == "none":  # saves half of its training; what attention did, it has to learn to do without
            training.start_from(options.runs / "attention.safetensors")
        training.run()
        best = options.runs / f"{variant}.safetensors"
        (HERE / best.name).write_bytes(best.read_bytes())


if __name__ == "__main__":
    main()
