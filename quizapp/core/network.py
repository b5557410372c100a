"""Which address of this machine a phone could reach, and whether an address is public."""

import ipaddress
import socket


def local_address() -> str:
    """The address of the interface that leads out, or 127.0.0.1 where there is none.

    Connecting a datagram socket only asks the routing table; nothing is sent
    (192.0.2.0/24 is reserved for documentation, RFC 5737).
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def reach_of(host: str) -> str:
    """How far a host can be reached: "loopback", "private" or "public"."""
    if host == "localhost":
        return "loopback"
    try:
        address = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return "public" if "." in host else "private"
    if address.is_loopback:
        return "loopback"
    return "public" if address.is_global else "private"


def truncate_address(address: str | None) -> str | None:
    """An address cut to its network (/24 or /48), all that is ever stored of it; None if unreadable."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed, prefix), strict=False))
