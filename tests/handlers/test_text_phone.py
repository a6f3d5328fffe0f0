"""Living on a phone that shows text alone, as on Zalo: papers, pictures, files, and what cannot be used."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.adapters.simulator.channel import TEXT_ONLY
from bot.work import Work
from models.meetings import meeting_by_code
from services import meetings
from services.demo import Cast
from tests.conversation import PUBLIC_URL, Phone, Stage
from tests.transcripts.world import Worlds

FRIDAY = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    return Worlds(tmp_path_factory.mktemp("text-phones"), TEXT_ONLY)


@pytest.fixture
def stage(worlds: Worlds) -> Iterator[Stage]:
    stage = worlds.open(FRIDAY, "gia-binh-2022")
    yield stage
    stage.database.close()


@pytest.fixture
def head(stage: Stage) -> Phone:
    return stage.phone(Cast.FINANCE_HEAD)


def _hand_out(work: Work, code: str, *names: str) -> None:
    meeting = meeting_by_code(work.session, code)
    assert meeting is not None
    details = meetings.details_of(work, meeting)
    papers = [work.attach(name, name.encode()).file_id for name in names]
    meetings.change(work, meeting, replace(details, paper_ids=[*details.paper_ids, *papers]))


def test_a_picture_among_the_papers_is_shown_and_every_paper_has_its_address(stage: Stage, head: Phone) -> None:
    seen = len(head.bubbles)
    stage.act(_hand_out, "CD-01", "sơ đồ chỗ ngồi.png", "tờ trình.pdf")
    picture, text = head.bubbles[seen:]
    assert (picture.text, stage.opens(picture.picture).content) == ("", "sơ đồ chỗ ngồi.png".encode())
    found = [line.rpartition(": ") for line in text.text.split("\n") if PUBLIC_URL in line]
    assert [name for name, _colon, _url in found] == ["sơ đồ chỗ ngồi.png", "tờ trình.pdf"]
    assert [stage.opens(url).content for _name, _colon, url in found] == [
        "sơ đồ chỗ ngồi.png".encode(),
        "tờ trình.pdf".encode(),
    ]


def test_a_file_sent_into_the_chat_is_answered_with_the_address_to_hand_it_in(head: Phone) -> None:
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Vắng, không cử").presses("Công tác")
    head.attaches_in_chat("giấy mời.pdf")
    head.sees_last("Kênh này chỉ nhận chữ và ảnh", f"{PUBLIC_URL}/u/", "Bỏ qua")
    head.attaches("giấy mời.pdf").sees_last("giấy mời.pdf", "trước khi gửi")


def test_a_picture_sent_into_the_chat_answers_the_form(head: Phone) -> None:
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Vắng, không cử").presses("Ốm")
    head.attaches("giấy khám.jpg").sees_last("giấy khám.jpg", "trước khi gửi")


def test_without_a_form_it_is_said_once_in_a_while_what_arrives_here(stage: Stage, head: Phone) -> None:
    seen = len(head.bubbles)
    for _ in range(3):
        head.attaches_in_chat("báo cáo.docx")
    assert [bubble.text for bubble in head.bubbles[seen:]] == [
        "Kênh này chỉ nhận chữ và ảnh, không nhận tệp.\n"
        "Khi cần văn bản, hệ thống gửi địa chỉ để nộp; nếu không, đề nghị liên hệ Văn phòng."
    ]
