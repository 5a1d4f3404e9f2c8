"""Train both entity networks on the Groningen Meaning Bank: about 15 minutes.

A third of the people get other names while they train, because the names that a visitor types are not those of
the news of 2005: first names from a public list, last names made up of halves of them. And every seventh word is
hidden, so that its letters must do.

    python -m models.entities.train [bilstm lstm]
    python -m models.entities.train --write-development runs/entities/development.csv
"""

import csv
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor, nn

from models import datasets
from models.entities.corpus import FORMAT, TAGS, Sentence, entity_scores, parse, without_duplicates, write
from models.entities.words import Words
from models.training import RUNS, batches_by_length, command_line, seed_everything, split_by_hash, train
from unrolled import Embed, Network, NetworkConfig
from unrolled.config import Bag

SOURCE = "entities/gmb_ner_dataset.csv"
NAMES = ("entities/female.txt", "entities/male.txt")
SHARES = (0.8, 0.1, 0.1)
KNOWN, SEEN_AT_LEAST = 7000, 3
SWAPPED, WORD_DROPOUT, IGNORED = 0.33, 0.15, -100
SIZE, HIDDEN, BATCH, EPOCHS, RATE = 64, 96, 64, 3, 4e-3
DIRECTIONS: dict[str, Literal[1, 2]] = {"bilstm": 2, "lstm": 1}
FOLDER = Path(__file__).parent
Batch = tuple[Tensor, Tensor, Tensor]  # x (B, T_x, k), tags (B, T_x), lengths (B,)


class Swap:
    """Give people other names, in place: the first word of a name, and each of the following ones."""

    def __init__(self, names: Sequence[str], rng: random.Random) -> None:
        self.names, self.rng = names, rng

    def made_up(self) -> str:
        """Join halves of two names to one that nobody has."""
        first, second = self.rng.sample(self.names, 2)
        return first[: self.rng.randint(2, 4)] + second[-self.rng.randint(2, 5) :].lower()

    def __call__(self, sentence: Sentence) -> Sentence:
        """Rename about a third of the people of a sentence; titles (Mr.) stay."""
        words = list(sentence.words)
        for i, (word, tag) in enumerate(zip(words, sentence.tags, strict=True)):
            if tag.endswith("PER") and word.istitle() and "." not in word and self.rng.random() < SWAPPED:
                first = tag[0] == "B" or sentence.words[i - 1].endswith(".")
                words[i] = self.rng.choice(self.names) if first else self.made_up()
        return Sentence(tuple(words), sentence.tags)


def as_batch(sentences: Sequence[Sentence], words: Words, rng: random.Random | None) -> Batch:
    """Look up the words of some sentences; with `rng`, hide some of them."""
    lengths = torch.tensor([len(sentence.words) for sentence in sentences])
    flat = words.bags([word for sentence in sentences for word in sentence.words]).clone()  # (sum T_x, k)
    if rng:
        hidden = torch.tensor([rng.random() < WORD_DROPOUT for _ in range(len(flat))])
        flat[hidden, 0] = words.unknown
    tags = torch.tensor([TAGS.index(tag) for sentence in sentences for tag in sentence.tags])
    x = nn.utils.rnn.pad_sequence(list(flat.split(lengths.tolist())), batch_first=True)
    return x, nn.utils.rnn.pad_sequence(list(tags.split(lengths.tolist())), True, IGNORED), lengths


def network_of(variant: str, words: Words) -> Network:
    """Make an untrained network."""
    config = NetworkConfig(
        kind="many_to_many",
        cell="lstm",
        hidden=HIDDEN,
        n_y=len(TAGS),
        directions=DIRECTIONS[variant],
        read=Embed(kind="bag", size=SIZE, count=words.count),
    )
    return Network(config, dropout=0.4)


