"""Write the stories of docs/own-networks.md as notebooks, one each: `python -m tools.notebooks`.

They hold no outputs: whoever runs one sees the diagram of the run, as the last cell shows it.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "own-networks.md"
FOLDER = ROOT / "examples"
NEEDS = "It needs the library with its extra `notebook`: [docs/viewing.md](../docs/viewing.md)."
STORY = re.compile(r"^## (.+?)\n((?:(?!^## ).)*?)```python\n(.*?)```\s*```text\n(.*?)```", re.DOTALL | re.MULTILINE)


class Story(NamedTuple):
    """One story of the page: what is told, the code, and what that prints."""

    title: str
    told: str
    code: str
    printed: str

    @property
    def path(self) -> Path:
        """Say where its notebook lies."""
        return FOLDER / f"{re.sub(r'[^a-z0-9]+', '-', self.title.lower()).strip('-')}.ipynb"


def stories() -> list[Story]:
    """Read the stories of the page."""
    return [Story(title, told.strip(), *rest) for title, told, *rest in STORY.findall(PAGE.read_text(encoding="utf-8"))]


def cells_of(story: Story) -> Iterator[dict[str, Any]]:
    """Make a story's cells: what is told, the code, and what shows the run."""
    yield {"cell_type": "markdown", "metadata": {}, "source": f"# {story.title}\n\n{story.told}\n\n{NEEDS}"}
    for code in (story.code.strip(), "run"):
        yield {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": code}


def notebook_of(story: Story) -> str:
    """Write a story as a notebook (nbformat 4.4)."""
    about = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    document = {"cells": list(cells_of(story)), "metadata": about, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in stories():
        each.path.write_text(notebook_of(each), encoding="utf-8")
