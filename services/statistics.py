"""Figures of attendance over a time: cases from the tables, and the same cases from the audit log alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.absence import AbsenceRequest
from models.attendance import Act, AttendanceEntry, Method
from models.meetings import Answer, Invitation, Meeting, MeetingKind, MeetingState
from models.people import Role
from rules.absence import Kind, Reason, State
from rules.attendance import Mark, Status
from rules.errors import NotAllowedError
from rules.scores import Case
from rules.workdays import at
from services import access, people
from services.seats import NOT_STANDING, Seat, seat, seats

READERS = (*access.OFFICE_ROLES, *people.LEADERS, Role.INTERNAL_AFFAIRS)


def require_reader(work: Work) -> None:
    """Office, internal affairs and chairs read the figures of all."""
    if not people.has_role(work, access.actor(work), *READERS):
        raise NotAllowedError()


def span(first: date, last: date) -> tuple[datetime, datetime]:
    """From the beginning of the first day to the end of the last."""
    return at(first, time()), at(last + timedelta(days=1), time())


def cases(work: Work, first: date, last: date) -> list[Case]:
    """Every seat of every meeting that ended in the time, both days included."""
    since, until = span(first, last)
    held = work.session.exec(
        select(Meeting)
        .where(
            Meeting.state == MeetingState.PLANNED,
            col(Meeting.starts_at) >= since,
            col(Meeting.starts_at) < until,
            col(Meeting.ends_at) <= work.now,
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    ).all()
    return [case for meeting in held for one in seats(work, meeting) if (case := _case(meeting, one)) is not None]


def _case(meeting: Meeting, one: Seat) -> Case | None:
    """A post that nobody held on that day is nobody's absence."""
    if one.holder is None:
        return None
    classified = [entry.entered_by_id for entry in one.entries if entry.act is Act.CLASSIFY]
    decided = one.request.decided_by_id if one.request else None
    return Case(
        meeting_id=meeting.key,
        invitation_id=one.invitation.key,
        day=local_day(meeting.starts_at),
        person_id=one.holder.key,
        unit_id=one.post.unit_id,
        statuses=one.statuses,
        sitting_id=one.sitting.id if one.seen and one.sitting else None,
        decided_by=classified[-1] if classified else decided,
    )


Entries = Iterable[Mapping[str, Any]]


def cases_from_log(work: Work, entries: Entries, first: date, last: date) -> list[Case]:
    """The same, from nothing but the audit log and who held which post; it must agree with the tables."""
    log = _Replay()
    for entry in entries:
        log.read(entry)
    since, until = span(first, last)
    held = [each for each in log.meetings.values() if since <= each.starts_at < until and each.ends_at <= work.now]
    return [
        case
        for meeting in sorted(held, key=lambda each: (each.starts_at, each.key))
        for one in log.seats(work, meeting)
        if (case := _case(meeting, one)) is not None
    ]


