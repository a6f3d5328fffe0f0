"""What happens to the body between the lines of a chat: meetings change, people leave, rules are adopted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.absence import AbsenceRequest, requests_for
from models.meetings import Meeting, meeting_by_code
from models.people import Person, Post, Switch, Tenure, person_by_code, the_body
from rules.workdays import at
from services import attendance, demo, meetings
from services.demo import Cast
from tests.transcripts.script import Line, ScriptError


def meeting(work: Work, code: str) -> Meeting:
    found = meeting_by_code(work.session, code)
    assert found is not None, f"no meeting {code}"
    return found


def person(work: Work, code: str) -> Person:
    found = person_by_code(work.session, code)
    assert found is not None, f"no person {code}"
    return found


def request(work: Work, requester: str, meeting_code: str) -> AbsenceRequest:
    """The latest request of somebody for a meeting."""
    asked_by = person(work, requester).id
    rows = requests_for(work.session, meeting(work, meeting_code).key)
    return [row for row in rows if row.requester_id == asked_by][-1]


def door_code(work: Work, code: str) -> str:
    """What stands at the door of a meeting; another one each time, so that a page never shows it."""
    return attendance.door_code(work, meeting(work, code))


def play(work: Work, line: Line) -> None:
    """One line that begins with `*`: the Office acts where no chat is shown."""
    work.actor = person(work, Cast.OFFICE)
    for start, act in _ACTS.items():
        head, found, rest = line.words.partition(f" {start}")
        if found:
            act(work, head, rest.strip(), *line.quoted)
            return
    raise ScriptError(f"line {line.number}: {line.words}")


def _change(work: Work, code: str, **changed: Any) -> None:
    found = meeting(work, code)
    meetings.change(work, found, replace(meetings.details_of(work, found), **changed))


def _span(day: datetime, text: str) -> tuple[datetime, datetime]:
    start, end = (time.fromisoformat(part) for part in text.split("-"))
    return at(local_day(day), start), at(local_day(day), end)


def _change_time(work: Work, code: str, rest: str) -> None:
    """`15:00-17:00`, or `15:00-17:00 25/11/2026`."""
    span, _space, day = rest.partition(" ")
    held_on = datetime.strptime(f"{day} +0700", "%d/%m/%Y %z") if day else meeting(work, code).starts_at
    starts_at, ends_at = _span(held_on, span)
    _change(work, code, starts_at=starts_at, ends_at=ends_at)


def _change_place(work: Work, code: str, _rest: str, place: str) -> None:
    _change(work, code, place=place)


def _change_chair(work: Work, code: str, rest: str) -> None:
    _change(work, code, chair_id=person(work, rest).id, outside_chair="")


def _post_of(work: Work, code: str) -> int:
    tenure = work.session.exec(select(Tenure).where(Tenure.person_id == person(work, code).id)).first()
    assert tenure is not None
    return tenure.post_id


def _invite(work: Work, code: str, rest: str) -> None:
    posts = meetings.details_of(work, meeting(work, code)).post_ids
    _change(work, code, post_ids=(*posts, _post_of(work, rest)))


def _disinvite(work: Work, code: str, rest: str) -> None:
    posts = meetings.details_of(work, meeting(work, code)).post_ids
    _change(work, code, post_ids=tuple(post for post in posts if post != _post_of(work, rest)))


def _cancel(work: Work, code: str, _rest: str, reason: str) -> None:
    meetings.cancel(work, meeting(work, code), reason)


def _resign(work: Work, code: str, _rest: str) -> None:
    for tenure in work.session.exec(select(Tenure).where(Tenure.person_id == person(work, code).id)).all():
        tenure.to_on = work.today - timedelta(days=1)


def _succeed(work: Work, code: str, rest: str) -> None:
    post_id = _post_of(work, rest)
    _resign(work, rest, "")
    work.session.add(Tenure(post_id=post_id, person_id=person(work, code).key, from_on=work.today))


def _lose_roles(work: Work, code: str, _rest: str) -> None:
    post = work.session.get_one(Post, _post_of(work, code))
    post.roles = []


def _switch(work: Work, _head: str, rest: str) -> None:
    name, value = (part.strip() for part in rest.split("="))
    work.session.add(Switch(name=name, value=value, from_on=work.today))


def _no_adopting_document(work: Work, _head: str, _rest: str) -> None:
    body = the_body(work.session)
    assert body is not None
    body.adopting_document = ""


def _load_programme(work: Work, _head: str, _rest: str) -> None:
    demo.load_programme(work)


def _set_up_hotlines(work: Work, _head: str, _rest: str) -> None:
    demo.load_hotlines(work)


_ACTS: dict[str, Callable[..., None]] = {
    "đổi giờ": _change_time,
    "đổi địa điểm": _change_place,
    "đổi chủ trì": _change_chair,
    "mời thêm": _invite,
    "thôi mời": _disinvite,
    "hủy họp": _cancel,
    "thôi giữ chức": _resign,
    "thay giữ chức": _succeed,
    "thôi vai trò": _lose_roles,
    "đặt": _switch,
    "nạp chương trình công tác": _load_programme,
    "lập đường dây nóng": _set_up_hotlines,
    "chưa có văn bản áp dụng": _no_adopting_document,
}


def start_of(work: Work, code: str) -> datetime:
    """When the meeting starts, or started."""
    return work.session.exec(select(Meeting.starts_at).where(col(Meeting.code) == code)).one()
