"""Count what is taken for what: `python -m models.handwriting.mistakes FILE [--variant gru-upper]`.

The file is one that `make evaluate` reads. Prints the most frequent mistakes, `G > E 95 of 151`: how many of the G are
called E, and how many G there are.
"""

import argparse
from collections import Counter
from pathlib import Path

from models.handwriting.example import Handwriting
from models.handwriting.unipen import GROUPS, StrokesFormat, parse

MOST = 12  # mistakes that are printed


def mistakes(example: Handwriting, text: str, variant: str) -> tuple[Counter[tuple[str, str]], Counter[str]]:
    """Count the mistakes, (true, said), and the characters of a variant's group."""
    chosen = example.variants[variant]
    group = GROUPS[chosen["among"]]
    characters = [written for written in parse(text) if written.character in group]
    said = example.logits([written.points for written in characters], chosen).argmax(-1).tolist()
    pairs = Counter((written.character, group[index]) for written, index in zip(characters, said, strict=True))
    wrong = Counter({(true, found): n for (true, found), n in pairs.items() if true != found})
    return wrong, Counter(written.character for written in characters)


def main() -> None:
    """Read the file and print what is mistaken most often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--variant", default="gru-upper")
    options = parser.parse_args()
    example = Handwriting(Path(__file__).parent)
    wrong, there = mistakes(example, StrokesFormat().read(options.file), options.variant)
    print(f"{options.variant}: {wrong.total()} mistakes in {there.total()} characters")  # noqa: T201
    for (true, said), count in wrong.most_common(MOST):
        print(f"{true} > {said} {count} of {there[true]}")  # noqa: T201


if __name__ == "__main__":
    main()
