"""Draw the thumbnails again: `python -m tools.thumbnails [example ...]` writes models/<example>/thumbnail.svg.

A thumbnail is the still of an example's first sample. The home page and the README's gallery show it.
"""

import argparse

from app.queries import trace_request
from models.example import THUMBNAIL, Example
from models.listing import example_folders, load_example
from unrolled.viewer.still import Still


def thumbnail(example: Example) -> str:
    """Run an example's first sample and draw it, without drawings of others: none are copied into this repository."""
    asked = trace_request(example, {})
    trace = example.trace(asked.input, asked.variant, decoding=asked.decoding)
    own = getattr(example.about.input, "art", None) is None
    return Still(trace if own else trace.model_copy(update={"source": None})).svg()


def main() -> None:
    """Draw the examples that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("examples", nargs="*", metavar="example")
    named: list[str] = parser.parse_args().examples
    for folder in example_folders():
        if not named or folder.name in named:
            (folder / THUMBNAIL).write_text(thumbnail(load_example(folder)), "utf-8")
            print(folder.name)


if __name__ == "__main__":
    main()
