"""`/bieuquyet` (Tân Yên 4.d): three positions, sealed until it closes, counted with the line that says why."""

from datetime import date, time, timedelta

from sqlmodel import Session, select

from models.audit import AuditEntry
from rules.duties import DutyState
from rules.votes import Choice, VoteState
from rules.workdays import at
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.task_stage import under
from tests.handlers.vote_stage import (
    DUE,
    THREE,
    TITLE,
    after,
    ask,
    ballots,
    comment,
    owed,
    replace,
    state,
    succeed,
)


def test_every_member_gets_the_draft_and_three_choices(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE))
    office.sees(TITLE, "Chưa cho ý kiến (12)", "chỉ hiện sau khi kết thúc")
    card = town.phone(Cast.HEALTH_HEAD).sees_last(
        "Xin ý kiến đồng chí thành viên UBND", TITLE, "Cơ quan soạn thảo: Sở Công Thương", "điểm d khoản 4"
    )
    assert card.files == ["quy che.docx"]
    assert list(card.buttons)[:3] == ["Đồng ý", "Đồng ý, có ý kiến", "Không đồng ý"]
    assert "Phiếu của đồng chí: chưa ghi nhận" in card.text and "16 giờ 00, thứ Sáu, ngày 27/11/2026" in card.text
    assert owed(town) == [DutyState.OPEN] * 12


def test_a_draft_that_was_typed_stands_on_the_card_and_is_sent_again(town: Stage) -> None:
    office = town.phone(Cast.OFFICE).says("/bieuquyet").presses("Lấy phiếu ý kiến mới").says(TITLE)
    office.says("Sở Công Thương").presses("Sở Công Thương").presses("Bỏ qua").presses("Xong (0)")
    office.says("Điều 1. Phạm vi").presses("Tất cả 12 thành viên").says("16h 27/11/2026").presses("Gửi")
    chair = town.phone(Cast.CHAIR)
    assert chair.sees_last("Xin ý kiến đồng chí thành viên UBND", "Điều 1. Phạm vi").files == []
    chair.presses("Xem dự thảo").sees_last(TITLE, "Điều 1. Phạm vi")


