"""Who answers the hotline: a unit's team and its leader, who is on duty now, and how the asker is reached."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, TypeAlias

from bot.messages import Message
from bot.work import Work
from models.absence import substitutions_of
from models.hotline import Ticket
from models.hotline_directory import hotline_of, member_posts
from models.meetings import Meeting, invitations_to, overlapping
from models.offices import holder_of, holders_in, holders_with_role, posts_of
from models.people import ChannelAccount, Person, Role
from rules.absence import Rank
from rules.shifts import Shift
from services import access, hotline_rota, people
from services.regulation import regulation

Seat: TypeAlias = tuple[Person, int | None]
"""Somebody with the post on which he is turned to."""


def team(work: Work, unit_id: int) -> list[int]:
    """The posts that answer for a unit, its leader last; a unit without a hotline answers by its head and deputies."""
    hotline = hotline_of(work.session, unit_id)
    if hotline is None:
        seats = holders_in(work.session, unit_id, work.today)
        return [post.key for post, _person in seats if post.rank is not Rank.STAFF]
    members = [post.key for post in member_posts(work.session, hotline.key)]
    return [*(post_id for post_id in members if post_id != hotline.leader_post_id), hotline.leader_post_id]


def leaders(work: Work, unit_id: int) -> list[Seat]:
    """Tổ trưởng: the commune's chair (Tứ Kỳ 4.2); for a unit without a hotline its head."""
    hotline = hotline_of(work.session, unit_id)
    if hotline is not None:
        return _seated(work, [hotline.leader_post_id])
    return [(person, post.key) for post, person in holders_in(work.session, unit_id, work.today)[:1]]


def leaders_present(work: Work, unit_id: int) -> list[Seat]:
    """The leader, or where he is away the committee's chief of office."""
    found = [one for one in leaders(work, unit_id) if not hotline_rota.is_away(work, one[0], work.today)]
    return found or chiefs(work)


def chiefs(work: Work) -> list[Seat]:
    """The committee's chief of office, the last to whom an unanswered question climbs."""
    return [(person, None) for person in holders_with_role(work.session, (Role.CHIEF_OF_OFFICE,), work.today)]


def chairs(work: Work) -> list[Person]:
    """The committee's chair, who alone reads complaints."""
    return list(holders_with_role(work.session, (Role.CHAIR,), work.today))


def on_duty(work: Work, unit_id: int) -> list[Seat]:
    """Who can be asked now, whoever has the shift first; who is in a meeting, excused from one, or away, is off."""
    ordered = hotline_rota.in_turn(work, unit_id, team(work, unit_id))
    holder_of.ahead(work.session, ordered, work.today)
    held = _held_now(work)
    present = [seat for seat in _seated(work, ordered) if not hotline_rota.is_away(work, seat[0], work.today)]
    return [seat for seat in present if not called_to(work, seat[0], held)]


def is_in_meeting(work: Work, person: Person) -> bool:
    """Whether he is called to one at this hour: present there, or excused from it, he is not at his desk."""
    return bool(called_to(work, person, _held_now(work)))


def _held_now(work: Work) -> Sequence[Meeting]:
    return overlapping(work.session, work.now, work.now + timedelta(minutes=1))


def busy(work: Work, person: Person, shift: Shift) -> list[Meeting]:
    """The meetings during a shift to which somebody is called."""
    hours = regulation(work).hours
    return called_to(work, person, overlapping(work.session, shift.starts_at(hours), shift.ends_at(hours)))


def called_to(work: Work, person: Person, held: Sequence[Meeting]) -> list[Meeting]:
    """Of these meetings those to which somebody is called: as the chair, as one invited, or as a substitute."""
    if not held:
        return []
    posts = {post.key for post in posts_of(work.session, person.key, work.today)}
    named = substitutions_of(work.session, person.key, min(meeting.starts_at for meeting in held))
    sits_in = {request.meeting_id for request, _meeting in named}
    return [
        meeting
        for meeting in held
        if meeting.chair_id == person.id
        or meeting.id in sits_in
        or any(one.post_id in posts for one in invitations_to(work.session, meeting.key))
    ]


def _seated(work: Work, post_ids: Sequence[int]) -> list[Seat]:
    found = [(holder_of(work.session, post_id, work.today), post_id) for post_id in post_ids]
    return [(person, post_id) for person, post_id in found if person is not None]


def post_in_team(work: Work, person: Person, unit_id: int) -> int | None:
    """The post by which somebody belongs to the team of a unit."""
    mine = {post.key for post in posts_of(work.session, person.key, work.today)}
    return next((post_id for post_id in team(work, unit_id) if post_id in mine), None)


def may_read(work: Work, person: Person, ticket: Ticket) -> bool:
    """Who may act on it, and the team that handed it on; a complaint is the chair's alone."""
    if ticket.is_confidential:
        return may_act(work, person, ticket)
    return may_act(work, person, ticket) or post_in_team(work, person, ticket.home_unit_id) is not None


def may_act(work: Work, person: Person, ticket: Ticket) -> bool:
    """Whoever belongs to the team that has it now, has been asked, or stands above all teams."""
    if ticket.is_confidential:
        return any(chair.id == person.id for chair in chairs(work))
    mine = {post.key for post in posts_of(work.session, person.key, work.today)}
    is_asked = ticket.offered_post_id in mine or ticket.owner_post_id in mine
    return is_asked or post_in_team(work, person, ticket.unit_id) is not None or watches_all(work, person)


def leads(work: Work, person: Person, unit_id: int) -> bool:
    return any(leader.id == person.id for leader, _post in leaders(work, unit_id))


def watches_all(work: Work, person: Person) -> bool:
    """The chief of office sees every commune's questions, but no complaint."""
    return people.has_role(work, person, Role.CHIEF_OF_OFFICE)


def approves(work: Work, person: Person, unit_id: int) -> bool:
    """Whoever decides what a team may use as a ready answer: its leader, or the Office."""
    return leads(work, person, unit_id) or people.has_role(work, person, *people.OFFICE)


def may_take_over(work: Work, person: Person, ticket: Ticket) -> bool:
    """The leader at any time, a colleague once it is overdue: a silent member never blocks the asker."""
    if leads(work, person, ticket.unit_id) or watches_all(work, person):
        return True
    return ticket.due_at <= work.now and post_in_team(work, person, ticket.unit_id) is not None


def may_erase_caller(work: Work, person: Person, ticket: Ticket) -> bool:
    """Its owner, a leader of the team that has or had it, the Office; of a complaint the chair."""
    if ticket.is_confidential:
        return any(chair.id == person.id for chair in chairs(work))
    mine = {post.id for post in posts_of(work.session, person.key, work.today)}
    is_owner = ticket.owner_post_id is not None and ticket.owner_post_id in mine
    is_leader = any(leads(work, person, unit_id) for unit_id in (ticket.unit_id, ticket.home_unit_id))
    return is_owner or is_leader or access.is_office(work, person)


def tell_asker(work: Work, ticket: Ticket, build: Callable[..., Message], *args: Any, **kwargs: Any) -> None:
    """In the chat from which he asked; who asked by telephone is called back by the owner."""
    account = work.session.get(ChannelAccount, ticket.account_id) if ticket.account_id else None
    if account is not None:
        work.tell(account, build, ticket, *args, **kwargs)
