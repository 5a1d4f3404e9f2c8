"""The laws of the house: who may import whom, what is shipped, and that the pages about it are true."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PARTS = ("unrolled", "models", "app", "benchmarks", "tests", "tools")
MAY_IMPORT = {
    "unrolled": {"unrolled"},
    "models": {"models", "unrolled"},
    "app": {"app", "models", "unrolled"},
}
FRONT_END = ROOT / "static" / "src"
ROOMS_IN_ORDER = ("core", "cells", "charts", "diagram", "inputs", "panels", "example", "islands")
EXAMPLES = sorted(file.parent.name for file in (ROOT / "models").glob("*/example.py"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def python_files(part: str) -> list[Path]:
    return sorted((ROOT / part).rglob("*.py"))


def imported_modules(file: Path) -> Iterator[str]:
    for statement in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom):
            assert statement.level == 0, f"{file}: imports are absolute here"
            yield statement.module or ""


def front_end_sources() -> list[Path]:
    sources = (file for file in FRONT_END.rglob("*") if file.suffix in {".ts", ".svelte"})
    return sorted(file for file in sources if not file.name.endswith(".test.ts"))


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_go_from_the_site_to_the_library_only(part: str) -> None:
    files = python_files(part)
    broken = [
        f"{file.relative_to(ROOT)} imports {name}"
        for file in files
        for name in imported_modules(file)
        if name.partition(".")[0] in set(PARTS) - MAY_IMPORT[part]
    ]
    assert files
    assert broken == []


def test_nothing_is_ever_unpickled() -> None:
    unsafe = {"pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"}
    sources = [file for part in PARTS for file in python_files(part) if part != "tests"]
    assert [file for file in sources if unsafe & {name.partition(".")[0] for name in imported_modules(file)}] == []
    unsafe_load = re.compile(r"\btorch\.load\((?!.*\bweights_only=True\))")  # which reads tensors, and runs nothing
    assert [file for file in sources if unsafe_load.search(file.read_text(encoding="utf-8"))] == []
    assert not [file for file in (ROOT / "models").rglob("*") if file.suffix in {".pt", ".pth", ".pkl", ".bin"}]


def test_front_end_imports_its_own_files_and_declared_packages_only() -> None:
    package = json.loads((ROOT / "static" / "package.json").read_text())
    declared = set(package["dependencies"]) | set(package["devDependencies"])
    for file in front_end_sources():
        for target in re.findall(r"""(?:from|import)\s+['"]([^'"]+)['"]""", file.read_text(encoding="utf-8")):
            if target.startswith("."):
                assert (file.parent / target).resolve().is_relative_to(FRONT_END), f"{file}: {target}"
            else:
                name = "/".join(target.split("/")[: 2 if target.startswith("@") else 1])
                assert name in declared, f"{file}: {target}"


def test_only_islands_look_into_the_document() -> None:
    looks = re.compile(r"document\.(?:querySelector|getElement)")
    looking = {file.parent.name for file in front_end_sources() if looks.search(file.read_text(encoding="utf-8"))}
    assert looking == {"islands"}


@pytest.mark.parametrize("room", ROOMS_IN_ORDER)
def test_rooms_of_the_front_end_import_those_before_them_only(room: str) -> None:
    later = ROOMS_IN_ORDER[ROOMS_IN_ORDER.index(room) + 1 :]
    inside = [file for file in front_end_sources() if file.relative_to(FRONT_END).parts[0] == room]
    reaches = re.compile(rf"""(?:from|import|import\()\s*['"]\.\./({"|".join(later) or "(?!)"})\b""")
    assert inside
    assert [file.name for file in inside if reaches.search(file.read_text(encoding="utf-8"))] == []


def test_every_file_of_the_front_end_stands_in_a_room() -> None:
    rooms = {file.relative_to(FRONT_END).parts[0] for file in front_end_sources()}
    assert rooms == {*ROOMS_IN_ORDER, "fixtures"}


def test_front_end_names_no_example_of_the_gallery() -> None:
    named = re.compile(rf"""(?:===\s*['"]|case\s+['"]|examples/)(?:{"|".join(EXAMPLES)})\b""")
    code = {
        file: re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for file in front_end_sources()
    }
    assert EXAMPLES
    assert [file for file, text in code.items() if named.search(text)] == []


def test_weights_stay_small_enough_to_clone() -> None:
    megabytes = [file.stat().st_size / 1e6 for file in (ROOT / "models").rglob("*.safetensors")]
    assert 0 < sum(megabytes) <= 60


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_commands_that_a_document_names_exist(document: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", document.read_text(encoding="utf-8"), re.MULTILINE))
    assert named <= targets
    assert {"serve", "test"} <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: str(document.relative_to(ROOT)))
def test_files_that_a_document_links_to_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    links = [link for link in links if not link.startswith("models/")]  # an example may go, with all its files
    assert text.startswith("# ")
    assert [link for link in links if link and not (document.parent / link).exists()] == []


def test_every_decision_is_in_the_list_of_decisions() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = set(re.findall(r"\]\((\d[^)]+)\)", (folder / "README.md").read_text(encoding="utf-8")))
    assert listed == {page.name for page in folder.glob("0*.md")}


def needs(extra: str = "") -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    listed = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return {re.split(r"[\[<>=]", requirement)[0] for requirement in listed}


def reached_from(start: str) -> set[str]:
    """Follow imports through our own modules; gives the names of all packages of others on the way."""
    waiting, known, foreign = [start], set(), set()
    while waiting:
        name = waiting.pop()
        path = ROOT.joinpath(*name.split("."))
        file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
        if name.partition(".")[0] not in PARTS:
            foreign.add(name.partition(".")[0])
        elif file.exists() and name not in known:
            waiting += imported_modules(file)
        known.add(name)
    # What widgets need is imported when one is asked for, and not before: tests/test_widget.py.
    return {canonicalize_name(package) for module in foreign for package in distributions().get(module, [])}


@cache
def distributions() -> Mapping[str, list[str]]:
    return packages_distributions()  # it reads the whole virtual environment


def test_library_declares_what_it_imports_and_no_more() -> None:
    assert reached_from("unrolled") - needs("notebook") == needs()


@pytest.mark.parametrize("start", ["app.main", *(f"models.{slug}.example" for slug in EXAMPLES)])
def test_site_runs_on_what_the_extra_of_its_name_declares(start: str) -> None:
    reached = reached_from(start) - needs("notebook")
    assert reached <= needs() | needs("site") | {"starlette", "markupsafe"}
