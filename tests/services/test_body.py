"""Packs and days that the body sets itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.work import Work
from rules.errors import InvalidInputError
from services import body, calendars
from services.body import NoBodyError
from services.regulation import calendar, regulation

DAY = timedelta(days=1)


def test_a_pack_adopted_today_applies_at_once(sample: Work) -> None:
    body.adopt_pack(sample, "rach-gia-2024", sample.today)
    assert body.pack_on(sample, sample.today) == "rach-gia-2024"


def test_a_pack_adopted_for_a_coming_day_applies_from_then_on(sample: Work) -> None:
    body.adopt_pack(sample, "rach-gia-2024", sample.today + 5 * DAY)
    found = [body.pack_on(sample, sample.today + days * DAY) for days in (0, 4, 5, 50)]
    assert found == ["gia-binh-2022", "gia-binh-2022", "rach-gia-2024", "rach-gia-2024"]


def test_the_last_word_counts(sample: Work) -> None:
    for pack_id in ("rach-gia-2024", "tan-yen-2024"):
        body.adopt_pack(sample, pack_id, sample.today + 5 * DAY)
    assert body.pack_on(sample, sample.today + 5 * DAY) == "tan-yen-2024"


def test_an_unknown_pack_is_named_with_those_that_exist(sample: Work) -> None:
    with pytest.raises(InvalidInputError, match="quoc-gia"):
        body.adopt_pack(sample, "nowhere", sample.today)


def test_without_a_body_nothing_is_adopted(work: Work) -> None:
    with pytest.raises(NoBodyError):
        body.adopt_pack(work, "rach-gia-2024", work.today)


def test_a_day_of_the_body_needs_its_document(work: Work) -> None:
    with pytest.raises(InvalidInputError):
        calendars.set_day(work, work.today, works=False, document="  ")
    calendars.set_day(work, work.today, works=False, document="Thông báo 12/TB")
    assert not calendar(work).is_working(work.today)
    calendars.set_day(work, work.today, works=True, document="Thông báo 13/TB")
    assert calendar(work).is_working(work.today)


def test_rules_of_today_follow_the_pack_of_today(sample: Work) -> None:
    body.adopt_pack(sample, "rach-gia-2024", sample.today + 5 * DAY)
    assert regulation(sample).pack.id == "gia-binh-2022"
    later = replace(sample, now=sample.now + 5 * DAY)
    assert regulation(later).pack.id == "rach-gia-2024"
