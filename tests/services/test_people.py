"""Titles, roles, deputies, and who cannot be reached."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.work import Work
from models.people import ChannelAccount, Person, Role, Tenure
from rules.errors import InvalidInputError
from services import people
from services.demo import Cast

Find = Callable[[str], Person]


@pytest.mark.parametrize(
    ("code", "title"),
    [
        (Cast.CHAIR, "Chủ tịch UBND tỉnh"),
        (Cast.CHIEF_OF_OFFICE, "Chánh Văn phòng UBND tỉnh"),
        (Cast.FINANCE_DEPUTY, "Phó Giám đốc Sở Tài chính"),
        (Cast.COMMUNE_CHAIR, "Chủ tịch UBND phường Mẫu Trung"),
    ],
)
def test_a_title_names_the_unit_once(sample: Work, person: Find, code: str, title: str) -> None:
    assert people.title_of(sample, person(code)) == title


def test_a_short_title_gets_its_unit(sample: Work, person: Find) -> None:
    post = people.main_post(sample, person(Cast.FINANCE_HEAD))
    assert post is not None
    post.title = "Giám đốc"
    assert people.title_of(sample, person(Cast.FINANCE_HEAD)) == "Giám đốc Sở Tài chính"


def test_roles_are_those_of_todays_posts(sample: Work, person: Find) -> None:
    assert people.has_role(sample, person(Cast.CHAIR), Role.CHAIR, Role.ADMIN)
    assert not people.has_role(sample, person(Cast.FINANCE_HEAD), Role.OFFICE, Role.ADMIN)


def test_the_settings_make_an_administrator(sample: Work, person: Find) -> None:
    settings = replace(sample, admin_codes=frozenset({Cast.FINANCE_STAFF.value}))
    assert people.has_role(settings, person(Cast.FINANCE_STAFF), Role.ADMIN)


def test_a_role_ends_with_the_tenure(sample: Work, person: Find) -> None:
    chair = person(Cast.CHAIR)
    tenure = sample.session.exec(select(Tenure).where(Tenure.person_id == chair.id)).one()
    tenure.to_on = sample.today
    assert people.has_role(sample, chair, Role.CHAIR)
    assert not people.has_role(replace(sample, now=sample.now + timedelta(days=1)), chair, Role.CHAIR)
    assert people.title_of(replace(sample, now=sample.now + timedelta(days=1)), chair) == ""


def test_deputies_and_subordinates_are_of_the_same_unit_and_lower_rank(sample: Work, person: Find) -> None:
    head = people.main_post(sample, person(Cast.FINANCE_HEAD))
    deputy = people.main_post(sample, person(Cast.FINANCE_DEPUTY))
    assert head is not None
    assert deputy is not None
    assert [one.code for _post, one in people.deputies_of(sample, head)] == [
        Cast.FINANCE_DEPUTY,
        Cast.FINANCE_SECOND_DEPUTY,
    ]
    assert [one.code for _post, one in people.subordinates_of(sample, deputy)] == [Cast.FINANCE_STAFF]


def test_people_without_a_chat_are_listed_for_the_telephone(sample: Work) -> None:
    rows = people.unreachable_people(sample)
    assert {row.person.code for row in rows} == {"DMA01", "MHA02"}
    assert all(row.person.phone and row.title and row.unit and not row.was_linked for row in rows)


def test_people_whose_chat_is_closed_are_listed_too(sample: Work, person: Find) -> None:
    head = person(Cast.FINANCE_HEAD)
    sample.session.exec(select(ChannelAccount).where(ChannelAccount.person_id == head.id)).one().is_reachable = False
    row = next(row for row in people.unreachable_people(sample) if row.person.id == head.id)
    assert row.was_linked


def test_only_known_languages_are_taken(sample: Work, person: Find) -> None:
    people.set_language(sample, person(Cast.CHAIR), "en")
    assert person(Cast.CHAIR).language == "en"
    with pytest.raises(InvalidInputError, match="vi, en"):
        people.set_language(sample, person(Cast.CHAIR), "fr")
