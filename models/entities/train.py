"""Train both entity networks on news and tweets: about 15 minutes.

What a visitor types is not the news of 2005, so a third of the people get other names while they train, sentences are
written in small letters, in capitals or as headlines, some introductions are made up, and every seventh word is
hidden, so that its letters must do. Corpora mark different kinds: where one says O, its tweets teach only that this is
none of the kinds that it does mark.

    python -m models.entities.train [clusters bilstm lstm]
"""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor, nn
from tqdm import tqdm

from models import datasets
from models.entities.augment import Names, Swap, introductions, recased
from models.entities.clusters import find_clusters
from models.entities.conll import parse_conll
from models.entities.corpus import FORMAT, KINDS, TAGS, Sentence, entity_scores, parse, spans, without_duplicates
from models.entities.words import Words, written
from models.training import RUNS, batches_by_length, command_line, seed_everything, split_by_hash, train
from unrolled import Embed, Network, NetworkConfig
from unrolled.config import Bag

SOURCE = "entities/gmb_ner_dataset.csv"
TWEETS = {  # and the kinds that each of them marks
    "entities/broad_twitter.conll": ("PER", "LOC", "ORG"),
    "entities/wnut17_train.conll": ("PER", "LOC", "ORG", "MISC"),
}
NAMES = ("entities/female.txt", "entities/male.txt", "characters/names.txt")
SHARES, TWEETS_SHARES = (0.8, 0.1, 0.1), (0.9, 0.1)
KNOWN, SEEN_AT_LEAST = 9000, 3
TWEETS_AGAIN, INTRODUCED = 2, 4000  # each tweet counts twice; so many introductions
WORD_DROPOUT = 0.15
SIZE, HIDDEN, BATCH, EPOCHS, RATE = 64, 112, 64, 4, 4e-3
DIRECTIONS: dict[str, Literal[1, 2]] = {"bilstm": 2, "lstm": 1}
FOLDER = Path(__file__).parent
Batch = tuple[Tensor, Tensor, Tensor]  # x (B, T_x, k), allowed tags (B, T_x, n_y), lengths (B,)


def parts() -> tuple[list[Sentence], dict[str, list[Sentence]]]:
    """Read what is trained on, and the development part of each corpus: gmb, broad_twitter, wnut17_train."""
    news = without_duplicates(parse(FORMAT.decode(FORMAT.unpack(datasets.read(SOURCE)))))
    training, held_out, _ = split_by_hash(news, SHARES, lambda sentence: sentence.text)
    development = {"gmb": held_out}
    for name, marked in TWEETS.items():
        tweets = without_duplicates(parse_conll(datasets.read(name).decode(), marked))
        more, held_out = split_by_hash(tweets, TWEETS_SHARES, lambda sentence: sentence.text)
        training += more * TWEETS_AGAIN
        development[Path(name).stem] = held_out
    return training, development


@cache
def allowed(marked: tuple[str, ...]) -> Tensor:
    """Say which tags may be right where a corpus has written one, (n_y, n_y): O may hide a kind that it lacks."""
    may = torch.eye(len(TAGS), dtype=torch.bool)
    may[0] |= torch.tensor([tag != "O" and tag[2:] not in marked for tag in TAGS])
    return may


def as_batch(sentences: Sequence[Sentence], words: Words, rng: random.Random | None) -> Batch:
    """Look up the words of some sentences; with `rng`, hide some of them."""
    lengths = torch.tensor([len(sentence.words) for sentence in sentences])
    flat = words.bags([word for sentence in sentences for word in sentence.words]).clone()  # (sum T_x, k)
    if rng:
        hidden = torch.tensor([rng.random() < WORD_DROPOUT for _ in range(len(flat))])
        flat[hidden, 0] = words.unknown
    may = [allowed(s.marked)[[TAGS.index(tag) for tag in s.tags]] for s in sentences]
    x = nn.utils.rnn.pad_sequence(list(flat.split(lengths.tolist())), batch_first=True)
    return x, nn.utils.rnn.pad_sequence(may, True, True), lengths


