"""Short-lived addresses by which one person reads or hands in a document where the channel carries no files."""

from datetime import datetime

from sqlmodel import Field, Session, col, delete, select

from models.base import Table, UtcDateTime


class FileLink(Table, table=True):
    """To read `file_id`, or, with an `upload`, to hand in one file for that step of a form ("draft:step").

    `digest` is of the token, which nobody keeps. `used_at` is the first opening of a file, or the upload.
    """

    id: int | None = Field(default=None, primary_key=True)
    digest: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    account_id: int = Field(foreign_key="channelaccount.id", index=True)
    outbox_id: int = Field(index=True)
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")
    upload: str = ""
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def link_by_digest(session: Session, digest: str) -> FileLink | None:
    """Locked, so that of two uploads by one link only one counts."""
    return session.exec(
        select(FileLink).where(FileLink.digest == digest).with_for_update().execution_options(populate_existing=True)
    ).first()


def forget_links_of(session: Session, outbox_id: int) -> None:
    """Those of a message that surely never arrived."""
    session.connection().execute(delete(FileLink).where(col(FileLink.outbox_id) == outbox_id))


def prune_links(session: Session, before: datetime) -> None:
    session.connection().execute(delete(FileLink).where(col(FileLink.expires_at) < before))
