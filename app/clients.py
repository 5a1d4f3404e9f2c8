"""Who asks: one key for each client, whatever address it comes from."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from starlette.types import Scope

IPV6_CLIENT = 64  # an IPv6 customer gets at least a /64, and may use any address in it


def client_key(host: str) -> str:
    """Name the client behind an address: an IPv4 address, or the /64 of an IPv6 one."""
    address = _address(host)
    if address is None:
        return host[:100]  # a name, as a Unix socket gives it
    if isinstance(address, IPv6Address):
        return str(ip_network((int(address), IPV6_CLIENT), strict=False))
    return str(address)


def client_of(scope: Scope) -> str:
    """Name the client of a request; uvicorn has put it there, looking past the proxies that are trusted."""
    client = scope.get("client")
    return client_key(client[0]) if client else ""


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    return (address.ipv4_mapped or address) if isinstance(address, IPv6Address) else address


class TrustedProxies:
    """Hold the proxies whose `X-Forwarded-*` headers count: addresses and networks."""

    def __init__(self, listed: Iterable[str]) -> None:
        self._networks = [ip_network(entry) for entry in listed]

    def __contains__(self, host: str) -> bool:
        """Say whether an address is that of a trusted proxy."""
        address = _address(host)
        return address is not None and any(address in network for network in self._networks)


def check_proxy(entry: str) -> str:
    """Raise ValueError, with the way out, for what is no address or network, or is all of them."""
    try:
        network = ip_network(entry)
    except ValueError:
        raise ValueError(f"'{entry}' is no address or network; write 10.0.0.5 or 10.0.0.0/8") from None
    if network.prefixlen == 0:
        raise ValueError(f"'{entry}' is everybody, who could then choose an address; name the proxies")
    return entry
