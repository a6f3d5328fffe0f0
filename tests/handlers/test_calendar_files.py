"""What goes into a telephone's calendar: with the invitation, after a change, and taken out again."""

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar
from sqlmodel import col, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.files import StoredFile
from models.meetings import meeting_by_code
from models.people import Person
from rules.absence import Kind, Reason
from services import absence, decisions, meetings, substitution
from services.absence import Details
from services.demo import Cast
from services.seats import seats
from tests.handlers.office_stage import OfficeStage
from tests.handlers.test_statistics import acting, invitation_of


@pytest.fixture
def stage(database: Database, clock: SetClock, files: FileStore) -> OfficeStage:
    return OfficeStage(database, clock, files)


def entries(stage: OfficeStage, name: str) -> list[tuple[str, Any]]:
    """Method and event of every file of this name, in the order in which they were made."""

    def read(work: Work) -> list[bytes]:
        found = work.session.exec(select(StoredFile).where(StoredFile.name == name).order_by(col(StoredFile.id)))
        return [work.files.read(file.digest) for file in found]

    calendars = [Calendar.from_ical(content) for content in stage.ask(read)]
    return [(str(calendar["METHOD"]), calendar.walk("VEVENT")[0]) for calendar in calendars]


def cancel(work: Work) -> None:
    acting(work, Cast.OFFICE)
    meeting = meeting_by_code(work.session, "CD-01")
    assert meeting is not None
    meetings.cancel(work, meeting, "")


def test_an_entry_is_changed_and_taken_out_under_the_same_name(stage: OfficeStage) -> None:
    moved_to = stage.meeting("CD-01").starts_at + timedelta(hours=1)
    stage.change("CD-01", starts_at=moved_to)
    stage.act(cancel)
    stage.head.sees_last("Cancelled: ")
    assert stage.head.last.files == ["CD-01.ics"]
    (planned, first), (changed, second), (cancelled, last) = entries(stage, "CD-01.ics")
    assert (planned, changed, cancelled) == ("PUBLISH", "PUBLISH", "CANCEL")
    assert first["UID"] == second["UID"] == last["UID"]
    assert first["SEQUENCE"] < second["SEQUENCE"] < last["SEQUENCE"]
    assert second.decoded("DTSTART") == moved_to


def test_the_substitute_gets_it_once_both_have_agreed(stage: OfficeStage) -> None:
    meeting = stage.meeting("CD-01")
    deputy = stage.phone(Cast.FINANCE_DEPUTY)

    def asks(work: Work) -> None:
        acting(work, Cast.FINANCE_HEAD)
        person = work.session.exec(select(Person).where(Person.code == Cast.FINANCE_DEPUTY)).one()
        details = Details(kind=Kind.SUBSTITUTE, reason=Reason.WORK_TRIP, substitute_id=person.key)
        absence.submit(work, [invitation_of(work, Cast.FINANCE_HEAD, meeting)], details)

    def accepts(work: Work) -> None:
        acting(work, Cast.FINANCE_DEPUTY)
        [request] = [seat.request for seat in seats(work, meeting) if seat.request]
        substitution.accept(work, request)

    def approves(work: Work) -> None:
        acting(work, Cast.CHAIR)
        [request] = [seat.request for seat in seats(work, meeting) if seat.request]
        decisions.approve(work, request)

    stage.act(asks)
    stage.act(accepts)
    assert not any("CD-01.ics" in bubble.files for bubble in deputy.bubbles)
    stage.act(approves)
    deputy.sees_last("You sit in for")
    assert "CD-01.ics" in deputy.last.files
