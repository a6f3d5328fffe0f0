"""What the Office sees with /hop, and who may not see it."""

from datetime import timedelta

from bot.work import Work
from models.people import account_at
from services.demo import Cast
from tests.handlers.office_stage import INVESTMENT, OfficeStage


def test_coming_meetings_are_listed_with_their_figures(office: OfficeStage) -> None:
    office.head.presses_token(f"meeting.attend:{office.invitation('CD-01', Cast.FINANCE_HEAD).id}:1:")
    office.clerk.says("/hop").sees_last(
        "Coming meetings", f"1. {INVESTMENT}", "invited 3, come 1, requests 0, silent 2"
    )


def test_pages_of_the_list_are_turned(office: OfficeStage) -> None:
    office.clerk.presses_token(f"office.repeat:{office.meeting('CD-01').id}:1:12").says("/hop").presses(
        "Next page"
    ).sees_last("13. ", "Earlier page", "Create a meeting")
    office.clerk.presses("Earlier page").sees_last("1. ", "Next page")


def test_a_meeting_names_who_cannot_be_reached_with_his_telephone(office: OfficeStage) -> None:
    office.clerk.says("/hop").presses("3").sees_last("Not linked, to be called: Lâm Chí Công (0900 000 041)")


def test_the_telephone_list_comes_as_words_and_as_a_document(office: OfficeStage) -> None:
    shown = (
        office.clerk.says("/hop").presses("Telephone list").sees_last("To be called by telephone: 2", "0900 000 041")
    )
    assert shown.files == ["danh-sach-dien-thoai-20261118.docx"]


def _close_chat(work: Work, address: str) -> None:
    account = account_at(work.session, "simulator", address)
    assert account is not None
    account.is_reachable = False


def test_a_closed_chat_puts_its_owner_on_the_telephone_list(office: OfficeStage) -> None:
    office.ask(_close_chat, Cast.FINANCE_HEAD)
    office.clerk.says("/hop").presses("Telephone list").sees_last("To be called by telephone: 3", "Vũ Đình Khải")


def test_others_than_the_office_are_refused(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    for token in (
        "/hop:0:0:",
        "office.new:0:0:",
        "office.phones:0:0:",
        f"office.meeting:{meeting.id}:0:",
        f"office.change:{meeting.id}:1:",
        f"office.repeat:{meeting.id}:1:4",
        f"office.telephone:{meeting.id}:1:",
        f"office.oral:{meeting.id}:1:",
        f"meeting.edit:{meeting.id}:1:chair",
        f"meeting.cancel:{meeting.id}:1:",
    ):
        office.head.presses_token(token).sees_last("This is not available to you")


def test_a_meeting_that_never_existed_looks_like_one_that_is_not_allowed(office: OfficeStage) -> None:
    for route in ("office.meeting", "office.change", "meeting.cancel", "office.request", "office.telephone"):
        office.clerk.presses_token(f"{route}:999999:1:").sees_last("This is not available to you")


def test_a_meeting_that_has_started_offers_nothing_to_change(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    office.pass_time(to=meeting.starts_at + timedelta(minutes=5))
    shown = office.clerk.presses_token(f"office.meeting:{meeting.id}:1:").sees_last(INVESTMENT)
    assert list(shown.buttons) == ["All meetings"]
    office.clerk.presses_token(f"meeting.edit:{meeting.id}:1:chair").sees_last(
        "The meeting has started or was cancelled"
    )
