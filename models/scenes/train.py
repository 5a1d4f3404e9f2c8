"""Train the eye and then the network that writes, on scenes made at random: 90 minutes and ten, on an idle core.

    python -m models.scenes.train [eye sharpen attention]

The eye learns first, of crowded pictures by seven vendors, what is where; then it is sharpened on scenes. The network
that writes learns from what a good eye would see. The weights of both are written beside this file. The drawings come
from the front-end build.
"""

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from models.description import Description
from models.inputs import Item, SceneSpec
from models.scenes.art import Art, art_of
from models.scenes.eye import Eye
from models.scenes.look import Drawings, Seen, crowds, imagined, lit, loss_of, sharpening, targets_of, told
from models.scenes.score import shares_right, write_batch
from models.scenes.sight import WIDTH, read_off
from models.scenes.stage import scenes
from models.scenes.world import END, WORDS, indices, sentence_of
from models.training import RUNS, along_a_cosine, command_line, pad, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

TAUGHT = ("noto", "noto-v1", "twemoji", "openmoji", "fxemoji", "fluent-emoji-flat", "streamline-emojis")
UNSEEN = "emojione"
WRITER = "attention"  # the name of the network that writes
FOLDER = Path(__file__).parent
WEIGHTS = FOLDER / "eye.safetensors"
CHECKPOINTS = RUNS / "scenes"
EYE = ("eye", "sharpen")  # the names of its two trainings
EYE_BATCHES, VARIETIES = 150, 4
EYE_EPOCHS, SHARP_EPOCHS = 45, 16
EYE_RATE, SHARP_RATE = 3e-3, 8e-4
SIZE, HIDDEN = 128, 192
EPOCHS, BATCHES, BATCH, RATE = 20, 250, 96, 4e-3
DEVELOPMENT = 1000  # scenes
Batch = tuple[Tensor, Tensor]  # what an eye might see (B, places, SEEN); the words (B, T)


def drawings_of(vendor: str) -> Art:
    """Find the drawings of a vendor, who may be none that the page shows."""
    spec = Description.of(FOLDER).input
    assert isinstance(spec, SceneSpec)
    return art_of(spec, vendor)


def train_eye(sharpens: bool) -> None:
    """Train the eye on crowded pictures, or sharpen one that knows them on scenes, and write its weights.

    A third of what it is sharpened with is as the vendors drew it.
    """
    seed_everything(int(sharpens))
    rng, noise = random.Random(int(sharpens)), torch.Generator().manual_seed(int(sharpens))
    eye = (Eye.load(WEIGHTS).requires_grad_(True) if sharpens else Eye()).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    draw, true, epochs, rate = (
        (sharpening, 2, SHARP_EPOCHS, SHARP_RATE) if sharpens else (crowds, 0, EYE_EPOCHS, EYE_RATE)
    )
    held_out = {v: draw(4, 64, Drawings([drawings_of(v)]), random.Random(5)) for v in (UNSEEN, *TAUGHT[:1])}

    def batches() -> list[Seen]:
        drawings = Drawings([drawings_of(vendor) for vendor in TAUGHT], rng, VARIETIES, true)
        return draw(EYE_BATCHES, 64, drawings, rng)

    def loss(batch: Seen) -> Tensor:
        pictures, targets = batch
        with torch.autocast("cpu", torch.bfloat16):
            seen = eye(lit(pictures, noise).contiguous(memory_format=torch.channels_last))
        return loss_of(seen.float(), targets)

    def development() -> float:
        found = {vendor: told(eye, some) for vendor, some in held_out.items()}
        for vendor, (right, empty, order) in found.items():
            print(f"{vendor} {right:.3f} (empty {empty:.3f}, order {order:.3f})")
        right, _, order = found[TAUGHT[0]]
        return right + order  # the other vendor is looked at, and nothing is chosen by it

    train(
        eye,
        batches,
        loss,
        development,
        torch.optim.AdamW(eye.parameters(), rate, weight_decay=0.02),
        epochs=epochs,
        patience=epochs,
        clip=2.0,
        schedule=along_a_cosine(0.03, least=0.002),
        average=0.998,
        checkpoint=CHECKPOINTS / f"{EYE[sharpens]}.pt",
        title=EYE[sharpens],
    )
    eye.save(WEIGHTS)


def network_of() -> Network:
    """Make a network that reads what was seen, and writes; it looks again before each word."""
    config = NetworkConfig(
        kind="one_to_many",
        cell="gru",
        hidden=HIDDEN,
        n_y=len(WORDS),
        attention="dot",
        read=Embed(kind="places", count=WIDTH, size=SIZE),
        feed_back=Embed(kind="tokens", count=len(WORDS), size=SIZE),
        end=WORDS.index(END),
    )
    return Network(config)


def batch_of_scenes(count: int, rng: random.Random, noise: torch.Generator) -> Batch:
    """Make up what a good eye sees of some scenes, with their sentences."""
    targets: list[np.ndarray] = []
    words: list[list[int]] = []
    for items in scenes(rng):
        found = targets_of(items)
        if (found[:, 0] > 0).sum() == len(items):  # else one stands in the place of another
            targets.append(found)
            words.append(indices(sentence_of(items)))
        if len(words) == count:
            break
    return imagined(torch.from_numpy(np.stack(targets)), noise), pad(words, WORDS.index(END))


def held_out_scenes() -> Iterator[list[Item]]:
    """Give the development part: scenes with a pair or a relation that training leaves out."""
    return islice(scenes(random.Random(1), unseen=True), DEVELOPMENT)


def train_writer() -> None:
    """Train the network that writes, and write its weights; no picture is needed for it."""
    seed_everything(0)
    network, rng, noise = network_of(), random.Random(2), torch.Generator().manual_seed(2)
    some = list(held_out_scenes())
    truth = [sentence_of(items) for items in some]
    best = imagined(torch.from_numpy(np.stack([targets_of(items) for items in some])), noise)

    def batches() -> Iterator[Batch]:
        return (batch_of_scenes(BATCH, rng, noise) for _ in range(BATCHES))

    def loss(batch: Batch) -> Tensor:
        seen, words = batch
        with torch.autocast("cpu", torch.bfloat16):
            logits = network(read_off(seen).unsqueeze(1), y=words).float()
        ends = (words == WORDS.index(END)).cumsum(1) > 1
        return nn.functional.cross_entropy(logits[~ends], words[~ends])

    def measured() -> float:
        written = [said for few in best.split(250) for said in write_batch(network, read_off(few))]
        return shares_right(written, truth)["exact"]

    train(
        network,
        batches,
        loss,
        measured,
        torch.optim.AdamW(network.parameters(), RATE, weight_decay=0.01, fused=True),
        epochs=EPOCHS,
        patience=EPOCHS,
        clip=1.0,
        schedule=along_a_cosine(0.05),
        average=0.99,
        checkpoint=CHECKPOINTS / f"{WRITER}.pt",
        title=WRITER,
    )
    network.save(FOLDER / f"{WRITER}.safetensors")


def main() -> None:
    """Train what the command line names, or all."""
    every = (*EYE, WRITER)
    names = command_line(main.__doc__, every).parse_args().variants or every
    for sharpens, name in enumerate(EYE):
        if name in names:
            train_eye(bool(sharpens))
    if WRITER in names:
        train_writer()


if __name__ == "__main__":
    main()
