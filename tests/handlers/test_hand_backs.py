"""*Không thuộc thẩm quyền*: through the chief of the Office to the chair, who gives it to another or leaves it."""

from datetime import date, time, timedelta

from sqlmodel import select

from bot.work import Work
from models.people import Delegation, Tenure, person_by_code
from models.tasks import chain_of
from rules.workdays import at
from services import body
from services.demo import Cast
from tests.conversation import Stage
from tests.handlers.task_stage import duty, given, hand_back, morning

DUE = date(2026, 12, 4)
FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)


def test_the_chief_sends_it_on_with_a_line_and_the_chair_gives_it_to_another(town: Stage) -> None:
    task = town.act(given, DUE)
    chair, chief, head, other = (
        town.phone(code) for code in (Cast.CHAIR, Cast.CHIEF_OF_OFFICE, Cast.FINANCE_HEAD, Cast.CONSTRUCTION_HEAD)
    )
    head.sees_last("Nếu không thuộc thẩm quyền", "hết thứ Sáu 20/11", "còn 16 giờ 0 phút")
    hand_back(town)
    head.sees_last("Đã gửi Chánh Văn phòng để trình Chủ tịch", "Có ý kiến trong hạn")
    chief.sees_last("không thuộc thẩm quyền", "Thuộc lĩnh vực xây dựng", "Đề xuất giao: Sở Xây dựng")
    assert list(chief.last.buttons) == ["Trình Chủ tịch", "Gửi lại đơn vị"]
    assert not any("không thuộc thẩm quyền" in bubble for bubble in chair.bubbles)
    chief.presses("Trình Chủ tịch").says("Đúng, thuộc Sở Xây dựng")
    chief.sees("chờ ý kiến", "Chánh Văn phòng: Đúng, thuộc Sở Xây dựng")
    chair.sees_last("không thuộc thẩm quyền", "Chánh Văn phòng: Đúng, thuộc Sở Xây dựng")
    chair.presses("Giao Sở Xây dựng")
    chair.sees_last("đã giao đơn vị khác")
    chief.sees("đã giao đơn vị khác")
    other.sees_last("Nhiệm vụ mới", "Đã chuyển 1 lần", "Vũ Đình Khải", "Đinh Trọng Nghĩa")
    head.sees_last("Nhiệm vụ đã được giao cho người khác", "Thuộc lĩnh vực xây dựng")
    head.says("/viec")
    head.sees_last("không có việc nào")
    chain = town.act(lambda work: [link.post_id for link in chain_of(work.session, task.key)])
    assert len(chain) == 2 and chain[0] != chain[1]


def test_what_the_chief_sends_back_may_be_said_once_more_and_goes_to_the_chair(town: Stage) -> None:
    town.act(given, DUE)
    chair, chief, head = (town.phone(code) for code in (Cast.CHAIR, Cast.CHIEF_OF_OFFICE, Cast.FINANCE_HEAD))
    hand_back(town)
    chief.presses("Gửi lại đơn vị").says("Chưa nêu căn cứ")
    chief.sees("Chánh Văn phòng gửi lại đơn vị")
    head.sees_last("Chánh Văn phòng gửi lại ý kiến của đồng chí", "Chưa nêu căn cứ", "thời điểm có ý kiến lần đầu")
    assert not any("không thuộc thẩm quyền" in bubble for bubble in chair.bubbles)
    town.pass_time(to=at(MONDAY, time(9)))
    # The day was kept when it was said first.
    head.presses("Có ý kiến lại").says("Theo Quyết định 12").says("Xây dựng").presses("Sở Xây dựng").presses("Gửi")
    head.sees_last("Đã trình Chủ tịch", "Có ý kiến trong hạn", "hết thứ Sáu 20/11")
    chair.sees_last("Theo Quyết định 12", "Chánh Văn phòng đã gửi lại ngày 20/11: Chưa nêu căn cứ", "trong hạn")
    chair.presses("Giữ nguyên đơn vị thực hiện").says("Đúng chức năng của Sở")
    head.sees_last("Nhiệm vụ vẫn do đơn vị đồng chí thực hiện", "Đúng chức năng của Sở")
    assert "Không thuộc thẩm quyền" not in head.last.buttons


def test_a_silent_chief_holds_nothing_up(town: Stage) -> None:
    town.act(given, DUE)
    chair, chief = town.phone(Cast.CHAIR), town.phone(Cast.CHIEF_OF_OFFICE)
    hand_back(town)
    card = chief.last
    town.pass_time(to=morning(MONDAY))
    chief.sees_last("Nhắc việc: hạn hôm nay", "Trình văn bản không thuộc thẩm quyền", "Thuộc lĩnh vực xây dựng")
    town.pass_time(to=at(MONDAY, time(16, 59)))
    assert not any("không thuộc thẩm quyền" in bubble for bubble in chair.bubbles)
    town.pass_time(to=at(MONDAY, time(17)))
    chair.sees_last("không thuộc thẩm quyền", "Chánh Văn phòng chưa có ý kiến", "Có ý kiến trong hạn")
    chief.presses("Trình Chủ tịch", on=card)
    assert not chief.sees("chờ ý kiến", "Chánh Văn phòng chưa có ý kiến").buttons
    chair.presses("Giao Sở Xây dựng").sees_last("đã giao đơn vị khác")