class _Replay:
    """Rows as the log tells them; they are never added to a session."""

    def __init__(self) -> None:
        self.meetings: dict[int, Meeting] = {}
        self.invitations: dict[int, Invitation] = {}
        self.requests: dict[int, AbsenceRequest] = {}
        self.sights: dict[int, list[AttendanceEntry]] = {}

    def read(self, entry: Mapping[str, Any]) -> None:
        name, _colon, number = str(entry["subject"]).partition(":")
        if not number.isdecimal():
            return
        reader = {
            "Meeting": self._meeting,
            "Invitation": self._invitation,
            "AbsenceRequest": self._request,
            "AttendanceEntry": self._sight,
        }.get(name)
        if reader is not None:
            reader(int(number), entry)

    def seats(self, work: Work, meeting: Meeting) -> Iterator[Seat]:
        standing = {each.invitation_id: each for each in self.requests.values() if each.state not in NOT_STANDING}
        for key, invitation in sorted(self.invitations.items()):
            if invitation.meeting_id == meeting.id and not invitation.is_withdrawn:
                yield seat(work, meeting, invitation, standing.get(key), self.sights.get(key, []))

    def _meeting(self, key: int, entry: Mapping[str, Any]) -> None:
        facts, action = entry["facts"], entry["action"]
        if action == "meeting.cancelled":
            self.meetings.pop(key, None)
        elif action in ("meeting.planned", "meeting.changed"):
            starts, ends = (datetime.fromisoformat(facts[name]) for name in ("starts", "ends"))
            if key in self.meetings and self.meetings[key].starts_at != starts:
                self._asked_again(key)
            self.meetings[key] = Meeting(
                id=key, code="", title="", kind=MeetingKind(facts["kind"]), starts_at=starts, ends_at=ends,
                host_unit_id=0, created_at=starts,
            )  # fmt: skip

    def _asked_again(self, meeting_id: int) -> None:
        """Another time: the answers were about the old one."""
        for invitation in self.invitations.values():
            if invitation.meeting_id == meeting_id:
                invitation.answer = Answer.NONE

    def _invitation(self, key: int, entry: Mapping[str, Any]) -> None:
        action = entry["action"]
        if action == "invitation.made":
            facts = entry["facts"]
            self.invitations[key] = Invitation(
                id=key,
                meeting_id=facts["meeting"],
                post_id=facts["post"],
                invited_at=datetime.fromisoformat(entry["at"]),
            )
        elif key in self.invitations:
            invitation = self.invitations[key]
            invitation.is_withdrawn = invitation.is_withdrawn or action == "invitation.withdrawn"
            if action == "invitation.attends":
                invitation.answer = Answer.ATTENDS

    def _request(self, key: int, entry: Mapping[str, Any]) -> None:
        facts, at_ = entry["facts"], datetime.fromisoformat(entry["at"])
        if "invitation" not in facts:
            return
        before = self.requests.get(key)
        self.requests[key] = AbsenceRequest(
            id=key,
            meeting_id=facts["meeting"],
            invitation_id=facts["invitation"],
            requester_id=facts["requester"],
            kind=Kind(facts["kind"]),
            reason=Reason.OTHER,
            state=State(facts["state"]),
            substitute_id=facts["substitute"],
            arrives_at=_moment(facts["arrives"]),
            leaves_at=_moment(facts["leaves"]),
            decided_by_id=_decider(entry, before),
            pack_id="",
            pack_version=0,
            submitted_at=before.submitted_at if before else at_,
        )
        if before is None and facts["invitation"] in self.invitations:
            self.invitations[facts["invitation"]].answer = Answer.REQUESTED

    def _sight(self, key: int, entry: Mapping[str, Any]) -> None:
        facts = entry["facts"]
        self.sights.setdefault(facts["invitation"], []).append(
            AttendanceEntry(
                id=key,
                meeting_id=facts["meeting"],
                invitation_id=facts["invitation"],
                person_id=facts["person"],
                act=Act(str(entry["action"]).removeprefix("attendance.")),
                method=Method(facts["method"]),
                is_online=facts["online"],
                status=Status(facts["status"]) if facts["status"] else None,
                mark=Mark(facts["mark"]) if facts["mark"] else None,
                at=datetime.fromisoformat(facts["at"]),
                entered_at=datetime.fromisoformat(entry["at"]),
                entered_by_id=entry["actor_id"],
            )
        )


_DECISIONS = frozenset({"approve", "refuse", "correct_to_approved", "correct_to_refused", "ratified"})


def _decider(entry: Mapping[str, Any], before: AbsenceRequest | None) -> int | None:
    """Who decided last: for a consent by telephone the chair for whom it was noted."""
    action = str(entry["action"]).removeprefix("absence.")
    if action == "oral_consent":
        chair: int | None = entry["facts"]["chair"]
        return chair
    if (action in _DECISIONS and "noted_by" not in entry["facts"]) or action == "ratified":
        actor: int | None = entry["actor_id"]
        return actor
    return before.decided_by_id if before else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def months_of(day: date) -> Sequence[tuple[str, date, date]]:
    """The times that are offered: this month, the last, this quarter, this year."""
    first = day.replace(day=1)
    last_month_end = first - timedelta(days=1)
    quarter = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return (
        ("month", first, day),
        ("last_month", last_month_end.replace(day=1), last_month_end),
        ("quarter", quarter, day),
        ("year", date(day.year, 1, 1), day),
    )
