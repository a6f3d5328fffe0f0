"""The Office unlinks a chat: a lost phone says and hears nothing more."""

from sqlmodel import select

from bot.work import Work
from models.audit import AuditEntry
from models.people import ChannelAccount, person_by_code
from services import linking
from services.demo import Cast
from services.notices import accounts
from tests.conversation import Phone
from tests.handlers.office_stage import INVESTMENT, OfficeStage


def unlink(office: OfficeStage, words: str) -> Phone:
    office.clerk.says("/caidat").presses("Unlink a chat").says(words)
    return office.clerk.presses("Vũ Đình Khải, Giám đốc Sở Tài chính: Simulator, last used 18 Nov")


def test_a_lost_phone_is_unlinked_after_a_confirmation(office: OfficeStage) -> None:
    head = office.head
    unlink(office, "khai").sees_last("Unlink a chat", "nobody can act from it")
    office.clerk.presses("Send").sees_last("Unlinked: Comrade Vũ Đình Khải", "a new linking code is needed")
    heard = len(head.bubbles)
    office.clerk.presses_token(f"office.repeat:{office.meeting('CD-01').id}:1:4")
    assert len(head.bubbles) == heard
    # Through the address itself: `office.head` would link it again.
    office.stranger(head.address).says("/lich").sees_last("chỉ phục vụ cán bộ, công chức")
    assert office.ask(_acts) == ["account.unlinked"]


def _acts(work: Work) -> list[str]:
    acts = work.session.exec(select(AuditEntry.action).where(AuditEntry.subject.startswith("ChannelAccount")))
    return list(acts.all())


def test_a_half_filled_form_of_the_lost_phone_is_gone(office: OfficeStage) -> None:
    head = office.head
    head.presses_token(f"absence.ask:{office.invitation('CD-01', Cast.FINANCE_HEAD).id}:1:absent")
    choice = head.last.buttons["Absent, no substitute"]
    unlink(office, "khai").presses("Send")
    lost = office.stranger(head.address).presses_token(choice, head.last.id)
    lost.sees_last("đã cũ")
    assert not office.head.count("Your request")


def test_what_waits_goes_to_the_other_chat_which_hears_of_it(office: OfficeStage) -> None:
    head = office.head
    heard = len(head.bubbles)
    office.act(_lose_while_something_waits, head.address)
    office.pass_time()
    other = office.stranger("second phone")
    other.sees("The Office has unlinked your chat in Simulator")
    other.sees("The Office has unlinked your chat in telegraph", "Gửi qua kênh này")
    assert len(head.bubbles) == heard


def _lose_while_something_waits(work: Work, address: str) -> None:
    lost = work.session.exec(select(ChannelAccount).where(ChannelAccount.address == address)).one()
    owner, work.actor = person_by_code(work.session, Cast.FINANCE_HEAD), person_by_code(work.session, Cast.OFFICE)
    assert owner is not None
    work.notify(owner, accounts.unlinked, "telegraph")
    work.session.add(
        ChannelAccount(channel=lost.channel, address="second phone", person_id=owner.id, last_seen_at=work.now)
    )
    work.session.flush()
    linking.unlink(work, lost)


def test_only_the_office_may_and_not_the_chat_in_which_it_writes(office: OfficeStage) -> None:
    office.head.says("/caidat")
    assert "Unlink a chat" not in office.head.last.buttons
    office.head.presses_token("settings.unlink:0:0:").sees_last("not available to you")
    office.clerk.says("/caidat").presses("Unlink a chat").says("trang").sees_last("Bùi Thu Trang", "in use here")
    assert not any("Bùi Thu Trang" in label for label in office.clerk.last.buttons)


def test_the_office_hears_who_is_meant_in_the_menu_of_meetings(office: OfficeStage) -> None:
    unlink(office, "vu dinh").presses("Send")
    office.clerk.presses_token(f"office.meeting:{office.meeting('CD-01').id}:0:")
    office.clerk.sees_last(INVESTMENT, "Not linked, to be called", "Vũ Đình Khải")
