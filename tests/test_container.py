"""The Dockerfile copies what the site needs, and nothing that is not there."""

import re
import shlex
from fnmatch import fnmatch
from pathlib import Path

from app.assets import PAGE_FILES

ROOT = Path(__file__).parent.parent


def copied_into_the_image() -> list[str]:
    steps = [shlex.split(line) for line in (ROOT / "Dockerfile").read_text().splitlines() if line.startswith("COPY ")]
    return [source for step in steps if not step[1].startswith("--from") for source in step[1:-1]]


def test_everything_that_the_image_copies_is_there_and_not_ignored() -> None:
    rules = (ROOT / ".dockerignore").read_text().split()
    kept = [rule[1:] for rule in rules if rule.startswith("!")]
    sources = [source.rstrip("/") for source in copied_into_the_image()]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert [source for source in sources if source.partition("/")[0] not in kept] == []
    assert [source for source in sources if any(fnmatch(source, rule) for rule in rules if rule != "*")] == []


def test_image_runs_as_nobody_in_particular_and_is_watched() -> None:
    last_stage = (ROOT / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*$", last_stage, re.MULTILINE)
    assert re.search(r"^HEALTHCHECK .*healthz", last_stage, re.MULTILINE | re.DOTALL)
    assert "node" not in last_stage


def test_image_has_every_file_that_the_pages_load() -> None:
    copied = copied_into_the_image()
    assert {f"static/{name}" for name in PAGE_FILES} <= set(copied)
    assert {"app/", "models/", "templates/", "unrolled/"} <= set(copied)
