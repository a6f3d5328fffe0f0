"""What is urgent goes to every chat: a meeting off or moved on its eve, a decision in its last two hours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from bot.work import Work
from models.meetings import Meeting, invitations_to
from models.offices import holder_of
from models.outbox import OutboxMessage
from models.people import ChannelAccount, Person
from rules.absence import Kind, Reason
from services import absence, decisions, meetings
from services.absence import Details
from services.demo import Cast

Someone = Callable[[str], Person]


@pytest.fixture
def head(sample: Work, person: Someone, market: Meeting) -> Person:
    """The head of finance, who has a chat on Zalo too; he is invited."""
    found = person(Cast.FINANCE_HEAD)
    earlier = sample.now - timedelta(days=1)
    sample.session.add(ChannelAccount(channel="zalo", address="b:1", person_id=found.id, last_seen_at=earlier))
    sample.session.flush()
    return found


def channels(work: Work, person: Person, words: str) -> list[str]:
    """Where somebody was told this, in order."""
    work.close()
    rows = work.session.exec(select(OutboxMessage).order_by(col(OutboxMessage.id))).all()
    mine = [row for row in rows if row.person_id == person.id and not row.is_echo]
    return [row.channel for row in mine if words in row.payload["text"]]


@pytest.mark.parametrize(("hours", "expected"), [(25, ["simulator"]), (24, ["simulator", "zalo"])])
def test_a_meeting_called_off_on_its_eve(
    sample: Work, head: Person, market: Meeting, hours: int, expected: list[str]
) -> None:
    sample.now = market.starts_at - timedelta(hours=hours)
    meetings.cancel(sample, market, "bão số 5")
    assert channels(sample, head, "bão số 5") == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [({"place": "Hội trường lớn"}, ["simulator"]), ({"ends_at": timedelta(hours=1)}, ["simulator", "zalo"])],
)
def test_a_meeting_moved_on_its_eve_but_not_another_room(
    sample: Work, head: Person, market: Meeting, changed: dict[str, object], expected: list[str]
) -> None:
    sample.now = market.starts_at - timedelta(hours=3)
    shift = changed.get("ends_at")
    values = {"ends_at": market.ends_at + shift} if isinstance(shift, timedelta) else changed
    meetings.change(sample, market, replace(meetings.details_of(sample, market), **values))
    assert channels(sample, head, "Thay đổi") == expected


@pytest.mark.parametrize(("minutes", "expected"), [(121, ["simulator"]), (120, ["simulator", "zalo"])])
def test_a_decision_in_the_last_two_hours(
    sample: Work, person: Someone, head: Person, market: Meeting, minutes: int, expected: list[str]
) -> None:
    sample.actor = head
    invited = invitations_to(sample.session, market.key)
    invitation = next(one for one in invited if holder_of(sample.session, one.post_id, sample.today) is head)
    request = absence.submit(sample, [invitation], Details(kind=Kind.ABSENT, reason=Reason.SICK))[0]
    sample.actor, sample.now = person(Cast.SECOND_VICE_CHAIR), market.starts_at - timedelta(minutes=minutes)
    decisions.approve(sample, request)
    assert channels(sample, head, "Đã đồng ý lúc") == expected
