"""Where citizens ask the hotline of the sample body's communes, under Tứ Kỳ."""

from datetime import date, datetime, time, timedelta

from sqlmodel import col, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.hotline import Ticket
from models.meetings import Invitation, Meeting, MeetingKind
from models.people import Unit, person_by_code
from rules.workdays import at
from services import demo, hotline_people, people
from tests.conversation import Phone, Stage
from tests.handlers.task_stage import under

# A Friday, at work; the 24th of November is off.
STARTS = at(date(2026, 11, 20), time(8))
MIDDLE = "Phường Mẫu Trung"
NOT_HELPED = "Chưa được, hỏi đường dây nóng"


def still_asks(phone: Phone) -> Phone:
    """Where a guide was shown, it has not helped."""
    return phone.presses(NOT_HELPED) if NOT_HELPED in phone.last.buttons else phone


class HotlineStage(Stage):
    """Phones of citizens, of whoever is on duty in a commune, and of those to whom a question climbs."""

    def __init__(self, database: Database, files: FileStore) -> None:
        super().__init__(database, SetClock(STARTS), files)
        self.act(demo.load_people)
        self.act(demo.load_hotlines)
        under(self, "tu-ky-2023")

    def on_duty(self, unit: str = "MTR", nth: int = 0) -> Phone:
        """The phone of whoever is asked first, second … at this hour."""

        def code(work):  # type: ignore[no-untyped-def]
            found = work.session.exec(select(Unit).where(Unit.code == unit)).one()
            return hotline_people.on_duty(work, found.key)[nth][0].code

        return self.phone(self.act(code))

    def leader(self, unit: str = "MTR") -> Phone:
        return self.phone(f"{unit}01")

    def citizen(self, name: str = "dan-1") -> Phone:
        return self.stranger(name)

    def asked(self, text: str = "Cho hỏi giờ tiếp dân", place: str = MIDDLE, name: str = "dan-1") -> Phone:
        """A citizen whose question has arrived, also where something could be answered at once."""
        return still_asks(self.citizen(name).says(text).presses(place))

    @property
    def ticket(self) -> Ticket:
        """The newest."""
        newest = select(Ticket).order_by(col(Ticket.id).desc()).limit(1)
        return self.database.transact(lambda session: session.exec(newest).one())

    def unit_id(self, code: str = "MTR") -> int:
        return self.database.transact(lambda session: session.exec(select(Unit).where(Unit.code == code)).one().key)

    def meeting(self, starts_at: datetime, *invited: str) -> None:
        """Two hours, to which these persons are called by their posts."""

        def call(work: Work) -> None:
            host = work.session.exec(select(Unit).where(Unit.code == "MTR")).one()
            made = Meeting(
                code=f"HOP-{starts_at:%d%H%M}",
                title="Họp giao ban",
                kind=MeetingKind.BRIEFING,
                starts_at=starts_at,
                ends_at=starts_at + timedelta(hours=2),
                outside_chair="Sở Nội vụ",
                host_unit_id=host.key,
                created_at=work.now,
            )
            work.session.add(made)
            work.session.flush()
            for code in invited:
                person = person_by_code(work.session, code)
                post = people.main_post(work, person) if person else None
                assert post
                work.session.add(Invitation(meeting_id=made.key, post_id=post.key, invited_at=work.now))

        self.act(call)

    def later(self, minutes: int) -> None:
        self.pass_time(by=timedelta(minutes=minutes))