def test_one_tap_agrees_and_the_other_two_ask_for_words(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    chair, finance, health = (town.phone(code) for code in THREE)
    chair.presses("Đồng ý").sees_last("Đã ghi nhận", "Phiếu của đồng chí: Đồng ý")
    comment(finance)
    finance.sees_last("Đã ghi nhận: Đồng ý, có ý kiến: Bổ sung Điều 5")
    finance.sees("Phiếu của đồng chí: Đồng ý, có ý kiến: Bổ sung Điều 5")
    health.presses("Không đồng ý").presses("Bỏ qua").sees("Phiếu của đồng chí: Không đồng ý")
    assert ballots(town) == [
        (Choice.AGREE, "", 1, False),
        (Choice.WITH_COMMENTS, "Bổ sung Điều 5", 1, False),
        (Choice.DISAGREE, "", 1, False),
    ]
    assert owed(town) == [DutyState.DONE] * 3


def test_nothing_is_shown_of_another_s_ballot_before_it_closes(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    comment(town.phone(Cast.FINANCE_HEAD), "Bỏ Điều 7")
    for watcher in (office, town.phone(Cast.CHAIR), town.phone(Cast.HEALTH_HEAD)):
        watcher.says("/bieuquyet").presses("1")
        assert "Bỏ Điều 7" not in watcher.transcript
    office.sees_last("Đã cho ý kiến (1): đ/c Vũ Đình Khải", "Chưa cho ý kiến (2)")


def test_a_ballot_is_changed_until_it_closes_and_the_former_ones_stay(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    chair = town.phone(Cast.CHAIR).presses("Đồng ý")
    chair.presses("Sửa ý kiến của tôi").sees_last("Phiếu đã ghi nhận vẫn tính")
    chair.presses("Không đồng ý").says("Chưa có đánh giá tác động")
    chair.sees("Phiếu của đồng chí: Không đồng ý: Chưa có đánh giá tác động")
    assert [choice for choice, *_rest in ballots(town)] == [Choice.AGREE, Choice.DISAGREE]
    town.pass_time(to=after())
    chair.sees("Đồng ý: 0; Đồng ý, có ý kiến: 0; Không đồng ý: 1; chưa cho ý kiến: 2")
    chair.presses_token("vote.change:1:0:")
    chair.presses_token("vote.cast:1:1:agree").sees_last("Việc lấy phiếu đã kết thúc")
    assert len(ballots(town)) == 2


def test_a_double_tap_is_one_ballot(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    chair = town.phone(Cast.CHAIR)
    token = chair.last.buttons["Đồng ý"]
    for _tap in range(2):
        chair.presses_token(token, chair.last.id)
    chair.sees_last("Ý kiến này đã được ghi nhận. Không có gì thay đổi.")
    assert len(ballots(town)) == 1


def test_nobody_votes_for_another(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    chair, deputy = town.phone(Cast.CHAIR), town.phone(Cast.VICE_CHAIR)
    chair.says("/uyquyen").presses("Thêm ủy quyền").says("Trần Thị Minh Nguyệt").presses("Trần Thị Minh Nguyệt")
    chair.says("20/11/2026").says("30/11/2026").presses("Bỏ qua").presses("Gửi")
    for phone in (office, deputy, town.phone(Cast.CONSTRUCTION_HEAD), town.phone(Cast.FINANCE_DEPUTY)):
        for argument in ("agree", "disagree"):
            phone.presses_token(f"vote.cast:1:1:{argument}")
    town.phone(Cast.CHAIR).presses_token("vote.cast:1:1:abstain")
    assert ballots(town) == []
    assert owed(town) == [DutyState.OPEN] * 3


def test_another_text_asks_only_those_again_who_have_voted(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    chair, finance, health = (town.phone(code) for code in THREE)
    old = chair.last
    chair.presses("Đồng ý")
    comment(finance)
    replace(office, b"second", due="10h thứ Hai 30/11/2026").sees("Đã gửi bản mới", "Đã cho ý kiến về bản trước (2)")
    assert chair.sees_last("Dự thảo đã được thay", "cho ý kiến lại về bản hiện nay").files == ["quy che 2.docx"]
    assert health.sees_last("Dự thảo đã được thay", "chưa ghi nhận", "thứ Hai, ngày 30/11").files == ["quy che 2.docx"]
    assert owed(town) == [DutyState.OPEN] * 3
    chair.presses_token(old.buttons["Đồng ý"], old.id).sees("Dự thảo đã được thay sau khi tin này được gửi")
    assert len(ballots(town)) == 2
    chair.presses("Đồng ý")
    town.pass_time(to=after(at(date(2026, 11, 30), time(10))))
    office.sees("Đồng ý: 1", "chưa cho ý kiến: 1", "cho ý kiến về bản trước: 1", "Đồng ý 1/12: không quá nửa")
    assert owed(town) == [DutyState.DONE, DutyState.MISSED, DutyState.MISSED]


def test_words_typed_while_the_draft_was_replaced_are_not_counted_for_the_new_one(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    finance = town.phone(Cast.FINANCE_HEAD).presses("Đồng ý, có ý kiến")
    replace(office, b"second")
    finance.says("Bổ sung Điều 5").sees_last("Dự thảo đã được thay sau khi tin này được gửi")
    assert ballots(town) == []


def test_a_due_moment_that_passed_while_the_form_was_open_is_asked_again(town: Stage) -> None:
    office = town.phone(Cast.OFFICE).says("/bieuquyet").presses("Lấy phiếu ý kiến mới").says(TITLE)
    office.says("Sở Công Thương").presses("Sở Công Thương").presses("Bỏ qua").attaches("a.docx").presses("Xong (1)")
    office.presses("Tất cả 12 thành viên").says("9h 20/11/2026")
    town.clock.move_to(town.clock.now() + timedelta(hours=2))
    office.presses("Gửi").sees_last("Thời hạn đã qua")
    office.presses("Sửa").presses("Hạn").says("16h 27/11/2026").presses("Gửi")
    assert owed(town) == [DutyState.OPEN] * 12


def test_the_same_text_once_more_asks_nobody(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    town.phone(Cast.CHAIR).presses("Đồng ý")
    replace(office, b"first").sees_last("giống hệt bản đang lấy ý kiến")
    assert owed(town)[0] is DutyState.DONE


def test_only_who_has_not_voted_is_reminded_and_told_that_nothing_is_recorded(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    chair, finance, _health = (town.phone(code) for code in THREE)
    chair.presses("Đồng ý")
    finance.presses("Đồng ý, có ý kiến")
    town.pass_time(to=DUE - timedelta(hours=24))
    finance.sees("chưa ghi nhận phiếu của đồng chí", TITLE, "Không đồng ý")
    assert chair.count("Nhắc việc") == 0
    town.pass_time(to=DUE - timedelta(hours=2))
    assert finance.count("Nhắc việc: chưa ghi nhận") == 2


def test_words_that_are_no_position_are_asked_back(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    finance = town.phone(Cast.FINANCE_HEAD)
    for words in ("cơ bản đồng ý", "Không có ý kiến.", "nhất trí về nguyên tắc"):
        card = finance.says(words).sees_last("chưa thể hiện rõ quan điểm", "Chưa ghi nhận gì")
        assert list(card.buttons)[:3] == ["Đồng ý", "Đồng ý, có ý kiến", "Không đồng ý"]
    finance.presses("Đồng ý, có ý kiến").says("không có ý kiến").sees_last("chưa thể hiện rõ quan điểm")
    assert ballots(town) == []
    finance.says("Bổ sung Điều 5")
    assert ballots(town) == [(Choice.WITH_COMMENTS, "Bổ sung Điều 5", 1, False)]
    # Nothing waits for him any more: the words mean nothing here.
    finance.says("cơ bản đồng ý").sees_last("Hệ thống chưa hiểu")


def test_a_classified_draft_is_refused_and_votes_on_paper_are_named(town: Stage) -> None:
    office = town.phone(Cast.OFFICE).says("/bieuquyet").presses("Lấy phiếu ý kiến mới").says(TITLE)
    office.says("Sở Công Thương").presses("Sở Công Thương").presses("Bỏ qua")
    office.attaches("du thao toi mat.docx").sees_last("bí mật nhà nước")
    office.presses("Xong (0)").says("Văn bản mật về quốc phòng").sees_last("bí mật nhà nước")
    office.says("Quy chế gồm 5 điều").presses("Tất cả 12 thành viên").says("16h 27/11/2026")
    office.sees_last("nội dung mật lấy ý kiến bằng phiếu giấy", "điểm d khoản 4")
    assert owed(town) == []


def test_a_member_asks_for_his_own_unit_and_nobody_else_does(town: Stage) -> None:
    head = ask(town.phone(Cast.FINANCE_HEAD), unit="", whom=(Cast.CHAIR,))
    head.sees(TITLE, "Cơ quan soạn thảo: Sở Tài chính")
    for code in (Cast.COMMUNE_CHAIR, Cast.FINANCE_DEPUTY, Cast.HEALTH_STAFF, Cast.CONSTRUCTION_HEAD):
        other = town.phone(code)
        for route in ("vote.open", "vote.replace", "vote.cancel", "vote.close", "vote.papers", "vote.draft"):
            assert TITLE not in other.presses_token(f"{route}:1:0:").last.text
    town.phone(Cast.COMMUNE_CHAIR).says("/bieuquyet")
    assert "Lấy phiếu ý kiến mới" not in town.phone(Cast.COMMUNE_CHAIR).transcript
    assert state(town) is VoteState.OPEN


def test_what_waits_for_my_ballot_comes_first_and_the_menu_has_it(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=(Cast.CHAIR,))
    chair = town.phone(Cast.CHAIR).presses("Đồng ý")
    ask(town.phone(Cast.OFFICE), whom=THREE, due="16h 30/11/2026")
    chair.says("/bieuquyet")
    first, second = (line for line in chair.last.text.splitlines() if line[:2] in ("1.", "2."))
    assert "chờ phiếu của đồng chí" in first and "đồng chí: Đồng ý" in second
    chair.says("/viec").sees_last("Cho ý kiến thành viên UBND")
    chair.presses("1. Cho ý kiến thành viên UBND").presses("Mở").sees_last("Phiếu của đồng chí: chưa ghi nhận")


def test_a_body_whose_directive_is_silent_votes_all_the_same(town: Stage) -> None:
    under(town, "gia-binh-2022")
    ask(town.phone(Cast.OFFICE), whom=THREE)
    town.phone(Cast.HEALTH_HEAD).sees_last("Xin ý kiến đồng chí", "Luật Cán bộ, công chức")


def test_it_is_voted_on_phones_that_show_text_alone(text_stage: Stage) -> None:
    ask(text_stage.phone(Cast.OFFICE), whom=THREE)
    chair, finance, health = (text_stage.phone(code) for code in THREE)
    chair.presses("Đồng ý", on=chair.sees("Xin ý kiến đồng chí thành viên UBND"))
    comment(finance)
    code = next(token for token in health.last.buttons.values()).rpartition(" ")[2]
    health.says(f"1 {code} nhưng bổ sung Điều 5").says(f"CO {code}").sees_last("chưa thể hiện rõ quan điểm")
    health.says(f"đồng ý, có ý kiến {code}").says("Bổ sung Điều 6").sees("Đồng ý, có ý kiến: Bổ sung Điều 6")
    assert [words for _choice, words, *_rest in ballots(text_stage)] == ["", "Bổ sung Điều 5", "Bổ sung Điều 6"]


def test_after_its_due_moment_the_draft_is_replaced_no_more(town: Stage) -> None:
    office = ask(town.phone(Cast.OFFICE), whom=THREE)
    office.presses("Thay dự thảo").attaches("quy che 2.docx", b"second").presses("Xong (1)").presses("Bỏ qua")
    town.clock.move_to(DUE)
    office.presses("Gửi").sees_last("Việc lấy phiếu đã kết thúc")
    assert owed(town) == [DutyState.OPEN] * 3


def test_a_successor_reads_whose_ballot_stands_for_his_post(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    town.phone(Cast.HEALTH_HEAD).presses("Đồng ý")
    town.act(succeed, Cast.HEALTH_STAFF, Cast.HEALTH_HEAD)
    successor = town.phone(Cast.HEALTH_STAFF).says("/bieuquyet").presses("1")
    successor.sees_last("Phiếu của người tiền nhiệm, đ/c Phùng Thế Vinh: Đồng ý")
    successor.presses("Sửa ý kiến của tôi").presses("Không đồng ý").presses("Bỏ qua")
    town.phone(Cast.HEALTH_HEAD).presses_token("vote.cast:1:1:agree")
    assert [choice for choice, *_rest in ballots(town)] == [Choice.AGREE, Choice.DISAGREE]


def test_the_log_does_not_say_how_anybody_has_voted(town: Stage) -> None:
    ask(town.phone(Cast.OFFICE), whom=THREE)
    comment(town.phone(Cast.FINANCE_HEAD), "Bỏ Điều 7")

    def facts(session: Session) -> str:
        return " ".join(str(entry.model_dump()) for entry in session.exec(select(AuditEntry)).all())

    told = town.database.transact(facts)
    assert "vote.cast" in told
    assert not any(words in told for words in ("with_comments", "Bỏ Điều 7"))
