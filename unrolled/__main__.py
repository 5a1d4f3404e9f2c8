"""Print the JSON Schema of the trace: `python -m unrolled`."""

import json
import sys

from unrolled.trace import Trace

if __name__ == "__main__":
    sys.stdout.write(json.dumps(Trace.json_schema(), indent=2) + "\n")
