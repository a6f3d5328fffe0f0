"""Two taps on the chair's card about late papers, at once: one decides, the other says how it stands."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import Session, select

from bot.work import Work
from models.agenda import AgendaItem, LatePapers
from models.duties import duty_about
from models.meetings import MeetingKind
from models.people import ChannelAccount, Person, Unit, person_by_code
from rules.duties import DutyKind
from rules.papers import ItemState, Late
from rules.workdays import at
from services import agenda_items, demo, late_papers, meetings
from services.agenda_items import ItemDetails
from services.demo import Cast
from services.meeting_details import MeetingDetails
from tests.concurrency.twins import CHANNEL, Twins
from tests.crash.world import Tap

CHAT = 9001


def _unit(work: Work, code: str) -> Unit:
    return work.session.exec(select(Unit).where(Unit.code == code)).one()


def _person(work: Work, code: str) -> Person:
    found = person_by_code(work.session, code)
    assert found is not None
    return found


def _item(work: Work, day: date) -> AgendaItem:
    details = MeetingDetails(
        code="TK-11",
        title="Phiên họp thường kỳ",
        kind=MeetingKind.REGULAR_SESSION,
        starts_at=at(day, time(14)),
        ends_at=at(day, time(17)),
        chair_id=_person(work, Cast.CHAIR).id,
        host_unit_id=_unit(work, "VP").key,
        post_ids=(),
    )
    meeting = meetings.plan(work, details)
    item, _new = agenda_items.add(work, ItemDetails(meeting.key, "Chỉnh trang chợ", _unit(work, "SXD").key))
    return item


@pytest.fixture
def question(pair: Twins) -> int:
    """Papers are late, and the chair has been asked."""

    def arrange(session: Session) -> int:
        stage = pair.stages[0]
        work = Work(session, stage.clock.now(), stage.files)
        demo.load_people(work, CHANNEL)
        chair = _person(work, Cast.CHAIR)
        account = ChannelAccount(
            channel=CHANNEL, address=str(CHAT), person_id=chair.id, last_seen_at=work.now + timedelta(seconds=1)
        )
        session.add(account)
        item = _item(work, work.today + timedelta(days=12))
        duty = duty_about(session, DutyKind.PAPERS, item.key)
        assert duty is not None
        stage.clock.move_to(duty.due_at)
        work.now, work.actor = duty.due_at, _person(work, Cast.OFFICE)
        asked = late_papers.propose(work, item, "Chưa nêu lý do")
        work.close()
        return asked.key

    return pair.look(arrange)


def test_two_decisions_at_once_are_one(pair: Twins, question: int) -> None:
    pair.press(*(Tap(CHAT, f"papers.rule:{question}:0:{act}") for act in ("drop", "accept")))
    pair.handle()
    stored = pair.look(lambda session: session.get_one(LatePapers, question).state)
    dropped = pair.look(lambda session: session.exec(select(AgendaItem.state)).one()) is ItemState.DROPPED
    assert stored in (Late.DROPPED, Late.ACCEPTED)
    assert dropped == (stored is Late.DROPPED)
    assert len(pair.acts("late_papers.dropped") + pair.acts("late_papers.accepted")) == 1
    assert sum("Không có gì thay đổi" in text for text in pair.said_to(CHAT)) == 1
    assert pair.chain_holds()
