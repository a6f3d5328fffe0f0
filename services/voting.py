"""A member casts his ballot (Tân Yên 4.d): his own, on the text that he has read, and another one until it closes."""

from bot.work import Work
from models.votes import Ballot, Vote
from rules.duties import MACHINE, DutyAct
from rules.errors import N_, DomainError, NotAllowedError
from rules.votes import Choice, NoOpinionError, Standing
from services import access, ballots, duties, vote_results
from services.ballots import Member
from services.notices import votes as notices


class OtherTextError(DomainError):
    """What was pressed stood below another text of the draft."""

    code = "other_text"
    msgid = N_("The draft has been replaced since. Your ballot was not recorded; please read the new text: /bieuquyet.")


class OverError(DomainError):
    code = "vote_over"
    msgid = N_("The vote is over. Nothing was changed.")


def own_seat(work: Work, vote: Vote) -> Member:
    """Raises NotAllowedError for everybody who is not asked: the Office and delegates too."""
    seat = ballots.seat_of(ballots.members_of(work, vote), access.actor(work))
    if seat is None:
        raise NotAllowedError()
    return seat


def cast(work: Work, vote: Vote, draft: int, choice: Choice, opinion: str = "") -> bool:
    """One more ballot, the former ones stay; False where it says what the last one said."""
    seat = own_seat(work, vote)
    if not ballots.may_vote(work, vote, seat):
        raise OverError()
    if draft != vote.draft:
        raise OtherTextError()
    if choice is Choice.WITH_COMMENTS and not opinion:
        raise NoOpinionError()
    last = seat.ballot if seat.standing in (Standing.COUNTED, Standing.LATE) else None
    if last is not None and (last.choice, last.opinion) == (choice, opinion):
        return False
    ballot = Ballot(
        asked_id=seat.asked.key,
        draft=draft,
        person_id=access.actor(work).key,
        choice=choice,
        opinion=opinion,
        is_late=ballots.is_late(work, vote),
        cast_at=work.now,
    )
    work.session.add(ballot)
    work.session.flush()
    # The log is read by people who must not know how somebody voted before it closes.
    said = work.hashed(f"{choice}:{opinion}")
    work.record("vote.cast", ballot, vote=vote.id, draft=draft, late=ballot.is_late, again=last is not None, said=said)
    if ballot.is_late and not vote.is_open:
        for person in vote_results.runners(work, vote):
            work.notify(person, notices.came_late, vote, seat, ballot)
    if seat.duty.is_open:
        duties.close(work, seat.duty, MACHINE.next_state(seat.duty.state, DutyAct.FINISH))
        _tell_if_last(work, vote)
    return True


def _tell_if_last(work: Work, vote: Vote) -> None:
    """Everybody has voted: whoever runs it may close it now."""
    if vote.is_open and all(member.has_voted for member in ballots.members_of(work, vote)):
        for person in vote_results.runners(work, vote):
            work.notify(person, notices.all_voted, vote)
