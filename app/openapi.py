"""Print the OpenAPI document, without worked examples: `python -m app.openapi > docs/openapi.json`.

The front end's types are generated from it. It says the same whatever the gallery holds.
"""

import json
import sys
from typing import Any

from app.main import create_app
from app.reference import bare_document
from app.settings import Settings


def document() -> dict[str, Any]:
    """Describe the API of a service with an empty gallery."""
    return bare_document(create_app(Settings(), {}))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(document(), indent=2) + "\n")
