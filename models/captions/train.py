"""Train both captioners: `python -m models.captions.train [pooled attention]`, about ten minutes each on one core.

Language comes first: 35,000 captions whose photos are not at hand. There the words of the other captions of the same
photo stand in for its places, so that the network learns to say what it is told about. Then 800 photos: what maps their
places is first fitted to the mean of their captions' words (ridge regression), then all learns together, with captions
alone in between so that language is not forgotten. What the frozen backbone sees is computed once (runs/captions).
Products of matrices are computed in bfloat16, which takes two thirds of the time.
"""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from models.captions.backbone import FEATURES
from models.captions.corpus import Photo, photos, split, without_photos
from models.captions.features import VIEWS, features
from models.captions.score import bleu, describe
from models.captions.words import END, OTHER, Words
from models.description import Description
from models.training import RUNS, along_a_cosine, command_line, pad, seed_everything, train
from unrolled import Embed, Network, NetworkConfig
from unrolled.config import Places

HERE = Path(__file__).parent
LONGEST = Description.of(HERE).input.max_steps  # words of a caption, the end included
SIZE, HIDDEN, DROPOUT, SMOOTHING = 256, 256, 0.4, 0.1
BATCH, LANGUAGE_EPOCHS = 64, 6
PHOTO_EPOCHS = {"pooled": 10, "attention": 5}  # attention learns the photos by heart sooner
KEPT = 0.5  # share of the other captions' words that are told
RIDGE = 300.0
Batch = tuple[Tensor, Tensor | None, Tensor]  # x, its lengths, y


def config_of(variant: str, n_y: int) -> NetworkConfig:
    """Describe the network of a variant: the two differ in the attention alone."""
    return NetworkConfig(
        kind="one_to_many",
        cell="gru",
        hidden=HIDDEN,
        n_y=n_y,
        attention="dot" if variant == "attention" else None,
        read=Embed(kind="places", count=FEATURES, size=SIZE),
        feed_back=Embed(kind="tokens", count=n_y, size=SIZE),
        end=END,
    )


class Told(Places):
    """Stand in for the places of a photo: words, one place each; class 0 is no word."""

    def __init__(self, count: int, size: int) -> None:
        nn.Module.__init__(self)
        self.table = nn.Embedding(count, size, padding_idx=END)

    def each(self, places: Tensor) -> Tensor:
        """Look every word up, (..., P) -> (..., P, size)."""
        return self.table(places)

    def forward(self, places: Tensor) -> Tensor:
        """Average them, (..., P) -> (..., size)."""
        return self.table(places).sum(-2) / (places != END).sum(-1, keepdim=True).clamp(min=1)


def loss_of(network: Network, batch: Batch) -> Tensor:
    """Compute the cross entropy of captions, in nats a word; rare words are read and not learnt."""
    x, lengths, y = batch
    with torch.autocast("cpu", torch.bfloat16):
        logits = network(x, lengths, y.clamp(min=0))
    targets = y.masked_fill(y == OTHER, -1)
    return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten(), ignore_index=-1, label_smoothing=SMOOTHING)


class Language:
    """Is what captions alone teach: to say what the other captions of the same photo say."""

    def __init__(self, groups: Sequence[Sequence[list[int]]], rng: random.Random) -> None:
        self.groups, self.rng = groups, rng

    def batch(self, chosen: Sequence[tuple[int, int]]) -> Batch:
        """Tell of each caption (group, number) some words of the others: x (B, 1, P), how many (B,), y (B, T_y)."""
        told = [self.told(self.groups[group], number) for group, number in chosen]
        y = pad([self.groups[group][number][:LONGEST] for group, number in chosen], -1)
        return pad(told).unsqueeze(1), torch.tensor([len(words) for words in told]), y

    def told(self, group: Sequence[list[int]], number: int) -> list[int]:
        """Choose some words of a photo's other captions, at least one."""
        others = {y for i, caption in enumerate(group) if i != number for y in caption if y > OTHER}
        words = sorted(others) or [OTHER]
        return [y for y in words if self.rng.random() < KEPT] or [self.rng.choice(words)]

    def epoch(self) -> Iterator[Batch]:
        """Give every caption once, in batches of captions of about one length."""
        every = [(group, number) for group, captions in enumerate(self.groups) for number in range(len(captions))]
        every.sort(key=lambda at: (len(self.groups[at[0]][at[1]]), self.rng.random()))
        batches = [every[i : i + BATCH] for i in range(0, len(every), BATCH)]
        self.rng.shuffle(batches)
        return map(self.batch, batches)


class Photos:
    """Is what the photos teach: their places, seen in several ways, and their captions."""

    def __init__(
        self, found: Sequence[Photo], seen: np.ndarray, words: Words, pooled: bool, rng: random.Random
    ) -> None:
        self.captions = [[words.classes(caption) for caption in photo.captions] for photo in found]
        self.pooled, self.rng = pooled, rng
        # The mean of mapped places is the mapped mean: one place will do where nothing else is read.
        self.seen = seen.mean(2, keepdims=True, dtype=np.float32) if pooled else seen

    def places(self, photo: int, view: int) -> Tensor:
        """Give what was seen of a photo, (P, 1280)."""
        return torch.from_numpy(np.asarray(self.seen[photo, view], np.float32))

    def batch(self, chosen: Sequence[tuple[int, int]]) -> Batch:
        """Take captions (photo, number) and some view of each photo: x (B, 1, P, 1280), y (B, T_y)."""
        x = torch.stack([self.places(photo, self.rng.randrange(VIEWS)) for photo, _ in chosen])
        return x.unsqueeze(1), None, pad([self.captions[photo][number][:LONGEST] for photo, number in chosen], -1)

    def epoch(self) -> Iterator[Batch]:
        """Give every caption once."""
        every = [(photo, number) for photo, captions in enumerate(self.captions) for number in range(len(captions))]
        self.rng.shuffle(every)
        return (self.batch(every[i : i + BATCH]) for i in range(0, len(every), BATCH))


