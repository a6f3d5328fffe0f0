"""No test reaches past this machine: what tries is refused, and the test fails even if the code bore the refusal."""

import ipaddress
import sys
from typing import Any

attempts: list[str] = []


def refuse_the_world() -> None:
    """From now on, for the rest of the process; Python asks the hook before it connects, sends or looks up a name."""
    sys.addaudithook(_watch)


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto"}:
        address = arguments[1]
    elif event == "socket.getaddrinfo":
        address = arguments[:2]
    else:
        return
    # Sockets of this machine's own kinds have paths for addresses.
    if isinstance(address, tuple) and not _is_here(address[0]):
        attempts.append(f"{event} {address}")
        raise ConnectionRefusedError(f"a test may not reach {address}")


def _is_here(host: object) -> bool:
    name = host.decode() if isinstance(host, bytes) else host
    if name in {None, "", "localhost"}:
        return True
    try:
        address = ipaddress.ip_address(str(name))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
