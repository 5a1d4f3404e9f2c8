"""Train the two networks on KARD's recordings, joined anew every time: about two minutes each.

    python -m models.frames.train [bigru gru]

The weights are written beside this file.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import torch
from torch import Tensor, nn

from models import datasets
from models.bodies import bent, mirror, padded
from models.frames.example import Frames
from models.frames.kard import ACTIONS, HELD_OUT, NUMBERS, Clip, parse
from models.frames.splices import Splice, joined, measured, slower
from models.training import RUNS, along_a_cosine, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

SOURCE = "frames/kard_screen_s01-s08.tar.gz"
DIRECTIONS: dict[str, Literal[1, 2]] = {"bigru": 2, "gru": 1}
HIDDEN = {"bigru": 96, "gru": 160}
RATE, EPOCHS, BATCHES, DROPOUT = 3e-3, 7, 100, 0.3
SMOOTHING = 0.05  # of the labels
MOST, BATCH = 4, 64  # recordings in a row, and in a batch
HANDED = {
    NUMBERS.index(8),
    NUMBERS.index(11),
}  # tossing paper with the right hand is, in a mirror, a reach for an umbrella
CUT = 0.3  # the share of recordings of which only a part is shown
FOLDER = Path(__file__).parent
BODY = Frames(FOLDER).body
NOTHING = -1  # the label of what is filled up
Batch = tuple[Tensor, Tensor, Tensor]  # x (B, T, width), lengths (B,), actions (B, T)


def network_of(variant: str) -> Network:
    """Make a network that names an action after every frame."""
    return Network(
        NetworkConfig(
            kind="many_to_many",
            cell="gru",
            hidden=HIDDEN[variant],
            n_y=len(ACTIONS),
            directions=DIRECTIONS[variant],
            read=Embed(size=BODY.width),
        ),
        dropout=DROPOUT,
    )


def part_of(places: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Show a recording faster or slower, sometimes without its beginning or its end."""
    seen = slower(places, float(np.exp(rng.uniform(-0.25, 0.25))), rng.uniform(0, 1))
    if rng.random() >= CUT:
        return seen
    count = max(2, int(len(seen) * rng.uniform(0.5, 1)))
    start = int(rng.integers(0, max(len(seen) - count, 0) + 1))
    return seen[start : start + count]


def drawn(people: Mapping[int, Sequence[Clip]], count: int, rng: np.random.Generator) -> Splice:
    """Join recordings of one person, drawn by chance, perhaps in a mirror, from a slightly different place."""
    own = people[int(rng.choice(list(people)))]
    chosen = [own[i] for i in rng.integers(0, len(own), count)]
    whole = joined([part_of(clip.places, rng) for clip in chosen], [clip.action for clip in chosen], BODY)
    turned = rng.random() < 0.5 and HANDED.isdisjoint(whole.actions.tolist())
    places = mirror(whole.places, BODY) if turned else whole.places
    return Splice(bent(places, BODY, 0.1, rng), whole.actions, whole.pieces)


def batch_of(splices: Sequence[Splice]) -> Batch:
    """Make a batch of splices."""
    places, lengths = padded([splice.places for splice in splices])
    y = nn.utils.rnn.pad_sequence([torch.from_numpy(s.actions) for s in splices], True, NOTHING)
    return torch.from_numpy(BODY.features(places)), torch.from_numpy(lengths), y


def train_variant(variant: str, clips: Sequence[Clip], seed: int = 0) -> None:
    """Train one network and write its weights."""
    seed_everything(seed)
    rng, network = np.random.default_rng(seed), network_of(variant)
    people = {s: [c for c in clips if c.subject == s] for s in sorted({c.subject for c in clips} - set(HELD_OUT))}
    held_out = batch_of(list(measured([clip for clip in clips if clip.subject in HELD_OUT], BODY)))

    def batches() -> Iterator[Batch]:
        for count in rng.integers(1, MOST + 1, BATCHES).tolist():  # of about one length, so that little is filled up
            yield batch_of([drawn(people, count, rng) for _ in range(BATCH // count)])

    def loss_of(batch: Batch) -> Tensor:
        x, lengths, y = batch
        logits = network(x, lengths).flatten(0, 1)
        return nn.functional.cross_entropy(logits, y.flatten(), ignore_index=NOTHING, label_smoothing=SMOOTHING)

    def development() -> float:
        x, lengths, y = held_out
        right = network(x, lengths).argmax(-1) == y
        return float(right[y != NOTHING].float().mean())

    train(
        network,
        batches,
        loss_of,
        development,
        torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.02, fused=True),
        epochs=EPOCHS,
        patience=EPOCHS,
        clip=1.0,
        schedule=along_a_cosine(0.1),
        average=0.99,
        checkpoint=RUNS / "frames" / f"{variant}.pt",
        title=variant,
    )
    network.save(FOLDER / f"{variant}.safetensors")


def main() -> None:
    """Train the networks named on the command line, or all."""
    chosen = command_line(main.__doc__, DIRECTIONS).parse_args()
    files = datasets.files(SOURCE)
    for variant in chosen.variants or DIRECTIONS:
        train_variant(variant, parse(files))


if __name__ == "__main__":
    main()
