"""The sheet `Lịch họp`: planned through the same use cases as a meeting that the Office makes in chat."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.i18n import local_day
from bot.work import Work
from models.meetings import MeetingKind, meeting_by_code
from models.offices import holders_in, posts_of
from models.people import Person, Post, Unit, UnitKind
from reports.workbook import CellError, Row
from rules.absence import Rank
from rules.errors import N_, DomainError
from services import meetings
from services.import_people import NO_UNIT
from services.meeting_details import MeetingDetails
from services.register import Register

USUAL_LENGTH = timedelta(hours=2)

NO_CHAIR = N_("There is no person with the code {code}; a chair from outside is written with name and title.")
NO_INVITEE = N_("There is no unit and no person with the code {code}.")
TWO_MEANINGS = N_("{code} is the code of a unit and of a person; give one of them another code.")
NOBODY_THERE = N_("{unit} has nobody who could be invited on that day.")
NO_POST = N_("{name} holds no post on that day.")


def apply_meetings(work: Work, register: Register, rows: Sequence[Row], errors: list[CellError]) -> int:
    """Plan new meetings and change known ones, once nothing in the whole workbook is wrong."""
    wanted = [(row, _details(work, register, row, errors)) for row in rows]
    if errors:
        return 0
    for row, details in wanted:
        if details is not None:
            try:
                _plan_or_change(work, details)
            except DomainError as error:
                errors.append(row.error("Bắt đầu", error.msgid, **error.fields))
    return len(rows)


def _plan_or_change(work: Work, details: MeetingDetails) -> None:
    meeting = meeting_by_code(work.session, details.code)
    if meeting is None:
        meetings.plan(work, details)
        return
    # What the workbook does not know stays as it is.
    before = meetings.details_of(work, meeting)
    details = replace(details, convenor=before.convenor, paper_ids=before.paper_ids)
    if _differs(before, details):
        meetings.change(work, meeting, details)


def _differs(before: MeetingDetails, details: MeetingDetails) -> bool:
    """The order of the invited does not matter; a meeting that is over may stand in the workbook unchanged."""
    return replace(before, post_ids=sorted(before.post_ids)) != replace(details, post_ids=sorted(details.post_ids))


def _details(work: Work, register: Register, row: Row, errors: list[CellError]) -> MeetingDetails | None:
    starts_at = row.moment("Bắt đầu")
    host = register.unit(row.text("Cơ quan chuẩn bị"))
    if host is None and not register.is_failed(row.text("Cơ quan chuẩn bị")):
        errors.append(row.error("Cơ quan chuẩn bị", NO_UNIT, code=row.text("Cơ quan chuẩn bị")))
    chair = _chair(register, row, errors)
    if starts_at is None:
        return None
    posts = _invited(work, register, row, local_day(starts_at), chair, errors)
    if host is None:
        return None
    return MeetingDetails(
        code=row.text("Mã"),
        title=row.text("Tên"),
        kind=MeetingKind(row.text("Loại")),
        starts_at=starts_at,
        ends_at=row.moment("Kết thúc") or starts_at + USUAL_LENGTH,
        place=row.text("Địa điểm"),
        chair_id=chair.id if chair else None,
        outside_chair="" if chair else row.text("Chủ trì"),
        host_unit_id=host.key,
        post_ids=tuple(dict.fromkeys(post.key for post in posts)),
        requires_head=row.flag("Yêu cầu cấp trưởng"),
        series=row.text("Chuỗi họp"),
    )


def _chair(register: Register, row: Row, errors: list[CellError]) -> Person | None:
    """A person of the body; a name from outside gives None. One word alone is a code with a slip in it."""
    text = row.text("Chủ trì")
    person = register.person(text)
    if person is None and text and " " not in text and not register.is_failed(text):
        errors.append(row.error("Chủ trì", NO_CHAIR, code=text))
    return person


def _invited(
    work: Work, register: Register, row: Row, day: date, chair: Person | None, errors: list[CellError]
) -> list[Post]:
    """The posts meant by the codes; who presides is not invited to his own meeting."""
    posts: list[Post] = []
    for code in row.items("Thành phần"):
        unit, person = register.unit(code), register.person(code)
        if unit is not None and person is not None:
            errors.append(row.error("Thành phần", TWO_MEANINGS, code=code))
        elif unit is not None:
            posts += _of_unit(work, row, unit, day, errors)
        elif person is not None:
            posts += _of_person(work, row, person, day, errors)
        elif not register.is_failed(code):
            errors.append(row.error("Thành phần", NO_INVITEE, code=code))
    own = {post.id for post in posts_of(work.session, chair.key, day)} if chair else set()
    return [post for post in posts if post.id not in own]


def _of_unit(work: Work, row: Row, unit: Unit, day: date, errors: list[CellError]) -> list[Post]:
    """A unit stands for its head; with none the first deputy acts."""
    held = [post for post, _person in holders_in(work.session, unit.key, day)]
    heads = [post for post in held if post.rank is Rank.HEAD]
    if unit.kind is UnitKind.LEADERS and heads:
        return heads
    acting = [post for post in held if post.rank in (Rank.HEAD, Rank.DEPUTY)]
    if not acting:
        errors.append(row.error("Thành phần", NOBODY_THERE, unit=unit.name))
    return acting[:1]


def _of_person(work: Work, row: Row, person: Person, day: date, errors: list[CellError]) -> list[Post]:
    posts = posts_of(work.session, person.key, day)
    if not posts:
        errors.append(row.error("Thành phần", NO_POST, name=person.full_name))
    return list(posts[:1])
