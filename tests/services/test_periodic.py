"""Whatever the clock does and however many processes look, each unit owes each report once."""

import threading
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, func, select

from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.duties import Duty, Ping
from models.people import the_body
from models.periodic import Periodic
from rules.deadlines import DueRule, due
from services import demo, periodic
from services.regulation import calendar
from tests.conftest import START

JUMPS = st.lists(st.integers(0, 60 * 24 * 40), min_size=1, max_size=6)


def adopt(work: Work, pack: str) -> None:
    body = the_body(work.session)
    assert body is not None
    body.pack_id = pack


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(jumps=JUMPS, pack=st.sampled_from(["son-duong-2021", "tu-ky-2023", "tan-yen-2024", "rach-gia-2024"]))
def test_each_report_is_opened_once_before_it_is_due(sample: Work, jumps: list[int], pack: str) -> None:
    nested = sample.session.begin_nested()
    adopt(sample, pack)
    sample.now = START
    for minutes in jumps:
        sample.now += timedelta(minutes=minutes)
        periodic.open_due(sample)
        assert periodic.open_due(sample) == 0
    rows = sample.session.exec(select(Periodic, Duty).join(Duty, col(Duty.subject_id) == col(Periodic.id))).all()
    rows = [(turn, duty) for turn, duty in rows if duty.kind in ("report", "compile", "register")]
    assert len({(turn.kind, turn.period, turn.unit_id) for turn, _duty in rows}) == len(rows)
    for _turn, duty in rows:
        assert duty.opened_at < duty.due_at
        assert due(DueRule.from_json(duty.rule or {}), calendar(sample)).day >= duty.opened_at.date()
    late = select(Ping).join(Duty).where(col(Ping.due_at) < Duty.opened_at)
    assert not sample.session.exec(late).all()
    nested.rollback()
    sample.session.expire_all()


def test_processes_that_look_at_the_same_time_open_each_once(database: Database, files: FileStore) -> None:
    def load(session: Session) -> None:
        work = Work(session, START, files)
        demo.load_people(work)
        adopt(work, "son-duong-2021")

    def look() -> None:
        database.transact(lambda session: periodic.open_due(Work(session, START, files)))

    database.transact(load)

    processes = [threading.Thread(target=look) for _ in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    with database.session() as session:
        turns = session.exec(select(func.count(col(Periodic.id)))).one()
        owed = session.exec(select(func.count(col(Duty.id))).where(col(Duty.kind).in_(["report", "compile"]))).one()
    assert turns == owed == 14
