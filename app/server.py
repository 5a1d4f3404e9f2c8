"""How the app is served: the one place where uvicorn is configured."""

import uvicorn
from fastapi import FastAPI

from app.clients import TrustedProxies
from app.protocol import ConnectionLimits, guarded
from app.settings import Settings


def server_config(app: FastAPI, settings: Settings) -> uvicorn.Config:
    """Say how to serve an app that was made with these settings."""
    limits = ConnectionLimits(
        headers=app.state.security_headers,
        header_seconds=settings.header_seconds,
        send_seconds=settings.send_seconds,
        connections=settings.connections,
        connections_per_client=settings.connections_per_client,
        proxies=TrustedProxies(settings.trusted_proxies),
    )
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        http=guarded(limits),
        ws="none",
        h11_max_incomplete_event_size=settings.max_header_bytes,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        timeout_keep_alive=20,  # longer than clients keep one (httpx: 5 s), so that none is cut off as it asks again
        timeout_graceful_shutdown=5,
    )
