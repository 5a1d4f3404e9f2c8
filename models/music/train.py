"""Train the networks that write tunes: `python -m models.music.train` (about ten minutes a variant)."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Self

from torch.optim import AdamW

from models.description import Description
from models.music.abc import Unreadable
from models.music.corpus import Dance, others, parts
from models.music.score import Written, nats, nats_per_token
from models.music.tokens import END, FILE, X, encode, numbers, symbols_of
from models.training import RUNS, batches_by_length, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

FOLDER = Path(__file__).parent
RATES = {"lstm": 6e-3, "gru": 4e-3}
EPOCHS, EARLY = 24, 10  # in the early ones it hears more tunes, whose genre is only guessed by their meter
HIDDEN = 256
AS_OFTEN = {"reel": 1, "jig": 1, "hornpipe": 1, "slip jig": 3, "waltz": 4}  # how often an epoch shows each tune
EMBEDDED = 64
LONGEST = Description.of(FOLDER).input.max_steps


def config(cell: str, n_y: int) -> NetworkConfig:
    """Describe the network of one variant: the genre is read first, then each symbol that was written."""
    return NetworkConfig.model_validate(
        {
            "kind": "one_to_many",
            "cell": cell,
            "hidden": HIDDEN,
            "n_y": n_y,
            "read": Embed(kind="tokens", size=EMBEDDED, count=len(X)),
            "feed_back": Embed(kind="tokens", size=EMBEDDED, count=n_y),
            "end": END,
        }
    )


def written(tunes: list[Dance], symbols: list[str]) -> list[Written]:
    """Write tunes as numbers, without those that hold a note too rare to have one."""
    number, found = numbers(symbols), []
    for tune in tunes:
        try:
            found.append((X.index(tune.genre), encode(tune, number, LONGEST)))
        except Unreadable:
            continue
    return found


@dataclass(frozen=True)
class Lessons:
    """Hold what is learnt: the tunes of each epoch, those of the early ones, and those for development."""

    shown: Sequence[Written]
    early: Sequence[Written]
    held_out: Sequence[Written]

    @classmethod
    def of(cls, training: list[Dance], development: list[Dance], symbols: list[str]) -> Self:
        """Write the tunes as numbers, those of few genres several times."""
        shown = [tune for tune in written(training, symbols) for _ in range(AS_OFTEN[X[tune[0]]])]
        more = written(others(training, development), symbols)
        return cls(shown, [*shown, *more], written(development, symbols))


def train_variant(variant: str, lessons: Lessons, n_y: int, seed: int = 0) -> float:
    """Train one variant and write its weights; gives its nats per token on the development part."""
    seed_everything(seed)
    rng, epoch = random.Random(seed), count()
    network = Network(config(variant, n_y), dropout=0.3)

    def batches() -> Iterator[list[Written]]:
        tunes = lessons.early if next(epoch) < EARLY else lessons.shown
        return batches_by_length(tunes, 32, lambda tune: len(tune[1]), rng)

    best = train(
        network,
        batches,
        lambda batch: nats(network, batch),
        lambda: -nats_per_token(network, lessons.held_out),
        AdamW(network.parameters(), lr=RATES[variant], weight_decay=1e-2),
        epochs=EPOCHS,
        patience=5,
        clip=1.0,
        schedule=lambda done: min(1.0, 0.1 + done / 0.03, 0.01 + 1.1 * (1 - done)),
        average=0.995,
        checkpoint=RUNS / "music" / f"{variant}.pt",
        title=f"music {variant}",
    )
    network.save(FOLDER / f"{variant}.safetensors")
    return -best.score


def main() -> None:
    """Read the command line and train what it names."""
    chosen = command_line(__doc__, RATES).parse_args().variants or RATES
    training, development = parts()
    symbols = symbols_of(training)
    FILE.write_text(json.dumps(symbols, indent=0) + "\n", "utf-8")
    lessons = Lessons.of(training, development, symbols)
    for variant in chosen:
        print(f"{variant}: {train_variant(variant, lessons, len(symbols)):.4f} nats per token")


if __name__ == "__main__":
    main()
