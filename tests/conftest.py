"""Sorts the tests into tiers: a test belongs to the outermost part of the house that its module imports."""

import re
from pathlib import Path

import pytest
import torch

TESTS = Path(__file__).parent


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
