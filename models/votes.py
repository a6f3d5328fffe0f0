"""Votes of the members of the committee on a draft: its texts, who is asked, and every ballot that was cast."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint, bindparam
from sqlmodel import Field, Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from models.base import Table, UtcDateTime, by_value
from models.duties import Duty
from models.people import Post
from rules.duties import DutyKind
from rules.votes import Base, Choice, Terms, VoteState


class Vote(Table, table=True):
    """Lấy phiếu ý kiến thành viên UBND. `unit_id` has drafted the text and reports the result; `draft` numbers it.

    `members` is how many members the committee had when it was opened; the three readings of the rule are those of
    that moment too. `reason` is why it was called off, `session_id` the session to which the result goes.
    """

    id: int | None = Field(default=None, primary_key=True)
    title: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    document: str = ""
    draft: int = 1
    members: int
    comments_count: bool
    base: Base = Field(sa_type=by_value(Base))
    accepts_late: bool
    opened_by_id: int = Field(foreign_key="person.id")
    opened_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    state: VoteState = Field(default=VoteState.OPEN, sa_type=by_value(VoteState), index=True)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: str = ""
    session_id: int | None = Field(default=None, foreign_key="meeting.id")

    @property
    def is_open(self) -> bool:
        return self.state is VoteState.OPEN

    @property
    def terms(self) -> Terms:
        return Terms(self.comments_count, self.base, self.accepts_late)


class VoteDraft(Table, table=True):
    """A text of the draft, in files or typed; `digest` is its fingerprint, to which the ballots on it are bound."""

    __table_args__ = (UniqueConstraint("vote_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key="vote.id", index=True)
    number: int
    text: str = ""
    digest: str
    posted_by_id: int = Field(foreign_key="person.id")
    posted_at: datetime = Field(sa_type=UtcDateTime)


class VoteFile(Table, table=True):
    """A file of a text, in the order in which they were given."""

    id: int | None = Field(default=None, primary_key=True)
    draft_id: int = Field(foreign_key="votedraft.id", index=True)
    file_id: int = Field(foreign_key="storedfile.id", index=True)


class VoteAsked(Table, table=True):
    """A member's post that is asked: the subject of what it owes."""

    __table_args__ = (UniqueConstraint("vote_id", "post_id"),)

    id: int | None = Field(default=None, primary_key=True)
    vote_id: int = Field(foreign_key="vote.id", index=True)
    post_id: int = Field(foreign_key="post.id", index=True)


class Ballot(Table, table=True):
    """Phiếu. None is ever changed: another word is another ballot."""

    id: int | None = Field(default=None, primary_key=True)
    asked_id: int = Field(foreign_key="voteasked.id", index=True)
    draft: int
    person_id: int = Field(foreign_key="person.id")
    choice: Choice = Field(sa_type=by_value(Choice))
    opinion: str = ""
    is_late: bool = False
    cast_at: datetime = Field(sa_type=UtcDateTime)


def draft_of(session: Session, vote: Vote) -> VoteDraft:
    """The text that stands."""
    return session.exec(select(VoteDraft).where(VoteDraft.vote_id == vote.id, VoteDraft.number == vote.draft)).one()


def files_of(session: Session, draft_id: int) -> Sequence[int]:
    return session.exec(select(VoteFile.file_id).where(VoteFile.draft_id == draft_id).order_by(col(VoteFile.id))).all()


def asked_in(session: Session, vote_id: int) -> Sequence[tuple[VoteAsked, Post, Duty]]:
    """Every post that is asked, with what it owes."""
    return session.exec(
        select(VoteAsked, Post, Duty)
        .join(Post, col(VoteAsked.post_id) == col(Post.id))
        .join(Duty, col(Duty.subject_id) == col(VoteAsked.id))
        .where(VoteAsked.vote_id == vote_id, Duty.kind == DutyKind.VOTE)
        .order_by(col(VoteAsked.id))
    ).all()


def ballots_in(session: Session, vote_id: int) -> Sequence[Ballot]:
    """All that were ever cast, in the order of casting."""
    return session.exec(
        select(Ballot)
        .join(VoteAsked, col(Ballot.asked_id) == col(VoteAsked.id))
        .where(VoteAsked.vote_id == vote_id)
        .order_by(col(Ballot.id))
    ).all()


def votes_asking(session: Session, post_ids: Sequence[int]) -> Sequence[Vote]:
    """In which holders of these posts are asked; what was called off asks nobody."""
    asked = select(VoteAsked.vote_id).where(col(VoteAsked.post_id).in_(post_ids))
    return session.exec(_listed().where(col(Vote.id).in_(asked))).all()


def votes_run_by(session: Session, unit_id: int | None) -> Sequence[Vote]:
    """Those of a drafting unit, or all."""
    return session.exec(_listed() if unit_id is None else _listed().where(Vote.unit_id == unit_id)).all()


def _listed(most: int = 200) -> SelectOfScalar[Vote]:
    """What is open first, the nearest first, then what was closed last."""
    return (
        select(Vote)
        .where(Vote.state != VoteState.CANCELLED)
        .order_by(col(Vote.state) != VoteState.OPEN, col(Vote.closed_at).desc(), col(Vote.due_at), col(Vote.id))
        .limit(most)
    )


# Asked by the clock at each of its looks: built once.
_NOW: Any = bindparam("now", type_=UtcDateTime)
_OVER = (
    select(Vote)
    .where(Vote.state == VoteState.OPEN, col(Vote.due_at) <= _NOW)
    .order_by(col(Vote.id))
    .limit(50)
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)
_UNREPORTED = (
    select(Vote)
    .where(Vote.state == VoteState.CLOSED)
    .order_by(col(Vote.id))
    .with_for_update(skip_locked=True)
    .execution_options(populate_existing=True)
)


def votes_over(session: Session, now: datetime) -> Sequence[Vote]:
    """Open votes whose due moment has come; another process passes over those that this one holds."""
    return session.exec(_OVER, params={"now": now}).all()


def votes_unreported(session: Session) -> Sequence[Vote]:
    """Closed, and the result has not gone to a session; held like those that are over."""
    return session.exec(_UNREPORTED).all()
