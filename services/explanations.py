"""Before a regular session: heads are asked why items are not finished, the Office gets the list (Tân Yên 3.c)."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.base import UtcDateTime
from models.database import lock_for_transaction
from models.duties import Duty
from models.meetings import Meeting, MeetingKind, MeetingState
from models.programme import Explanation, ProgrammeItem, explanations_for, unfinished_items
from models.runs import runs_first
from rules import deadlines
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.programme import Period
from services import access, duties, parties, programme, programme_figures
from services.duties import NewDuty
from services.notices import programme_figures as notices
from services.regulation import calendar, regulation

# Working days before the session: asked when the papers are due (Tân Yên 5.b), answered by the end of the next
# day, so that the Office has the whole list on the last morning.
ASKED_BEFORE = 3
ANSWERED_BEFORE = 2
LISTED_BEFORE = (ASKED_BEFORE, 1)


# Asked at each look: built once.
_COMING = (
    select(Meeting)
    .where(
        Meeting.kind == MeetingKind.REGULAR_SESSION,
        Meeting.state == MeetingState.PLANNED,
        col(Meeting.starts_at) > bindparam("now", type_=UtcDateTime),
    )
    .order_by(col(Meeting.starts_at))
)
_OWED = select(Duty).where(Duty.kind == DutyKind.EXPLAIN, Duty.state == DutyState.OPEN).order_by(col(Duty.id))


def collect(work: Work) -> int:
    """Ask for what is to be explained at the coming sessions; returns how many explanations were asked for."""
    if not regulation(work).rules("programme_figures"):
        return 0
    # Processes that tick together ask once.
    lock_for_transaction(work.session, "explanations")
    _follow_meetings(work)
    asked = 0
    for meeting in _coming_sessions(work):
        if work.now >= _morning(work, meeting, ASKED_BEFORE):
            asked += _ask(work, meeting)
            _tell_office(work, meeting)
    return asked


def _coming_sessions(work: Work) -> Iterable[Meeting]:
    return work.session.exec(_COMING, params={"now": work.now}).all()


def _morning(work: Work, meeting: Meeting, working_days: int) -> datetime:
    day = calendar(work).nth_working_day_before(local_day(meeting.starts_at), working_days)
    return regulation(work).hours.opening(day)


def _ask(work: Work, meeting: Meeting) -> int:
    """One duty for each item that is overdue by now and was not asked about; one message a head."""
    known = {explanation.item_id for explanation in explanations_for(work.session, meeting.key)}
    new = [item for item in unfinished_items(work.session, work.today) if item.key not in known]
    asked: dict[int, list[Duty]] = {}
    for item in new:
        duty = _open(work, item, meeting)
        holder = access.owner_of(work, duty)
        if holder is not None:
            asked.setdefault(holder.key, []).append(duty)
    for key, opened in asked.items():
        work.notify(access.person(work, key), notices.explain, meeting, opened)
    return len(new)


def _open(work: Work, item: ProgrammeItem, meeting: Meeting) -> Duty:
    explanation = Explanation(item_id=item.key, meeting_id=meeting.key)
    work.session.add(explanation)
    work.session.flush()
    post = programme.responsible(work, item.unit_id)
    rule = _rule(work, meeting)
    return duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.EXPLAIN,
            subject_id=explanation.key,
            what=item.content,
            post_id=post.id if post else None,
            rule=rule,
            due_at=meeting.starts_at if rule is None else None,
            event_at=meeting.starts_at,
        ),
    )


def _rule(work: Work, meeting: Meeting) -> DueRule | None:
    """None where that day is over: what became overdue since is explained until the session itself."""
    rule = DueRule(local_day(meeting.starts_at), -ANSWERED_BEFORE)
    day = deadlines.due(rule, calendar(work)).day
    return rule if deadlines.due_moment(rule, day, regulation(work).hours) > work.now else None


def _follow_meetings(work: Work) -> None:
    """A session that moved takes its explanations along; one that began or was cancelled ends them."""
    for duty in work.session.exec(_OWED).all():
        meeting = access.load(work, Meeting, access.load(work, Explanation, duty.subject_id).meeting_id)
        if meeting.state is not MeetingState.PLANNED:
            duties.close(work, duty, DutyState.VOID)
        elif meeting.starts_at <= work.now:
            duties.close(work, duty, DutyState.MISSED)
        elif duty.event_at != meeting.starts_at:
            duty.event_at, rule = meeting.starts_at, _rule(work, meeting)
            duties.move(work, duty, rule=rule, due_at=meeting.starts_at if rule is None else None)


def _tell_office(work: Work, meeting: Meeting) -> None:
    """Figures and list, when the papers are due and again with the explanations; each once."""
    due = [moment for days in LISTED_BEFORE if (moment := _morning(work, meeting, days)) <= work.now]
    name = f"programme list {meeting.id}"
    new = [moment for moment in due if runs_first(work.session, name, moment, work.now)]
    if not new:
        return
    day = local_day(meeting.starts_at)
    found = programme_figures.report(work, Period(day.year, day.month))
    file = programme_figures.document(work, found)
    parties.tell_office(work, notices.for_session, meeting, found, file)
