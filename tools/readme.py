"""Write the README's printed blocks again: each begins with the command that prints it.

    <!-- printed by: python -m app.settings -->
    ...
    <!-- end -->

`python -m tools.readme` rewrites them; `make bench` and others that are not Python modules are left as they are.
"""

import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).parent.parent / "README.md"
BLOCK = re.compile(r"(<!-- printed by: python -m ([\w.]+) -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def printed_by(module: str) -> str:
    """Run a module of the checkout and give what it prints."""
    run = subprocess.run([sys.executable, "-m", module], cwd=README.parent, check=True, capture_output=True, text=True)
    return f"\n{run.stdout.strip()}\n\n"


def blocks(text: str) -> dict[str, str]:
    """Find what the README shows now: module -> content."""
    return {block[2]: block[3] for block in BLOCK.finditer(text)}


def refreshed(text: str) -> str:
    """Replace the content of every block by what its command prints now."""
    return BLOCK.sub(lambda block: block[1] + printed_by(block[2]), text)


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text(encoding="utf-8")), encoding="utf-8")
