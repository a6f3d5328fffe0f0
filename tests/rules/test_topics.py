"""What somebody asks about: by its own words, however they are typed; two matters at once are both offered."""

import pytest

from rules.abbreviations import expanded
from rules.topics import TopicIndex
from rules.words import Certainty
from tests.rules.hotline_figures import sample_directory

TOPICS = TopicIndex(
    [
        ("birth", ["Đăng ký khai sinh", "giấy khai sinh", "khai sinh cho con"]),
        ("again", ["Đăng ký lại khai sinh", "mất giấy khai sinh", "làm lại giấy khai sinh"]),
        ("marriage", ["Đăng ký kết hôn", "giấy kết hôn", "cưới"]),
        ("stall", ["thuê sạp chợ", "sạp chợ"]),
        ("lamp", ["đèn đường hỏng", "cháy bóng đèn đường"]),
        ("death", ["Đăng ký khai tử", "giấy chứng tử"]),
    ]
)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Cho hỏi giấy khai sinh", "birth"),
        ("lam giay khai sinh cho con", "birth"),
        ("gks nộp ở đâu", "birth"),
        ("đkkh cần gì", "marriage"),
        ("giay khai sinhh", "birth"),
        ("tôi bị mất giấy khai sinh", "again"),
        ("den duong hong", "lamp"),
        ("thue sap cho", "stall"),
    ],
)
def test_one_topic_is_sure(text: str, topic: str) -> None:
    match = TOPICS.find(text)
    assert (match.certainty, match.matters) == (Certainty.SURE, [topic])


def test_two_topics_in_one_sentence_are_both_offered() -> None:
    match = TOPICS.find("vừa làm giấy khai sinh vừa xin giấy chứng tử cho ông")
    assert match.certainty is Certainty.OFFER
    assert {"birth", "death"} <= set(match.matters)


def test_marks_tell_words_apart_where_somebody_types_them() -> None:
    assert TOPICS.find("cho tôi hỏi về sạp cho con").certainty is not Certainty.SURE


def test_what_is_nothing_but_slips_is_not_sure() -> None:
    assert TOPICS.find("thuee sapp choo").certainty is not Certainty.SURE


def test_a_brief_mention_in_a_long_sentence_is_asked_about() -> None:
    topic = sample_directory().topic
    assert topic("làm giấy khai sinh").certainty is Certainty.SURE
    assert topic("muốn thêm tên người cha kế vào giấy khai sinh").certainty is Certainty.OFFER


@pytest.mark.parametrize("text", ["", "xin chào", "giá vàng hôm nay", "đăng ký"])
def test_what_says_too_little_is_asked_about(text: str) -> None:
    match = TOPICS.find(text)
    assert (match.certainty, list(match.matters)) == (Certainty.ASK, [])


def test_abbreviations_are_written_out_and_nothing_else() -> None:
    assert expanded("GKS, cccd. hks") == "giấy khai sinh, căn cước công dân. hks"
