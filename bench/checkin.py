"""`python -m bench.checkin`: a hall checks in within a minute through Telegram, while the Office calls the roll.

300 people, every other by the square at the door, the others by their own tap; meanwhile a clerk enters 40 who came
without a telephone, one after the other. The fake API takes 30 messages a second in all, and one a second to a chat
with bursts of three; what is more it refuses with 429. Everybody must be on record once, and the chair's head count
must follow.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from bench.cases import Update, percentile
from bench.contenders.given import FIRST_CHAT
from bench.people import account_row, person_row, sender, tenure_row
from bench.processes import OURS, Contender, Server
from models.attendance import AttendanceEntry
from models.base import Table
from models.database import Database
from models.installation import the_installation
from models.meetings import Answer, Invitation, Meeting, MeetingKind
from models.migrations import migrate
from models.people import Body, ChannelAccount, Person, Post, Role, Tenure, Unit, UnitKind
from rules.absence import Rank

WITH_PHONE, WITHOUT = 300, 40
GUESTS = WITH_PHONE + WITHOUT
CHAIR, CLERK = GUESTS + 1, GUESTS + 2
EVERYBODY = range(1, CLERK + 1)
CODE = "HBENCH"
# The platform's limits, and the longest that the card may be behind.
IN_ALL, BURST = 30, 3
STALE_SECONDS = 3.0
PRESENT = re.compile(r"có mặt (\d+)")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.checkin", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0, help="in which all come (default 60)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="thuky-bench-") as name, Server() as server:
        folder = Path(name)
        _fill(folder / "population.db")
        settings = {"THUKY_TELEGRAM_RATE": str(IN_ALL)}
        with Contender(server, OURS, 1, folder / "1", folder / "population.db", settings=settings) as contender:
            record = _play(contender, asked.seconds)
        print(*_verdicts(record, folder / "1" / "bench.db"), sep="\n")


def _fill(path: Path) -> None:
    """A meeting that starts in ten minutes: the head count is being shown, and the door is open."""
    with closing(Database(f"sqlite:///{path}")) as database:
        migrate(database)
        now = datetime.now(UTC)
        with database.session() as session, session.begin():
            the_installation(session)
            for table, rows in _rows(now):
                session.connection().execute(insert(table), rows)


def _rows(now: datetime) -> list[tuple[type[Table], list[dict[str, Any]]]]:
    body = {"code": "BENCH", "name": "UBND tỉnh Sông Mẫu", "pack_id": "quoc-gia", "adopting_document": ""}
    leaders = {"code": "LD", "name": "Lãnh đạo UBND tỉnh Sông Mẫu", "kind": UnitKind.LEADERS}
    communes = [_unit(number) for number in range(1, GUESTS + 1)]
    accounts = [account_row(number, now) for number in EVERYBODY]
    meeting = {
        "code": "HN-BENCH",
        "title": "Hội nghị toàn tỉnh với UBND các xã, phường",
        "kind": MeetingKind.CONFERENCE,
        "starts_at": now + timedelta(minutes=10),
        "ends_at": now + timedelta(hours=3),
        "place": "Hội trường lớn",
        "chair_id": CHAIR,
        "host_unit_id": CHAIR,
        "check_in_code": CODE,
        "created_at": now - timedelta(days=7),
    }
    return [
        (Body, [body | {"province": "", "superior": "", "is_sample": False, "clock_offset_seconds": 0}]),
        (Unit, [*communes, leaders]),
        (Person, [person_row(number) for number in EVERYBODY]),
        (Post, [_post(number) for number in EVERYBODY]),
        (Tenure, [tenure_row(number) for number in EVERYBODY]),
        (ChannelAccount, accounts),
        (Meeting, [meeting | {"convenor": "", "outside_chair": ""}]),
        (Invitation, [_invitation(number, now) for number in range(1, GUESTS + 1)]),
    ]


def _unit(number: int) -> dict[str, Any]:
    return {"code": f"X{number:03}", "name": f"UBND xã Mẫu Thượng {number}", "kind": UnitKind.COMMUNE}


def _post(number: int) -> dict[str, Any]:
    titles = {CHAIR: "Chủ tịch UBND tỉnh", CLERK: "Chuyên viên Văn phòng"}
    roles = {CHAIR: [Role.CHAIR], CLERK: [Role.OFFICE]}.get(number, [])
    unit = min(number, CHAIR)
    post = {"code": f"V{number}", "title": titles.get(number, "Chủ tịch UBND xã"), "unit_id": unit, "field": ""}
    return post | {"rank": Rank.STAFF if number == CLERK else Rank.HEAD, "roles": roles}


def _invitation(number: int, now: datetime) -> dict[str, Any]:
    about = {"meeting_id": 1, "post_id": number, "answer": Answer.NONE, "is_withdrawn": False}
    return about | {"invited_at": now - timedelta(days=7)}


def _updates() -> list[Update]:
    """In the order in which they come: after every few who check in themselves one whom the clerk enters."""
    every = WITH_PHONE // WITHOUT
    coming: list[Update] = []
    entered = WITH_PHONE
    for number in range(1, WITH_PHONE + 1):
        coming.append(_reads_square(number) if number % 2 else _press(number, number, "check_in.here:1:0:"))
        if number % every == 0 and entered < GUESTS:
            entered += 1
            page = (entered - 1) // 20
            coming.append(_press(entered, CLERK, f"attendance.tap:{entered}:0:p.{page}"))
    return coming


def _reads_square(number: int) -> Update:
    chat = FIRST_CHAT + number
    message = {"message_id": number, "date": 1_800_000_000, "chat": _chat(chat), "from": sender(chat)}
    return {"update_id": number, "message": message | {"text": f"/start hop-{CODE}"}}


def _press(number: int, who: int, data: str) -> Update:
    chat = FIRST_CHAT + who
    message = {"message_id": 10_000 + who, "date": 1_800_000_000, "chat": _chat(chat), "text": "…"}
    query = {"id": str(number), "from": sender(chat), "message": message, "chat_instance": "1"}
    return {"update_id": number, "callback_query": query | {"data": data}}


def _chat(chat: int) -> dict[str, Any]:
    return {"id": chat, "type": "private", "first_name": "A"}


def _play(contender: Contender, seconds: float) -> dict[str, Any]:
    """Hand out, wait for the last card; the record, with the CPU that it cost."""
    contender.wait_for_poll()
    updates = _updates()
    chair = str(FIRST_CHAT + CHAIR)
    contender.ask("load", updates=updates, delay=0.0, limits=[IN_ALL, BURST], watched=[chair])
    # The first card has been shown by then.
    time.sleep(STALE_SECONDS + 2)
    before = contender.cpu_seconds()
    contender.ask("release", rate=len(updates) / seconds)
    deadline = time.monotonic() + seconds + 30
    while True:
        time.sleep(0.5)
        record: dict[str, Any] = contender.ask("record")
        cards = [int(found[1]) for _, text, _ in record["shown"] if (found := PRESENT.search(text))]
        if GUESTS in cards or time.monotonic() > deadline:
            break
    # What is written down after the last answer belongs to the work too.
    time.sleep(2)
    record = contender.ask("record")
    return record | {"cpu": contender.cpu_seconds() - before}


def _verdicts(record: dict[str, Any], database: Path) -> list[str]:
    handed = [at for _, at in sorted(record["handed"], key=lambda one: one[1])]
    chats = {FIRST_CHAT + number: at for number, at in record["handed"] if number <= WITH_PHONE}
    answers = [at - chats[int(key)] for _, key, at in record["calls"] if key.isdecimal() and int(key) in chats]
    cards = [(int(found[1]), at) for _, text, at in record["shown"] if (found := PRESENT.search(text))]
    stale = _staleness(handed, cards)
    seats, entries = _entered(database)
    edits = sum(method.startswith("edit") for method, _, _ in record["calls"])
    return [
        f"came {len(handed)} within {handed[-1] - handed[0]:.1f} s; on record {seats}, entered {entries} times",
        f"answered {len(answers)}, ms from hand-out: p50 {percentile(answers, 0.5):.0f}, "
        f"p99 {percentile(answers, 0.99):.0f}",
        f"head count shown {len(cards)} times, the last says {cards[-1][0] if cards else '–'}; "
        f"behind by at most {max(stale):.2f} s (aim {STALE_SECONDS}), p50 {percentile(stale, 0.5) / 1000:.2f} s",
        f"edits {edits}, refused with 429: {len(record['refused'])}",
        f"CPU {1000 * record['cpu'] / len(handed):.1f} ms for each who came",
    ]


def _staleness(handed: Sequence[float], cards: Sequence[tuple[int, float]]) -> list[float]:
    """For each who came, until a card counts him; infinite where none did."""
    return [
        min((at for count, at in cards if count >= number), default=float("inf")) - came
        for number, came in enumerate(handed, 1)
    ]


def _entered(path: Path) -> tuple[int, int]:
    with closing(Database(f"sqlite:///{path}")) as database, Session(database.engine) as session:
        seats = session.exec(select(col(AttendanceEntry.invitation_id))).all()
    return len(set(seats)), len(seats)


if __name__ == "__main__":
    main()
