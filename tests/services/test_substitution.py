"""Who sits in: numbers of slips, who has left, another rank, what the chair is asked anew."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.work import Work
from models.absence import AbsenceRequest, Acceptance
from models.meetings import Meeting, invitations_to
from models.offices import holder_of
from models.people import Person, Tenure
from rules.absence import Kind, Reason, State
from rules.errors import NotAllowedError
from services import absence, access, decisions, flags, meetings, substitution
from services.absence import Details
from services.demo import Cast
from services.substitution import SubstituteRefusedError

Someone = Callable[[str], Person]


@pytest.fixture
def request_of_finance(sample: Work, person: Someone, market: Meeting) -> AbsenceRequest:
    """The head of finance asks to be absent and names his first deputy."""
    sample.actor = person(Cast.FINANCE_HEAD)
    return ask(sample, person, market, Cast.FINANCE_DEPUTY)


def ask(work: Work, person: Someone, meeting: Meeting, substitute: str) -> AbsenceRequest:
    head, invited = person(Cast.FINANCE_HEAD), invitations_to(work.session, meeting.key)
    invitation = next(each for each in invited if holder_of(work.session, each.post_id, work.today) is head)
    details = Details(kind=Kind.SUBSTITUTE, reason=Reason.WORK_TRIP, substitute_id=person(substitute).key)
    return absence.submit(work, [invitation], details)[0]


def approve(work: Work, person: Someone, request: AbsenceRequest) -> None:
    work.actor = person(Cast.SECOND_VICE_CHAIR)
    decisions.approve(work, request)


def retire(work: Work, person: Person) -> None:
    for tenure in work.session.exec(select(Tenure).where(Tenure.person_id == person.id)).all():
        tenure.to_on = work.today - timedelta(days=1)
    work.session.flush()


def test_no_slip_number_is_given_twice(sample: Work, person: Someone, request_of_finance: AbsenceRequest) -> None:
    substitution.accept(sample, request_of_finance)
    approve(sample, person, request_of_finance)
    assert request_of_finance.slip_number == 1
    substitution.decline(sample, request_of_finance, "ill")
    substitution.choose(sample, request_of_finance, person(Cast.FINANCE_SECOND_DEPUTY).key)
    substitution.accept(sample, request_of_finance)
    assert request_of_finance.slip_number == 2


def test_another_of_the_same_rank_needs_no_new_consent(
    sample: Work, person: Someone, request_of_finance: AbsenceRequest
) -> None:
    approve(sample, person, request_of_finance)
    substitution.decline(sample, request_of_finance, "ill")
    substitution.choose(sample, request_of_finance, person(Cast.FINANCE_SECOND_DEPUTY).key)
    assert request_of_finance.state is State.APPROVED
    assert request_of_finance.acceptance is Acceptance.NONE


def test_somebody_whom_the_pack_does_not_allow_changes_nothing(
    sample: Work, person: Someone, request_of_finance: AbsenceRequest
) -> None:
    with pytest.raises(SubstituteRefusedError):
        substitution.choose(sample, request_of_finance, person(Cast.FINANCE_STAFF).key)
    assert request_of_finance.substitute_id == person(Cast.FINANCE_DEPUTY).id


def test_who_has_left_cannot_accept_and_the_chair_sees_it(
    sample: Work, person: Someone, market: Meeting, request_of_finance: AbsenceRequest
) -> None:
    retire(sample, person(Cast.FINANCE_DEPUTY))
    sample.actor = person(Cast.FINANCE_DEPUTY)
    with pytest.raises(NotAllowedError):
        access.request_as_substitute(sample, request_of_finance.key)
    assert "the substitute no longer holds a post in the unit" in flags.flags(sample, request_of_finance, market)


def test_nobody_who_has_left_is_issued_a_slip(
    sample: Work, person: Someone, request_of_finance: AbsenceRequest
) -> None:
    substitution.accept(sample, request_of_finance)
    retire(sample, person(Cast.FINANCE_DEPUTY))
    approve(sample, person, request_of_finance)
    assert request_of_finance.slip_number is None


def test_the_successor_takes_over_the_request_of_his_post(
    sample: Work, person: Someone, request_of_finance: AbsenceRequest
) -> None:
    head, successor = person(Cast.FINANCE_HEAD), person(Cast.FINANCE_SECOND_DEPUTY)
    post_id = sample.session.exec(select(Tenure.post_id).where(Tenure.person_id == head.id)).one()
    retire(sample, head)
    sample.session.add(Tenure(post_id=post_id, person_id=successor.key, from_on=sample.today))
    sample.session.flush()
    sample.actor = successor
    assert access.own_request(sample, request_of_finance.key) is request_of_finance
    sample.actor = head
    with pytest.raises(NotAllowedError):
        access.own_request(sample, request_of_finance.key)


def test_each_chair_of_a_trip_sees_that_the_substitute_cannot_be_at_both_meetings(
    sample: Work, person: Someone, market: Meeting, told: Callable[[Person], list[str]]
) -> None:
    like = meetings.details_of(sample, market)
    also = replace(like, code="CD-03", title="Họp thẩm định dự toán", chair_id=person(Cast.CHAIR).key)
    both = [market, meetings.plan(sample, also)]
    head = sample.actor = person(Cast.FINANCE_HEAD)
    invited = [each for meeting in both for each in invitations_to(sample.session, meeting.key)]
    own = [each for each in invited if holder_of(sample.session, each.post_id, sample.today) is head]
    substitute_id = person(Cast.FINANCE_DEPUTY).key
    absence.submit(sample, own, Details(kind=Kind.SUBSTITUTE, reason=Reason.WORK_TRIP, substitute_id=substitute_id))
    for chair, other in ((Cast.SECOND_VICE_CHAIR, also.title), (Cast.CHAIR, market.title)):
        assert f"đ/c Ngô Thị Thu trùng {other}" in told(person(chair))[-1]
