"""A post that changes hands: the new holder is told once what is open on it; the first holder takes over nothing."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import col, select

from bot.work import Work
from models.meetings import Meeting
from models.offices import posts_of
from models.people import Person, Tenure
from services import hand_over
from services.demo import Cast

Someone = Callable[[str], Person]
Told = Callable[[Person], list[str]]


def waiting(work: Work) -> int:
    return len(work.session.exec(select(Tenure).where(col(Tenure.is_taken_up).is_(False))).all())


def test_first_holders_take_over_nothing(sample: Work, market: Meeting, person: Someone, told: Told) -> None:
    before = told(person(Cast.FINANCE_HEAD))
    assert hand_over.take_up(sample) == 0
    sample.session.expire_all()
    assert waiting(sample) == 0
    assert told(person(Cast.FINANCE_HEAD)) == before


def test_a_new_holder_is_told_once_what_is_open(sample: Work, market: Meeting, person: Someone, told: Told) -> None:
    hand_over.take_up(sample)
    former, new = person(Cast.FINANCE_HEAD), person(Cast.FINANCE_DEPUTY)
    post = posts_of(sample.session, former.key, sample.today)[0]
    held = sample.session.exec(select(Tenure).where(Tenure.post_id == post.id)).one()
    held.from_on, held.to_on = sample.today - timedelta(days=9), sample.today - timedelta(days=1)
    sample.session.add(Tenure(post_id=post.key, person_id=new.key, from_on=sample.today))
    before = len(told(new))
    for _ in range(2):
        hand_over.take_up(sample)
    assert len(told(new)) == before + 1
    assert market.title.lower() in told(new)[-1].lower()
