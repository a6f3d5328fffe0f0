"""Who can be played, and with whom a newcomer should begin."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlmodel import Session

from bot.adapters.simulator.phones import CITIZENS
from bot.i18n import full_date, local_day, short_moment
from models.meetings import Answer, Meeting, invitations_to
from models.offices import holder_of, holders_in, holders_with_role
from models.people import Person, Post, Role, Unit, UnitKind, the_body
from models.simulator import all_units, coming_meetings, unread
from rules.absence import Rank

LOOK_AHEAD = 30

Part: TypeAlias = tuple[str, Person]


def people(session: Session, now: datetime) -> dict[str, Any]:
    """The units with their people, the citizens, and whom to begin with."""
    today, waiting = local_day(now), _unread_by_address(session)
    return {
        "body": _body_name(session),
        "units": [_unit(session, unit, today, waiting) for unit in all_units(session)],
        "citizens": [
            {"code": code, "name": name, "title": "", "unread": waiting.get(code, 0)} for code, name in CITIZENS.items()
        ],
        "suggested": _suggested(session, now),
    }


def _body_name(session: Session) -> str:
    body = the_body(session)
    return body.name if body else ""


def _unread_by_address(session: Session) -> dict[str, int]:
    waiting: dict[str, int] = {}
    for _channel, address, number in unread(session):
        waiting[address] = waiting.get(address, 0) + number
    return waiting


def _unit(session: Session, unit: Unit, today: date, waiting: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": unit.name,
        "people": [
            {
                "code": person.code,
                "name": person.full_name,
                "title": post.title,
                "unit": unit.name,
                "roles": post.roles,
                "unread": waiting.get(person.code, 0),
            }
            for post, person in holders_in(session, unit.key, today)
        ],
    }


def _suggested(session: Session, now: datetime) -> dict[str, Any] | None:
    """The parts of the main job at the nearest meeting that has them all; None when none has."""
    today = local_day(now)
    for meeting in coming_meetings(session, now, LOOK_AHEAD):
        parts = _parts(session, meeting, today)
        if parts:
            return {
                "meeting": meeting.title,
                "when": short_moment(meeting.starts_at),
                "date": full_date(local_day(meeting.starts_at)),
                "parts": [{"part": part, "code": person.code} for part, person in parts],
            }
    return None


def _parts(session: Session, meeting: Meeting, today: date) -> Sequence[Part]:
    chair = session.get(Person, meeting.chair_id) if meeting.chair_id else None
    if chair is None:
        return []
    for post in _heads_asked(session, meeting):
        head, substitute = holder_of(session, post.key, today), _deputy(session, post, today)
        if head is None or substitute is None or len({chair.key, head.key, substitute.key}) < 3:
            continue
        known = {chair.key, head.key, substitute.key}
        return [("head", head), ("chair", chair), ("substitute", substitute), *_office(session, today, known)]
    return []


def _heads_asked(session: Session, meeting: Meeting) -> Sequence[Post]:
    """Heads who have not answered; those of specialist units first, as the clearest example."""
    specialist = {unit.key for unit in all_units(session) if unit.kind == UnitKind.SPECIALIST}
    open_ones = [one for one in invitations_to(session, meeting.key) if one.answer == Answer.NONE]
    posts = [session.get(Post, invitation.post_id) for invitation in open_ones]
    heads = [post for post in posts if post is not None and post.rank == Rank.HEAD]
    return sorted(heads, key=lambda post: post.unit_id not in specialist)


def _deputy(session: Session, post: Post, today: date) -> Person | None:
    holders = holders_in(session, post.unit_id, today)
    return next((person for other, person in holders if other.rank == Rank.DEPUTY), None)


def _office(session: Session, today: date, taken: set[int]) -> Sequence[Part]:
    clerks = holders_with_role(session, [Role.OFFICE], today)
    return [("office", person) for person in clerks if person.key not in taken][:1]
