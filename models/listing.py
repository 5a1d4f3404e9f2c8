"""The list of all examples, found by looking at the folders of this directory."""

from importlib import import_module
from pathlib import Path

from models.example import Example
from unrolled.errors import UnrolledError

GALLERY = Path(__file__).parent
# What an unfinished or damaged folder raises while it is imported and read.
BREAKAGES = (
    UnrolledError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    ImportError,
    LookupError,
    NameError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)


class BrokenExample(UnrolledError):
    """Says which folder of the gallery cannot be used, and why, in one line."""


def example_folders(gallery: Path = GALLERY) -> list[Path]:
    """List the folders that hold an `example.py`, in alphabetical order."""
    return sorted(file.parent for file in gallery.glob("*/example.py"))


def load_example(folder: Path) -> Example:
    """Import one folder's example and read its card, its samples and all its weights.

    Raises BrokenExample, in one line that names the folder.
    """
    try:
        module = import_module(f"{folder.parent.name}.{folder.name}.example")
        example: Example = module.EXAMPLE(folder)
        _ = example.card, example.samples, example.networks
    except BREAKAGES as error:
        reason = " ".join(str(error).split())
        raise BrokenExample(f"models/{folder.name}: {type(error).__name__}: {reason}") from error
    return example


def load_examples(gallery: Path = GALLERY) -> dict[str, Example]:
    """Load the gallery: slug -> example. Raises BrokenExample for the first folder that cannot be used."""
    return {folder.name: load_example(folder) for folder in example_folders(gallery)}
