"""Use cases are tried on a real database: an empty one, or one that holds the sample body."""

from collections.abc import Callable, Iterator
from datetime import time

import pytest
from sqlmodel import Session, select

from bot.clock import SetClock
from bot.files import FileStore
from bot.i18n import use_language
from bot.work import Work
from models.database import Database
from models.meetings import Meeting, MeetingKind
from models.offices import posts_of
from models.outbox import OutboxMessage
from models.people import Person, person_by_code
from rules.workdays import at
from services import demo, meetings
from services.demo import Cast
from services.meetings import MeetingDetails
from services.regulation import calendar


@pytest.fixture
def work(database: Database, clock: SetClock, files: FileStore) -> Iterator[Work]:
    with Session(database.engine, expire_on_commit=False) as session, use_language("en"):
        yield Work(session, clock.now(), files)


@pytest.fixture
def sample(work: Work) -> Work:
    """The sample body without its meetings, which take longer to plan."""
    demo.load_people(work)
    return work


@pytest.fixture
def person(sample: Work) -> Callable[[str], Person]:
    def find(code: str) -> Person:
        found = person_by_code(sample.session, code)
        assert found is not None
        return found

    return find


@pytest.fixture
def told(sample: Work) -> Callable[[Person], list[str]]:
    """What was said to somebody since the sample was loaded."""
    sample.close()
    before = len(sample.session.exec(select(OutboxMessage)).all())

    def texts(person: Person) -> list[str]:
        sample.close()
        rows = sample.session.exec(select(OutboxMessage).order_by(OutboxMessage.id)).all()[before:]  # type: ignore[arg-type]
        return [row.payload["text"] for row in rows if row.person_id == person.id]

    return texts


@pytest.fixture
def market(sample: Work, person: Callable[[str], Person]) -> Meeting:
    """A thematic meeting two working days ahead, under a vice chair; finance and construction are invited."""
    day = calendar(sample).nth_working_day_after(sample.today, 2)
    heads = (person(Cast.FINANCE_HEAD), person(Cast.CONSTRUCTION_HEAD))
    posts = [posts_of(sample.session, head.key, sample.today)[0] for head in heads]
    details = MeetingDetails(
        code="CD-02",
        title="Họp về phương án chỉnh trang chợ Mẫu Trung",
        kind=MeetingKind.THEMATIC,
        starts_at=at(day, time(14)),
        ends_at=at(day, time(16)),
        place="Phòng họp số 2",
        chair_id=person(Cast.SECOND_VICE_CHAIR).id,
        host_unit_id=posts[1].unit_id,
        post_ids=[post.key for post in posts],
    )
    return meetings.plan(sample, details)
