"""Plan, change and cancel meetings; invite posts and take their answers."""

from collections.abc import Sequence

from sqlmodel import select

from bot.i18n import local_day
from bot.work import Work
from models.meetings import (
    Answer,
    Invitation,
    Meeting,
    MeetingPaper,
    MeetingState,
    invitations_to,
    papers_of,
)
from models.offices import holder_of, holders_in
from models.people import Person, Unit
from rules.deadlines import DueRule
from rules.duties import DutyKind, DutyState
from rules.meetings import MeetingDatesError, MeetingOverError, MeetingPastError
from services import access, agenda_items, duties, endings
from services.duties import NewDuty
from services.meeting_details import PLAIN
from services.meeting_details import MeetingDetails as MeetingDetails  # what callers give to `plan` and `change`
from services.notices import meetings as notices
from services.regulation import closing_before, regulation

# What invitees are told of; anything else is the Office's own business.
_TOLD = frozenset({"starts_at", "ends_at", "place", "title", "requires_head", "chair_id", "outside_chair"})


def details_of(work: Work, meeting: Meeting) -> MeetingDetails:
    """The meeting as it stands, ready to be changed."""
    plain = {name: getattr(meeting, name) for name in PLAIN}
    posts = [invitation.post_id for invitation in invitations_to(work.session, meeting.key)]
    papers = [paper.file_id for paper in papers_of(work.session, meeting.key)]
    return MeetingDetails(**plain, post_ids=tuple(posts), paper_ids=tuple(papers))


def plan(work: Work, details: MeetingDetails, *, tells: bool = True) -> Meeting:
    """Create a meeting and invite everybody; `tells` is off where the caller tells of several at once."""
    _check(details)
    meeting = Meeting(**{name: getattr(details, name) for name in PLAIN}, created_at=work.now)
    work.session.add(meeting)
    work.session.flush()
    work.record("meeting.planned", meeting, chair=meeting.chair_id, invited=len(details.post_ids), **_facts(meeting))
    _attach(work, meeting, details.paper_ids)
    for post_id in details.post_ids:
        invite(work, meeting, post_id, tells=tells)
    return meeting


def change(work: Work, meeting: Meeting, details: MeetingDetails) -> None:
    """Change a meeting; only those whose answer the change touches are asked again, all are told what changed."""
    _check(details)
    _require_coming(work, meeting)
    before = details_of(work, meeting)
    changed = {name for name in PLAIN if getattr(before, name) != getattr(details, name)}
    papers_changed = set(before.paper_ids) != set(details.paper_ids)
    if not changed and not papers_changed and set(before.post_ids) == set(details.post_ids):
        return
    if details.starts_at <= work.now:
        raise MeetingPastError()
    is_told, is_moved = bool(changed & _TOLD) or papers_changed, bool(changed & {"starts_at", "ends_at"})
    if is_moved:
        # Before the change, so that the word of their end names the hour that they were about.
        endings.end_requests(work, meeting)
    for name in changed:
        setattr(meeting, name, getattr(details, name))
    # Buttons of an invitation stay good while nothing of what it says has changed.
    meeting.version += 1 if is_told else 0
    work.session.flush()
    work.record("meeting.changed", meeting, what=sorted(changed), chair=meeting.chair_id, **_facts(meeting))
    _change_papers(work, meeting, before, details)
    _change_invitees(work, meeting, before, details)
    if is_moved:
        _ask_again(work, meeting)
    if is_told:
        _tell(work, meeting, before, asks_again=is_moved)
    if "chair_id" in changed:
        endings.hand_over(work, meeting, before.chair_id)
    agenda_items.follow(work, meeting)


def cancel(work: Work, meeting: Meeting, reason: str) -> None:
    """Call a meeting off: every request ends, everybody is told."""
    _require_coming(work, meeting)
    meeting.state = MeetingState.CANCELLED
    meeting.version += 1
    work.record("meeting.cancelled", meeting, reason=work.hashed(reason))
    endings.end_requests(work, meeting)
    for invitation in invitations_to(work.session, meeting.key):
        duties.close_duty(work, DutyKind.ANSWER_INVITATION, invitation.key, DutyState.VOID)
        holder = holder_of(work.session, invitation.post_id, work.today)
        if holder is not None:
            work.notify(holder, notices.cancelled, meeting, invitation, reason)
    chair = _chair_to_tell(work, meeting)
    if chair is not None:
        work.notify(chair, notices.cancelled, meeting, None, reason)
    agenda_items.follow(work, meeting)


def invite(work: Work, meeting: Meeting, post_id: int, *, tells: bool = True) -> Invitation:
    """Invite a post; one that was disinvited before is invited anew."""
    invitation = work.session.exec(
        select(Invitation).where(Invitation.meeting_id == meeting.key, Invitation.post_id == post_id)
    ).first()
    if invitation is None:
        invitation = Invitation(meeting_id=meeting.key, post_id=post_id, invited_at=work.now)
        work.session.add(invitation)
    invitation.is_withdrawn, invitation.answer, invitation.answered_at = False, Answer.NONE, None
    work.session.flush()
    work.record("invitation.made", invitation, meeting=meeting.id, post=post_id)
    # A workbook may also hold what has begun or is over, for the record.
    if meeting.starts_at > work.now:
        _open_duty(work, meeting, invitation)
        if tells:
            _tell_holder(work, meeting, invitation)
    return invitation


