"""Where the members stand in a vote, and the count. Before it is closed nobody is shown how another has voted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.work import Work
from models.duties import Duty
from models.offices import holder_of
from models.people import Person, Post, Role
from models.votes import Ballot, Vote, VoteAsked, asked_in, ballots_in
from rules import votes as rules
from rules.votes import Cast, Seat, Standing, Tally, VoteState


@dataclass(frozen=True, slots=True)
class Member:
    """One who is asked: who holds the post today, what it owes, and the ballot that says where he stands."""

    asked: VoteAsked
    post: Post
    duty: Duty
    person: Person | None
    standing: Standing
    ballot: Ballot | None

    @property
    def is_of_predecessor(self) -> bool:
        """Whether somebody cast it who has left the post since; it stands until the present holder says otherwise."""
        return self.ballot is not None and (self.person is None or self.ballot.person_id != self.person.id)

    @property
    def has_voted(self) -> bool:
        """In time, on the text that stands."""
        return self.standing is Standing.COUNTED


def members_of(work: Work, vote: Vote) -> list[Member]:
    """In the order in which they were asked."""
    cast: dict[int, list[Ballot]] = {}
    for ballot in ballots_in(work.session, vote.key):
        cast.setdefault(ballot.asked_id, []).append(ballot)
    return [
        _member(work, vote, asked, post, duty, cast.get(asked.key, []))
        for asked, post, duty in asked_in(work.session, vote.key)
    ]


def _member(work: Work, vote: Vote, asked: VoteAsked, post: Post, duty: Duty, ballots: Sequence[Ballot]) -> Member:
    known = [Cast(ballot.choice, ballot.draft, ballot.is_late) for ballot in ballots]
    standing, index = rules.standing(known, vote.draft)
    holder = holder_of(work.session, post.key, work.today)
    return Member(asked, post, duty, holder, standing, ballots[index] if index is not None else None)


def seat_of(members: Iterable[Member], person: Person) -> Member | None:
    """His own; nobody votes for another, and a delegation gives no vote."""
    return next((member for member in members if member.person is not None and member.person.id == person.id), None)


def is_late(work: Work, vote: Vote) -> bool:
    return work.now >= vote.due_at or not vote.is_open


def may_vote(work: Work, vote: Vote, seat: Member) -> bool:
    """Until it closes; then who has not voted in time, where late ballots are taken, until the result is reported."""
    if not is_late(work, vote):
        return vote.is_open
    return vote.state in (VoteState.OPEN, VoteState.CLOSED) and vote.accepts_late and not seat.has_voted


def waits_for(work: Work, vote: Vote, person: Person) -> bool:
    """Whether his ballot is still to come, in time."""
    seat = seat_of(members_of(work, vote), person) if vote.is_open else None
    return seat is not None and not seat.has_voted


def tally_of(vote: Vote, members: Iterable[Member]) -> Tally:
    seats = [
        Seat(member.standing, member.ballot.choice if member.ballot else None, member.post.has_role(Role.CHAIR))
        for member in members
    ]
    return rules.tally(seats, vote.members, vote.terms)
