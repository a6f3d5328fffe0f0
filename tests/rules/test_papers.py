"""By when papers are owed under each pack, and what the chair may make of late ones."""

from datetime import date
from itertools import product

import pytest

from rules import packs, papers
from rules.deadlines import due, remind_day
from rules.machine import TransitionError
from rules.papers import LATE, Late, LateAct
from rules.workdays import WorkCalendar

CALENDAR = WorkCalendar(())
# Monday; Tuesday 24 November is a day off.
SESSION = date(2026, 11, 30)


def day_of(pack: str, kind: str, rule: str = "papers_rule") -> date | None:
    found = getattr(papers, rule)(packs.load(pack).switches, kind, SESSION)
    return due(found, CALENDAR).day if found else None


@pytest.mark.parametrize(
    ("pack", "kind", "expected"),
    [
        ("gia-binh-2022", "thuong_ky", date(2026, 11, 27)),  # GB 2, A1: two days before is a Saturday, rolled back
        ("gia-binh-2022", "giao_ban", date(2026, 11, 27)),
        ("tan-yen-2024", "thuong_ky", date(2026, 11, 25)),  # TY 5.b, A16
        ("tan-yen-2024", "giao_ban", date(2026, 11, 27)),
        ("rach-gia-2024", "giao_ban", date(2026, 11, 25)),  # RG 1
        ("quoc-gia", "chuyen_de", date(2026, 11, 25)),
    ],
)
def test_papers_are_due_by_the_pack(pack: str, kind: str, expected: date) -> None:
    assert day_of(pack, kind) == expected


def test_the_chair_is_consulted_five_working_days_before_a_regular_session_in_tan_yen_alone() -> None:
    assert day_of("tan-yen-2024", "thuong_ky", "consult_rule") == date(2026, 11, 20)  # TY 5.a
    assert day_of("tan-yen-2024", "giao_ban", "consult_rule") is None
    assert day_of("gia-binh-2022", "thuong_ky", "consult_rule") is None


@pytest.mark.parametrize("kind", ["thuong_ky", "giao_ban"])
@pytest.mark.parametrize("pack", ["quoc-gia", "tan-yen-2024", "rach-gia-2024", "gia-binh-2022"])
def test_opinions_come_no_later_than_the_papers(pack: str, kind: str) -> None:
    opinion, own = day_of(pack, kind, "opinion_rule"), day_of(pack, kind)
    assert opinion is not None and own is not None and opinion <= own


def test_gia_binh_reminds_by_the_stricter_reading() -> None:
    rule = papers.papers_rule(packs.load("gia-binh-2022").switches, "chuyen_de", SESSION)
    assert rule is not None
    assert remind_day(rule, CALENDAR) == date(2026, 11, 26)


def test_no_days_is_no_rule() -> None:
    none = {**packs.load("quoc-gia").switches, "papers.days": 0}
    assert papers.papers_rule(none, "chuyen_de", SESSION) is papers.opinion_rule(none, "chuyen_de", SESSION) is None


def test_what_was_decided_is_decided_once() -> None:
    for state, act in product(set(Late) - {Late.PROPOSED}, LateAct):
        with pytest.raises(TransitionError):
            LATE.next_state(state, act)
