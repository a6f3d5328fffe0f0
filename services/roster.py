"""The sheet to sign (*danh sách ký tên*): printed before the meeting, typed into the record afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.i18n import use_language
from bot.messages import Attachment
from bot.work import Work
from models.attendance import Method
from models.meetings import Meeting
from models.offices import holders_in
from models.people import Person
from rules import roster as rules
from rules.attendance import ABSENCES
from rules.errors import N_, InvalidInputError
from rules.roster import Line
from rules.text import fold
from services import access, attendance, open_records, people, roll_call
from services.notices import attendance as notices
from services.notices import words
from services.seats import Seat, seats

NO_NUMBER = N_("the sheet has the numbers 1 to {count}")
NOBODY = N_("nobody of this unit has “{letters}” in the name")
SEVERAL = N_("“{letters}” may be {names}; please type more of the name")
EMPTY_POST = N_("number {number}: nobody holds this post today")


@dataclass(frozen=True, slots=True)
class Signed:
    """One line of the sheet as it was typed: `text` for its times, the seats it is about, who signed for another."""

    text: str
    invitation_ids: Sequence[int]
    person_id: int | None = None

    def to_json(self) -> list[Any]:
        return [self.text, list(self.invitation_ids), self.person_id]

    @staticmethod
    def from_json(data: Sequence[Any]) -> "Signed":
        return Signed(data[0], data[1], data[2])


def numbered(work: Work, meeting: Meeting) -> list[Seat]:
    """The seats in the order of the sheet, which is that of the roll call."""
    return roll_call.by_unit(work, seats(work, meeting))


def sheet(work: Work, meeting: Meeting, link: str) -> Attachment:
    """The sheet to print, with what is known already; `link` is the address in the square, if there is one."""
    # What draws up documents is loaded with the first one, not at every start.
    from reports import letters
    from reports import roster as documents

    # Documents of the body are in its own language, whoever asks for them.
    with use_language("vi"):
        lines = [_line(work, seat) for seat in numbered(work, meeting)]
        chair = words.chair_name(work, meeting)
    facts = letters.MeetingFacts(meeting.title, meeting.starts_at, meeting.place, chair)
    code = attendance.door_code(work, meeting)
    printed = documents.Sheet(facts, [documents.Line(*line) for line in lines], code, link)
    return work.attach(f"Danh-sach-ky-ten-{meeting.code}.docx", documents.roster(printed))


def _line(work: Work, seat: Seat) -> tuple[str, str, str]:
    """Name, title, and what is known of him before he comes."""
    title = people.full_title(seat.post, people.unit_of(work, seat.post))
    if seat.holder is None:
        return "", title, ""
    known = ", ".join(notices.status_words(one) for one in seat.statuses if one in ABSENCES and seat.request)
    who = attendance.expected(work, seat)
    if who.id == seat.holder.id:
        return who.full_name, title, known
    return who.full_name, f"thay {words.comrade(seat.holder)}, {title}", ""


def read(work: Work, meeting: Meeting, found: Sequence[Seat], text: str) -> Signed:
    """A typed line, or InvalidInputError; `found` are the seats in the order of the sheet."""
    line = rules.read(text)
    _moments(work, meeting, line)
    if not 1 <= line.first <= line.last <= len(found):
        raise InvalidInputError(NO_NUMBER, count=len(found))
    meant = found[line.first - 1 : line.last]
    for number, seat in enumerate(meant, line.first):
        if seat.holder is None and not line.instead:
            raise InvalidInputError(EMPTY_POST, number=number)
    other = _called(work, meant[0], line.instead) if line.instead else None
    return Signed(text, [seat.invitation.key for seat in meant], other.id if other else None)


def _moments(work: Work, meeting: Meeting, line: Line) -> list[Any]:
    return list(rules.moments(line, meeting.starts_at - roll_call.BEFORE, meeting.ends_at, work.now))


def _called(work: Work, seat: Seat, letters: str) -> Person:
    """Whom of the seat's unit the letters mean."""
    wanted = fold(letters)
    unit = holders_in(work.session, seat.post.unit_id, work.today)
    named = {person.key: person for _post, person in unit if wanted in fold(person.full_name)}
    if not named:
        raise InvalidInputError(NOBODY, letters=letters)
    if len(named) > 1:
        names = ", ".join(person.full_name for person in named.values())
        raise InvalidInputError(SEVERAL, letters=letters, names=names)
    return next(iter(named.values()))


def enter(work: Work, meeting: Meeting, typed: Sequence[Signed]) -> int:
    """Write what the sheet says: when it happened and, apart, when it was typed and by whom; returns how many seats."""
    access.require_office(work)
    roll_call.hold(work, meeting)
    by_key = {seat.invitation.key: seat for seat in seats(work, meeting)}
    # Of two lines about one seat the later corrects the earlier.
    last = {key: signed for signed in typed for key in signed.invitation_ids if key in by_key}
    for key, signed in last.items():
        _enter(work, meeting, by_key[key], signed)
    open_records.settle(work, meeting)
    return len(last)


def _enter(work: Work, meeting: Meeting, seat: Seat, signed: Signed) -> None:
    line = rules.read(signed.text)
    if line.is_absent:
        if seat.is_present or not seat.is_missed:
            attendance.mark_absent(work, meeting, seat, Method.PAPER)
        return
    came, left = [*_moments(work, meeting, line), None, None][:2]
    person = access.person(work, signed.person_id) if signed.person_id else attendance.expected(work, seat)
    seen = seat.seen if seat.sitting is not None and seat.sitting.id == person.id else None
    if seen is None or (came is not None and came != seen.arrived_at):
        at = came or min(work.now, meeting.starts_at)
        seat = attendance.arrive(work, meeting, seat, person, Method.PAPER, at)
        seen = seat.seen
    if left is not None and (seen is None or seen.left_at != left):
        attendance.leave(work, meeting, seat, Method.PAPER, left)
