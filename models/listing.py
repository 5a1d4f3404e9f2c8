"""The list of all examples, found by looking at the folders of this directory."""

from importlib import import_module
from inspect import isabstract
from pathlib import Path

from models.description import BrokenFile
from models.example import Example
from unrolled.errors import UnrolledError, WeightsError

GALLERY = Path(__file__).parent


class BrokenExample(UnrolledError):
    """Says which folder of the gallery cannot be used, and why, in one line."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"models/{folder.name}: {' '.join(reason.split())}")


def example_folders(gallery: Path = GALLERY) -> list[Path]:
    """List the folders that hold an `example.py`, in alphabetical order."""
    return sorted(file.parent for file in gallery.glob("*/example.py"))


def load_example(folder: Path) -> Example:
    """Import one folder's example and read its JSON files and all its weights. Raises BrokenExample."""
    try:
        example = example_class(folder)(folder)
        _ = example.card, example.samples, example.kept, example.networks
    except (BrokenFile, WeightsError) as error:
        raise BrokenExample(folder, str(error)) from error
    return example


def example_class(folder: Path) -> type[Example]:
    """Import what a folder's `example.py` calls `EXAMPLE`. Raises BrokenExample."""
    try:
        module = import_module(f"{folder.parent.name}.{folder.name}.example")
    except Exception as error:  # importing runs the folder's code, and that can fail in any way
        raise BrokenExample(folder, f"example.py: {type(error).__name__}: {error}") from error
    found = getattr(module, "EXAMPLE", None)
    if not (isinstance(found, type) and issubclass(found, Example)):
        raise BrokenExample(folder, f"example.py: EXAMPLE should be a subclass of Example; it is {found!r}")
    if isabstract(found):
        missing = ", ".join(sorted(found.__abstractmethods__))
        raise BrokenExample(folder, f"example.py: {found.__name__} has to define {missing}")
    return found


def load_examples(gallery: Path = GALLERY) -> dict[str, Example]:
    """Load the gallery: slug -> example. Raises BrokenExample for the first folder that cannot be used."""
    return {folder.name: load_example(folder) for folder in example_folders(gallery)}
