"""Directive packs: what each says about absence, how it is cited, and how a body changes it."""

from collections.abc import Mapping
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import InvalidInputError
from rules.packs import NATIONAL, absence_policy, all_packs, citation, load, office_hours
from rules.switch_kinds import SwitchValue
from rules.switches import SWITCHES, check_switch, parse_switch

LOCAL = ("gia-binh-2022", "son-duong-2021", "tu-ky-2023", "tan-yen-2024", "rach-gia-2024")

# pack, substitute, head replaceable, document for, declares authority, silent window: table 1.6
POLICIES: tuple[tuple[str, str, str, frozenset[str], bool, bool], ...] = (
    # Gia Bình 1, second dash: "ủy nhiệm cấp phó dự họp thay"
    ("gia-binh-2022", "deputy", "yes", frozenset(), False, False),
    # Sơn Dương 5: "không cử cấp phó đi thay ... phải được sự đồng ý của người chủ trì"
    ("son-duong-2021", "subordinate", "after_consent", frozenset(), False, False),
    # Tứ Kỳ and Tân Yên are silent: Decision 45/2018
    ("tu-ky-2023", "subordinate", "yes", frozenset(), False, False),
    ("tan-yen-2024", "subordinate", "yes", frozenset(), False, False),
    # Rạch Giá 2: "được giao đủ thẩm quyền về mặt chuyên môn", "phải có văn bản", "không liên hệ"
    ("rach-gia-2024", "authorised", "yes", frozenset({"thuong_ky"}), True, True),
    ("quoc-gia", "subordinate", "yes", frozenset(), False, False),
)
CITATIONS = (
    (
        "gia-binh-2022",
        "gb.1.2.deputy",
        "Mục 1, gạch đầu dòng thứ hai, Công văn của UBND huyện Gia Bình (2022)",
    ),
    (
        "son-duong-2021",
        "sd.8.3",
        "Mục 8, gạch đầu dòng thứ ba, Chỉ thị số 01/CT-UBND ngày 23/9/2021 của UBND huyện Sơn Dương",
    ),
    ("tu-ky-2023", "tk.6.6", "Mục 6, gạch đầu dòng thứ sáu, Công văn của UBND huyện Tứ Kỳ (2023)"),
    (
        "tu-ky-2023",
        "tk.4.2.hotline",
        "Mục 4.2, gạch đầu dòng thứ tư, Công văn của UBND huyện Tứ Kỳ (2023)",
    ),
    (
        "tan-yen-2024",
        "ty.5.b.papers",
        "Điểm b khoản 5, đoạn thứ nhất, Công văn của UBND huyện Tân Yên (5/2024)",
    ),
    (
        "rach-gia-2024",
        "rg.2.document",
        "Mục 2, đoạn thứ hai, Công văn số 288/UBND-VP ngày 21/3/2024 của UBND thành phố Rạch Giá",
    ),
    ("tan-yen-2024", "qd45.15.answer", "Điều 15, Quyết định số 45/2018/QĐ-TTg"),
)
TYPED = (
    ("absence.asks_consent", "không", False),
    ("absence.asks_consent", "Khong", False),
    ("absence.asks_consent", "CÓ", True),
    ("absence.silent_window", "x", True),
    ("absence.silent_window", "1", True),
    ("absence.silent_window", "false", False),
    ("absence.substitute", "cấp phó", "deputy"),
    ("absence.substitute", "DEPUTY", "deputy"),
    ("absence.document_for", "thuong_ky, chuyên đề", ("thuong_ky", "chuyen_de")),
    ("absence.document_for", "không", ()),
    ("papers.unit", "ngày làm việc", "working"),
    ("papers.days", " 3 ", 3),
    ("absence.decide_reminders", "next_working_morning, T-2h", ("next_working_morning", "T-2h")),
    ("handback.late_arrival_cutoff", "15:30", "15:30"),
    ("hours.morning", "08:00 - 12:00", "08:00-12:00"),
    ("periodic.weekly_at", "t6 16:00", "t6 16:00"),
)
MISTYPED = (
    ("absence.asks_consent", "có lẽ", "có or không"),
    ("papers.days", "ba", "0–30"),
    ("papers.days", "99", "0–30"),
    ("absence.substitute", "ai cũng được", "deputy, subordinate, authorised"),
    ("absence.document_for", "thuong_ky, tiệc", "thuong_ky"),
    ("absence.decide_reminders", "mỗi giờ", "T-24h"),
    ("hours.morning", "25:00-26:00", "07:30-11:30"),
    ("absence.substitut", "deputy", "absence.substitute"),
    ("no.such.thing.at.all", "1", "no.such.thing.at.all"),
)