def start_from_counts(network: Network, sentences: Sequence[Sentence], words: Words) -> None:
    """Let the table begin with how much likelier each tag makes a word or a piece of one.

    The first numbers of each row become log P(tag | row) / P(tag), scaled: added up over a word's rows, they are
    what naive Bayes would say of it, and the network need not learn it again.
    """
    assert isinstance(network.read, Bag)
    together = Counter(pair for s in sentences for pair in zip(s.words, s.tags, strict=True))
    tags = Counter(tag for s in sentences for tag in s.tags)
    prior = torch.tensor([tags[tag] + 1.0 for tag in TAGS]) / (tags.total() + len(TAGS))
    counts = prior.repeat(words.count, 1) * 5  # as if each row had been seen five times, with its tags as usual
    for (word, tag), count in together.items():
        counts[words.rows(word), TAGS.index(tag)] += count
    log_ratio = (counts / counts.sum(1, keepdim=True) / prior).log()
    with torch.no_grad():
        network.read.table.weight.mul_(0.1)  # some fifteen rows are added up
        network.read.table.weight[1:, : len(TAGS)] = 0.1 * log_ratio[1:]


def train_variant(
    variant: str, training: Sequence[Sentence], held_out: Sequence[Sentence], words: Words, seed: int = 0
) -> None:
    """Train one network and write its weights."""
    seed_everything(seed)
    rng = random.Random(seed)
    names = [name for file in NAMES for name in datasets.read(file).decode("utf-8").split() if len(name) > 2]
    swap, network = Swap(names, rng), network_of(variant, words)
    start_from_counts(network, training, words)
    dev_batches = [as_batch(group, words, None) for group in batches_by_length(held_out, 64, lambda s: len(s.words))]

    def epoch_batches() -> Iterator[list[Sentence]]:
        return batches_by_length(training, BATCH, lambda sentence: len(sentence.words), rng)

    def loss_of(group: list[Sentence]) -> Tensor:
        x, tags, lengths = as_batch([swap(sentence) for sentence in group], words, rng)
        return nn.functional.cross_entropy(network(x, lengths).flatten(0, 1), tags.flatten(), ignore_index=IGNORED)

    def development() -> float:
        truth, said = [], []
        for x, tags, lengths in dev_batches:
            best = network(x, lengths).argmax(-1)
            for rows, out in ((tags, truth), (best, said)):
                out += [[TAGS[y] for y in row[:n]] for row, n in zip(rows, lengths, strict=True)]
        return entity_scores(truth, said)["f1"]

    train(
        network,
        epoch_batches,
        loss_of,
        development,
        torch.optim.Adam(network.parameters(), RATE, fused=True),
        epochs=EPOCHS,
        clip=1.0,
        schedule=lambda done: min(1.0, 0.1 + done / 0.05, 0.02 + 1.2 * (1 - done)),
        checkpoint=RUNS / "entities" / f"{variant}.pt",
        title=variant,
    )
    network.save(FOLDER / f"{variant}.safetensors")


def known_words(training: Sequence[Sentence]) -> list[str]:
    """List the words that are common enough to be known, in alphabetical order so that the file changes little."""
    counts = Counter(word.lower() for sentence in training for word in sentence.words)
    return sorted(word for word, count in counts.most_common(KNOWN) if count >= SEEN_AT_LEAST)


def main() -> None:
    """Train the variants named on the command line, or all; or write the development part."""
    parser = command_line(main.__doc__, DIRECTIONS)
    parser.add_argument("--write-development", type=Path, metavar="PATH")
    chosen = parser.parse_args()
    sentences = without_duplicates(parse(FORMAT.decode(FORMAT.unpack(datasets.read(SOURCE)))))
    training, held_out, _ = split_by_hash(sentences, SHARES, lambda sentence: sentence.text)
    if chosen.write_development:
        chosen.write_development.parent.mkdir(parents=True, exist_ok=True)
        with chosen.write_development.open("w", encoding="latin-1", newline="") as file:
            csv.writer(file).writerows(write(held_out))
        return
    known = known_words(training)
    (FOLDER / "words.txt").write_text("\n".join(known) + "\n", "utf-8")
    for variant in chosen.variants or DIRECTIONS:
        train_variant(variant, training, held_out, Words(known))


if __name__ == "__main__":
    main()
