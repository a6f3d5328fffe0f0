"""The sample body and its month of meetings."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from sqlmodel import col, select

from bot.i18n import local_day
from bot.work import Work
from models.hotline_directory import hotlines, member_posts, procedures
from models.meetings import Meeting, invitations_to
from models.people import ChannelAccount, Person, Post, Unit, UnitKind, person_by_code, the_body
from rules.absence import Rank
from rules.workdays import WorkCalendar
from services import demo, demo_hotlines, demo_meetings, demo_people
from services.demo import Cast, NotEmptyError
from services.regulation import calendar


def test_the_sample_is_one_body_of_about_sixty_officials(sample: Work) -> None:
    body = the_body(sample.session)
    assert body is not None
    assert (body.is_sample, body.pack_id) == (True, "gia-binh-2022")
    people = sample.session.exec(select(Person)).all()
    units = sample.session.exec(select(Unit)).all()
    assert 50 <= len(people) <= 65
    assert Counter(unit.kind is UnitKind.COMMUNE for unit in units) == {False: 9, True: 6}
    assert len({person.folded_name for person in people}) == len(people)


def test_every_unit_has_one_head_and_two_are_short_of_deputies(sample: Work) -> None:
    posts = sample.session.exec(select(Post, Unit).join(Unit)).all()
    heads = Counter(unit.code for post, unit in posts if post.rank is Rank.HEAD)
    deputies = Counter(unit.code for post, unit in posts if post.rank is Rank.DEPUTY)
    assert set(heads.values()) == {1}
    departments = {code: deputies[code] for code in demo_people.DEPARTMENTS}
    assert [code for code, count in departments.items() if count == 0] == ["SYT"]
    assert [code for code, count in departments.items() if count == 1] == ["SGDDT"]


def test_the_cast_exists_and_all_but_two_have_a_chat(sample: Work) -> None:
    assert all(person_by_code(sample.session, code) for code in Cast)
    chats = sample.session.exec(select(ChannelAccount.address)).all()
    everybody = {code for code, *_rest in demo_people.PEOPLE}
    assert everybody - set(chats) == set(demo_people.NOT_LINKED)


def test_it_is_loaded_into_an_empty_database_only(sample: Work) -> None:
    with pytest.raises(NotEmptyError, match="Sông Mẫu"):
        demo.load(sample)


def test_a_month_of_meetings_begins_on_the_next_working_day_with_one_clash(work: Work) -> None:
    demo.load(work)
    meetings = work.session.exec(select(Meeting).order_by(col(Meeting.starts_at))).all()
    assert local_day(meetings[0].starts_at) == calendar(work).next_working_day(work.today)
    assert meetings[-1].starts_at - work.now > timedelta(days=20)
    assert sum(1 for meeting in meetings if meeting.outside_chair) == 1
    head = work.session.exec(select(Post).where(Post.code == Cast.FINANCE_HEAD)).one()
    mine = [
        meeting for meeting in meetings if head.id in {one.post_id for one in invitations_to(work.session, meeting.key)}
    ]
    clashes = [(one.code, two.code) for one, two in pairwise(mine) if two.starts_at < one.ends_at]
    assert clashes == [("CD-02", "CD-03")]


def test_each_commune_has_a_hotline_led_by_its_chair(work: Work) -> None:
    demo.load(work)
    teams = hotlines(work.session)
    assert [unit.code for _hotline, unit in teams] == list(demo_people.COMMUNES)
    for hotline, unit in teams:
        leader = work.session.get_one(Post, hotline.leader_post_id)
        assert (leader.unit_id, leader.rank) == (unit.id, Rank.HEAD)
        assert len(member_posts(work.session, hotline.key)) >= 2
    shared = Counter(place for *_rest, places in demo_hotlines.HOTLINES for place in places)
    assert {"xã Tân Diều", "thôn Hạ"} <= {place for place, count in shared.items() if count > 1}


def test_the_procedures_have_words_a_place_and_a_guide_each(work: Work) -> None:
    demo.load(work)
    known = procedures(work.session)
    assert len(known) >= 25
    assert all(each.keywords and each.intake and each.guide for each in known)


def test_on_any_day_of_the_year_meetings_fall_on_working_days_under_codes_of_their_own() -> None:
    known = WorkCalendar()
    for days in range(366):
        today = date(2026, 1, 1) + timedelta(days=days)
        samples = demo_meetings.meetings(today, known)
        assert all(known.is_working(sample.day) and sample.day > today for sample in samples)
        assert len({sample.code for sample in samples}) == len(samples)