class Training:
    """Is the training of one network, in two stages."""

    def __init__(self, variant: str, words: Words) -> None:
        self.variant, self.words = variant, words
        self.rng = random.Random(0)
        found = list(photos())
        seen = features(found, RUNS / "captions" / "features.npy")
        at = {photo.name: i for i, photo in enumerate(found)}
        parts = ((part, seen[[at[photo.name] for photo in part]]) for part in split(found))
        self.photos, self.held_out = (Photos(part, s, words, variant == "pooled", self.rng) for part, s in parts)
        self.references = [photo.captions for photo in split(found)[1]]
        groups = [[words.classes(caption) for caption in captions] for captions in without_photos()]
        self.language = Language(groups[: -len(groups) // 20], self.rng)
        self.unread = Language(groups[-len(groups) // 20 :], random.Random(1))
        self.network = Network(config_of(variant, len(words.labels)), dropout=DROPOUT)
        self.read = self.network.read  # Places, which reads photos; `told` stands in its place for captions alone
        self.told = Told(len(words.labels), SIZE)

    def learn_language(self) -> None:
        """Train on captions alone, unless that has been done; the best weights are kept."""
        file = RUNS / "captions" / f"{self.variant}-language.safetensors"
        self.network.read = self.told
        if file.exists():
            self.network.load_state_dict(load_file(file))
            return
        held_out = list(self.unread.epoch())
        train(
            self.network,
            lambda: list(self.language.epoch()),
            lambda batch: loss_of(self.network, batch),
            lambda: -float(np.mean([loss_of(self.network, batch).item() for batch in held_out])),
            torch.optim.AdamW(self.network.parameters(), 2e-3, weight_decay=0.01),
            epochs=LANGUAGE_EPOCHS,
            schedule=lambda done: min(1.0, 20 * done) * (1 - 0.9 * done),
            average=0.998,
            title=f"{self.variant}, language",
        )
        save_file(self.network.state_dict(), file)

    @torch.no_grad()
    def fit_places(self) -> None:
        """Map what is seen of each photo to the mean of its captions' words, by ridge regression over all views."""
        assert isinstance(self.read, Places)
        told = [sorted({y for caption in captions for y in caption if y > OTHER}) for captions in self.photos.captions]
        wanted = torch.stack([self.told(torch.tensor(words)) for words in told])  # (photos, SIZE)
        x = torch.from_numpy(self.photos.seen.mean(2, dtype=np.float32)).flatten(0, 1)  # (photos * VIEWS, 1280)
        y = wanted.repeat_interleave(VIEWS, 0)
        mean_x, mean_y = x.mean(0), y.mean(0)
        x, y = x - mean_x, y - mean_y
        weight = torch.linalg.solve(x.T @ x + RIDGE * torch.eye(x.shape[1]), x.T @ y)  # (1280, SIZE)
        self.read.map.weight.copy_(weight.T)
        self.read.map.bias.copy_(mean_y - mean_x @ weight)

    def score(self) -> float:
        """Measure BLEU-4 on the photos held out, as they are seen whole."""
        self.network.read = self.read
        count = len(self.references)
        places = (self.held_out.places(photo, 0) for photo in range(count))
        written = [describe(self.network, self.words, seen, LONGEST) for seen in places]
        print("; ".join(written[:4]))
        return bleu(written, self.references)

    def both(self) -> Iterator[tuple[Batch, Batch]]:
        """Give a batch of photos beside one of captions alone."""
        return zip(self.photos.epoch(), self.language.epoch(), strict=False)

    def loss(self, batches: tuple[Batch, Batch]) -> Tensor:
        """Compute the loss of photos, and half of that of captions alone."""
        seen, told = batches
        self.network.read = self.told
        language = loss_of(self.network, told)
        self.network.read = self.read
        return loss_of(self.network, seen) + 0.5 * language

    def learn_photos(self, file: Path) -> float:
        """Train on photos, and write the best weights to a file; gives its BLEU-4."""
        self.fit_places()
        self.network.read = self.read
        print(f"{self.variant}: before any photo was learnt from, BLEU-4 is {self.score():.4f}")
        self.network.train()
        best = train(
            self.network,
            self.both,
            self.loss,
            self.score,
            torch.optim.AdamW([*self.network.parameters(), *self.told.parameters()], 5e-4, weight_decay=0.05),
            epochs=PHOTO_EPOCHS[self.variant],
            patience=PHOTO_EPOCHS[self.variant],
            clip=2.0,
            schedule=along_a_cosine(0.05, least=0),
            average=0.99,
            title=f"{self.variant}, photos",
        )
        self.network.save(file)
        return best.score


def main() -> None:
    """Train the named variants, one after the other, and put their weights beside this file."""
    options = command_line(__doc__, PHOTO_EPOCHS).parse_args()
    known = Words.of(caption for captions in without_photos() for caption in captions)
    known.save()
    for variant in options.variants or PHOTO_EPOCHS:
        seed_everything(0)
        training = Training(variant, known)
        training.learn_language()
        print(f"{variant}: BLEU-4 {training.learn_photos(HERE / f'{variant}.safetensors'):.4f}")


if __name__ == "__main__":
    main()
