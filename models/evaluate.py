"""Measure an example on a file: `python -m models.evaluate sentiment PATH [--variant lstm-binary]`.

Prints a line `metric: value`; where several variants are measured, the variant's id stands before it:

    lstm-binary accuracy: 0.8509
"""

import argparse
import sys
from pathlib import Path

from models.example import Example
from models.listing import example_folders, load_example
from unrolled import UnrolledError


class EvaluationError(UnrolledError):
    """Says what cannot be measured, and what can."""


def choose(slug: str) -> Example:
    """Load the example of this name. Raises EvaluationError if there is none."""
    folders = {folder.name: folder for folder in example_folders()}
    if slug not in folders:
        raise EvaluationError(f"there is no example '{slug}'; there are {', '.join(folders)}")
    return load_example(folders[slug])


def measure(slug: str, path: Path, variant: str | None = None) -> dict[str, dict[str, float]]:
    """Measure one variant of an example, or all of them, on a file: variant -> metric -> value."""
    example = choose(slug)
    if variant and variant not in example.variants:
        raise EvaluationError(f"{slug} has no variant '{variant}'; there are {', '.join(example.variants)}")
    if not path.is_file():
        raise EvaluationError(f"{path}: there is no such file")
    return {v: example.evaluate(path, v) for v in ([variant] if variant else example.variants)}


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; an error is one line on stderr and exit status 1."""
    parser = argparse.ArgumentParser(description="Measure an example on a file in its source's format.")
    parser.add_argument("example")
    parser.add_argument("path", type=Path)
    parser.add_argument("--variant")
    options = parser.parse_args(arguments)
    try:
        results = measure(options.example, options.path, options.variant)
    except (UnrolledError, UnicodeDecodeError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 1
    for variant, metrics in results.items():
        for metric, value in metrics.items():
            print(f"{variant} {metric}: {value:g}" if len(results) > 1 else f"{metric}: {value:g}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