def loss_of(logits: Tensor, may: Tensor, lengths: Tensor) -> Tensor:
    """Compute -log P(one of the tags that may be right), on average; in the padding all may be, which adds nothing."""
    right = logits.masked_fill(~may, float("-inf")).logsumexp(-1)  # (B, T_x)
    return (logits.logsumexp(-1) - right).sum() / lengths.sum()


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
    variant: str,
    training: Sequence[Sentence],
    development: dict[str, list[Sentence]],
    words: Words,
    names: Names,
    rng: random.Random,
) -> None:
    """Train one network and write its weights."""
    swap, network = Swap(names, rng), network_of(variant, words)
    start_from_counts(network, training, words)
    held_out = {
        name: [(group, as_batch(group, words, None)) for group in batches_by_length(part, 64, lambda s: len(s.words))]
        for name, part in development.items()
    }

    def epoch_batches() -> Iterator[list[Sentence]]:
        return batches_by_length(training, BATCH, lambda sentence: len(sentence.words), rng)

    def loss(group: list[Sentence]) -> Tensor:
        x, may, lengths = as_batch([recased(swap(sentence), rng) for sentence in group], words, rng)
        return loss_of(network(x, lengths), may, lengths)

    def score() -> float:
        scores: dict[str, float] = {}
        for name, batches in held_out.items():
            truth, said = [], []
            for group, (x, _, lengths) in batches:
                best = network(x, lengths).argmax(-1)
                truth += [sentence.tags for sentence in group]
                said += [[TAGS[y] for y in row[:n]] for row, n in zip(best, lengths, strict=True)]
            scores[name] = entity_scores(truth, said)["micro_f1"]
        tqdm.write(f"{variant} {scores}")
        return sum(scores.values()) / len(scores)

    train(
        network,
        epoch_batches,
        loss,
        score,
        torch.optim.Adam(network.parameters(), RATE, fused=True),
        epochs=EPOCHS,
        clip=1.0,
        schedule=lambda done: min(1.0, 0.1 + done / 0.05, 0.02 + 1.2 * (1 - done)),
        average=0.995,
        checkpoint=RUNS / "entities" / f"{variant}.pt",
        title=variant,
    )
    network.save(FOLDER / f"{variant}.safetensors")


def known_words(training: Sequence[Sentence]) -> list[str]:
    """List the words that are common enough to be known, in alphabetical order so that the file changes little."""
    counts = Counter(written(word) for sentence in training for word in sentence.words)
    return sorted(word for word, count in counts.most_common(KNOWN) if count >= SEEN_AT_LEAST and word.isprintable())


def made_up(training: Sequence[Sentence], names: Names, rng: random.Random) -> list[Sentence]:
    """Make introductions; their places and organisations are the tweets', since GMB's are peoples, too (Iranian)."""
    tweets = (sentence for sentence in training if sentence.marked != KINDS)
    found = {(kind, s.words[start:end]) for s in tweets for start, end, kind in spans(s.tags)}
    titled = [(kind, words) for kind, words in sorted(found) if words[0].istitle()]
    places, firms = ([words for k, words in titled if k == kind] for kind in ("LOC", "ORG"))
    return list(introductions(names, places, firms, rng, INTRODUCED))


def main() -> None:
    """Train the variants named on the command line, or all; `clusters` sorts the words into groups first."""
    everything = ("clusters", *DIRECTIONS)
    chosen = command_line(main.__doc__, everything).parse_args().variants or everything
    if "clusters" in chosen:
        find_clusters().save(FOLDER / "clusters.safetensors")
    training, development = parts()
    (FOLDER / "words.txt").write_text("\n".join(known_words(training)) + "\n", "utf-8")
    for variant in (name for name in chosen if name != "clusters"):
        seed_everything(0)
        rng = random.Random(0)
        first = [name.title() for file in NAMES for name in datasets.read(file).decode().split() if len(name) > 2]
        names = Names(first, rng)
        more = made_up(training, names, rng)
        train_variant(variant, [*training, *more], development, Words.load(FOLDER), names, rng)


if __name__ == "__main__":
    main()
