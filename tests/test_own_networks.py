"""The stories of docs/own-networks.md run as they stand, print what they say, and are the notebooks of examples/."""

import json
from typing import Any

import pytest

from tools.notebooks import FOLDER, PAGE, Story, notebook_of, stories
from unrolled.watch.watched import Watched

STORIES = stories()


def test_there_are_five_stories() -> None:
    assert len(STORIES) == 5


@pytest.mark.parametrize("story", STORIES, ids=[story.title for story in STORIES])
def test_a_story_prints_what_it_says_and_ends_with_a_run_to_see(
    story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    names: dict[str, Any] = {"__name__": "story"}
    exec(compile(story.code, f"{PAGE.name}: {story.title}", "exec"), names)
    assert capsys.readouterr().out == story.printed
    assert isinstance(names["run"], Watched)  # what the last cell of its notebook shows


def test_the_notebooks_are_the_stories() -> None:
    assert {path.name for path in FOLDER.glob("*.ipynb")} == {story.path.name for story in STORIES}
    for story in STORIES:
        written = story.path.read_text(encoding="utf-8")
        assert written == notebook_of(story), "run python -m tools.notebooks"
        kinds = [cell["cell_type"] for cell in json.loads(written)["cells"]]
        assert kinds == ["markdown", "code", "code"]
