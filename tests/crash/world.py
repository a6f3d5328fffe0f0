"""The sample body on Telegram, ready for a crowd: everybody linked, meetings planned, requests waiting."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, select

from bot.files import FileStore
from bot.work import Work
from models.absence import AbsenceRequest
from models.database import Database
from models.meetings import Invitation, Meeting, MeetingKind, invitations_to
from models.offices import holder_of
from models.outbox import OutboxMessage
from models.people import ChannelAccount, Person, Unit, person_by_code
from rules.absence import Kind, Reason
from services import absence, demo, meetings, substitution
from services.demo import Cast

FIRST_CHAT = 5000
# Each of these units has a head and a deputy with a chat.
UNITS = ("SNV", "STC", "SXD", "SNNMT", "SGDDT", "SCT", "MTR", "MDO", "MTH", "BMA")
CHAIRS = (Cast.CHAIR, Cast.VICE_CHAIR, Cast.SECOND_VICE_CHAIR, "PCT3")


@dataclass(frozen=True)
class Tap:
    """A press that somebody is going to make."""

    chat_id: int
    token: str


@dataclass(frozen=True)
class Form:
    """A request that somebody is going to make step by step."""

    chat_id: int
    invitation_id: int


@dataclass
class World:
    """`approvals` and `acceptances` are presses whose effect is known; so are the invitations of `forms`."""

    approvals: list[Tap]
    acceptances: list[Tap]
    forms: list[Form]


def build(
    database: Database, files: FileStore, now: datetime, requests: int, forms: int = 0, channel: str = "telegram"
) -> World:
    """A body with so many requests that wait for an approval, and so many invitations that wait for a form."""

    def load(session: Session) -> World:
        work = Work(session, now, files, cause="world")
        demo.load_people(work)
        _link(session, channel)
        invitations = _invite(work, requests + forms)
        world = World([], [], [])
        for invitation in invitations[:requests]:
            _request(work, world, invitation)
        for invitation in invitations[requests:]:
            world.forms.append(Form(_chat(session, _holder(work, invitation)), invitation.key))
        work.close()
        # What was said up to now is not looked at, and would only take time to deliver.
        session.connection().execute(delete(OutboxMessage))
        return world

    return database.transact(load)


def _link(session: Session, channel: str) -> None:
    for number, account in enumerate(session.exec(select(ChannelAccount).order_by(col(ChannelAccount.id)))):
        account.channel, account.address = channel, str(FIRST_CHAT + number)
    session.flush()


def _chat(session: Session, person: Person) -> int:
    return int(session.exec(select(ChannelAccount.address).where(ChannelAccount.person_id == person.id)).one())


def _holder(work: Work, invitation: Invitation) -> Person:
    holder = holder_of(work.session, invitation.post_id, work.today)
    assert holder is not None
    return holder


def _invite(work: Work, count: int) -> list[Invitation]:
    """Meetings of a few chairs in turn, a day apart, until there are enough invitations."""
    session = work.session
    units = [session.exec(select(Unit).where(Unit.code == code)).one() for code in UNITS]
    posts = [post for unit in units if (post := meetings.posts_invited_by(work, unit)) is not None]
    found: list[Invitation] = []
    while len(found) < count:
        number = len(found) // len(posts) + 1
        chair = person_by_code(session, CHAIRS[number % len(CHAIRS)])
        assert chair is not None
        starts_at = work.now + timedelta(days=2 + number)
        details = meetings.MeetingDetails(
            code=f"M-{number}", title=f"Họp số {number}", kind=MeetingKind.THEMATIC, host_unit_id=units[0].key,
            starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), post_ids=posts, chair_id=chair.id,
        )  # fmt: skip
        found += invitations_to(session, meetings.plan(work, details).key)
    return found[:count]


def _request(work: Work, world: World, invitation: Invitation) -> None:
    """A request with a substitute, sent; his and the chair's presses are still to come."""
    session = work.session
    meeting = session.get_one(Meeting, invitation.meeting_id)
    substitute = next(c for c in substitution.candidates(work, invitation, meeting) if c.verdict.allowed).person
    work.actor = _holder(work, invitation)
    details = absence.Details(kind=Kind.SUBSTITUTE, reason=Reason.WORK_TRIP, substitute_id=substitute.id)
    request: AbsenceRequest = absence.submit(work, [invitation], details)[0]
    work.actor = None
    chair = session.get_one(Person, meeting.chair_id)
    approve = f"absence.decide:{request.id}:{request.version}:approve"
    world.approvals.append(Tap(_chat(session, chair), approve))
    world.acceptances.append(Tap(_chat(session, substitute), f"substitute.accept:{request.id}:{request.version}:"))
