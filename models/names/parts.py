"""The two parts of the names; `python -m models.names.parts FOLDER` writes them out, one name a line."""

import argparse
from pathlib import Path

from models import datasets
from models.training import split_by_hash


def parts() -> tuple[list[str], list[str]]:
    """Give the distinct names for training and for development, 90 % and 10 % by hash."""
    names = dict.fromkeys(datasets.read("characters/names.txt").decode().split())
    training, development = split_by_hash(names, (9, 1))
    return training, development


def main() -> None:
    """Write training.txt and development.txt into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for part, names in zip(("training", "development"), parts(), strict=True):
        (folder / f"{part}.txt").write_text("".join(f"{name}\n" for name in names))


if __name__ == "__main__":
    main()
