"""The wheel holds the library alone, with the script that draws its pages, and needs no Node where it is installed."""

import os
import subprocess
import sys
from pathlib import Path
from sysconfig import get_path
from zipfile import ZipFile

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from tools.wheel import NODE, Viewer

ROOT = Path(__file__).parent.parent
DRAWS = """
import torch, unrolled
from unrolled.viewer import page_of, still_of
config = {"kind": "many_to_one", "cell": "gru", "hidden": 4, "n_y": 2, "read": unrolled.Embed(size=3)}
network = unrolled.Network(unrolled.NetworkConfig(**config))
trace = unrolled.record(network.eval(), torch.randn(5, 3).tolist())
print(unrolled.__file__, len(page_of(trace)), "<svg" in still_of(trace) or "svg+xml" in still_of(trace))
open("trace.json", "wb").write(trace.to_json())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, which builds the viewer first where that is missing or old."""
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(tmp_path_factory.mktemp("wheel")), versions=["standard"])
    return Path(built)


def test_wheel_holds_the_library_alone(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {name.partition("/")[0] for name in names} == {"unrolled", "unrolled-0.1.0.dist-info"}
    assert {"unrolled/__init__.py", "unrolled/py.typed"} <= set(names)
    assert {"unrolled/viewer/built/viewer.js", "unrolled/viewer/built/viewer.css"} <= set(names)
    assert wheel.stat().st_size < 500_000


def test_what_was_installed_draws_a_page_without_node(wheel: Path, tmp_path: Path) -> None:
    with ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    packages = {get_path("purelib"), get_path("platlib")}  # its dependencies; the checkout is found by a .pth, not here
    around = {"PYTHONPATH": ":".join([str(tmp_path / "site"), *packages]), "PATH": "/nowhere"}
    python = {"cwd": tmp_path, "env": around, "check": True, "capture_output": True, "text": True}
    drawn = subprocess.run([sys.executable, "-S", "-c", DRAWS], **python).stdout.split()
    assert drawn[0] == str(tmp_path / "site" / "unrolled" / "__init__.py")
    assert int(drawn[1]) > 100_000
    assert drawn[2] == "True"
    subprocess.run([sys.executable, "-S", "-m", "unrolled", "view", "trace.json", "--out", "run.html"], **python)
    assert (tmp_path / "run.html").stat().st_size > 100_000


def hook(root: Path) -> Viewer:
    """Make the hook as hatchling does, for a checkout or an unpacked source archive."""
    return Viewer(str(root), {}, None, None, "", "wheel")  # type: ignore[arg-type]


def test_node_is_asked_for_only_where_there_is_something_to_build(tmp_path: Path) -> None:
    assert hook(tmp_path).dependencies() == [NODE]
    built = tmp_path / "unrolled" / "viewer" / "built" / "viewer.js"
    built.parent.mkdir(parents=True)
    built.touch()
    assert hook(tmp_path).dependencies() == []  # a source archive brings it along
    (tmp_path / "static" / "src").mkdir(parents=True)
    (tmp_path / "static" / "viewer.config.ts").touch()
    os.utime(built, (1, 1))
    assert hook(tmp_path).dependencies() == [NODE]
    os.utime(built)
    assert hook(tmp_path).dependencies() == []


def test_an_archive_that_came_without_the_viewer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"came without it.*Install a wheel instead"):
        hook(tmp_path).initialize("standard", {"artifacts": []})


def test_the_source_archive_brings_the_built_viewer_along(wheel: Path, tmp_path: Path) -> None:
    (archive,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    listed = subprocess.run(["tar", "tzf", archive], check=True, capture_output=True, text=True).stdout
    assert "unrolled/viewer/built/viewer.js" in listed
    assert "tools/wheel.py" in listed
    assert "static/" not in listed
