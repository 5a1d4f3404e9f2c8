"""Train both networks: `python -m models.speech.train [ctc attention]`, about twenty minutes each on one core.

Every clip is first heard in many ways (`pool.py`, five minutes, kept in runs/speech). One frame classifier is taught by
CTC (Graves et al., 2006), the other network writes. Words that are none of the sixteen have nothing to write: CTC sees
them only once it has begun to learn, because a network that first learns to stay silent goes on doing so.
`--without SPEAKER` leaves out one of the six men who spoke the digits, to tell how well a stranger is understood.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from models.speech import pool
from models.speech.corpus import Clip, recordings
from models.speech.hearing import BANDS, FLOOR, STACK, hear, steps
from models.speech.phrases import LETTERS, spelled
from models.speech.pool import DECIBEL, Item
from models.speech.verdict import Verdict, judge
from models.speech.voices import spoken
from models.training import RUNS, along_a_cosine, command_line, seed_everything, train
from unrolled import Embed, Network, NetworkConfig

HERE = Path(__file__).parent
VARIANTS = ("ctc", "attention")
ITEMS, PER_EPOCH, EPOCHS, BATCH = 40_000, 32_000, 10, 64
HIDDEN, LAYERS, RATE, DROPOUT = 96, 2, 3e-3, 0.2
SPREAD = 150  # batches in which CTC is told where letters might be: evenly
LEARNING = 0.9  # nats a letter; below it CTC has begun to learn


def config_of(variant: str) -> NetworkConfig:
    """Describe the network of a variant; class 0 is CTC's blank, or the end of what is written."""
    classes, read = 1 + len(LETTERS), Embed(size=STACK * BANDS)
    shared = {"cell": "gru", "hidden": HIDDEN, "layers": LAYERS, "directions": 2, "n_y": classes, "read": read}
    if variant == "ctc":
        return NetworkConfig(kind="many_to_many", collapse="ctc", blank=0, **shared)
    fed = Embed(kind="tokens", count=classes, size=32)
    return NetworkConfig(kind="encoder_decoder", attention="dot", feed_back=fed, end=0, **shared)


