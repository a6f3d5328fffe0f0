"""The Office enters for others what came by telephone, and it is marked so."""

from datetime import timedelta

from models.absence import Acceptance, Ratification
from services.demo import Cast
from tests.conversation import Phone
from tests.handlers.office_stage import OfficeStage


def _opens(office: OfficeStage, code: str) -> Phone:
    return office.clerk.presses_token(f"office.meeting:{office.meeting(code).id}:0:")


def _asks(office: OfficeStage, phone: Phone, code: str) -> None:
    """An official asks to be absent without a substitute."""
    phone.presses_token(f"absence.ask:{office.invitation(code, phone.address).id}:1:absent").presses(
        "Absent, no substitute"
    )
    phone.presses("Work trip").presses("Skip").presses("Send")


def test_the_office_enters_that_somebody_comes(office: OfficeStage) -> None:
    _opens(office, "CD-01").presses("Enter an answer by telephone").says("khai").presses("Vũ Đình Khải")
    office.clerk.presses("I will attend").sees_last(
        "Entered by telephone: Comrade Vũ Đình Khải will attend", "will come 1"
    )
    office.head.sees("Entered by Comrade Bùi Thu Trang for Comrade Vũ Đình Khải, by telephone")
    invitation = office.invitation("CD-01", Cast.FINANCE_HEAD)
    assert (invitation.answer, invitation.answered_by_id) == ("attends", office.clerk.person.id)


def test_the_office_enters_a_request_for_somebody_who_is_not_linked(office: OfficeStage) -> None:
    _opens(office, "HN-02").presses("Enter an answer by telephone").says("chi cong")
    office.clerk.sees_last("Lâm Chí Công, Chủ tịch UBND xã Đồi Mẫu, 0900 000 041, not linked")
    office.clerk.presses("Lâm Chí Công").presses("Ask to be absent").presses("Send a substitute").presses("Ill")
    office.clerk.presses("Skip").presses("Vi Thị Thảo").sees_last(
        "Request entered for Comrade Lâm Chí Công, by telephone"
    )
    office.clerk.presses("Send").sees("Entered by Comrade Bùi Thu Trang for Comrade Lâm Chí Công, by telephone")
    office.phone(Cast.CHAIR).sees("Opinion of the chair", "Lâm Chí Công", "Entered by Comrade Bùi Thu Trang")
    assert office.request("HN-02").entered_by_id == office.clerk.person.id


def test_who_has_asked_can_only_take_it_back_by_telephone(office: OfficeStage) -> None:
    _asks(office, office.head, "CD-01")
    _opens(office, "CD-01").presses("Enter an answer by telephone").says("khai").presses("Vũ Đình Khải")
    assert [label for label in office.clerk.last.buttons if label != "Cancel"] == ["I will attend"]
    office.clerk.presses("I will attend")
    assert office.request("CD-01").state == "withdrawn"


def test_an_oral_consent_waits_for_the_chair_and_is_listed_until_then(office: OfficeStage) -> None:
    _asks(office, office.head, "CD-01")
    _opens(office, "CD-01").presses("Chair's consent by telephone (1)").sees_last("1. ", "Vũ Đình Khải")
    office.clerk.presses("1").sees_last("The chair agreed by telephone at 09:00: note it?")
    office.clerk.presses("The chair agreed").sees_last("by telephone, to be confirmed")
    _opens(office, "CD-01").presses("Chair's consent by telephone (0)")
    office.clerk.sees_last("No request waits", "not confirmed by the chair yet", "Vũ Đình Khải")
    office.phone(Cast.CHAIR).says("/duyet").presses("Confirm")
    assert office.request("CD-01").ratification is Ratification.RATIFIED
    office.clerk.presses("Back to the meeting")
    shown = office.clerk.presses("Chair's consent by telephone (0)").last
    assert "not confirmed" not in shown.text


def test_a_chair_who_did_not_say_so_undoes_the_oral_consent(office: OfficeStage) -> None:
    _asks(office, office.head, "CD-01")
    _opens(office, "CD-01").presses("Chair's consent by telephone (1)").presses("1").presses("The chair agreed")
    office.phone(Cast.CHAIR).presses("I did not agree").says("tôi không nói vậy")
    assert office.request("CD-01").state == "refused"
    office.head.sees("Refused", "tôi không nói vậy")


def test_a_second_tap_on_the_oral_consent_changes_nothing(office: OfficeStage) -> None:
    _asks(office, office.head, "CD-01")
    _opens(office, "CD-01").presses("Chair's consent by telephone (1)").presses("1")
    token = office.clerk.last.buttons["The chair agreed"]
    office.clerk.presses_token(token)
    version = office.request("CD-01").version
    office.clerk.presses_token(token).sees_last("Nothing was changed")
    assert office.request("CD-01").version == version


