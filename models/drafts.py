"""Half-filled forms."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, bindparam
from sqlmodel import Field, Session, col, select

from models.base import Table, UtcDateTime
from models.files import discard_unnamed
from models.recall import recalled_each


class Draft(Table, table=True):
    """A form that one account is filling in; `version` grows with every step, so that old buttons show.

    `subject_id` is the row that the form is about, where it is about one.
    """

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="channelaccount.id", index=True)
    form: str
    subject_id: int | None = None
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    step: str = ""
    view: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))
    version: int = 1
    touched_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)


def draft_of(session: Session, account_id: int, form: str) -> Draft | None:
    return session.exec(select(Draft).where(Draft.account_id == account_id, Draft.form == form)).first()


# Asked with every text: built once, the building would cost as much as the execution.
_LATEST = (
    select(Draft)
    .where(col(Draft.account_id).in_(bindparam("keys", expanding=True)))
    .order_by(col(Draft.touched_at), col(Draft.id))
)


@recalled_each
def latest_draft(session: Session, account_ids: Collection[int]) -> Mapping[int, Draft | None]:
    """The form that typed text goes to."""
    found: dict[int, Draft | None] = dict.fromkeys(account_ids)
    # The last one touched stands.
    found.update((draft.account_id, draft) for draft in session.exec(_LATEST, params={"keys": list(account_ids)}))
    return found


def drafts_of(session: Session, account_id: int) -> Sequence[Draft]:
    return session.exec(select(Draft).where(Draft.account_id == account_id)).all()


def expired_drafts(session: Session, now: datetime, most: int = 100) -> list[Draft]:
    return list(session.exec(select(Draft).where(col(Draft.expires_at) <= now).limit(most)).all())


def drafts_about(session: Session, forms: Collection[str], subject_ids: Collection[int]) -> Sequence[Draft]:
    """Everybody's half-filled forms of these kinds about these rows."""
    about = select(Draft).where(col(Draft.form).in_(forms), col(Draft.subject_id).in_(subject_ids))
    return session.exec(about).all()


def files_in(draft: Draft) -> set[int]:
    """The files that a half-filled form holds."""
    return set(_files_in([*draft.answers.values(), *draft.view.values()]))


def _files_in(answers: Iterable[Any]) -> Iterator[int]:
    for answer in answers:
        if isinstance(answer, list):
            yield from _files_in(answer)
        elif isinstance(answer, dict) and "file_id" in answer:
            yield answer["file_id"]


def put_away(session: Session, draft: Draft, kept: Collection[int] = ()) -> None:
    """A form that was left: the files that it alone held go with it, but for those that are `kept`."""
    session.delete(draft)
    session.flush()
    discard_unnamed(session, files_in(draft) - set(kept))
