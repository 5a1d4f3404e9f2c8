"""Serve the site: `python -m app`."""

from contextlib import suppress

import uvicorn

from app.main import application
from app.server import server_config
from app.settings import read_settings


def main() -> None:
    """Load everything, then listen."""
    app = application()
    with suppress(KeyboardInterrupt):  # Ctrl-C has already stopped it in good order
        uvicorn.Server(server_config(app, read_settings())).run()


if __name__ == "__main__":
    main()
