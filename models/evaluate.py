"""Measure an example on a file: `python -m models.evaluate sentiment [PATH] [--variant lstm-binary]`.

Without a path it is measured on its development part, which no network learnt from: the example's `development()` makes
it of the data (`datasets`), and it is written to `runs/EXAMPLE/development`, a file like any other.

Prints a line `metric: value`; where several variants are measured, the variant's id stands before it:

    lstm-binary accuracy: 0.8509

The file may be a pipe, and may be packed. What is wrong is said in one line on stderr, as `PATH:LINE: reason` where
a line is at fault; the exit status is 1, and 2 where the command itself is wrong.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from models.example import Example
from models.files import BadLine
from models.listing import GALLERY, example_folders, load_example
from models.training import RUNS
from unrolled import InvalidInput, UnrolledError


class EvaluationError(UnrolledError):
    """Says what cannot be measured, and what can."""


class UsageError(EvaluationError):
    """Says that there is no such example or variant, and which there are."""


def choose(slug: str) -> Example:
    """Load the example of this name. Raises UsageError if there is none."""
    folders = {folder.name: folder for folder in example_folders()}
    if slug not in folders:
        raise UsageError(f"there is no example '{slug}'; there are {', '.join(folders)}")
    return load_example(folders[slug])


def development_file(slug: str, folder: Path = RUNS) -> Path:
    """Write the development part of an example, in the format that it is measured in, and say where it lies.

    Raises EvaluationError for an example without one, DatasetError where its data is not at hand.
    """
    name = f"models.{slug}.development"
    if not (GALLERY / slug / "development.py").exists():
        raise EvaluationError(f"{slug} has no development part of its own; name a file, DATA=PATH")
    part: bytes = import_module(name).development()
    file = folder / slug / "development"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(part)
    return file


def measure(slug: str, path: Path | None = None, variant: str | None = None) -> dict[str, dict[str, float]]:
    """Measure one variant of an example, or all, on a file or its development part: variant -> metric -> value."""
    example = choose(slug)
    if variant and variant not in example.variants:
        raise UsageError(f"{slug} has no variant '{variant}'; there are {', '.join(example.variants)}")
    path = path or development_file(slug)
    wanted = f"the file should hold {example.about.measured_on}"
    try:
        contents = example.file_format.read(path)  # once: a pipe cannot be read again
        chosen = [variant] if variant else example.variants
        return {v: example.evaluate(contents, example.variants[v]) for v in chosen}
    except BadLine as error:
        raise EvaluationError(f"{path}:{error.line}: {error.message}; {wanted}") from error
    except InvalidInput as error:
        raise EvaluationError(f"{path}: {error}; {wanted}") from error


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; an error is one line on stderr and exit status 1, or 2 for a wrong command."""
    parser = argparse.ArgumentParser(description="Measure an example on a file in its source's format.")
    parser.add_argument("example")
    parser.add_argument("path", type=Path, nargs="?", help="a file; without one, the development part is measured")
    parser.add_argument("--variant")
    options = parser.parse_args(arguments)
    try:
        results = measure(options.example, options.path, options.variant)
    except UnrolledError as error:
        reason = " ".join(str(error).split())  # what it quotes of a file may hold line ends
        print(f"evaluate: {reason}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    for variant, metrics in results.items():
        for metric, value in metrics.items():
            print(f"{variant} {metric}: {value:g}" if len(results) > 1 else f"{metric}: {value:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
