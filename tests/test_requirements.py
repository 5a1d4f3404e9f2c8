"""What the project's own commands install is pinned, hashed, and allowed by pyproject.toml."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import unrolled
from tools.lock import COMES_WITH_TORCH, EXTRAS, blocks

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# Where the project installs packages: its commands, the image, and whatever else is run by hand or by CI.
COMMANDS = [ROOT / "Makefile", ROOT / "Dockerfile", *sorted(f for f in (ROOT / "tools").iterdir() if f.is_file())]
INSTALLS = re.compile(r"\b(?:PIP\)|pip|uv)(?: pip)? install\b")
HELD = re.compile(
    r"--require-hashes -r requirements/[\w-]+\.txt|-r requirements/torch\.txt|--no-deps --no-build-isolation"
)
BUILD = (ROOT / "requirements" / "build.in").read_text(encoding="utf-8")
FONTS = (ROOT / "requirements" / "fonts.in").read_text(encoding="utf-8")


def pinned(name: str) -> list[tuple[Requirement, str]]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return [(Requirement(block.partition(" \\")[0]), block) for block in blocks(text)]


def asked_for(extra: str) -> list[Requirement]:
    listed = PROJECT["dependencies"] if extra == "" else PROJECT["optional-dependencies"][extra]
    wanted = [Requirement(line) for line in listed]
    inner = [name for r in wanted if r.name == PROJECT["name"] for name in sorted(r.extras)]
    return [r for r in wanted if r.name != PROJECT["name"]] + [r for name in inner for r in asked_for(name)]


def versions(name: str) -> dict[str, set[Version]]:
    found: dict[str, set[Version]] = {}
    for requirement, _ in pinned(name):
        (only,) = requirement.specifier
        assert only.operator == "==", requirement
        found.setdefault(canonicalize_name(requirement.name), set()).add(Version(only.version))
    return found


@pytest.mark.parametrize("name", EXTRAS)
def test_every_dependency_is_pinned_to_a_version_that_is_allowed(name: str) -> None:
    build = [Requirement(line) for line in BUILD.splitlines() if not line.startswith("#")]
    wanted = asked_for("") + [r for extra in EXTRAS[name] for r in asked_for(extra)] + build
    found = versions(name) | versions("torch")
    assert [r.name for r in wanted if canonicalize_name(r.name) not in found] == []
    assert [r for r in wanted for v in found[canonicalize_name(r.name)] if v not in r.specifier] == []


@pytest.mark.parametrize("name", EXTRAS)
def test_every_package_but_torch_is_held_by_its_hashes(name: str) -> None:
    packages = pinned(name)
    assert len(packages) > 20
    assert [r.name for r, block in packages if "--hash=sha256:" not in block] == []
    assert [r.name for r, block in packages if COMES_WITH_TORCH.match(block)] == []


def test_the_larger_sets_agree_with_the_smaller_ones() -> None:
    site, front_end, dev = versions("site"), versions("front-end"), versions("dev")
    assert site.items() <= front_end.items()
    assert front_end.items() <= dev.items()


def test_no_command_of_the_project_installs_anything_that_is_not_pinned() -> None:
    lines = [line for file in COMMANDS for line in file.read_text(encoding="utf-8").splitlines()]
    installs = [line for line in lines if INSTALLS.search(line) and not line.startswith("HEADER = ")]
    assert len(installs) >= 8
    assert [line for line in installs if not HELD.search(line)] == []


def test_no_command_of_the_project_takes_npm_s_newest() -> None:
    text = "\n".join(file.read_text(encoding="utf-8") for file in COMMANDS if file.suffix != ".py")
    assert re.findall(r"npm (?:install|i|add|update)\b", text) == []
    fetched = re.findall(r"^fetch (\S+)", text, re.MULTILINE)
    assert len(fetched) >= 4
    assert [package for package in fetched if not re.fullmatch(r"@?[\w/-]+@\d+\.\d+\.\d+", package)] == []


def test_what_cuts_the_fonts_is_pinned_and_hashed() -> None:
    wanted = [Requirement(line) for line in FONTS.splitlines() if not line.startswith("#")]
    assert wanted
    assert [r for r in wanted for v in versions("fonts")[canonicalize_name(r.name)] if v not in r.specifier] == []
    assert [r.name for r, block in pinned("fonts") if "--hash=sha256:" not in block] == []


def test_the_library_and_the_api_have_the_version_of_the_package() -> None:
    assert unrolled.__version__ == PROJECT["version"]
    assert "version=unrolled.__version__" in (ROOT / "app" / "main.py").read_text(encoding="utf-8")
