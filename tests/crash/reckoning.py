"""What a siege has left: nothing lost, nothing doubled, nothing invented."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from bot import audit
from bot.markup import plain
from models.absence import AbsenceDecision, AbsenceRequest
from models.audit import AuditEntry
from models.inbox import EventState, ReceivedEvent
from models.outbox import DeliveryState, OutboxMessage, Priority
from rules.absence import State
from tests.crash.siege import GONE, Siege
from tests.crash.world import Tap

MARK = re.compile(r"^<i>[^<]*</i>\n")


@dataclass(frozen=True)
class Figures:
    """What the note tells. Of `uncertain_answers` nobody knows whether they arrived.

    `repeats` are new messages that came again and say so, `repeated_edits` what came again in the place of a card.
    """

    kills: dict[str, int]
    slowest_start: float
    events: int
    decisions: int
    acceptances: int
    forms: int
    notices: int
    answers: int
    superseded: int
    repeats: int
    repeated_edits: int
    uncertain_answers: int
    lost_notices: int
    audit_entries: int


def reckon(siege: Siege) -> Figures:
    """Assert what must hold, and count."""
    with siege.database.reading() as connection, Session(connection) as session:
        _check_events(session, siege)
        _check_requests(session, siege)
        verdict = audit.verify(audit.stored(session))
        assert verdict.broken is None, verdict
        return _figures(session, siege, verdict.entries)


def _check_events(session: Session, siege: Siege) -> None:
    """Each press was confirmed, is in the inbox once, and was handled."""
    events = session.exec(select(ReceivedEvent)).all()
    assert not siege.telegram.queue.pending
    assert siege.telegram.queue.confirmed == siege.pushed
    assert len(events) == siege.pushed
    assert {event.state for event in events} == {EventState.DONE}


def _subject(tap: Tap) -> int:
    return int(tap.token.split(":")[1])


def _check_requests(session: Session, siege: Siege) -> None:
    """Each press of consequence has had it exactly once, however often it was pressed and the bot was killed."""
    acts = Counter(session.exec(select(AuditEntry.action, AuditEntry.subject)).all())
    decisions = Counter(session.exec(select(AbsenceDecision.request_id)).all())
    for tap in siege.world.approvals:
        request = session.get_one(AbsenceRequest, _subject(tap))
        assert request.state is State.APPROVED
        assert decisions[request.key] == 1
        assert acts["absence.approve", f"AbsenceRequest:{request.id}"] == 1
        assert acts["slip.issued", f"AbsenceRequest:{request.id}"] == 1
    assert decisions.total() == len(siege.world.approvals)
    for tap in siege.world.acceptances:
        assert acts["substitution.accepted", f"AbsenceRequest:{_subject(tap)}"] == 1
    by_invitation = Counter(session.exec(select(AbsenceRequest.invitation_id)).all())
    assert all(by_invitation[form.invitation_id] == 1 for form in siege.world.forms)
    assert by_invitation.total() == len(siege.world.approvals) + len(siege.world.forms)


def _figures(session: Session, siege: Siege, entries: int) -> Figures:
    rows = session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
    assert not {row.state for row in rows} & {DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.REJECTED}
    said = _said(siege)
    wanted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.state is DeliveryState.SENT:
            wanted[row.address, row.payload["text"]] += 1
    plain = Counter({key: number for key, number in said.items() if not MARK.match(key[1])})
    marked = Counter({(chat, MARK.sub("", text)): n for (chat, text), n in said.items() if MARK.match(text)})
    arrived = plain + marked
    lost = [key for key, number in wanted.items() if arrived[key] < number]
    assert not lost
    uncertain = [row for row in rows if row.state is DeliveryState.UNCERTAIN]
    # What nobody knows is only what a killed courier was saying to somebody who waited.
    assert all(row.priority == Priority.REPLY and not row.edits for row in uncertain)
    # A card whose first copy may have arrived when its sender died, and that was drawn anew before the second.
    drawn_anew = [row for row in rows if row.state is DeliveryState.SUPERSEDED and row.attempts]
    known = wanted + Counter((row.address, row.payload["text"]) for row in [*uncertain, *drawn_anew])
    doubled = arrived - known
    _check_doubles(siege, rows, doubled, marked)
    _check_screens(siege, rows)
    return Figures(
        kills=dict(siege.kills),
        slowest_start=round(max(siege.lives), 2),
        events=siege.pushed,
        decisions=len(siege.world.approvals),
        acceptances=len(siege.world.acceptances),
        forms=len(siege.world.forms),
        notices=sum(row.priority != Priority.REPLY for row in rows),
        answers=sum(row.priority == Priority.REPLY for row in rows),
        superseded=sum(row.state is DeliveryState.SUPERSEDED for row in rows),
        repeats=marked.total(),
        repeated_edits=(doubled - marked).total(),
        uncertain_answers=len(uncertain),
        lost_notices=len(lost),
        audit_entries=entries,
    )


def _check_doubles(
    siege: Siege, rows: Sequence[OutboxMessage], doubled: Counter[tuple[str, str]], marked: Counter[tuple[str, str]]
) -> None:
    """A second copy of a new message says so; an edit that was made twice nobody can see.

    What was to edit a card that is gone is taken for an edit.
    """
    edits = {(row.address, row.payload["text"]) for row in rows if row.edits}
    for chat_and_text in doubled:
        assert chat_and_text in marked or chat_and_text in edits or _was_edit(siege, chat_and_text), chat_and_text


def _said(siege: Siege) -> Counter[tuple[str, str]]:
    """Every text that reached the platform, with its chat: new messages, captions and edits."""
    said: Counter[tuple[str, str]] = Counter()
    for call in siege.telegram.calls:
        text = call.given.get("text") or call.given.get("caption")
        # An edit that changes nothing is refused: it has arrived before.
        edited = (int(call.given.get("chat_id", 0)), int(call.given.get("message_id", 0)))
        is_done = call.status == 200 or (call.status == 400 and edited in siege.telegram.people.messages)
        if text and is_done:
            said[str(call.given["chat_id"]), text] += 1
    return said


def _was_edit(siege: Siege, chat_and_text: tuple[str, str]) -> bool:
    return any(
        (str(call.given.get("chat_id")), call.given.get("text")) == chat_and_text
        for call in siege.telegram.calls_of("editMessageText")
        if call.given.get("message_id") != GONE
    )


def _check_screens(siege: Siege, rows: Sequence[OutboxMessage]) -> None:
    """Each card shows its newest state."""
    newest = {(row.address, row.card): row for row in rows if row.card and row.state is DeliveryState.SENT}
    for (address, card), row in newest.items():
        shown = siege.telegram.people.messages[int(address), int(row.message_id)]
        assert plain(row.payload["text"]).strip() in shown["text"], card
