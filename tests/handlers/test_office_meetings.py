"""The Office creates, changes, repeats and cancels meetings in chat."""

from datetime import timedelta

import pytest

from bot.i18n import local_day
from services.demo import Cast
from tests.conversation import Phone
from tests.handlers.office_stage import INVESTMENT, MARKET, OfficeStage

TITLE = "Họp <b>thử</b> về quy hoạch"


@pytest.fixture
def summary(office: OfficeStage) -> Phone:
    return filled_in(office)


def filled_in(office: OfficeStage) -> Phone:
    """The form up to its summary."""
    clerk = office.clerk
    clerk.says("/hop").presses("Create a meeting").says(TITLE).presses("Thematic meeting").says("30/11 14h")
    clerk.presses("2 hours").presses("Phòng họp số 1").says("Minh Nguyet").presses("Trần Thị Minh Nguyệt")
    clerk.presses("Sở Tài chính").presses("yes")
    clerk.presses("Sở Tài chính (").says("doi mau").presses("Xã Đồi Mẫu (").presses("Done")
    return (
        clerk.attaches("to-trinh.pdf")
        .attaches("nham.pdf")
        .presses("Take away: nham.pdf")
        .presses("Done")
        .presses("Once")
    )


def test_a_meeting_is_created_and_its_invitees_hear_of_it(office: OfficeStage, summary: Phone) -> None:
    summary.sees_last(TITLE, "End: 16:00", "Papers: to-trinh.pdf", "Xã Đồi Mẫu (Lâm Chí Công)", "Weekly: Once")
    summary.presses("Send").sees_last("Created", "Not linked, to be called: Lâm Chí Công (0900 000 041)")
    (meeting,) = office.newest_meetings()
    assert meeting.code == "H-20261130-1"
    assert office.invited(meeting.code) == [Cast.FINANCE_HEAD, Cast.NOT_LINKED]
    invitation = office.head.sees("Meeting invitation", TITLE, "the head is required", "I will attend")
    assert invitation.files == ["to-trinh.pdf", "H-20261130-1.ics"]


