"""Train the networks that write names: `python -m models.names.train` (two to five minutes a variant)."""

import random
from pathlib import Path

from torch.optim import AdamW

from models.names.letters import CLASSES, END
from models.names.parts import parts
from models.names.score import nats, nats_per_character
from models.training import RUNS, batches_by_length, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

FOLDER = Path(__file__).parent
RATES = {"rnn": 1e-3, "gru": 2e-3, "lstm": 3e-3}


def config(cell: str) -> NetworkConfig:
    """Describe the network of one variant: one layer that reads its own letters, starting from nothing."""
    return NetworkConfig.model_validate(
        {
            "kind": "one_to_many",
            "cell": cell,
            "hidden": 192,
            "n_y": len(CLASSES),
            "feed_back": Embed(kind="tokens", size=32, count=len(CLASSES)),
            "end": END,
        }
    )


def train_variant(variant: str, seed: int = 0) -> float:
    """Train one variant and write its weights; gives its nats per character on the development part."""
    seed_everything(seed)
    rng = random.Random(seed)
    training, development = parts()
    network = Network(config(variant), dropout=0.25)
    best = train(
        network,
        lambda: batches_by_length(training, 64, len, rng),
        lambda batch: nats(network, batch),
        lambda: -nats_per_character(network, development),
        AdamW(network.parameters(), lr=RATES[variant], weight_decay=1e-2),
        epochs=24,
        patience=6,
        clip=1.0,
        schedule=lambda done: 1.0 - 0.98 * done,
        checkpoint=RUNS / "names" / f"{variant}.pt",
        title=f"names {variant}",
    )
    network.save(FOLDER / f"{variant}.safetensors")
    return -best.score


def main() -> None:
    """Read the command line and train what it names."""
    for variant in command_line(__doc__, RATES).parse_args().variants or RATES:
        print(f"{variant}: {train_variant(variant):.4f} nats per character")


if __name__ == "__main__":
    main()
