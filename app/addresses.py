"""Where the site is: the addresses that are shown or sent to clients, none of them taken on trust.

A request says in `Host` which address it was sent to, and may say anything.
"""

import re
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote

from starlette.requests import Request
from starlette.routing import Match
from starlette.types import Scope

_HOST = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?|\[(?P<ipv6>[0-9a-f:.]+)\])(?::(?P<port>\d{1,5}))?", re.I
)


def origin_of(scope: Scope, public_url: str = "") -> str:
    """Name the address of the site: the one that the operator set, else the one asked for, else where it listens."""
    if public_url:
        return public_url.rstrip("/")
    given = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return f"{scope.get('scheme', 'http')}://{given[0] if len(given) == 1 and is_host(given[0]) else _listening(scope)}"


def is_host(host: str) -> bool:
    """Say whether a text is a host with or without a port: a name, an IPv4 address, an IPv6 one in brackets."""
    found = _HOST.fullmatch(host)
    if found is None or int(found["port"] or 1) not in range(1, 65536):
        return False
    try:
        return found["ipv6"] is None or bool(IPv6Address(found["ipv6"]))
    except AddressValueError:
        return False


def _listening(scope: Scope) -> str:
    host, port = scope.get("server") or ("localhost", None)
    named = f"[{host}]" if ":" in host else host
    return named if port in (None, 80 if scope.get("scheme") == "http" else 443) else f"{named}:{port}"


def without_slash(request: Request) -> str | None:
    """Find the path without its last slash, with its query, if a route of this site answers there; else None."""
    path = "/" + request.scope["path"].strip("/")
    if path == request.scope["path"] or path == "/" or not request.scope["path"].endswith("/"):
        return None
    shorter = {**request.scope, "path": path}
    if all(route.matches(shorter)[0] is Match.NONE for route in request.app.router.routes):
        return None
    query = request.scope["query_string"].decode("latin-1")
    return quote(path) + (f"?{query}" if query else "")


def in_origin_form(scope: Scope) -> Scope:
    """Read a request that names the whole address (`GET http://host/path`) as one that names the path alone."""
    found = re.match(rb"https?://([^/]*)(/.*)?", scope.get("raw_path") or b"", re.I)
    if found is None:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    path = re.sub(r"^https?://[^/]*", "", scope["path"], flags=re.I) or "/"
    return {**scope, "path": path, "raw_path": found[2] or b"/", "headers": [*headers, (b"host", found[1])]}
