"""Sorts the tests into tiers: a test belongs to the outermost part of the house that its module imports."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import settings

if TYPE_CHECKING:  # the library's tests run without the service and what it needs
    from httpx import AsyncClient

    from models.example import Example

TESTS = Path(__file__).parent
# No deadline, because other tests may run on the same machine; the same examples every time, so that a failure is the
# change's. `--hypothesis-profile=explore` draws new ones.
settings.register_profile("same every time", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile("same every time")


def tier(path: Path) -> str:
    """Say which tier a test file belongs to: unit, examples, app or browser."""
    if path.is_relative_to(TESTS / "browser"):
        return "browser"
    imported = set(re.findall(r"^(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    if "app" in imported:
        return "app"
    return "examples" if "models" in imported else "unit"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        item.add_marker(tier(item.path))
    items.sort(key=lambda item: TIERS.index(tier(item.path)))


TIERS = ("unit", "examples", "app", "browser")


@pytest.fixture(autouse=True, scope="session")
def one_torch_thread() -> None:
    """Run torch as the service does; tiny networks are slower on several threads."""
    torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny_examples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Example]:
    """Write and load a gallery of two tiny examples."""
    from tests.tiny_gallery import tiny_gallery

    return tiny_gallery(tmp_path_factory.mktemp("gallery"))


@pytest.fixture
async def client(tiny_examples: dict[str, Example]) -> AsyncIterator[AsyncClient]:
    """Call the service, with its usual settings, in this process."""
    from tests.tiny_gallery import client_of

    async with client_of(tiny_examples) as calling:
        yield calling
