"""Tables and the queries on them; importing this package makes every table known."""

from models import (
    absence,
    attendance,
    audit,
    drafts,
    duties,
    files,
    inbox,
    installation,
    links,
    meetings,
    outbox,
    people,
    programme,
    prompts,
    runs,
    simulator,
)

__all__ = [
    "absence",
    "attendance",
    "audit",
    "drafts",
    "duties",
    "files",
    "inbox",
    "installation",
    "links",
    "meetings",
    "outbox",
    "people",
    "programme",
    "prompts",
    "runs",
    "simulator",
]
