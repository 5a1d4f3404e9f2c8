"""Train the translators: `python -m models.translation.train`, about two hours for both on one core.

The learning rate rises, stays, and falls in a straight line over the last part of the training (Hägele
et al., 2024), so a training can be resumed, and made shorter or longer, at any time before it falls. The
pieces are learnt first, from the training part alone, unless they are there. The products of matrices are
computed in bfloat16, which takes two thirds of the time on a processor that has it; the weights stay float32.
"""

import random
from functools import partial
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from tqdm import tqdm

from models import datasets
from models.training import RUNS, command_line, pad, scheduled, seed_everything, step
from models.translation import checkpoint
from models.translation.augmentation import Augmentation
from models.translation.checkpoint import Progress
from models.translation.corpus import Indexed, Pair, parts, same_length_batches
from models.translation.example import Translation
from models.translation.pieces import END, PAD, Pieces
from models.translation.score import bleu, translate_all
from models.translation.short import Short
from unrolled import Embed, Network, NetworkConfig

HERE = Path(__file__).parent
LONGEST = Translation(HERE).about.input.max_steps  # pieces, of a sentence read or written
VARIANTS = ("attention", "none")
COUNT = 3600  # pieces in the inventory
EPOCHS, BATCH, DROPOUT = 16, 1200, 0.2
SHORT = 24_000  # short pairs in an epoch, beside the corpus
RATE, WARM_STEPS, FALLING = 2e-3, 300, 0.5


def config_of(variant: str) -> NetworkConfig:
    """Describe the network of a variant; the two differ in the attention alone."""
    embed = Embed(kind="tokens", count=COUNT, size=128)
    return NetworkConfig(
        kind="encoder_decoder",
        cell="gru",
        hidden=224,
        n_y=COUNT,
        directions=2,
        attention="dot" if variant == "attention" else None,
        read=embed,
        feed_back=embed,
        end=END,
    )


def learn_pieces(pairs: list[Pair]) -> Pieces:
    """Read the inventory of pieces, or learn it from the training part if there is none yet."""
    path = HERE / "both.pieces"
    if not path.exists():
        sentences = [pair.french for pair in pairs] + [pair.english for pair in pairs]
        path.write_bytes(Pieces.train(sentences, COUNT))
    return Pieces.load(path)


def factor(done: float, steps: int) -> float:
    """Scale the learning rate when this share of the training is done: up, level, down."""
    return min(1.0, done * steps / WARM_STEPS, (1 - done) / FALLING)


def tensors(batch: list[Indexed]) -> tuple[Tensor, Tensor]:
    """Stack a batch whose inputs have one length: x (B, T_x), y (B, T_y) padded."""
    return torch.tensor([french for french, _ in batch]), pad([english for _, english in batch], PAD)


class Training:
    """Is one training that can be interrupted: it goes on from its last finished epoch."""

    def __init__(self, variant: str, epochs: int, folder: Path, onward: bool, rate: float) -> None:
        self.variant, self.epochs, self.folder = variant, epochs, folder
        found = parts()
        self.train, self.development = found["training"], found["development"]
        self.pieces = learn_pieces(self.train)
        self.men, self.women = (datasets.read(f"entities/{name}.txt").decode().split() for name in ("male", "female"))
        self.short = Short(self.train, [*self.men, *self.women], random.Random(0))
        self.network = Network(config_of(variant), dropout=DROPOUT)
        if onward:
            self.network.load_state_dict(Network.load(HERE / f"{variant}.safetensors").state_dict())
        self.optimizer = torch.optim.AdamW(self.network.parameters(), lr=rate, betas=(0.9, 0.98), fused=True)
        self.epoch, self.best = Progress()

    @property
    def checkpoint(self) -> Path:
        """Name the file that a training goes on from."""
        return self.folder / f"{self.variant}.checkpoint.safetensors"

    def loss(self, batch: list[Indexed]) -> Tensor:
        """Compute the cross entropy of a batch, in nats per piece."""
        x, y = tensors(batch)
        with torch.autocast("cpu", torch.bfloat16):
            logits = self.network(x, None, y)  # (B, T_y, COUNT)
        return F.cross_entropy(logits.flatten(0, 1).float(), y.flatten(), ignore_index=PAD)

    def batches(self) -> list[list[Indexed]]:
        """Give the batches of this epoch, which depend on its number alone."""
        rng = random.Random(self.epoch)
        self.short.rng = rng
        drawn = [*rng.sample(self.train, len(self.train)), *(self.short() for _ in range(SHORT))]
        augmented = map(Augmentation(self.men, self.women, rng), drawn)
        indexed = ((self.pieces.indices(p.french), [*self.pieces.indices(p.english), END]) for p in augmented)
        pairs = [pair for pair in indexed if len(pair[0]) <= LONGEST and len(pair[1]) <= LONGEST]
        batches = same_length_batches(pairs, BATCH)
        rng.shuffle(batches)
        return batches

    def run_epoch(self) -> None:
        """Learn from every training pair once."""
        torch.manual_seed(self.epoch)
        batches = self.batches()
        bar = tqdm(batches, desc=f"{self.variant} {self.epoch + 1}/{self.epochs}", mininterval=5)
        steps = self.epochs * len(batches)
        rates = scheduled(self.optimizer, partial(factor, steps=steps), self.epoch, self.epochs, len(batches))
        mean = 0.0
        for i, batch in enumerate(bar):
            loss = step(self.network, self.optimizer, self.loss, batch, 1.0)
            rates.step()
            mean += (loss - mean) / min(i + 1, 100)
            bar.set_postfix(loss=f"{mean:.3f}", refresh=False)
        self.epoch += 1

    def evaluate(self) -> float:
        """Translate the development part greedily and give its BLEU."""
        self.network.eval()
        sources = [self.pieces.indices(p.french) for p in self.development]
        written = translate_all(self.network, sources, LONGEST)
        return bleu([self.pieces.join(w) for w in written], [p.english for p in self.development])

    def keep_best(self) -> None:
        """Write the weights to a file if they translate the development part better than any before."""
        score = self.evaluate()
        tqdm.write(f"{self.variant}: epoch {self.epoch}, development BLEU {score:.2f}")
        if score > self.best:
            self.best = score
            self.network.save(self.folder / f"{self.variant}.safetensors")

    def run(self) -> None:
        """Train to the end, evaluating after each epoch."""
        self.epoch, self.best = checkpoint.load(self.checkpoint, self.network, self.optimizer)
        while self.epoch < self.epochs:
            self.run_epoch()
            self.keep_best()
            checkpoint.save(self.checkpoint, self.network, self.optimizer, Progress(self.epoch, self.best))


def main() -> None:
    """Train the named variants, one after the other, and put their weights beside this file."""
    parser = command_line(__doc__, VARIANTS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--onward", action="store_true", help="begin with the weights that are there")
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--runs", type=Path, default=RUNS / "translation", help="where checkpoints go")
    options = parser.parse_args()
    options.runs.mkdir(parents=True, exist_ok=True)
    for variant in options.variants or VARIANTS:
        seed_everything(0)
        Training(variant, options.epochs, options.runs, options.onward, options.rate).run()
        best = options.runs / f"{variant}.safetensors"
        (HERE / best.name).write_bytes(best.read_bytes())


if __name__ == "__main__":
    main()