def test_two_meetings_of_a_day_have_different_codes(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Send")
    summary.presses_token(f"office.repeat:{office.newest_meetings()[0].id}:1:4")
    office.change(office.newest_meetings()[1].code, starts_at=office.newest_meetings()[0].starts_at)
    codes = [meeting.code for meeting in office.newest_meetings()]
    assert len(set(codes)) == len(codes)


def test_every_answer_can_be_changed_and_a_long_list_keeps_its_ticks(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Change").presses("Invited").sees_last("✓ Sở Tài chính (Vũ Đình Khải)", "Done (2)")
    summary.presses("Sở Xây dựng (").presses("Done").sees_last(
        "Sở Tài chính (Vũ Đình Khải)", "Sở Xây dựng (Đinh Trọng Nghĩa)"
    )
    summary.presses("Change").presses("Papers").sees_last("– to-trinh.pdf", "Done (1)")
    summary.presses("Done").presses("Change").presses("Start").says("1/12 9h").sees_last("End: 11:00")


def test_wrong_answers_stay_on_the_step(office: OfficeStage) -> None:
    clerk = office.clerk.says("/hop").presses("Create a meeting")
    clerk.says("x" * 5000).sees_last("at most 200 fit")
    clerk.says("Họp về tài liệu tuyệt mật").sees_last("signs of a state secret")
    clerk.says(TITLE).says("không biết").sees_last("Please choose one of the answers below")
    clerk.presses("Conference").says("17/11/2026 8h").sees_last("too early")
    clerk.says("30/11 14h").says("13h30").sees_last("The meeting would end before it starts")
    clerk.says("4 giờ").sees_last("Where?")


def test_a_secret_paper_is_refused_and_the_others_are_kept(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Change").presses("Papers").attaches("bao-cao-toi-mat.pdf").sees("signs of a state secret")
    summary.attaches("phu-luc.xlsx").presses("Done").sees_last("Papers: to-trinh.pdf; phu-luc.xlsx")


def test_a_meeting_of_a_chair_from_outside(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Change").presses("Chair").presses("Somebody from outside").says("Ông A, Thứ trưởng Bộ B")
    summary.sees_last("Name of the chair: Ông A, Thứ trưởng Bộ B")
    summary.presses("Send")
    (meeting,) = office.newest_meetings()
    assert meeting.chair_id is None
    assert meeting.outside_chair == "Ông A, Thứ trưởng Bộ B"
    office.head.sees("Meeting invitation", TITLE, "Chair: Ông A, Thứ trưởng Bộ B")


def test_who_presides_cannot_be_invited_too(office: OfficeStage) -> None:
    clerk = office.clerk.says("/hop").presses("Create a meeting").says(TITLE).presses("Conference").says("30/11 14h")
    clerk.presses("1 hour 30").says("Hội trường").says("khai").presses("Vũ Đình Khải").presses("Sở Tài chính").presses(
        "no"
    )
    clerk.says("khai").sees_last("– Sở Tài chính (Vũ Đình Khải): presides")


def test_clashes_are_shown_before_the_invitations_go_out(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Change").presses("Start").says("20/11 8h30")
    summary.sees_last("Called elsewhere at that hour:", f"Comrade Vũ Đình Khải: {MARKET}")


def test_a_day_off_is_pointed_out(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Change").presses("Start").says("28/11 9h").sees_last("is not a working day")


def test_a_weekly_meeting_leaves_out_days_off_and_says_so(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Change").presses("Start").says("27/11 14h").presses("Change").presses("Weekly").presses("8 weeks")
    summary.sees_last("Not repeated on days off:", "1 Jan")
    summary.presses("Send").sees_last("Repeated 7 times as one series")
    made = office.newest_meetings()
    assert {meeting.series for meeting in made} == {made[0].code}
    assert all(local_day(meeting.starts_at).weekday() == 4 for meeting in made)
    assert office.head.count("Meeting invitation: " + TITLE) == 1
    office.head.sees("Repeated weekly: " + TITLE, "7. ")


def test_repeating_again_adds_nothing_twice(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    view = office.clerk.presses_token(f"office.meeting:{meeting.id}:0:")
    view.presses("Repeat weekly").presses("4 weeks").sees_last("Meetings added: 4.")
    view.presses("Repeat weekly").presses("4 weeks").sees_last("These weeks have the meeting already.")
    view.presses("Repeat weekly").presses("8 weeks").sees_last("Meetings added: 4.")


def test_a_meeting_that_became_past_while_the_form_was_open_is_not_created(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Change").presses("Start").says("18/11 10h")
    office.pass_time(by=timedelta(hours=2))
    summary.presses("Send").sees_last("The meeting would start in the past", "Send")
    assert office.newest_meetings() == []


def test_another_time_asks_everybody_again(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    office.head.presses_token(f"meeting.attend:{office.invitation('CD-01', Cast.FINANCE_HEAD).id}:1:")
    office.clerk.presses_token(f"office.meeting:{meeting.id}:0:").presses("Change").presses("Start").says("24/11 9h")
    office.clerk.sees_last("The meeting as it will be", "End: 11:00")
    office.clerk.presses("Send").sees_last("Changed; everybody concerned has been told")
    office.head.sees("Changed", INVESTMENT, "Please answer again", "I will attend")
    office.phone(Cast.CHAIR).sees("Changed", INVESTMENT, "Tuesday, 24 November")


def test_another_place_leaves_the_answers_as_they_are(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    office.head.presses_token(f"meeting.attend:{office.invitation('CD-01', Cast.FINANCE_HEAD).id}:1:")
    office.clerk.presses_token(f"meeting.edit:{meeting.id}:1:place").says("Phòng 305").presses("Send")
    office.head.sees("Changed", "Phòng họp số 1 → Phòng 305", "Your answer stands")


def test_one_more_invitee_disturbs_nobody_else(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    invitation = office.invitation("CD-01", Cast.FINANCE_HEAD)
    office.clerk.presses_token(f"meeting.edit:{meeting.id}:1:invitees").presses("Sở Y tế (").presses("Sở Công Thương (")
    office.clerk.presses("Done").presses("Send")
    assert Cast.HEALTH_HEAD not in office.invited("CD-01")
    assert "SCT01" in office.invited("CD-01")
    office.phone("SCT01").sees(INVESTMENT)
    assert office.head.count("Changed") == 0
    office.head.presses_token(f"meeting.attend:{invitation.id}:1:")
    assert office.invitation("CD-01", Cast.FINANCE_HEAD).answer == "attends"


def test_new_papers_are_sent_to_those_invited(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    office.clerk.presses_token(f"meeting.edit:{meeting.id}:1:papers").attaches("to-trinh.pdf").presses("Done").presses(
        "Send"
    )
    assert office.head.sees("New papers: to-trinh.pdf", "Please answer before").files == ["to-trinh.pdf"]
    meeting = office.meeting("CD-01")
    office.clerk.presses_token(f"meeting.edit:{meeting.id}:{meeting.version}:papers").presses("Take away").presses(
        "Done"
    )
    office.clerk.presses("Send")
    assert office.head.sees("Papers withdrawn: to-trinh.pdf").files == []


def test_two_clerks_change_different_things_and_neither_is_lost(office: OfficeStage) -> None:
    meeting, other = office.meeting("CD-01"), office.phone(Cast.CHIEF_OF_OFFICE)
    office.clerk.presses_token(f"meeting.edit:{meeting.id}:1:place").says("Phòng 305")
    other.presses_token(f"meeting.edit:{meeting.id}:1:invitees").presses("Sở Công Thương (").presses("Done").presses(
        "Send"
    )
    other.presses_token(f"meeting.edit:{meeting.id}:1:title").says("Tên mới").presses("Send")
    office.clerk.presses("Send")
    changed = office.meeting("CD-01")
    assert (changed.place, changed.title) == ("Phòng 305", "Tên mới")
    assert "SCT01" in office.invited("CD-01")


def test_an_old_button_changes_nothing_and_shows_the_meeting_as_it_is(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    office.change("CD-01", place="Phòng 305")
    for route in ("office.change", "meeting.edit", "meeting.cancel", "office.repeat"):
        office.clerk.presses_token(f"{route}:{meeting.id}:1:place").sees_last(
            "The meeting has changed since", "Phòng 305"
        )


def test_a_chair_who_cannot_come_is_replaced(office: OfficeStage) -> None:
    chair, meeting = office.phone(Cast.CHAIR), office.meeting("CD-01")
    chair.presses_token(f"meeting.preside:{meeting.id}:0:").presses("I cannot preside").says("đi công tác").presses(
        "Send"
    )
    office.clerk.sees("The chair cannot come", "đi công tác", "Postpone")
    office.clerk.presses("Name another chair").says("Minh Nguyet").presses("Trần Thị Minh Nguyệt").presses("Send")
    chair.sees("You no longer preside over", "tiến độ giải ngân")
    office.phone(Cast.VICE_CHAIR).sees("You preside over", "tiến độ giải ngân")


def test_a_meeting_is_postponed_from_the_word_that_the_chair_cannot_come(office: OfficeStage) -> None:
    chair, meeting = office.phone(Cast.CHAIR), office.meeting("CD-01")
    chair.presses_token(f"meeting.preside:{meeting.id}:0:").presses("I cannot preside").presses("Skip").presses("Send")
    office.clerk.presses("Postpone").says("25/11 8h").presses("Send")
    office.head.sees("Changed", INVESTMENT, "Wednesday, 25 November")


def test_a_meeting_is_cancelled_with_a_reason(office: OfficeStage) -> None:
    meeting = office.meeting("CD-01")
    office.clerk.presses_token(f"office.meeting:{meeting.id}:0:").presses("Cancel the meeting").says("chưa đủ tài liệu")
    office.clerk.sees_last("Cancel the meeting: " + INVESTMENT, "Every request ends")
    office.clerk.presses("Send").sees_last("Cancelled", INVESTMENT)
    office.head.sees("Cancelled", INVESTMENT, "chưa đủ tài liệu")
    office.phone(Cast.CHAIR).sees("Cancelled", INVESTMENT)
    office.clerk.presses_token(f"meeting.edit:{meeting.id}:1:time").sees_last(
        "The meeting has started or was cancelled"
    )


def test_a_form_that_is_left_creates_nothing(office: OfficeStage, summary: Phone) -> None:
    summary.presses("Cancel").sees_last("Nothing was sent")
    assert office.newest_meetings() == []


def test_a_meeting_is_created_changed_repeated_and_cancelled_on_every_database(office_anywhere: OfficeStage) -> None:
    clerk = filled_in(office_anywhere).presses("Send").presses("Repeat weekly").presses("4 weeks")
    clerk.sees_last("Meetings added: 4.")
    clerk.presses("Change").presses("Place").says("Phòng 305").presses("Send").sees_last("Phòng 305")
    clerk.presses("Cancel the meeting").says("hoãn").presses("Send").sees_last("Cancelled")
    assert [meeting.place for meeting in office_anywhere.newest_meetings()] == ["Phòng 305", *["Phòng họp số 1"] * 4]


def test_a_series_is_one_message_in_which_each_date_can_be_answered(office: OfficeStage) -> None:
    first = office.meeting("CD-01")
    before = len(office.head.bubbles)
    office.clerk.presses_token(f"office.repeat:{first.id}:1:12")
    assert len(office.head.bubbles) == before + 1
    told = office.head.sees_last(f"Repeated weekly: {INVESTMENT}", "11. ", "Choose a number to answer now")
    office.head.presses("2", on=told).sees_last("Meeting invitation", "Please answer before")
    office.head.presses("I will attend").sees_last("You will attend")
    later = office.newest_meetings()[-1]
    assert office.invitation(later.code, Cast.FINANCE_HEAD).answer == "none"
    office.pass_time(to=later.starts_at - timedelta(days=1))
    office.head.sees("Reminder: please answer the invitation", INVESTMENT)
