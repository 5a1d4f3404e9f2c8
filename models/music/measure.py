"""Measure what the networks write: `python -m models.music.measure [--tunes 100]`.

Prints for each variant and genre, at the example's own temperature: the share of inner bars that are full, of tunes in
their genre's meter (nine in ten of their inner bars are full), of tunes that came to an end, and of tunes that have 16
notes running of a training tune, in any key and rhythm.
"""

import argparse
from collections.abc import Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from models.listing import load_example
from models.music.abc import Body
from models.music.corpus import GENRES, parts, windows
from models.music.example import Music
from models.music.form import bars
from unrolled import Decoding

ENOUGH = 0.9  # of the inner bars


@dataclass(frozen=True)
class Measured:
    """Hold what was found about one tune."""

    inner: int
    full: int
    ended: bool
    copied: bool

    @property
    def in_meter(self) -> bool:
        """Say whether it keeps its genre's meter; a tune without a single inner bar does not."""
        return self.inner > 0 and self.full >= ENOUGH * self.inner


def measured(body: Body, genre: str, ended: bool, known: Set[tuple[int, ...]]) -> Measured:
    """Measure one tune against the meter of its genre, and against the stretches of 16 notes that are known."""
    inner = [bar for bar in bars(body) if bar.inner]
    full = sum(bar.eighths == GENRES[genre] for bar in inner)
    return Measured(len(inner), full, ended, bool(windows(body) & known))


def summary(tunes: Sequence[Measured]) -> str:
    """Write the shares of several tunes in one line."""
    shares = {
        "inner bars full": sum(t.full for t in tunes) / max(1, sum(t.inner for t in tunes)),
        "in meter": sum(t.in_meter for t in tunes) / len(tunes),
        "ended": sum(t.ended for t in tunes) / len(tunes),
        "copied": sum(t.copied for t in tunes) / len(tunes),
    }
    return ", ".join(f"{name} {share:.3f}" for name, share in shares.items())


def main() -> None:
    """Write tunes with each variant and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tunes", type=int, default=100, help="of each genre")
    count: int = parser.parse_args().tunes
    example = load_example(Path(__file__).parent)
    assert isinstance(example, Music)
    training, development = parts()
    known = frozenset().union(*(windows(tune.body) for tune in training))
    print("development:", summary([measured(t.body, t.genre, True, known) for t in development]))  # noqa: T201
    for variant in example.variants:
        all_of: list[Measured] = []
        for genre in GENRES:
            decodings = (Decoding(method="sample", temperature=0.8, seed=seed) for seed in range(count))
            traces = [example.trace(genre, variant, decoding=decoding) for decoding in decodings]
            found = [measured(example.body(t), genre, t.outputs[-1].index == 0, known) for t in traces]
            print(f"{variant} {genre}: {summary(found)}")  # noqa: T201
            all_of += found
        print(f"{variant} all: {summary(all_of)}")  # noqa: T201


if __name__ == "__main__":
    main()
