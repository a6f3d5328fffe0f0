"""The vote of the sample year: asked in a week with a day off, its draft replaced on the second day."""

from datetime import date, time, timedelta

from sqlmodel import select

from bot.work import Work
from models.duties import Duty
from models.people import Unit, person_by_code
from models.votes import VoteAsked
from rules.votes import Choice
from rules.workdays import at
from services import votes, voting
from services.demo import Cast
from services.rehearsal import Happening
from services.votes import Draft, NewVote

ASKED_ON = date(2026, 11, 12)


def happenings() -> list[Happening]:
    return [
        Happening(at(ASKED_ON, time(9)), _ask),
        Happening(at(ASKED_ON + timedelta(days=1), time(9)), _replace),
    ]


def give(work: Work, duty: Duty) -> None:
    """By the member whose duty it is: some agree, some do not."""
    vote = votes.in_sight(work, work.session.get_one(VoteAsked, duty.subject_id).vote_id)
    voting.cast(work, vote, vote.draft, list(Choice)[duty.key % 3], "Bổ sung Điều 5")


def _ask(work: Work) -> None:
    unit = work.session.exec(select(Unit).where(Unit.code == "SCT")).one()
    work.actor = person_by_code(work.session, Cast.OFFICE)
    new = NewVote(
        title="Quy chế quản lý chợ",
        unit_id=unit.key,
        draft=Draft("Điều 1. Phạm vi"),
        post_ids=[post.key for post, _person in votes.members(work)],
        due_at=at(work.today + timedelta(days=6), time(16)),
    )
    votes.open_vote(work, new)
    work.actor = None


def _replace(work: Work) -> None:
    work.actor = person_by_code(work.session, Cast.OFFICE)
    votes.replace_draft(work, votes.to_run(work, 1), Draft("Điều 1. Phạm vi, đối tượng"))
    work.actor = None
