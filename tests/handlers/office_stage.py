"""The sample body, speaking English so that the words are those of the code, with four of its meetings."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any, TypeVar

from sqlmodel import col, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.absence import AbsenceRequest, requests_for
from models.database import Database
from models.meetings import Invitation, Meeting, MeetingKind, invitations_to, meeting_by_code
from models.offices import holder_of
from models.people import Person, Unit, person_by_code
from rules.workdays import at
from services import demo, meetings, people
from services.demo import Cast
from services.meetings import MeetingDetails, posts_invited_by
from tests.conversation import Phone, Stage

T = TypeVar("T")

INVESTMENT = "Họp về tiến độ giải ngân vốn đầu tư công"
MARKET = "Họp nghe báo cáo phương án chỉnh trang chợ Mẫu Trung"
REFORM = "Hội nghị cải cách hành chính"
DISASTERS = "Hội nghị phòng, chống thiên tai"
# Code, title, days from today, chair (a name with spaces is somebody from outside), units invited.
MEETINGS = (
    ("CD-01", INVESTMENT, 1, Cast.CHAIR, ("STC", "SXD", "SYT")),
    ("CD-02", MARKET, 2, Cast.SECOND_VICE_CHAIR, ("SXD", "STC")),
    ("HN-02", REFORM, 13, Cast.CHAIR, ("SNV", "DMA")),
    ("HN-01", DISASTERS, 7, "Trưởng đoàn công tác trung ương", ("SXD", "SYT", "DMA")),
)


class OfficeStage(Stage):
    """Besides the phones: what the database holds, as plain questions."""

    def __init__(self, database: Database, clock: SetClock, files: FileStore) -> None:
        super().__init__(database, clock, files)
        self.act(demo.load_people)
        self.act(_arrange)

    def ask(self, function: Callable[..., T], *args: Any) -> T:
        return self.database.transact(lambda session: function(self.work(session), *args))

    @property
    def clerk(self) -> Phone:
        return self.phone(Cast.OFFICE)

    @property
    def head(self) -> Phone:
        return self.phone(Cast.FINANCE_HEAD)

    def meeting(self, code: str) -> Meeting:
        return self.ask(_meeting, code)

    def newest_meetings(self) -> list[Meeting]:
        """Those that the Office made in chat, in the order they were made."""
        return self.ask(_made_in_chat)

    def invited(self, code: str) -> list[str]:
        """The codes of those invited."""
        return self.ask(_invited, code)

    def invitation(self, code: str, person: str) -> Invitation:
        return self.ask(_invitation, code, person)

    def request(self, code: str) -> AbsenceRequest:
        """The latest request for a meeting."""
        return self.ask(_request, code)

    def change(self, code: str, **changed: Any) -> None:
        self.act(_change, code, changed)


def _arrange(work: Work) -> None:
    for official in people.officials(work):
        official.person.language = "en"
    for code, title, days, chair, units in MEETINGS:
        presides = person_by_code(work.session, chair)
        day = work.today + timedelta(days=days)
        details = MeetingDetails(
            code=code,
            title=title,
            kind=MeetingKind.THEMATIC,
            starts_at=at(day, time(8)),
            ends_at=at(day, time(10)),
            place="Phòng họp số 1",
            chair_id=presides.id if presides else None,
            outside_chair="" if presides else chair,
            host_unit_id=_unit(work, units[0]).key,
            post_ids=[posts_invited_by(work, _unit(work, unit)) or 0 for unit in units],
        )
        meetings.plan(work, details)


def _unit(work: Work, code: str) -> Unit:
    return work.session.exec(select(Unit).where(Unit.code == code)).one()


def _person(work: Work, code: str) -> Person:
    found = person_by_code(work.session, code)
    assert found is not None
    return found


def _meeting(work: Work, code: str) -> Meeting:
    found = meeting_by_code(work.session, code)
    assert found is not None
    return found


def _made_in_chat(work: Work) -> list[Meeting]:
    return [
        meeting
        for meeting in work.session.exec(select(Meeting).order_by(col(Meeting.id))).all()
        if meeting.code.startswith("H-")
    ]


def _request(work: Work, code: str) -> AbsenceRequest:
    return requests_for(work.session, _meeting(work, code).key)[-1]


def _holders(work: Work, code: str) -> list[tuple[Invitation, Person | None]]:
    invitations = invitations_to(work.session, _meeting(work, code).key)
    return [(each, holder_of(work.session, each.post_id, work.today)) for each in invitations]


def _invited(work: Work, code: str) -> list[str]:
    return [holder.code for _invitation, holder in _holders(work, code) if holder is not None]


def _invitation(work: Work, code: str, person: str) -> Invitation:
    return next(each for each, holder in _holders(work, code) if holder is not None and holder.code == person)


def _change(work: Work, code: str, changed: dict[str, Any]) -> None:
    work.actor = _person(work, Cast.CHIEF_OF_OFFICE)
    meeting = _meeting(work, code)
    meetings.change(work, meeting, replace(meetings.details_of(work, meeting), **changed))
