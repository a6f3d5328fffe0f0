"""A vote is closed and counted; the drafting unit reports the result to the next session (Tân Yên 4.d)."""

from bot.work import Work
from models.duties import Duty, DutyEntry, duty_about
from models.meetings import Meeting, MeetingKind, MeetingState, next_of_kind
from models.offices import holders_with_role
from models.people import Person, Role
from models.votes import Vote, votes_over, votes_unreported
from rules.duties import MACHINE as DUTY
from rules.duties import DutyAct, DutyKind
from rules.errors import N_, DomainError
from rules.votes import MACHINE, VoteAct, VoteState
from services import access, ballots, duties, parties, tasks
from services.duties import NewDuty
from services.notices import duties as duty_notices
from services.notices import votes as notices
from services.regulation import regulation


class NotAllVotedError(DomainError):
    code = "not_all_voted"
    msgid = N_("Not everybody has voted yet: the vote closes by itself at its due moment.")


def close_due(work: Work) -> int:
    """Close what has reached its due moment; returns how many."""
    found = votes_over(work.session, work.now)
    for vote in found:
        _close(work, vote)
    return len(found)


def close_early(work: Work, vote: Vote) -> None:
    """By whoever runs it, once nobody is waited for."""
    if not all(member.has_voted for member in ballots.members_of(work, vote)):
        raise NotAllVotedError()
    _close(work, vote)


def _close(work: Work, vote: Vote) -> None:
    """Silence is no vote: who has not voted has missed it."""
    # What draws up documents is loaded with the first one, not at every start.
    from services import vote_papers

    vote.state, vote.closed_at = MACHINE.next_state(vote.state, VoteAct.CLOSE), work.now
    members = ballots.members_of(work, vote)
    for member in members:
        if member.duty.is_open:
            duties.close(work, member.duty, DUTY.next_state(member.duty.state, DutyAct.MISS))
    work.record("vote.closed", vote, missed=[member.asked.key for member in members if not member.has_voted])
    _bring(work, vote)
    papers = (vote_papers.opinions(work, vote, members), vote_papers.report(work, vote, members))
    told = readers(work, vote)
    for person in told:
        work.notify(person, notices.result, vote, papers)
    for member in members:
        if member.person is not None and member.person not in told:
            work.notify(member.person, notices.closed, vote)


def head(work: Work, vote: Vote) -> Person | None:
    """Who answers for the drafting unit."""
    found = tasks.head_of(work, vote.unit_id)
    return found[1] if found else None


def runners(work: Work, vote: Vote) -> list[Person]:
    """The Office, and whoever answers for the drafting unit; each once."""
    drafter = head(work, vote)
    people = [*parties.office(work), *([drafter] if drafter else [])]
    return list({person.key: person for person in people}.values())


def readers(work: Work, vote: Vote) -> list[Person]:
    """Who reads all opinions once it is closed: whoever runs it, and the chair."""
    chairs = holders_with_role(work.session, (Role.CHAIR,), work.today)
    return list({person.key: person for person in [*runners(work, vote), *chairs]}.values())


def _bring(work: Work, vote: Vote) -> Duty | None:
    """The result is owed at the next regular session; None while none is called."""
    session = next_of_kind(work.session, MeetingKind.REGULAR_SESSION, work.now)
    if session is None:
        return None
    vote.session_id = session.key
    drafter = tasks.head_of(work, vote.unit_id)
    new = NewDuty(
        kind=DutyKind.REPORT_VOTE,
        subject_id=vote.key,
        what=vote.title,
        post_id=drafter[0].key if drafter else None,
        due_at=session.starts_at,
        clause=regulation(work).clause("vote_result", "task"),
    )
    return duties.open_duty(work, new)


def follow_sessions(work: Work) -> int:
    """What is to be reported keeps up with its session: one is called, moved or called off; returns how many follow."""
    return sum(_follow(work, vote) for vote in votes_unreported(work.session))


def _follow(work: Work, vote: Vote) -> bool:
    session = work.session.get(Meeting, vote.session_id) if vote.session_id else None
    duty = duty_about(work.session, DutyKind.REPORT_VOTE, vote.key)
    if session is not None and session.state is MeetingState.PLANNED:
        return duty is not None and duty.is_open and duties.move(work, duty, due_at=session.starts_at)
    owed = _bring(work, vote)
    owner = access.owner_of(work, owed) if owed else None
    if owed is not None and owner is not None:
        work.notify(owner, duty_notices.reminder, owed)
    return owed is not None


def reported(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """*Đã xong* on it: the chair and the Office read what went to the session; late ballots are taken no more."""
    vote = access.load(work, Vote, duty.subject_id)
    if vote.state is VoteState.CLOSED:
        vote.state = MACHINE.next_state(vote.state, VoteAct.REPORT)
        work.record("vote.reported", vote)
    for person in readers(work, vote):
        if person != work.actor:
            work.notify(person, notices.reported, vote, duty, entry)
