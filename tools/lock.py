"""Pin what the project's own commands install: `make lock` writes requirements/*.txt again.

pyproject.toml says what could be installed, these files what is: every package at one version, held by its hashes, on
every platform (the markers say which needs what). Only torch has no hashes, because its builds differ from index to
index, and neither it nor the CUDA libraries that some of its builds bring along stand in the hashed files.
"""

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "requirements"
EXTRAS = {"site": ("site",), "front-end": ("site", "front-end"), "dev": ("dev",)}
COMES_WITH_TORCH = re.compile(r"(torch|triton|nvidia-.*|cuda-.*)==")
HEADER = "# Written by `make lock` from pyproject.toml. Install with: pip install --require-hashes -r\n"


def blocks(compiled: str) -> Iterator[str]:
    """Cut a compiled file into its packages, each with its hashes and the lines that say who needs it."""
    block: list[str] = []
    for line in compiled.splitlines():
        if block and not line.startswith(" "):
            yield "\n".join(block)
            block = []
        if not line.startswith("#"):
            block.append(line)
    if block:
        yield "\n".join(block)


def compiled(*arguments: str) -> str:
    """Resolve requirements for all platforms and Pythons, with hashes; the arguments are files and options of uv."""
    command = [sys.executable, "-m", "uv", "pip", "compile", *arguments]
    command += ["--universal", "--generate-hashes", "--no-header", "--no-annotate", "--quiet", "--upgrade"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def compiled_extras(extras: tuple[str, ...], same_as: Path | None) -> str:
    """Resolve some extras of the project, held to the versions of another file if there is one."""
    options = [f"--extra={extra}" for extra in extras] + ["--constraint=requirements/torch.txt"]
    options += [f"--constraint={same_as}"] if same_as else []
    return compiled("pyproject.toml", "requirements/build.in", *options)


def write_pins(name: str, packages: Iterable[str]) -> Path:
    """Write one file of pinned packages."""
    path = FOLDER / f"{name}.txt"
    path.write_text(HEADER + "\n".join(packages) + "\n", encoding="utf-8")
    return path


def write() -> None:
    """Write the file of each set of extras, the largest first, so that all agree on every version."""
    dev: Path | None = None
    for name in ("dev", "front-end", "site"):
        packages = blocks(compiled_extras(EXTRAS[name], dev))
        path = write_pins(name, (block for block in packages if not COMES_WITH_TORCH.match(block)))
        dev = dev or path
    write_pins("fonts", blocks(compiled("requirements/fonts.in")))


if __name__ == "__main__":
    write()
