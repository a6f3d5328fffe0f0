"""What came of a rehearsal: every message, every duty with its clause and computation, and how many of each."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup
from sqlmodel import col, select

from bot.i18n import _, local_day, use_language
from bot.outbox.rehearsed import Said
from bot.plain_text import plain
from bot.work import Work
from models.duties import Duty, Ping, PingState
from models.people import Person
from reports.rehearsal import DutyRow, MessageRow
from rules.duties import SPECS, DutyState
from services.notices import counting
from services.notices import duties as notices

DONE, LATE, MISSED, OPEN, VOID = "done", "late", "missed", "open", "void"
OUTCOMES = {
    DONE: "đúng hạn",
    LATE: "muộn",
    MISSED: "quá hạn, chưa làm",
    OPEN: "chưa đến hạn",
    VOID: "không còn đối tượng",
}


@dataclass(slots=True)
class Report:
    """`outcomes` counts by kind of duty and how it ended, `busiest` is the most that one person heard on one day."""

    messages: list[MessageRow]
    duties: list[DutyRow]
    kinds: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)
    busiest: int = 0


def report(work: Work, heard: Sequence[Said]) -> Report:
    """Of a rehearsal that has just ended, in Vietnamese."""
    people = {person.key: person for person in work.session.exec(select(Person)).all()}
    with use_language("vi"):
        duties = [_duty(work, duty) for duty in work.session.exec(select(Duty).order_by(col(Duty.due_at))).all()]
    found = Report([_message(said, people) for said in heard], duties)
    told = [said for said in heard if not said.is_change]
    found.kinds.update(said.cause or said.kind.value for said in told)
    found.outcomes.update((row.kind, row.outcome) for row in duties)
    found.busiest = max(Counter((said.address, local_day(said.at)) for said in told).values(), default=0)
    return found


def lines(found: Report) -> Iterable[tuple[str, ...]]:
    """The summary, a line each: a name and its numbers."""
    yield ("Messages", str(found.kinds.total()))
    for kind, number in found.kinds.most_common():
        yield (f"  {kind}", str(number))
    yield ("Most messages to one person on one day", str(found.busiest))
    yield ("Duties", *OUTCOMES)
    for kind in dict.fromkeys(row.kind for row in found.duties):
        yield (f"  {kind}", *(str(found.outcomes[kind, outcome]) for outcome in OUTCOMES.values()))


def _message(said: Said, people: dict[int, Person]) -> MessageRow:
    person = people.get(said.person_id or 0)
    return MessageRow(
        at=said.at,
        person=f"{person.full_name} ({person.code})" if person else said.address,
        kind=said.cause or said.kind.value,
        is_change=said.is_change,
        text=plain(said.text),
    )


def _duty(work: Work, duty: Duty) -> DutyRow:
    sent = select(Ping).where(Ping.duty_id == duty.key, Ping.state == PingState.SENT)
    return DutyRow(
        kind=_(SPECS[duty.kind].name),
        what=duty.what,
        owner=plain(notices.owner_words(work, duty)),
        opened_at=duty.opened_at,
        due_at=duty.due_at,
        computation=counting.computation(work, duty),
        clause=plain(notices.cite(work, duty) or Markup("")),
        outcome=OUTCOMES[outcome(duty, work.now)],
        closed_at=duty.closed_at,
        reminders=len(work.session.exec(sent).all()),
    )


def outcome(duty: Duty, now: datetime) -> str:
    """How a duty stands at the end of the period; a result that waits to be accepted counts as given."""
    if duty.state is DutyState.VOID:
        return VOID
    if duty.state in (DutyState.DONE, DutyState.SUBMITTED):
        return LATE if duty.is_late else DONE
    return MISSED if duty.state is DutyState.MISSED or duty.due_at <= now else OPEN
