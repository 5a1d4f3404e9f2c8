"""The sentence pairs: how the source's file is read, and how it is split.

`python -m models.translation.corpus test FILE` writes the pairs that no network was trained or chosen on.
"""

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from models import datasets
from models.files import BadLine, lines_of
from models.training import split_by_hash
from models.translation.pieces import normalise

PARTS = ("training", "development", "test")
SHARES = (0.96, 0.02, 0.02)


@dataclass(frozen=True)
class Pair:
    """Hold one French sentence, normalised, and its English translation as it stands in the source."""

    french: str
    english: str


def read_pairs(text: str) -> list[Pair]:
    """Read the source's format: `English<TAB>French`, and perhaps `<TAB>attribution`, a pair a line.

    Raises BadLine where there is no tab, or nothing to read on one of its sides.
    """
    pairs: list[Pair] = []
    for number, line in lines_of(text):
        fields = line.split("\t")
        if len(fields) < 2:
            raise BadLine(number, "there is no tab between the English sentence and the French one")
        pair = Pair(normalise(fields[1]), " ".join(fields[0].split()))
        if not (pair.french and pair.english):
            raise BadLine(number, "there is no sentence on one side of the tab")
        pairs.append(pair)
    return pairs


def split(pairs: list[Pair]) -> tuple[list[Pair], ...]:
    """Split by the English sentence, so that all its French versions fall into the same part."""
    return split_by_hash(pairs, SHARES, lambda pair: pair.english)


Indexed = tuple[list[int], list[int]]  # T_x French and T_y English pieces


def same_length_batches(pairs: list[Indexed], pieces: int) -> list[list[Indexed]]:
    """Group pairs of the same T_x, and of similar T_y, into batches of at most so many output pieces.

    Nothing on the input side needs padding then, and little on the output side.
    """
    groups: dict[int, list[Indexed]] = defaultdict(list)
    for pair in pairs:
        groups[len(pair[0])].append(pair)
    batches: list[list[Indexed]] = []
    for group in groups.values():
        batch: list[Indexed] = []
        for pair in sorted(group, key=lambda p: len(p[1])):  # stable: equal lengths stay in the given order
            if batch and len(pair[1]) * (len(batch) + 1) > pieces:
                batches.append(batch)
                batch = []
            batch.append(pair)
        batches.append(batch)
    return batches


def parts() -> dict[str, list[Pair]]:
    """Read the source's pairs, by the name of their part: training, development, test. Raises DatasetError."""
    return dict(zip(PARTS, split(read_pairs(datasets.read("translation/fra.txt").decode())), strict=True))


def write(pairs: list[Pair]) -> bytes:
    """Write pairs in the source's format."""
    return "".join(f"{pair.english}\t{pair.french}\n" for pair in pairs).encode()


def main() -> None:
    """Write one part of the source's file, in its own format."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("file", type=Path)
    options = parser.parse_args()
    options.file.write_bytes(write(parts()[options.part]))


if __name__ == "__main__":
    main()
