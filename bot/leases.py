"""Who alone may do a thing for a while: poll a platform, send through it. A dead holder is replaced at once."""

import os
import secrets
import socket
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import update
from sqlmodel import Session, col

from models.runs import Lease

TTL = timedelta(seconds=15)


def new_holder() -> str:
    """A name for this process that tells where it runs and that no later process can have."""
    return f"{_machine()}/{os.getpid()}/{secrets.token_hex(6)}"


def _machine() -> str:
    """Where process numbers mean the same: containers may share a host name and still number their own."""
    try:
        numbering = Path("/proc/self/ns/pid").stat().st_ino
    except OSError:
        numbering = 0
    return f"{socket.gethostname()}.{numbering}"


def take(session: Session, name: str, holder: str, now: datetime) -> bool:
    """Take or renew a lease; False while somebody else holds it."""
    lease = session.get(Lease, name, with_for_update=True, populate_existing=True)
    if lease is None:
        session.add(Lease(name=name, holder=holder, until=now + TTL))
        session.flush()
        return True
    # A clock that was set back must not lock everybody out, hence the second bound.
    is_free = lease.until <= now or lease.until > now + 2 * TTL or _is_dead(lease.holder, holder)
    if lease.holder != holder and not is_free:
        return False
    lease.holder, lease.until = holder, now + TTL
    return True


def release(session: Session, holder: str, now: datetime) -> None:
    """Let go of everything at an orderly stop."""
    session.connection().execute(
        update(Lease).where(col(Lease.holder) == holder).values(until=now - timedelta(seconds=1))
    )


def _is_dead(holder: str, asking: str) -> bool:
    """Whether the holder ran on this machine and is gone; of another machine nothing is known."""
    host, pid, _ = holder.split("/")
    own_host, own_pid, _ = asking.split("/")
    if host != own_host:
        return False
    if pid == own_pid:
        return holder != asking
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False
