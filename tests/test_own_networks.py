"""The stories of docs/own-networks.md run as they stand, and print what they say."""

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parent.parent / "docs" / "own-networks.md"
STORY = re.compile(r"^## (.+?)\n(?:(?!^## ).)*?```python\n(.*?)```\s*```text\n(.*?)```", re.DOTALL | re.MULTILINE)
STORIES = STORY.findall(PAGE.read_text(encoding="utf-8"))


def test_there_are_five_stories() -> None:
    assert len(STORIES) == 5


@pytest.mark.parametrize(("title", "code", "printed"), STORIES, ids=[title for title, _, _ in STORIES])
def test_a_story_prints_what_it_says(title: str, code: str, printed: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, f"{PAGE.name}: {title}", "exec"), {"__name__": "story"})
    assert capsys.readouterr().out == printed
