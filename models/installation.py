"""Secrets that are made at the first start and kept with the data: one row."""

import secrets

from sqlmodel import Field, Session, select

from models.base import Table
from models.database import lock_for_transaction
from models.recall import recalled


class Installation(Table, table=True):
    """`audit_salt` hides texts in the audit log; `webhook_secret` is what platforms must show."""

    id: int | None = Field(default=None, primary_key=True)
    webhook_secret: str
    audit_salt: str


# Built once: asked in nearly every transaction. A read of what never changes need not write down what is pending.
_INSTALLATION = select(Installation).where(Installation.id == 1).execution_options(autoflush=False)


@recalled
def the_installation(session: Session) -> Installation:
    """The one row, made when it is first asked for."""
    found = session.exec(_INSTALLATION).first()
    if found is None:
        lock_for_transaction(session, "installation")
        found = session.get(Installation, 1, populate_existing=True)
    if found is None:
        found = Installation(id=1, webhook_secret=secrets.token_urlsafe(32), audit_salt=secrets.token_hex(16))
        session.add(found)
        session.flush()
    return found
