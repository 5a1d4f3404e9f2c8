"""Print the JSON Schema of the trace: `python -m unrolled`. Draw a trace: `python -m unrolled view trace.json`."""

import argparse
import json
import sys

from unrolled.trace import Trace
from unrolled.viewer import command


def main() -> None:
    """Do what the arguments ask for."""
    parser = argparse.ArgumentParser("python -m unrolled", description=__doc__)
    commands = parser.add_subparsers(title="commands")
    view = commands.add_parser("view", description=command.__doc__, help="draw a trace in a browser, or as a file")
    command.add_arguments(view)
    view.set_defaults(run=command.view)
    asked = parser.parse_args()
    if "run" in asked:
        asked.run(asked)
    else:
        sys.stdout.write(json.dumps(Trace.json_schema(), indent=2) + "\n")


if __name__ == "__main__":
    main()
