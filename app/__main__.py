"""Serve the site: `python -m app`."""

import uvicorn

from app.main import application
from app.settings import read_settings


def main() -> None:
    """Load everything, then listen."""
    app = application()
    settings = read_settings()
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        forwarded_allow_ips=settings.trusted_proxies,
        server_header=False,
        timeout_graceful_shutdown=5,
    )


if __name__ == "__main__":
    main()