# HN-01 has a chair from outside.
def test_for_a_chair_from_outside_the_word_of_the_office_decides(office: OfficeStage) -> None:
    asker, other = office.phone(Cast.CONSTRUCTION_HEAD), office.phone(Cast.CHIEF_OF_OFFICE)
    _asks(office, asker, "HN-01")
    card = office.clerk.sees(
        "Opinion of the chair requested", "Đinh Trọng Nghĩa", "The chair agreed", "The chair refused"
    )
    office.clerk.presses("The chair agreed", on=card)
    request = office.request("HN-01")
    assert (request.state, request.ratification, request.oral_by_id) == (
        "approved",
        Ratification.NONE,
        office.clerk.person.id,
    )
    assert "The chair agreed" not in other.sees("Approved at", "Đinh Trọng Nghĩa")
    assert not any("The chair refused" in bubble.buttons for bubble in other.bubbles)


def test_a_chair_from_outside_refuses_with_a_reason(office: OfficeStage) -> None:
    asker = office.phone(Cast.CONSTRUCTION_HEAD)
    _asks(office, asker, "HN-01")
    _opens(office, "HN-01").presses("Chair's consent by telephone (1)").presses("1").sees_last("The chair refused")
    office.clerk.presses("The chair refused").says("phải có mặt")
    assert office.request("HN-01").state == "refused"
    asker.sees("phải có mặt")


def test_nothing_can_be_entered_once_the_meeting_has_started(office: OfficeStage) -> None:
    _opens(office, "CD-01").presses("Enter an answer by telephone").says("khai").presses("Vũ Đình Khải")
    office.pass_time(to=office.meeting("CD-01").starts_at + timedelta(minutes=1))
    office.clerk.presses("I will attend").sees("The meeting has started or was cancelled")
    assert office.invitation("CD-01", Cast.FINANCE_HEAD).answer == "none"


def test_a_substitute_who_accepts_completes_an_entered_request(office: OfficeStage) -> None:
    _opens(office, "CD-01").presses("Enter an answer by telephone").says("khai").presses("Vũ Đình Khải")
    office.clerk.presses("Ask to be absent").presses("Send a substitute").presses("Work trip").presses("Skip")
    office.clerk.presses("Ngô Thị Thu").presses("Send")
    office.phone(Cast.FINANCE_DEPUTY).presses("I will sit in")
    assert office.request("CD-01").acceptance is Acceptance.ACCEPTED


def test_a_call_that_was_earlier_is_noted_with_its_own_time(office: OfficeStage) -> None:
    _asks(office, office.head, "CD-01")
    office.pass_time(by=timedelta(minutes=30))
    _opens(office, "CD-01").presses("Chair's consent by telephone (1)").presses("1").presses("At another time")
    office.clerk.sees_last("When did the chair agree by telephone?", "9h15")
    office.clerk.says("10h").sees_last("please give a time before 09:30", "When did the chair agree")
    office.clerk.says("chiều nay").sees_last("When did the chair agree")
    office.clerk.says("9:14").sees_last("Approved at 09:14", "by telephone, to be confirmed")
    chair = office.phone(Cast.CHAIR)
    chair.sees("noted that you agreed by telephone at 09:14")
    chair.presses("Confirm")
    assert office.request("CD-01").ratification is Ratification.RATIFIED


def test_a_call_of_yesterday_to_a_chair_from_outside_is_the_decision(office: OfficeStage) -> None:
    _asks(office, office.phone(Cast.CONSTRUCTION_HEAD), "HN-01")
    _opens(office, "HN-01").presses("Chair's consent by telephone (1)").presses("1").presses("At another time")
    office.clerk.says("16h hôm qua").sees_last("Approved at 16:00, Tuesday 17 Nov")
    request = office.request("HN-01")
    assert (request.state, request.ratification) == ("approved", Ratification.NONE)


def test_an_hour_that_can_only_have_been_in_the_morning_is_not_asked_about(office: OfficeStage) -> None:
    _asks(office, office.head, "CD-01")
    _opens(office, "CD-01").presses("Chair's consent by telephone (1)").presses("1").presses("At another time")
    office.clerk.says("7 giờ").sees_last("Approved at 07:00")


def test_the_clerk_reads_whose_request_he_entered(office: OfficeStage) -> None:
    _opens(office, "CD-01").presses("Enter an answer by telephone").says("khai").presses("Vũ Đình Khải")
    office.clerk.presses("Ask to be absent").presses("Absent, no substitute").presses("Ill").presses("Skip")
    office.clerk.presses("Send").sees("Request of Comrade Vũ Đình Khải: absent, no substitute")
    office.head.sees("Your request: absent, no substitute")


def test_who_will_attend_is_not_asked_again_in_his_list(office: OfficeStage) -> None:
    head = office.head
    invited = office.invitation("CD-01", Cast.FINANCE_HEAD)
    head.presses_token(f"meeting.attend:{invited.id}:1:").says("/lich").presses("1").sees_last("You will attend")
    assert "Please answer" not in head.last.text