def varied(item: Item, T: int, rng: np.random.Generator) -> np.ndarray:
    """Stretch what was heard to T frames, colour it and hide parts of it (Park et al., 2019); (T // STACK, n_x)."""
    frames = item.frames.astype(np.float32) / DECIBEL
    at = np.linspace(0, len(frames) - 1, T)
    low = at.astype(int)
    share = (at - low)[:, None]
    frames = frames[low] * (1 - share) + frames[np.minimum(low + 1, len(frames) - 1)] * share
    if rng.random() < 0.5:
        colour = np.interp(np.arange(BANDS), np.linspace(0, BANDS - 1, 6), rng.normal(0, 4, 6))
        frames = frames + colour
        frames = np.maximum(frames - max(0, frames.max() - 3), FLOOR)
    bands = steps(frames).reshape(-1, BANDS)
    mean = bands.mean()
    for _ in range(2):
        if rng.random() < 0.5:
            band = rng.integers(0, BANDS - 1)
            bands[:, band : band + rng.integers(1, 7)] = mean
    if rng.random() < 0.5:
        first = rng.integers(0, len(bands))
        bands[first : first + rng.integers(1, max(2, min(12, len(bands) // 8)))] = mean
    return bands.reshape(-1, STACK * BANDS)


def batch_of(items: Sequence[Item], rng: np.random.Generator) -> tuple[Tensor, list[list[int]]]:
    """Bring items of like length to one length, so that none is padded: x (B, T_x, n_x), and their letters."""
    usual = np.median([len(item.frames) for item in items]) * np.exp(rng.uniform(-0.28, 0.22))
    doubled = (sum(a == b for a, b in zip(item.text, item.text[1:], strict=False)) for item in items)
    needed = max(len(item.text) + twice + 1 for item, twice in zip(items, doubled, strict=True))
    T = STACK * max(needed, 8, round(usual / STACK))
    x = np.stack([varied(item, T, rng) for item in items])
    return torch.from_numpy(x.astype(np.float32)), [spelled(item.text) for item in items]


def spread(letters: list[list[int]], T_x: int) -> Tensor:
    """Put letters evenly over frames, each followed by a blank, (B, T_x)."""
    target = torch.zeros(len(letters), T_x, dtype=torch.long)
    for row, said in zip(target, letters, strict=True):
        edges = np.linspace(min(4, T_x // 4), T_x - min(4, T_x // 4), len(said) + 1)
        for letter, first, last in zip(said, edges, edges[1:], strict=False):
            row[int(first) : max(int(first) + 1, round((first + last) / 2))] = letter
    return target


def writing_loss(network: Network, batch: tuple[Tensor, list[list[int]]]) -> Tensor:
    """Compute the cross entropy of what should be written, the end included, in nats a letter."""
    x, letters = batch
    y = torch.nn.utils.rnn.pad_sequence([torch.tensor([*said, 0]) for said in letters], True, -1)
    logits = network(x, None, y.clamp(min=0))
    return F.cross_entropy(logits.flatten(0, 1), y.flatten(), ignore_index=-1, label_smoothing=0.05)


class Training:
    """Is the training of one network from items that were heard."""

    def __init__(self, variant: str, items: Sequence[Item], clips: Sequence[Clip], epochs: int) -> None:
        self.variant, self.items, self.epochs = variant, items, epochs
        self.network = Network(config_of(variant), dropout=DROPOUT)
        self.rng = np.random.default_rng(0)
        others = [clip for clip in clips if not clip.text]
        known = [clip for clip in clips if clip.text]
        self.heard = [(clip, hear(clip.wave)) for clip in (*known, *others[::5])]
        self.batches, self.mean = 0, float("inf")

    def epoch(self) -> Iterator[tuple[Tensor, list[list[int]]]]:
        """Give the batches of an epoch, each made when it is wanted."""
        silent_too = self.variant != "ctc"
        for _ in range(PER_EPOCH // (24 * BATCH)):
            silent_too = silent_too or self.mean < LEARNING
            drawn = [self.items[i] for i in self.rng.integers(len(self.items), size=24 * BATCH)]
            drawn = [item for item in drawn if item.text or silent_too]
            drawn.sort(key=lambda item: len(item.frames) * np.exp(self.rng.uniform(-0.12, 0.12)))
            batches = [drawn[i : i + BATCH] for i in range(0, len(drawn), BATCH)]
            random.shuffle(batches)
            yield from (batch_of(batch, self.rng) for batch in batches)

    def loss(self, batch: tuple[Tensor, list[list[int]]]) -> Tensor:
        """Compute the loss of a batch, in nats a letter."""
        if self.variant != "ctc":
            return writing_loss(self.network, batch)
        x, letters = batch
        log_p = self.network(x).log_softmax(-1)  # (B, T_x, n_y)
        self.batches += 1
        if self.batches <= SPREAD:
            return 2 * F.nll_loss(log_p.flatten(0, 1), spread(letters, x.shape[1]).flatten())
        lengths = torch.tensor([len(said) for said in letters])
        said = torch.tensor([letter for row in letters for letter in row])
        frames = torch.full((len(x),), x.shape[1])
        nats = F.ctc_loss(log_p.transpose(0, 1), said, frames, lengths, reduction="none", zero_infinity=True)
        loss = (nats / lengths.clamp(min=4)).mean()
        self.mean = min(self.mean, 10.0) * 0.98 + loss.item() * 0.02
        return loss

    def score(self) -> float:
        """Measure the development part: the mean of what is known of phrases, digits and strangers, and refused."""
        right: dict[str, list[bool]] = {}
        for clip, heard in self.heard:
            verdict: Verdict | None = judge(self.network, torch.from_numpy(steps(heard.frames))) if heard else None
            said = verdict.phrase if verdict and verdict.accepted else ""
            right.setdefault(clip.corpus if clip.text else "refused", []).append(said == clip.text)
        shares = {corpus: float(np.mean(found)) for corpus, found in right.items()}
        print("  ".join(f"{corpus} {100 * share:.1f}" for corpus, share in shares.items()))
        return float(np.mean(list(shares.values())))

    def run(self, file: Path) -> None:
        """Train, and write the best weights to a file."""
        train(
            self.network,
            self.epoch,
            self.loss,
            self.score,
            torch.optim.AdamW(self.network.parameters(), RATE, weight_decay=0.01),
            epochs=self.epochs,
            patience=self.epochs,
            clip=2.0,
            schedule=along_a_cosine(0.025, least=0),
            average=0.998,
            title=self.variant,
        )
        self.network.save(file)


def items_of(clips: Sequence[Clip], count: int, file: Path) -> list[Item]:
    """Hear the clips of the training part, and made-up voices, unless that has been done."""
    if not file.exists():
        pool.save(file, pool.draw([*clips, *spoken()], count, seed=0))
    return pool.load(file)


def main() -> None:
    """Train the named variants, one after the other, and put their weights beside this file."""
    parser = command_line(__doc__, VARIANTS)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--items", type=int, default=ITEMS, help="how many are heard before")
    parser.add_argument("--without", default="", help="a speaker of digits that is not learnt from, but measured on")
    options = parser.parse_args()
    parts: dict[bool, list[Clip]] = {False: [], True: []}
    for recording in recordings():
        parts[recording.held_out].append(recording.clip)
    items = items_of(parts[False], options.items, RUNS / "speech" / "heard.npz")
    items = [item for item in items if options.without not in item.speakers.split(", ")]
    measured = [*parts[True], *(clip for clip in parts[False] if clip.speaker == options.without)]
    folder = RUNS / "speech" / f"without-{options.without}" if options.without else HERE
    folder.mkdir(parents=True, exist_ok=True)
    for variant in options.variants or VARIANTS:
        seed_everything(0)
        Training(variant, items, measured, options.epochs).run(folder / f"{variant}.safetensors")


if __name__ == "__main__":
    main()