@pytest.mark.parametrize(("pack_id", "substitute", "head", "document", "declares", "silent"), POLICIES)
def test_each_pack_says_what_its_directive_says(
    pack_id: str, substitute: str, head: str, document: frozenset[str], declares: bool, silent: bool
) -> None:
    policy = absence_policy(load(pack_id), {})
    assert policy.asks_consent and policy.late_needs_consent
    assert (policy.substitute, policy.head_replaceable) == (substitute, head)
    assert policy.document_for == document
    assert (policy.declares_authority, policy.silent_window) == (declares, silent)
    assert policy.decide_reminders == ("next_working_morning", "T-24h", "T-2h")
    assert policy.answer_by_working_days == 1


@pytest.mark.parametrize(("pack_id", "clause_id", "expected"), CITATIONS)
def test_a_clause_is_cited_as_its_text_is_numbered(pack_id: str, clause_id: str, expected: str) -> None:
    assert citation(load(pack_id), clause_id) == expected


def test_the_bodys_own_document_is_cited_first() -> None:
    own = "Quyết định số 12/QĐ-UBND ngày 01/10/2026"
    assert citation(load("gia-binh-2022"), "gb.1.2.deputy", own) == (
        f"{own}; Mục 1, gạch đầu dòng thứ hai, Công văn của UBND huyện Gia Bình (2022)"
    )
    assert citation(load("quoc-gia"), "qd45.15.answer", own).startswith(f"{own}; Điều 15, ")
    assert citation(load("tan-yen-2024"), "ty.5.a", own).startswith(f"{own}; điểm a khoản 5, ")


def test_every_pack_rules_the_absence_topics_by_a_known_clause() -> None:
    for pack in all_packs():
        for topic in (
            "invitation",
            "substitute",
            "consent",
            "late",
            "head",
            "silence",
            "papers",
            "document",
            "declaration",
            "responsibility",
        ):
            assert citation(pack, absence_policy(pack, {}).clauses[topic]), (pack.id, topic)
        assert all(clause.text and clause.source for clause in pack.clauses.values())


def test_a_silent_directive_is_answered_by_the_national_rule() -> None:
    for pack_id in ("tu-ky-2023", "tan-yen-2024"):
        clause = load(pack_id).topics["substitute"]
        assert clause in load(NATIONAL).clauses


def test_the_packs_are_the_five_directives_and_the_national_rules() -> None:
    packs = all_packs()
    assert packs[0].id == NATIONAL
    assert {pack.id for pack in packs} == {NATIONAL, *LOCAL}
    assert all(pack.in_force_to is not None for pack in packs[1:])


def test_summaries_are_marked_and_only_national() -> None:
    for pack_id in LOCAL:
        own = set(load(pack_id).clauses) - set(load(NATIONAL).clauses)
        assert own and not any(load(pack_id).clauses[clause].is_summary for clause in own)
    assert load(NATIONAL).clauses["qd45.delegate"].is_summary


def test_an_unknown_pack_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InvalidInputError) as caught:
        load("gia-binh")
    assert "gia-binh-2022" in str(caught.value)


def test_the_national_pack_sets_every_switch() -> None:
    assert set(load(NATIONAL).switches) == set(SWITCHES)


def test_a_body_changes_a_switch_without_code() -> None:
    pack = load("gia-binh-2022")
    policy = absence_policy(pack, {"absence.substitute": "authorised", "absence.document_for": ["hoi_nghi"]})
    assert policy.substitute == "authorised"
    assert policy.document_for == {"hoi_nghi"}
    assert absence_policy(pack, {}).substitute == "deputy"


@pytest.mark.parametrize(
    "overrides",
    [{"absence.substitute": True}, {"papers.days": "3"}, {"absence.asks_consent": 1}, {"x": 1}],
)
def test_a_change_of_the_wrong_kind_is_refused(overrides: Mapping[str, object]) -> None:
    with pytest.raises(InvalidInputError):
        absence_policy(load(NATIONAL), overrides)


@pytest.mark.parametrize(("key", "text", "value"), TYPED)
def test_a_typed_switch_is_read(key: str, text: str, value: SwitchValue) -> None:
    assert parse_switch(key, text) == value


@pytest.mark.parametrize(("key", "text", "hint"), MISTYPED)
def test_a_mistyped_switch_is_refused_with_what_it_takes(key: str, text: str, hint: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        parse_switch(key, text)
    assert hint in str(caught.value)


@given(st.sampled_from(sorted(SWITCHES)), st.text(max_size=30))
def test_whatever_is_typed_fits_the_switch_or_is_refused(key: str, text: str) -> None:
    with suppress(InvalidInputError):
        value = parse_switch(key, text)
        assert check_switch(key, value) == value


def test_office_hours_follow_the_switches() -> None:
    hours = office_hours(load(NATIONAL), {"hours.morning": "08:00-12:00"})
    assert hours.morning[0].hour == 8
    assert hours.quiet[0].hour == 21