def test_without_a_chief_or_of_his_own_it_goes_to_the_chair_at_once(town: Stage) -> None:
    def leaves(work: Work) -> None:
        chief = person_by_code(work.session, Cast.CHIEF_OF_OFFICE)
        assert chief is not None
        for tenure in work.session.exec(select(Tenure).where(Tenure.person_id == chief.id)):
            tenure.to_on = work.today - timedelta(days=1)

    town.act(lambda work: given(work, DUE, Cast.CHIEF_OF_OFFICE))
    chief, chair = town.phone(Cast.CHIEF_OF_OFFICE), town.phone(Cast.CHAIR)
    chief.presses("Không thuộc thẩm quyền").says("Thuộc ngành khác").says("Xây dựng").presses("Sở Xây dựng")
    chief.presses("Gửi").sees_last("Đã trình Chủ tịch")
    chair.sees_last("không thuộc thẩm quyền", "Thuộc ngành khác")
    town.act(leaves)
    town.act(given, DUE)
    hand_back(town)
    shown = chair.sees_last("không thuộc thẩm quyền", "Thuộc lĩnh vực xây dựng")
    assert "Chánh Văn phòng" not in shown.text


def test_who_acts_in_the_chiefs_place_sends_it_on_and_nobody_else(town: Stage) -> None:
    def delegates(work: Work) -> None:
        chief, deputy = person_by_code(work.session, Cast.CHIEF_OF_OFFICE), person_by_code(work.session, "PVP2")
        assert chief and deputy
        between = {"from_person_id": chief.key, "to_person_id": deputy.key}
        work.session.add(Delegation(**between, from_on=work.today, to_on=work.today, document="5/VP"))

    town.act(delegates)
    town.act(given, DUE)
    hand_back(town)
    deputy, clerk, chair = town.phone("PVP2"), town.phone(Cast.OFFICE), town.phone(Cast.CHAIR)
    deputy.sees_last("không thuộc thẩm quyền", "Thuộc lĩnh vực xây dựng")
    clerk.presses_token("hand_back.forward:1:0:")
    assert "Thuộc lĩnh vực" not in clerk.transcript
    chair.presses_token("hand_back.reassign:1:0:")
    assert "đã giao" not in chair.transcript
    deputy.presses("Trình Chủ tịch").presses("Bỏ qua")
    chair.sees_last("Chánh Văn phòng: không có ý kiến thêm")


def test_what_was_given_to_another_meanwhile_is_not_decided_any_more(town: Stage) -> None:
    task = town.act(given, DUE)
    chief, chair = town.phone(Cast.CHIEF_OF_OFFICE), town.phone(Cast.CHAIR)
    hand_back(town)
    card = chief.last
    chair.says("/nhiemvu").presses("Rà soát chợ").presses("Giao đơn vị khác")
    chair.says("Phùng Thế Vinh").presses("Phùng Thế Vinh").says("Liên quan trạm y tế").presses("Gửi")
    chief.presses("Trình Chủ tịch", on=card)
    chief.sees("hết hiệu lực")
    assert len(town.act(lambda work: chain_of(work.session, task.key))) == 2
    town.pass_time(to=at(MONDAY, time(18)))
    assert not any("Xin ý kiến: nhiệm vụ không thuộc thẩm quyền" in bubble for bubble in chair.bubbles)


def test_a_miss_after_a_late_arrival_is_for_a_human_to_judge(town: Stage) -> None:
    # A3: received at 16:55; the literal deadline is midnight all the same.
    town.clock.move_to(at(FRIDAY, time(16, 55)))
    task = town.act(given, DUE)
    head, chair = town.phone(Cast.FINANCE_HEAD), town.phone(Cast.CHAIR)
    head.sees_last("hết thứ Sáu 20/11")
    town.pass_time(to=at(MONDAY, time(8)))
    head.presses_token(f"hand_back.ask:{duty(town, task).key}:0:")
    head.says("Thuộc ngành khác").says("Xây dựng").presses("Sở Xây dựng").presses("Gửi")
    chief = town.phone(Cast.CHIEF_OF_OFFICE)
    chief.sees_last("cần xem xét")
    chief.presses("Trình Chủ tịch").presses("Bỏ qua")
    chair.sees_last("cần xem xét", "Thuộc ngành khác")
    chair.presses("Giữ nguyên đơn vị thực hiện").says("Đúng chức năng của Sở")
    head.sees_last("Nhiệm vụ vẫn do đơn vị đồng chí thực hiện", "Đúng chức năng của Sở")


def test_where_the_day_of_reading_counts_it_begins_when_the_owner_opens_it(town: Stage) -> None:
    town.act(lambda work: body.change_switch(work, "handback.clock", "lúc đọc", work.today, "QĐ 5"))
    town.act(given, DUE)
    head = town.phone(Cast.FINANCE_HEAD)
    town.pass_time(to=at(MONDAY, time(9)))
    head.says("/viec").presses("1. Nhiệm vụ")
    head.sees_last("Nếu không thuộc thẩm quyền", "hết thứ Hai 23/11")
    town.pass_time(to=at(date(2026, 11, 25), time(9)))
    head.says("/viec").presses("1. Nhiệm vụ")
    hand_back(town)
    head.sees_last("Có ý kiến quá hạn (hạn đến hết thứ Hai 23/11)")
