"""Who may decide in whose place, and when not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.work import Work
from models.meetings import MeetingKind
from models.offices import delegate_for
from models.people import Delegation, Person
from rules.errors import NotAllowedError
from services import delegations, meetings, people
from services.delegations import DelegationError, NewDelegation
from services.demo import Cast
from services.meetings import MeetingDetails

Find = Callable[[str], Person]
DAY = timedelta(days=1)


def delegated(work: Work, person: Find, chair: str, deputy: str, first: int = 0, last: int = 6) -> Delegation:
    new = NewDelegation(
        from_person=person(chair),
        to_person=person(deputy),
        from_on=work.today + first * DAY,
        to_on=work.today + last * DAY,
    )
    return delegations.delegate(work, new)


def test_both_days_are_included_and_then_the_chair_decides_again(sample: Work, person: Find) -> None:
    delegated(sample, person, Cast.CHAIR, Cast.VICE_CHAIR, 1, 2)
    chair = person(Cast.CHAIR).key
    found = [delegate_for(sample.session, chair, sample.today + days * DAY) for days in range(4)]
    assert [one.code if one else None for one in found] == [None, Cast.VICE_CHAIR, Cast.VICE_CHAIR, None]


def test_nobody_decides_in_his_own_place(sample: Work, person: Find) -> None:
    with pytest.raises(DelegationError, match="own place"):
        delegated(sample, person, Cast.CHAIR, Cast.CHAIR)


def test_the_days_must_be_in_order(sample: Work, person: Find) -> None:
    with pytest.raises(DelegationError, match="before the first"):
        delegated(sample, person, Cast.CHAIR, Cast.VICE_CHAIR, 3, 2)


def test_two_delegations_of_one_chair_may_not_share_a_day(sample: Work, person: Find) -> None:
    delegated(sample, person, Cast.CHAIR, Cast.VICE_CHAIR, 0, 3)
    with pytest.raises(DelegationError, match="Trần Thị Minh Nguyệt"):
        delegated(sample, person, Cast.CHAIR, Cast.SECOND_VICE_CHAIR, 3, 5)
    delegated(sample, person, Cast.CHAIR, Cast.SECOND_VICE_CHAIR, 4, 5)


def test_what_was_delegated_is_not_passed_on(sample: Work, person: Find) -> None:
    delegated(sample, person, Cast.CHAIR, Cast.VICE_CHAIR)
    with pytest.raises(DelegationError, match="may not pass that on"):
        delegated(sample, person, Cast.VICE_CHAIR, Cast.SECOND_VICE_CHAIR, 2, 3)


def test_nobody_is_chosen_who_has_given_his_own_decisions_away(sample: Work, person: Find) -> None:
    delegated(sample, person, Cast.VICE_CHAIR, Cast.SECOND_VICE_CHAIR)
    with pytest.raises(DelegationError, match="has himself given"):
        delegated(sample, person, Cast.CHAIR, Cast.VICE_CHAIR, 6, 8)


def test_a_chair_delegates_for_himself_and_the_office_for_him(sample: Work, person: Find) -> None:
    delegated(replace(sample, actor=person(Cast.CHAIR)), person, Cast.CHAIR, Cast.VICE_CHAIR, 0, 0)
    delegated(replace(sample, actor=person(Cast.OFFICE)), person, Cast.CHAIR, Cast.VICE_CHAIR, 1, 1)


@pytest.mark.parametrize("actor", [Cast.FINANCE_HEAD, Cast.VICE_CHAIR])
def test_nobody_else_delegates_for_a_chair(sample: Work, person: Find, actor: str) -> None:
    with pytest.raises(NotAllowedError):
        delegated(replace(sample, actor=person(actor)), person, Cast.CHAIR, Cast.VICE_CHAIR)


def test_a_head_who_presides_over_nothing_has_nothing_to_delegate(sample: Work, person: Find) -> None:
    head = person(Cast.FINANCE_HEAD)
    with pytest.raises(NotAllowedError):
        delegated(replace(sample, actor=head), person, Cast.FINANCE_HEAD, Cast.FINANCE_DEPUTY)


def test_both_are_told_but_not_who_did_it(sample: Work, person: Find, told: Callable[[Person], list[str]]) -> None:
    row = delegated(replace(sample, actor=person(Cast.CHAIR)), person, Cast.CHAIR, Cast.VICE_CHAIR)
    assert len(told(person(Cast.VICE_CHAIR))) == 1
    assert told(person(Cast.CHAIR)) == []
    delegations.end_delegation(replace(sample, actor=person(Cast.OFFICE)), row)
    assert len(told(person(Cast.CHAIR))) == 1


def test_ending_gives_the_decisions_back_at_once(sample: Work, person: Find) -> None:
    running = delegated(sample, person, Cast.CHAIR, Cast.VICE_CHAIR, -2, 5)
    delegations.end_delegation(sample, running)
    assert running.to_on == sample.today - DAY
    assert delegate_for(sample.session, person(Cast.CHAIR).key, sample.today) is None
    with pytest.raises(DelegationError, match="over already"):
        delegations.end_delegation(sample, running)


def test_ending_one_that_has_not_begun_leaves_nothing(sample: Work, person: Find) -> None:
    delegations.end_delegation(sample, delegated(sample, person, Cast.CHAIR, Cast.VICE_CHAIR, 2, 3))
    assert delegations.coming_delegations(sample) == []


def test_chairs_are_leaders_and_whoever_presides_over_a_coming_meeting(sample: Work, person: Find) -> None:
    assert {one.person.code for one in delegations.chairs(sample)} == {"CT", "PCT1", "PCT2", "PCT3"}
    unit = people.main_post(sample, person(Cast.FINANCE_HEAD))
    assert unit is not None
    details = MeetingDetails(
        code="X",
        title="Họp",
        kind=MeetingKind.THEMATIC,
        starts_at=sample.now + DAY,
        ends_at=sample.now + DAY + timedelta(hours=1),
        host_unit_id=unit.unit_id,
        post_ids=(),
        chair_id=person(Cast.FINANCE_HEAD).id,
    )
    meetings.plan(sample, details)
    assert delegations.is_chair(sample, person(Cast.FINANCE_HEAD))
    assert Cast.FINANCE_HEAD in {one.person.code for one in delegations.chairs(sample)}
