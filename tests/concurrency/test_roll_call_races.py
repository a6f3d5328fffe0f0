"""Two clerks call one roll at once, on either database: every seat is entered once."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from bot.work import Work
from models.attendance import AttendanceEntry, Method
from models.meetings import Meeting, invitations_to
from models.people import person_by_code
from services import attendance, demo, roll_call, roster
from services.demo import Cast
from services.roll_call import Mode
from services.roster import Signed
from tests.concurrency.twins import Twins
from tests.conversation import Stage


@pytest.fixture
def roll(pair: Twins) -> Twins:
    """Five minutes before a meeting of the sample body."""
    pair.stages[0].act(demo.load_people)
    pair.stages[0].act(demo.load_meetings)
    starts = pair.look(lambda session: meeting(session).starts_at)
    pair.stages[0].clock.move_to(starts - timedelta(minutes=5))
    return pair


def meeting(session: Session) -> Meeting:
    return session.exec(select(Meeting).where(Meeting.code == "CD-02")).one()


def seats(session: Session) -> list[int]:
    return [each.key for each in invitations_to(session, meeting(session).key)]


def entries(session: Session) -> Counter[int | None]:
    return Counter(session.exec(select(AttendanceEntry.invitation_id)).all())


def clerk(work: Work) -> Meeting:
    work.actor = person_by_code(work.session, Cast.OFFICE)
    return meeting(work.session)


def taps(work: Work) -> None:
    """Every name, one after another."""
    held = clerk(work)
    for key in seats(work.session):
        roll_call.enter(work, held, key, Mode.PRESENT)


def all_others(work: Work) -> None:
    roll_call.all_others_present(work, clerk(work))


def types_sheet(work: Work) -> None:
    roster.enter(work, clerk(work), [Signed("1-5", seats(work.session))])


@pytest.mark.parametrize("act", [taps, all_others, types_sheet])
def test_what_two_clerks_do_at_once_is_entered_once(roll: Twins, act: object) -> None:
    roll.both(lambda stage: stage.act(act))
    assert set(roll.look(entries).values()) == {1}
    assert len(roll.look(entries)) == len(roll.look(seats))


def test_one_taps_names_while_the_other_enters_all_the_rest_and_people_check_in(roll: Twins) -> None:
    acts = {id(roll.stages[0]): taps, id(roll.stages[1]): all_others}

    def comes(work: Work) -> None:
        work.actor = person_by_code(work.session, Cast.FINANCE_HEAD)
        attendance.check_in(work, meeting(work.session), Method.SELF)

    def plays(stage: Stage) -> None:
        stage.act(comes)
        stage.act(acts[id(stage)])

    roll.both(plays)
    found = roll.look(entries)
    assert len(found) == len(roll.look(seats))
    # Who checks in himself twice at the same instant may be entered twice; a clerk enters nobody again.
    assert sorted(found.values())[:-1] == [1] * (len(found) - 1)
