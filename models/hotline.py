"""The hotline's tickets: who asks, whose turn it is, what was said, and whose time has passed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, bindparam, func
from sqlmodel import Field, Session, and_, col, or_, select

from models.base import Table, UtcDateTime, by_value, partial_index
from rules.hotline import OPEN, Category, Party, Rung, TicketState


class Ticket(Table, table=True):
    """Phiếu hỏi. Its number is its id; `code` is what the asker looks it up by.

    Asked from a chat (`account_id`, of a citizen or an official), or by telephone (`caller`, `caller_phone`,
    written down by `entered_by_id`). `unit_id` answers for it at present: a commune's team, or the unit that it was
    handed on to; `home_unit_id` is the commune where it came in. `offered_post_id` is asked to take it,
    `owner_post_id` has taken it. `rung` is climbed at `next_step_at`. A confidential one is for the committee's
    chair alone. `due_at` is when the answer is due by the working time that is left. `late_at` is the first due moment
    that passed before the first answer while a unit's clock ran, `late_unit_id` that unit; both stay when the clock is
    set anew.
    """

    __table_args__ = (
        partial_index("ix_ticket_climbing", "next_step_at", where="next_step_at IS NOT NULL"),
        Index("ix_ticket_unit_state", "unit_id", "state"),
    )

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    account_id: int | None = Field(default=None, foreign_key="channelaccount.id", index=True)
    entered_by_id: int | None = Field(default=None, foreign_key="person.id")
    caller: str = ""
    caller_phone: str = ""
    home_unit_id: int = Field(foreign_key="unit.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    category: Category = Field(sa_type=by_value(Category))
    procedure_id: int | None = Field(default=None, foreign_key="procedure.id")
    question: str
    is_confidential: bool = False
    state: TicketState = Field(default=TicketState.NEW, sa_type=by_value(TicketState))
    offered_post_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    owner_post_id: int | None = Field(default=None, foreign_key="post.id", index=True)
    opened_at: datetime = Field(sa_type=UtcDateTime, index=True)
    first_answer_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    due_at: datetime = Field(sa_type=UtcDateTime)
    late_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    late_unit_id: int | None = Field(default=None, foreign_key="unit.id")
    rung: Rung | None = Field(default=None, sa_type=by_value(Rung))
    next_step_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    rating: int | None = None
    rating_comment: str = ""

    @property
    def number(self) -> int:
        return self.key

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_by_phone(self) -> bool:
        """Whoever asked has no chat: he is called back."""
        return self.entered_by_id is not None

    @property
    def is_erased(self) -> bool:
        """Its contents are gone; number, times and rating stay for the statistics."""
        return not self.question


class TicketEntryKind(StrEnum):
    """`offered` and `escalated` name the post that was turned to; `answered_at_once`: from the guide, by the system.

    `corrected`, `withdrawn` and `erased` are the asker's rights over his own data.
    """

    ASKED = "asked"
    OFFERED = "offered"
    TAKEN = "taken"
    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    SUPPLIED = "supplied"
    TRANSFERRED = "transferred"
    ESCALATED = "escalated"
    FINISHED = "finished"
    DISPUTED = "disputed"
    REOPENED = "reopened"
    RATED = "rated"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class TicketEntry(Table, table=True):
    """What was said or done; only the asker's right changes a text. Without a person it was the asker, or the clock."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    kind: TicketEntryKind = Field(sa_type=by_value(TicketEntryKind))
    at: datetime = Field(sa_type=UtcDateTime)
    person_id: int | None = Field(default=None, foreign_key="person.id")
    post_id: int | None = Field(default=None, foreign_key="post.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    text: str = ""
    file_id: int | None = Field(default=None, foreign_key="storedfile.id")


class TicketSpan(Table, table=True):
    """From when to when somebody's clock ran: the unit's (and in it the owner's), or the asker's."""

    id: int | None = Field(default=None, primary_key=True)
    ticket_id: int = Field(foreign_key="ticket.id", index=True)
    party: Party = Field(sa_type=by_value(Party))
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    post_id: int | None = Field(default=None, foreign_key="post.id")
    from_at: datetime = Field(sa_type=UtcDateTime)
    to_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


# Built once, for they are read with every question.
_BY_CODE = select(Ticket).where(col(Ticket.code) == bindparam("code"))
_ENTRIES = select(TicketEntry).where(col(TicketEntry.ticket_id) == bindparam("ticket")).order_by(col(TicketEntry.id))
_SPANS = select(TicketSpan).where(col(TicketSpan.ticket_id) == bindparam("ticket")).order_by(col(TicketSpan.id))
# An answer that the asker has not judged yet is among it.
_WAITED_FOR = (
    select(Ticket)
    .where(col(Ticket.account_id) == bindparam("account"), col(Ticket.state).in_([*OPEN, TicketState.ANSWERED]))
    .order_by(col(Ticket.id).desc())
)
_ASKED_SINCE = select(Ticket.opened_at).where(
    col(Ticket.account_id) == bindparam("account"),
    col(Ticket.opened_at) > bindparam("since", type_=UtcDateTime),
)


def ticket_by_code(session: Session, code: str) -> Ticket | None:
    return session.exec(_BY_CODE, params={"code": code}).first()


def entries_of(session: Session, ticket_id: int) -> Sequence[TicketEntry]:
    return session.exec(_ENTRIES, params={"ticket": ticket_id}).all()


def spans_of(session: Session, ticket_id: int) -> Sequence[TicketSpan]:
    return session.exec(_SPANS, params={"ticket": ticket_id}).all()


def tickets_asked(session: Session, account_ids: Collection[int], most: int = 20) -> Sequence[Ticket]:
    """What was asked from these chats, newest first."""
    asked = select(Ticket).where(col(Ticket.account_id).in_(account_ids))
    return session.exec(asked.order_by(col(Ticket.id).desc()).limit(most)).all()


def open_tickets_asked(session: Session, account_id: int) -> Sequence[Ticket]:
    """What a chat has asked and waits for, newest first."""
    return session.exec(_WAITED_FOR, params={"account": account_id}).all()


def every_ticket_asked(session: Session, account_ids: Collection[int]) -> Sequence[Ticket]:
    """All that was asked from these chats, oldest first, held until the transaction ends."""
    asked = select(Ticket).where(col(Ticket.account_id).in_(account_ids))
    return session.exec(
        asked.order_by(col(Ticket.id)).with_for_update().execution_options(populate_existing=True)
    ).all()


def tickets_to_empty(session: Session, closed_before: datetime, most: int) -> Sequence[Ticket]:
    """Finished long ago, with their contents still there; another process passes over those that this one holds."""
    return session.exec(
        select(Ticket)
        .where(Ticket.state == TicketState.DONE, col(Ticket.closed_at) < closed_before, Ticket.question != "")
        .order_by(col(Ticket.id))
        .limit(most)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()


def asked_at(session: Session, account_id: int, since: datetime) -> Sequence[datetime]:
    """When a chat has asked since."""
    return session.exec(_ASKED_SINCE, params={"account": account_id, "since": since}).all()


def open_tickets(
    session: Session, *, units: Collection[int] = (), posts: Collection[int] = (), most: int = 200
) -> Sequence[Ticket]:
    """Open tickets that are no complaint: of units, or offered to or owned by posts; most urgent first."""
    whose = or_(
        col(Ticket.unit_id).in_(units), col(Ticket.offered_post_id).in_(posts), col(Ticket.owner_post_id).in_(posts)
    )
    found = select(Ticket).where(whose, col(Ticket.state).in_(list(OPEN)), col(Ticket.is_confidential).is_(False))
    return session.exec(found.order_by(col(Ticket.due_at), col(Ticket.id)).limit(most)).all()


def open_complaints(session: Session) -> Sequence[Ticket]:
    found = select(Ticket).where(col(Ticket.is_confidential), col(Ticket.state).in_(list(OPEN)))
    return session.exec(found.order_by(col(Ticket.id))).all()


def received(
    session: Session, since: datetime, until: datetime, home_unit_id: int | None = None
) -> Sequence[tuple[Ticket, Sequence[TicketSpan]]]:
    """What came in within a time, for one commune or for all, with its spans; complaints are not among it."""
    within = [col(Ticket.opened_at) >= since, col(Ticket.opened_at) < until, col(Ticket.is_confidential).is_(False)]
    if home_unit_id is not None:
        within.append(col(Ticket.home_unit_id) == home_unit_id)
    spans: dict[int, list[TicketSpan]] = {}
    of_those = col(TicketSpan.ticket_id).in_(select(Ticket.id).where(*within))
    for span in session.exec(select(TicketSpan).where(of_those).order_by(col(TicketSpan.id))):
        spans.setdefault(span.ticket_id, []).append(span)
    found = session.exec(select(Ticket).where(*within).order_by(col(Ticket.id))).all()
    return [(ticket, spans.get(ticket.key, [])) for ticket in found]


def count_complaints(session: Session, since: datetime, until: datetime) -> int:
    """How many complaints came in within a time: nothing else is told of them."""
    within = (col(Ticket.is_confidential), col(Ticket.opened_at) >= since, col(Ticket.opened_at) < until)
    return session.exec(select(func.count()).where(*within)).one()


def in_hands(session: Session, now: datetime) -> Sequence[tuple[int, int, int | None, bool]]:
    """Of all that is open and no complaint: commune, unit that has it, owner's post, whether it is overdue."""
    overdue = (col(Ticket.due_at) <= now) & (col(Ticket.state) != TicketState.AWAITING_ASKER)
    found = select(col(Ticket.home_unit_id), col(Ticket.unit_id), col(Ticket.owner_post_id), overdue)
    is_open = (col(Ticket.state).in_(list(OPEN)), col(Ticket.is_confidential).is_(False))
    return session.exec(found.where(*is_open).order_by(col(Ticket.id))).all()


def climbing(session: Session, now: datetime, most: int = 200) -> Sequence[Ticket]:
    """What nobody acted on in time; another process passes over those that this one holds."""
    return session.exec(
        select(Ticket)
        .where(col(Ticket.next_step_at) <= now)
        .order_by(col(Ticket.next_step_at), col(Ticket.id))
        .limit(most)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()


def left_in_silence(session: Session, before: datetime, most: int = 200) -> Sequence[Ticket]:
    """Answers, and questions back, to which the asker has not said a word since."""
    is_answered = and_(Ticket.state == TicketState.ANSWERED, col(Ticket.answered_at) < before)
    since = select(TicketEntry.id).where(col(TicketEntry.ticket_id) == col(Ticket.id), col(TicketEntry.at) >= before)
    is_awaited = and_(Ticket.state == TicketState.AWAITING_ASKER, ~since.exists())
    return session.exec(
        select(Ticket)
        .where(or_(is_answered, is_awaited))
        .order_by(col(Ticket.id))
        .limit(most)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
