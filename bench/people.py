"""The population: 5,000 officials in fours (chair, head who asks, his deputy, head of the host) and their updates.

Each press concerns four people of its own, so that no limit of a single chat slows anybody down.
"""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bench.contenders.given import FIRST_CHAT, Case
from models.absence import AbsenceRequest
from models.database import Database
from models.duties import Duty, Ping
from models.installation import the_installation
from models.meetings import Answer, Invitation, Meeting, MeetingKind
from models.migrations import migrate
from models.people import Body, ChannelAccount, Person, Post, Tenure, Unit, UnitKind
from rules.absence import Kind, Rank, Reason, State
from rules.duties import DutyKind

OFFICIALS = 5000
CASES = OFFICIALS // 4
FIRST_DAY = date(2020, 1, 1)


def fill(path: Path) -> None:
    """A database with the population and one open request for each case."""
    database = Database(f"sqlite:///{path}")
    migrate(database)
    now = datetime.now(UTC)
    with database.session() as session, session.begin():
        the_installation(session)
        connection = session.connection()
        for table, rows in _rows(now):
            connection.execute(insert(table), rows)
    database.close()


def _rows(now: datetime) -> list[tuple[Any, list[dict[str, Any]]]]:
    numbers = range(1, CASES + 1)
    people = range(1, OFFICIALS + 1)
    starts = now + timedelta(days=7)
    body = {
        "code": "BENCH",
        "name": "UBND tỉnh Sông Mẫu",
        "pack_id": "quoc-gia",
        "adopting_document": "",
        "province": "",
    }
    return [
        (Body, [body | {"superior": "", "is_sample": False, "clock_offset_seconds": 0}]),
        (Unit, [_unit(number) for number in range(1, 2 * CASES + 2)]),
        (Person, [person_row(number) for number in people]),
        (Post, [_post(number) for number in people]),
        (Tenure, [tenure_row(number) for number in people]),
        (ChannelAccount, [account_row(number, now) for number in people]),
        (Meeting, [_meeting(number, now, starts) for number in numbers]),
        (Invitation, [_invitation(number, now) for number in numbers]),
        (AbsenceRequest, [_request(number, now) for number in numbers]),
        (Duty, [_duty(number, starts) for number in numbers]),
        (Ping, [_ping(number, hours, starts) for number in numbers for hours in (2, 24)]),
    ]


def _unit(number: int) -> dict[str, Any]:
    """Of each case the unit that asks (odd) and the unit that is host (even); the last is the committee's leaders."""
    kind = UnitKind.LEADERS if number > 2 * CASES else UnitKind.COMMUNE
    return {"code": f"U{number}", "name": f"UBND xã Mẫu {number}", "kind": kind}


def person_row(number: int) -> dict[str, Any]:
    name = f"Nguyễn Văn {number}"
    return {
        "code": f"P{number}",
        "full_name": name,
        "folded_name": name.lower(),
        "phone": "",
        "language": "vi",
        "preferred_channel": "",
    }


def _post(number: int) -> dict[str, Any]:
    case, place = divmod(number - 1, 4)
    unit = (2 * CASES + 1, 2 * case + 1, 2 * case + 1, 2 * case + 2)[place]
    title = ("Phó Chủ tịch UBND tỉnh", "Chủ tịch UBND xã", "Phó Chủ tịch UBND xã", "Chủ tịch UBND xã")[place]
    rank = (Rank.DEPUTY, Rank.HEAD, Rank.DEPUTY, Rank.HEAD)[place]
    roles = ["pho_chu_tich"] if place == 0 else []
    return {"code": f"V{number}", "title": title, "unit_id": unit, "rank": rank, "roles": roles, "field": ""}


def tenure_row(number: int) -> dict[str, Any]:
    return {"post_id": number, "person_id": number, "from_on": FIRST_DAY, "is_taken_up": True}


def account_row(number: int, now: datetime) -> dict[str, Any]:
    address = str(FIRST_CHAT + number)
    who = {"channel": "telegram", "address": address, "person_id": number, "name": "A", "language": "vi"}
    return who | {"is_reachable": True, "last_seen_at": now - timedelta(days=1)}


def _meeting(number: int, now: datetime, starts: datetime) -> dict[str, Any]:
    what = {
        "code": f"H{number}",
        "title": f"Họp chuyên đề {number}",
        "kind": MeetingKind.THEMATIC,
        "place": "Phòng họp số 1",
    }
    when = {"starts_at": starts, "ends_at": starts + timedelta(hours=2), "created_at": now}
    return what | when | {"convenor": "", "outside_chair": "", "chair_id": 4 * number - 3, "host_unit_id": 2 * number}


def _invitation(number: int, now: datetime) -> dict[str, Any]:
    return {
        "meeting_id": number,
        "post_id": 4 * number - 2,
        "answer": Answer.REQUESTED,
        "is_withdrawn": False,
        "invited_at": now,
    }


def _request(number: int, now: datetime) -> dict[str, Any]:
    about = {
        "meeting_id": number,
        "invitation_id": number,
        "requester_id": 4 * number - 2,
        "substitute_id": 4 * number - 1,
    }
    why = {
        "kind": Kind.SUBSTITUTE,
        "reason": Reason.WORK_TRIP,
        "reason_text": "Đi công tác",
        "state": State.AWAITING_DECISION,
    }
    return about | why | {"pack_id": "quoc-gia", "pack_version": 1, "submitted_at": now}


def _duty(number: int, starts: datetime) -> dict[str, Any]:
    rule = {"clause": "", "pack_id": "quoc-gia", "pack_version": 1}
    owed = {"kind": DutyKind.DECIDE_ABSENCE, "subject_id": number, "what": "", "person_id": 4 * number - 3}
    when = {"opened_at": starts - timedelta(days=7), "due_at": starts, "event_at": starts}
    return rule | owed | when


def _ping(number: int, hours: int, starts: datetime) -> dict[str, Any]:
    due_at = starts - timedelta(hours=hours)
    whom = {"duty_id": number, "stage": f"T-{hours}h", "addressee": f"person:{4 * number - 3}"}
    return whom | {"due_at": due_at, "not_after": starts}


def text(number: int) -> dict[str, Any]:
    """A message of one official; each has a chat of his own."""
    chat = FIRST_CHAT + number
    message = {"message_id": number, "date": 1_800_000_000, "chat": {"id": chat, "type": "private", "first_name": "A"}}
    return {"update_id": number, "message": message | {"from": sender(chat), "text": f"Xin chào {number}"}}


def press(number: int) -> dict[str, Any]:
    """A chair's press on the approve button of his case."""
    case = Case(number)
    chat = {"id": case.chair, "type": "private", "first_name": "A"}
    message = {"message_id": number, "date": 1_800_000_000, "chat": chat, "text": "…"}
    query = {"id": str(number), "from": sender(case.chair), "message": message, "chat_instance": "1"}
    return {"update_id": number, "callback_query": query | {"data": f"absence.decide:{number}:1:approve"}}


def sender(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "A", "language_code": "vi"}
