"""Whom the hotline's load test plays: 144 communes beyond the sample's with a team each, 10,000 citizens, questions."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from bot.files import FileStore
from bot.i18n import local_day
from bot.work import Work
from models.database import Database
from models.hotline_directory import Hotline, HotlineMember
from models.installation import the_installation
from models.migrations import migrate
from models.people import CalendarDay, ChannelAccount, Person, Post, Switch, Tenure, Unit, UnitKind
from rules.absence import Rank
from rules.text import fold
from services import demo, hotline_directory

CITIZENS = 10_000
FIRST_CITIZEN, FIRST_OFFICIAL = 1_000_000, 2_000_000
# Far from each other and from what citizens ask about, so that every place is found for sure.
GIVEN = ("An", "Bình", "Chung", "Điền", "Giang", "Hưng", "Khánh", "Lộc", "Minh", "Nghĩa", "Phước", "Quảng")
FAMILY = ("Thạch", "Xuân", "Đoài", "Sơn", "Tường", "Vĩnh", "Yên", "Ngọc", "Phù", "Kỳ", "Hải", "Trạch")
# One chat takes a message a second, so 15 questions a second need many on duty.
PLACES = [f"Xã {first} {second}" for first in GIVEN for second in FAMILY]
TEAM = 3
SINCE = date(2020, 1, 1)
# The office is open at whatever hour this runs, so that every question goes to somebody at once.
OPEN = {"hours.morning": "00:00-12:00", "hours.afternoon": "12:00-23:59", "hours.quiet": "23:58-23:59"}


def question(number: int) -> dict[str, Any]:
    """A question by a citizen of his own, which names its commune and fits no procedure: somebody must be asked."""
    chat = FIRST_CITIZEN + number
    who = {"id": chat, "is_bot": False, "first_name": "A", "language_code": "vi"}
    place = PLACES[number % len(PLACES)]
    text = f"Loa phát thanh {place} hỏng đã ba tuần, bao giờ sửa, câu hỏi thứ {number}"
    about = {"message_id": number, "date": 1_800_000_000, "chat": {"id": chat, "type": "private", "first_name": "A"}}
    return {"update_id": number, "message": {**about, "from": who, "text": text}}


def fill(path: Path) -> None:
    """The sample body with its directory, and all of these, known already."""
    database, now = Database(f"sqlite:///{path}"), datetime.now(UTC)
    migrate(database)
    with database.session() as session, session.begin():
        the_installation(session)
        work = Work(session, now, FileStore(path.parent), cause="bench")
        demo.load_people(work, "simulator")
        demo.load_hotlines(work)
        body = session.connection().exec_driver_sql("UPDATE body SET is_sample = 0")
        assert body.rowcount == 1
        for table, rows in _rows(session.connection().exec_driver_sql, now):
            session.connection().execute(insert(table), rows)
        hotline_directory.renew(work)
        work.close()
    database.close()


def _rows(execute: Callable[[str], Any], now: datetime) -> list[tuple[Any, list[dict[str, Any]]]]:
    units, people, posts = (_last(execute, name) for name in ("unit", "person", "post"))
    hotlines = _last(execute, "hotline")
    communes, seats = range(1, len(PLACES) + 1), range(1, TEAM * len(PLACES) + 1)
    today = local_day(now)
    return [
        (Switch, [{"name": name, "value": value, "from_on": SINCE, "basis": ""} for name, value in OPEN.items()]),
        (CalendarDay, [{"day": today + timedelta(days=n), "works": True, "document": "bench"} for n in range(3)]),
        (Unit, [_unit(units + number, place) for number, place in zip(communes, PLACES, strict=True)]),
        (Person, [_person(people + number) for number in seats]),
        (Post, [_post(posts + number, units + (number - 1) // TEAM + 1, (number - 1) % TEAM) for number in seats]),
        (Tenure, [_tenure(posts + number, people + number) for number in seats]),
        (ChannelAccount, [_account(FIRST_OFFICIAL + number, people + number, now) for number in seats]),
        (ChannelAccount, [_account(FIRST_CITIZEN + number, None, now) for number in range(1, CITIZENS + 1)]),
        (Hotline, [_hotline(hotlines + n, units + n, posts + TEAM * (n - 1) + 1) for n in communes]),
        (HotlineMember, [_member(hotlines + (n - 1) // TEAM + 1, posts + n) for n in seats if n % TEAM != 1]),
    ]


def _last(execute: Callable[[str], Any], table: str) -> int:
    return int(execute(f"SELECT max(id) FROM {table}").scalar_one())


def _unit(key: int, place: str) -> dict[str, Any]:
    return {"id": key, "code": f"B{key}", "name": place, "kind": UnitKind.COMMUNE}


def _person(key: int) -> dict[str, Any]:
    name = f"Nguyễn Văn {key}"
    own = {"digest_at": "", "preferred_channel": "", "phone": "", "language": "vi"}
    return {"id": key, "code": f"BP{key}", "full_name": name, "folded_name": fold(name), **own}


def _post(key: int, unit_id: int, place: int) -> dict[str, Any]:
    rank = Rank.HEAD if place == 0 else Rank.STAFF
    return {
        "id": key,
        "code": f"BV{key}",
        "title": "Cán bộ",
        "unit_id": unit_id,
        "rank": rank,
        "roles": [],
        "field": "",
    }


def _tenure(post_id: int, person_id: int) -> dict[str, Any]:
    return {"post_id": post_id, "person_id": person_id, "from_on": SINCE, "is_taken_up": True}


def _account(chat: int, person_id: int | None, now: datetime) -> dict[str, Any]:
    who = {"channel": "telegram", "address": str(chat), "person_id": person_id, "name": "A", "language": "vi"}
    return who | {"is_reachable": True, "last_seen_at": now, "introduced_at": now}


def _hotline(key: int, unit_id: int, leader_post_id: int) -> dict[str, Any]:
    return {"id": key, "unit_id": unit_id, "phone": f"0200 4000 {key:03}", "leader_post_id": leader_post_id}


def _member(hotline_id: int, post_id: int) -> dict[str, Any]:
    return {"hotline_id": hotline_id, "post_id": post_id}
