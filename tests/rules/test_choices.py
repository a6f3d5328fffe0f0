"""How typed answers are understood: a table, and properties of the codes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.case_codes import ALPHABET, is_code, new_code
from rules.choices import read
from rules.readings import (
    Chosen,
    Confirmed,
    NotOffered,
    OpenPrompt,
    Reading,
    Ticked,
    Unclear,
    Unconfirmed,
    UnknownCode,
    choice_numbers,
)

NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
CODE = new_code(Random(1))
OTHER = new_code(Random(2))
LABELS = ("Đồng ý", "Không đồng ý", "Yêu cầu văn bản", "Hỏi lại")
DECISION = OpenPrompt(CODE, LABELS, NOW - timedelta(minutes=1))
SECOND = OpenPrompt(OTHER, LABELS, NOW - timedelta(minutes=2))
OLD = OpenPrompt(OTHER, LABELS, NOW - timedelta(minutes=11))
INVITATION = OpenPrompt(OTHER, ("Dự họp", "Xin vắng"), NOW)
USED = OpenPrompt(OTHER, LABELS, NOW - timedelta(minutes=1), is_used=True)
STEP = OpenPrompt(OTHER, ("Công tác", "Ốm"), NOW, is_step=True)
MENU = OpenPrompt(OTHER, ("Lịch họp", "Việc của tôi", "Xem thêm"), NOW, asked="event:7")
CARD = OpenPrompt(CODE, LABELS, NOW, asked="event:7")
ASKED_STEP = OpenPrompt(CODE, ("Công tác", "Ốm"), NOW - timedelta(minutes=1), is_step=True, asked="event:6")
OLD_STEP = OpenPrompt(OTHER, ("Công tác", "Ốm"), NOW - timedelta(hours=1), is_step=True)
LISTED = OpenPrompt(
    CODE, ("Sở Tài chính", "Sở Y tế", "Sở Nội vụ", "Trang sau (2/3)", "Xong (2)"), NOW, is_step=True, ticks=(0, 1, 2)
)
ASKED_AGAIN = OpenPrompt(CODE, LABELS, NOW, confirms=0)
# Without marks they begin like a polite yes.
REMINDER = OpenPrompt(CODE, ("Đã xong", "Xin gia hạn", "Vì sao?"), NOW)

CODED: list[tuple[str, Reading]] = [
    ("1 {code}", Chosen(CODE, 0)),
    ("{code} 1", Chosen(CODE, 0)),
    ("1{code}", Chosen(CODE, 0)),
    ("1{lower}", Chosen(CODE, 0)),
    ("１ {code}", Chosen(CODE, 0)),
    ("1\u00a0{code}", Chosen(CODE, 0)),
    ("2. {code}.", Chosen(CODE, 1)),
    ("DUYET {code}", Chosen(CODE, 0)),
    ("Duyệt {lower}", Chosen(CODE, 0)),
    ("đồng ý {code}", Chosen(CODE, 0)),
    ("dong y {code}", Chosen(CODE, 0)),
    ("KHÔNG ĐỒNG Ý {code}", Chosen(CODE, 1)),
    ("khong dong y {code} họp quan trọng", Chosen(CODE, 1, "họp quan trọng")),
    ("TU CHOI {code} lý do: bận họp", Chosen(CODE, 1, "lý do: bận họp")),
    ("Từ chối {code}. Đề nghị dự", Chosen(CODE, 1, "Đề nghị dự")),
    ("không duyệt {code}", Chosen(CODE, 1)),
    ("chưa đồng ý {code}", NotOffered(CODE)),
    ("đừng duyệt {code}", NotOffered(CODE)),
    ("vâng {code}", NotOffered(CODE)),
    ("ok {code}", NotOffered(CODE)),
    ("9 {code}", NotOffered(CODE)),
    ("0 {code}", NotOffered(CODE)),
    ("{code}", NotOffered(CODE)),
    ("số 1 {code}", Chosen(CODE, 0)),
    ("1) {code}", Chosen(CODE, 0)),
    ("chọn 2 {code}", Chosen(CODE, 1)),
    ("1 {code} – Đồng ý", Chosen(CODE, 0)),
    ("2 {code} – Không đồng ý: họp quan trọng", Chosen(CODE, 1, "họp quan trọng")),
    ("2 {code} - khong dong y", Chosen(CODE, 1)),
    ("1 {code} – Không đồng ý", NotOffered(CODE)),
    ("2 {code} đồng ý", NotOffered(CODE)),
    ("2 {code} – bận họp", Chosen(CODE, 1, "bận họp")),
    ("{code} đồng ý", Chosen(CODE, 0)),
    ("{code} – Không đồng ý", Chosen(CODE, 1)),
    ("dạ, đồng ý ạ {code}", Chosen(CODE, 0)),
    ("Tôi không đồng ý {code}", Chosen(CODE, 1)),
    ("nhất trí {code}", Chosen(CODE, 0)),
    ("1 {other}", UnknownCode(OTHER)),
    ("1 H0I1", UnknownCode("H0I1")),
    ("H0I1 đồng ý", UnknownCode("H0I1")),
    ("2 tuần", None),
    ("đi công tác 2 ngày", None),
    ("đồng ý {other}", UnknownCode(OTHER)),
]


@pytest.mark.parametrize(("text", "reading"), CODED)
def test_an_answer_with_a_code_hits_its_own_case_or_none(text: str, reading: Reading) -> None:
    typed = text.format(code=CODE, lower=CODE.lower(), other=OTHER)
    assert read(typed, [DECISION], NOW) == reading


BARE: list[tuple[str, list[OpenPrompt], Reading]] = [
    ("1", [DECISION], Chosen(CODE, 0)),
    ("２.", [DECISION], Chosen(CODE, 1)),
    ("đồng ý", [DECISION], Chosen(CODE, 0)),
    ("khong dong y", [DECISION], Chosen(CODE, 1)),
    ("số 1", [DECISION], Chosen(CODE, 0)),
    ("1)", [DECISION], Chosen(CODE, 0)),
    ("1,", [DECISION], Chosen(CODE, 0)),
    ("Đồng ý ạ.", [DECISION], Chosen(CODE, 0)),
    ("dạ đồng ý nhé", [DECISION], Chosen(CODE, 0)),
    ("đồng ý nhé đồng chí", [DECISION], Chosen(CODE, 0)),
    ("không đồng ý đồng chí ạ", [DECISION], Chosen(CODE, 1)),
    ("tôi không đồng ý", [DECISION], Chosen(CODE, 1)),
    ("dạ chưa đồng ý", [DECISION], None),
    ("đã xong", [REMINDER], Chosen(CODE, 0)),
    ("da xong a", [REMINDER], Chosen(CODE, 0)),
    ("dạ, đã xong", [REMINDER], Chosen(CODE, 0)),
    ("dạ xong", [REMINDER], Chosen(CODE, 0)),
    ("xong", [REMINDER], None),
    ("đồng ý", [OLD], Unclear((OTHER,))),
    ("đồng ý", [DECISION, OLD], Chosen(CODE, 0)),
    ("2 tuần", [STEP], None),
    ("A0B1", [STEP], None),
    ("1", [DECISION, SECOND], Unclear((CODE, OTHER))),
    ("đồng ý", [DECISION, SECOND], Unclear((CODE, OTHER))),
    ("đồng ý", [DECISION, INVITATION], Chosen(CODE, 0)),
    ("dự họp", [DECISION, INVITATION], Chosen(OTHER, 0)),
    ("1", [DECISION, INVITATION], Unclear((CODE, OTHER))),
    ("1", [OLD], Unclear()),
    ("1", [DECISION, OLD], Chosen(CODE, 0)),
    ("1", [], None),
    ("1", [DECISION, USED], Chosen(CODE, 0)),
    ("1", [USED], Unclear()),
    ("1", [MENU, DECISION], Chosen(OTHER, 0)),
    ("4", [MENU, DECISION], NotOffered(OTHER)),
    ("đồng ý", [MENU, DECISION], Chosen(CODE, 0)),
    ("1", [DECISION, MENU], Unclear((CODE, OTHER))),
    ("1", [MENU, CARD], Unclear((OTHER, CODE))),
    ("1", [MENU, STEP], Chosen(OTHER, 0)),
    ("1", [MENU, OLD_STEP], Chosen(OTHER, 0)),
    ("2", [MENU, ASKED_STEP], Chosen(OTHER, 1)),
    ("ốm", [MENU, ASKED_STEP], Chosen(CODE, 1)),
    ("2", [DECISION, MENU, ASKED_STEP], Unclear((CODE, OTHER, CODE))),
    ("9", [DECISION, MENU, ASKED_STEP], Unclear((CODE, OTHER, CODE))),
    ("2", [replace(MENU, is_used=True), ASKED_STEP], Chosen(CODE, 1)),
    ("đồng ý", [USED], Unclear((OTHER,))),
    ("7", [DECISION], NotOffered(CODE)),
    ("7", [OLD_STEP], None),
    ("1", [OLD_STEP], Unclear()),
    ("1 3", [DECISION], None),
    ("2", [DECISION, STEP], Chosen(OTHER, 1)),
    ("ốm", [DECISION, STEP], Chosen(OTHER, 1)),
    ("14", [STEP], None),
    ("vang", [DECISION], None),
    ("vâng", [DECISION], None),
    ("dạ", [DECISION], None),
    ("ok em", [DECISION], None),
    ("chưa đồng ý", [DECISION], None),
    ("không", [DECISION], None),
    ("tôi đi công tác", [STEP], None),
    ("14h30", [STEP], None),
    ("25/11", [DECISION], None),
]


@pytest.mark.parametrize(("text", "prompts", "reading"), BARE)
def test_a_bare_answer_counts_only_where_one_prompt_can_be_meant(
    text: str, prompts: list[OpenPrompt], reading: Reading
) -> None:
    assert read(text, prompts, NOW) == reading


@pytest.mark.parametrize(
    ("text", "yes"), [("CO {code}", True), ("có {code}", True), ("KHONG {code}", False), ("không {lower}", False)]
)
def test_a_choice_that_was_repeated_back_is_confirmed_or_dropped(text: str, yes: bool) -> None:
    assert read(text.format(code=CODE, lower=CODE.lower()), [ASKED_AGAIN], NOW) == Confirmed(CODE, yes)


@pytest.mark.parametrize("text", ["có", "CO", "vâng, đúng", "không", "Xác nhận ạ"])
def test_a_yes_without_the_code_is_asked_for_once_more(text: str) -> None:
    assert read(text, [ASKED_AGAIN], NOW) == Unconfirmed(CODE)


def test_a_yes_means_nothing_where_nothing_was_repeated_back() -> None:
    assert read(f"co {CODE}", [DECISION], NOW) == NotOffered(CODE)


@pytest.mark.parametrize("text", ["vâng", "vang", "dạ", "ok em", "ok", "ừ", "được ạ", "dạ vâng ạ"])
def test_a_word_of_assent_asks_for_the_yes_once_more(text: str) -> None:
    assert read(text, [ASKED_AGAIN], NOW) == Unconfirmed(CODE)
    assert read(text, [ASKED_AGAIN, STEP], NOW) is None


SEVERAL: list[tuple[str, Reading]] = [
    ("1,3", Ticked(CODE, [0, 2])),
    ("1 3", Ticked(CODE, [0, 2])),
    ("1, 2 và 3", Ticked(CODE, [0, 1, 2])),
    ("1 va 3", Ticked(CODE, [0, 2])),
    ("1;3.", Ticked(CODE, [0, 2])),
    ("１，３", Ticked(CODE, [0, 2])),
    ("1-3", Ticked(CODE, [0, 1, 2])),
    ("1 – 3", Ticked(CODE, [0, 1, 2])),
    ("1 đến 2", Ticked(CODE, [0, 1])),
    ("số 1, 3", Ticked(CODE, [0, 2])),
    ("chọn 1,3", Ticked(CODE, [0, 2])),
    ("3,1", Ticked(CODE, [2, 0])),
    ("1,1,3", Ticked(CODE, [0, 2])),
    ("1,3 {code}", Ticked(CODE, [0, 2])),
    ("1-3{lower}", Ticked(CODE, [0, 1, 2])),
    ("1-2, 3 {code}.", Ticked(CODE, [0, 1, 2])),
    ("{code} 1 3", Ticked(CODE, [0, 2])),
    ("{code}: 1-2", Ticked(CODE, [0, 1])),
    ("1,4", NotOffered(CODE)),
    ("1-9", NotOffered(CODE)),
    ("0,1", NotOffered(CODE)),
    ("1,4 {code}", NotOffered(CODE)),
    ("1,3 {other}", UnknownCode(OTHER)),
    ("2", Chosen(CODE, 1)),
    ("xong", Chosen(CODE, 4)),
    ("trang sau", Chosen(CODE, 3)),
    ("3-1", None),
    ("1/3", None),
    ("1,3 người", None),
    ("1h30", None),
    ("2026", None),
]


@pytest.mark.parametrize(("text", "reading"), SEVERAL)
def test_several_are_named_at_once_where_several_may_be_chosen(text: str, reading: Reading) -> None:
    assert read(text.format(code=CODE, lower=CODE.lower(), other=OTHER), [LISTED], NOW) == reading


@pytest.mark.parametrize(
    ("labels", "shown"),
    [
        (["Đồng ý", "Hỏi lại"], [1, 2]),
        (["1", "2", "Trang sau"], [1, 2, 3]),
        (["21", "22", "Trang trước"], [21, 22, 23]),
        (["Đồng ý tất cả", "1", "2"], [3, 1, 2]),
        (["2", "5", "Vắng", "Tìm tên"], [2, 5, 6, 7]),
    ],
)
def test_the_line_of_a_list_is_named_by_its_own_number(labels: list[str], shown: list[int]) -> None:
    assert choice_numbers(labels) == shown
    prompt = OpenPrompt(CODE, labels, NOW)
    assert [read(str(number), [prompt], NOW) for number in shown] == [Chosen(CODE, at) for at in range(len(shown))]


def test_where_one_is_chosen_several_numbers_are_refused_and_a_number_behind_is_a_reason() -> None:
    assert read(f"1,3 {CODE}", [DECISION], NOW) == NotOffered(CODE)
    assert read(f"{CODE} 2 15", [DECISION], NOW) == Chosen(CODE, 1, "15")


@given(st.randoms(use_true_random=False))
def test_a_new_code_is_right_and_begins_with_a_letter(random: Random) -> None:
    code = new_code(random)
    assert is_code(code)
    assert code[0].isalpha() and not code.isalpha()


@given(st.randoms(use_true_random=False), st.integers(0, 3), st.sampled_from(ALPHABET))
def test_one_wrong_character_makes_it_no_code(random: Random, position: int, character: str) -> None:
    code = new_code(random)
    slip = code[:position] + character + code[position + 1 :]
    assert is_code(slip) == (slip == code)


@given(st.randoms(use_true_random=False), st.integers(0, 2))
def test_two_swapped_neighbours_make_it_no_code(random: Random, position: int) -> None:
    code = new_code(random)
    slip = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    assert is_code(slip) == (slip == code)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    for prompts in ([DECISION, SECOND, STEP], [LISTED], [ASKED_AGAIN]):
        read(text, prompts, NOW)