def attend(work: Work, invitation: Invitation, *, entered_by: Person | None = None) -> None:
    """The holder comes; the Office may enter it for him, by telephone, and it is marked so."""
    meeting = access.load(work, Meeting, invitation.meeting_id)
    _require_coming(work, meeting)
    endings.withdraw_standing(work, invitation)
    invitation.answer, invitation.answered_at = Answer.ATTENDS, work.now
    invitation.answered_by_id = access.actor(work).id
    duties.close_duty(work, DutyKind.ANSWER_INVITATION, invitation.key)
    work.record("invitation.attends", invitation, meeting=meeting.id, by_office=entered_by is not None)
    if entered_by is not None:
        holder = holder_of(work.session, invitation.post_id, work.today)
        if holder is not None:
            work.notify(holder, notices.entered_for_you, meeting, invitation, entered_by)


def posts_invited_by(work: Work, unit: Unit) -> int | None:
    """A unit stands for its head; with none, the first deputy acts. None when nobody holds either post."""
    held = holders_in(work.session, unit.key, work.today)
    return held[0][0].id if held else None


def disinvite(work: Work, meeting: Meeting, invitation: Invitation) -> None:
    """The post is not called any more: its request ends, its holder is told."""
    invitation.is_withdrawn = True
    endings.end_request_of(work, meeting, invitation)
    duties.close_duty(work, DutyKind.ANSWER_INVITATION, invitation.key, DutyState.VOID)
    work.record("invitation.withdrawn", invitation, meeting=meeting.id)
    holder = holder_of(work.session, invitation.post_id, work.today)
    if holder is not None:
        work.notify(holder, notices.disinvited, meeting, invitation)


def _facts(meeting: Meeting) -> dict[str, str]:
    """What attendance is later judged by, as the audit log keeps it."""
    return {
        "kind": meeting.kind,
        "starts": meeting.starts_at.isoformat(),
        "ends": meeting.ends_at.isoformat(),
    }


def _check(details: MeetingDetails) -> None:
    if details.ends_at <= details.starts_at:
        raise MeetingDatesError()


def _require_coming(work: Work, meeting: Meeting) -> None:
    if meeting.starts_at <= work.now or meeting.state is not MeetingState.PLANNED:
        raise MeetingOverError()


def _chair_to_tell(work: Work, meeting: Meeting) -> Person | None:
    """The chair, unless he is from outside or has just done it himself."""
    if meeting.chair_id is None or (work.actor is not None and work.actor.id == meeting.chair_id):
        return None
    return work.session.get(Person, meeting.chair_id)


def _attach(work: Work, meeting: Meeting, file_ids: Sequence[int]) -> None:
    for file_id in file_ids:
        work.session.add(MeetingPaper(meeting_id=meeting.key, file_id=file_id))
    work.session.flush()


def _change_papers(work: Work, meeting: Meeting, before: MeetingDetails, details: MeetingDetails) -> None:
    for paper in papers_of(work.session, meeting.key):
        if paper.file_id not in details.paper_ids:
            work.session.delete(paper)
    _attach(work, meeting, [file_id for file_id in details.paper_ids if file_id not in before.paper_ids])


def _change_invitees(work: Work, meeting: Meeting, before: MeetingDetails, details: MeetingDetails) -> None:
    for invitation in invitations_to(work.session, meeting.key):
        if invitation.post_id not in details.post_ids:
            disinvite(work, meeting, invitation)
    for post_id in details.post_ids:
        if post_id not in before.post_ids:
            invite(work, meeting, post_id)


def _ask_again(work: Work, meeting: Meeting) -> None:
    """Another time: the answers were about the old one."""
    for invitation in invitations_to(work.session, meeting.key):
        invitation.answer, invitation.answered_at, invitation.answered_by_id = Answer.NONE, None, None


def _tell(work: Work, meeting: Meeting, before: MeetingDetails, *, asks_again: bool) -> None:
    for invitation in invitations_to(work.session, meeting.key):
        if invitation.post_id not in before.post_ids:
            continue
        if asks_again:
            _open_duty(work, meeting, invitation)
        holder = holder_of(work.session, invitation.post_id, work.today)
        if holder is not None:
            work.notify(holder, notices.changed, meeting, invitation, before)
    chair = _chair_to_tell(work, meeting)
    # A new chair hears of it as the one who takes over.
    if chair is not None and chair.id == before.chair_id:
        work.notify(chair, notices.changed, meeting, None, before)


def _tell_holder(work: Work, meeting: Meeting, invitation: Invitation) -> None:
    holder = holder_of(work.session, invitation.post_id, work.today)
    if holder is not None:
        work.notify(holder, notices.invitation, meeting, invitation)


def _open_duty(work: Work, meeting: Meeting, invitation: Invitation) -> None:
    rules = regulation(work)
    days, closing = rules.policy.answer_by_working_days, rules.hours.afternoon[1]
    rule = DueRule(local_day(meeting.starts_at), -days, cutoff=closing)
    # Called at short notice, an answer is useful until the meeting starts.
    in_time = work.now < closing_before(work, meeting.starts_at, days) < meeting.starts_at
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.ANSWER_INVITATION,
            subject_id=invitation.key,
            what=meeting.title,
            rule=rule if in_time else None,
            due_at=None if in_time else meeting.starts_at,
            event_at=meeting.starts_at,
            post_id=invitation.post_id,
        ),
    )
