"""A platform hands over updates in another order than they were made, or takes nothing while they are."""

from collections.abc import Sequence

import pytest

from bot.channel import RawEvent
from services.demo import Cast
from tests.conversation import Phone
from tests.handlers.office_stage import OfficeStage

EITHER_ORDER = pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["as made", "turned round"])


def said(phone: Phone, number: int, text: str) -> RawEvent:
    return _event(phone, number, {"kind": "text", "text": text})


def pressed(phone: Phone, number: int, token: str) -> RawEvent:
    card = next((bubble.id for bubble in phone.bubbles if token in bubble.buttons.values()), 0)
    return _event(phone, number, {"kind": "press", "token": token, "message_id": str(card)})


def _event(phone: Phone, number: int, payload: dict[str, str]) -> RawEvent:
    common = {"sent_at": phone.stage.clock.now().isoformat(), "name": "", "message_id": ""}
    return RawEvent(phone.stage.channel.name, str(9000 + number), phone.address, {**common, **payload})


def ordered(events: Sequence[RawEvent], order: tuple[int, int]) -> list[RawEvent]:
    return [events[at] for at in order]


def asked(office: OfficeStage, code: str, phone: Phone) -> str:
    """The token that approves the request which this phone has sent."""
    phone.presses_token(f"absence.ask:{office.invitation(code, phone.address).id}:1:absent")
    phone.presses("Absent, no substitute").presses("Work trip").presses("Skip").presses("Send")
    request = office.request(code)
    return f"absence.decide:{request.id}:{request.version}:approve"


@EITHER_ORDER
def test_a_reason_and_a_press_on_another_card_both_count(office: OfficeStage, order: tuple[int, int]) -> None:
    chair = office.phone(Cast.CHAIR)
    refuses = asked(office, "CD-01", office.head).replace("approve", "refuse")
    approves = asked(office, "HN-02", office.phone("SNV01"))
    chair.presses_token(refuses).sees_last("type the reason of the refusal")
    office.receive_raw(*ordered([said(chair, 1, "phải có mặt"), pressed(chair, 2, approves)], order))
    assert office.request("CD-01").state == "refused"
    assert office.request("CD-01").decision_reason == "phải có mặt"
    assert office.request("HN-02").state == "approved"


@EITHER_ORDER
def test_a_reason_and_a_change_of_mind_never_leave_something_between(
    office: OfficeStage, order: tuple[int, int]
) -> None:
    chair = office.phone(Cast.CHAIR)
    chair.presses_token(asked(office, "CD-01", office.head).replace("approve", "refuse"))
    cancels = chair.last.buttons["Cancel"]
    office.receive_raw(*ordered([said(chair, 1, "phải có mặt"), pressed(chair, 2, cancels)], order))
    is_refused = order == (0, 1)
    assert (office.request("CD-01").state == "refused") is is_refused
    chair.sees("out of date" if is_refused else "Nothing was sent")
    assert office.head.count("phải có mặt") == int(is_refused)


@EITHER_ORDER
def test_two_decisions_on_one_card_leave_the_one_that_arrived_first(
    office: OfficeStage, order: tuple[int, int]
) -> None:
    chair = office.phone(Cast.CHAIR)
    approves = asked(office, "CD-01", office.head)
    events = [pressed(chair, 1, approves), pressed(chair, 2, approves.replace("approve", "document"))]
    office.receive_raw(*ordered(events, order))
    assert office.request("CD-01").state == ("approved" if order == (0, 1) else "awaiting_document")


def test_a_card_that_changed_before_it_was_delivered_comes_as_it_is_now(office: OfficeStage) -> None:
    head, chair = office.head, office.phone(Cast.CHAIR)
    head.presses_token(f"absence.ask:{office.invitation('CD-01', head.address).id}:1:absent")
    head.presses("Absent, no substitute").presses("Work trip").presses("Skip")
    office.handle(pressed(head, 1, head.last.buttons["Send"]))
    request = office.request("CD-01")
    office.handle(pressed(head, 2, f"absence.withdraw:{request.id}:{request.version}:"))
    office.deliver()
    assert office.request("CD-01").state == "withdrawn"
    about = [bubble for bubble in chair.bubbles if "Vũ Đình Khải" in bubble.text]
    assert not any("Approve" in bubble.buttons for bubble in about)
    assert len(about) <= 1


def test_a_press_on_a_card_whose_change_is_still_on_its_way_changes_nothing(office: OfficeStage) -> None:
    head, chair = office.head, office.phone(Cast.CHAIR)
    approves = asked(office, "CD-01", head)
    request = office.request("CD-01")
    office.handle(pressed(head, 1, f"absence.withdraw:{request.id}:{request.version}:"))
    office.handle(pressed(chair, 2, approves))
    office.deliver()
    assert office.request("CD-01").state == "withdrawn"
    chair.sees("Nothing was changed")
    assert not any("Approve" in bubble.buttons for bubble in chair.bubbles)
