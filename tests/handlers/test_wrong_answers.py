"""What is typed or sent where something else is expected: a clear word, the same step again, nothing recorded."""

from collections.abc import Callable

import pytest
from sqlmodel import func, select

from bot.work import Work
from models.absence import AbsenceRequest
from models.audit import AuditEntry
from models.people import person_by_code
from services import access, decisions
from services.demo import Cast
from tests.conversation import Phone
from tests.handlers.office_stage import OfficeStage

LONG = "a" * 5000
MARKED = "<b>họp</b> & <script>việc</script> 😷"
TOO_LARGE = {"reference": "0", "name": "ban-ve.pdf", "media_type": "", "size": 30 * 2**20}
SECRET = "nội dung này tối mật"


def _asked(office: OfficeStage, code: str = "CD-01", *, sits_in: bool = False) -> AbsenceRequest:
    asker = office.head if code == "CD-01" else office.phone(Cast.CONSTRUCTION_HEAD)
    asker.presses_token(f"absence.ask:{office.invitation(code, asker.address).id}:1:absent")
    asker.presses("Send a substitute" if sits_in else "Absent, no substitute").presses("Work trip").presses("Skip")
    if sits_in:
        asker.presses("Ngô Thị Thu")
    asker.presses("Send")
    return office.request(code)


def _decides(office: OfficeStage, act: str) -> Phone:
    request = _asked(office)
    return office.phone(Cast.CHAIR).presses_token(f"absence.decide:{request.id}:{request.version}:{act}")


def _refuses(office: OfficeStage) -> Phone:
    return _decides(office, "refuse")


def _asks_back(office: OfficeStage) -> Phone:
    return _decides(office, "ask")


def _corrects(office: OfficeStage) -> Phone:
    chair, request = _decides(office, "approve"), office.request("CD-01")
    return chair.presses_token(f"absence.correct:{request.id}:{request.version}:")


def _denies(office: OfficeStage) -> Phone:
    request = _asked(office)
    office.clerk.presses_token(f"absence.oral:{request.id}:{request.version}:")
    return office.phone(Cast.CHAIR).presses("I did not agree")


def _outside_refuses(office: OfficeStage) -> Phone:
    request = _asked(office, "HN-01")
    return office.clerk.presses_token(f"absence.outside:{request.id}:{request.version}:")


def _declines(office: OfficeStage) -> Phone:
    request = _asked(office, sits_in=True)
    return office.phone(Cast.FINANCE_DEPUTY).presses_token(f"substitute.decline:{request.id}:{request.version}:")


def _answers(office: OfficeStage) -> Phone:
    _asks_back(office).says("vì sao?")
    request = office.request("CD-01")
    return office.head.presses_token(f"absence.answer:{request.id}:{request.version}:")


def _cancels(office: OfficeStage) -> Phone:
    return office.clerk.presses_token(f"meeting.cancel:{office.meeting('CD-01').id}:1:")


REASONS = pytest.mark.parametrize(
    ("opens", "prompt"),
    [
        (_refuses, "type the reason of the refusal"),
        (_asks_back, "type your question"),
        (_corrects, "type why the decision is changed"),
        (_denies, "type what you had said"),
        (_outside_refuses, "type the reason that the chair gave"),
        (_declines, "type the reason why you cannot sit in"),
        (_answers, "type your answer to the chair"),
        (_cancels, "For what reason is the meeting cancelled?"),
    ],
)


@REASONS
def test_a_reason_that_cannot_be_taken_leaves_all_as_it_was(
    office: OfficeStage, opens: Callable[[OfficeStage], Phone], prompt: str
) -> None:
    phone = opens(office)
    before = _recorded(office)
    phone.says(LONG).sees_last("5000 characters", prompt, "Cancel")
    phone.attaches("anh.jpg").sees_last("Please type the answer as text", prompt)
    phone.says(" \n ").sees_last("Please type the answer as text", prompt)
    phone.says(SECRET).sees_last("signs of a state secret", prompt, "Cancel")
    phone.attaches("bao-cao-tuyet-mat.docx").sees_last("signs of a state secret", prompt)
    assert _recorded(office) == before
    phone.presses("Cancel").sees_last("Nothing was sent")
    assert _recorded(office) == before


@REASONS
def test_marks_and_emoji_in_a_reason_are_kept_as_they_were_typed(
    office: OfficeStage, opens: Callable[[OfficeStage], Phone], prompt: str
) -> None:
    phone = opens(office).says(MARKED)
    if "Send" in phone.last.buttons:
        phone.presses("Send")
    told = [office.phone(code) for code in (Cast.FINANCE_HEAD, Cast.CHAIR, Cast.CONSTRUCTION_HEAD)]
    assert any(phone.count(MARKED) for phone in told)


def _recorded(office: OfficeStage) -> int:
    """Every act of business is in the audit log."""
    return office.ask(_count_acts)


def _count_acts(work: Work) -> int:
    return work.session.exec(select(func.count()).select_from(AuditEntry)).one()


@pytest.fixture
def another(office: OfficeStage) -> Phone:
    """The substitute has declined, another is to be named."""
    _declines(office).says("bận")
    request = office.request("CD-01")
    return office.head.presses_token(f"absence.choose:{request.id}:{request.version}:")


def test_another_substitute_is_chosen_from_the_list_alone(office: OfficeStage, another: Phone) -> None:
    before, question = _recorded(office), "Who sits in for you?"
    another.says(LONG).sees_last("Nothing was found for", question)
    another.says(MARKED).sees_last("Nothing was found for", "<b>", question)
    another.says("99").sees_last("choose one of the answers below", question)
    another.says("👍").sees_last("Nothing was found for", question)
    another.attaches("anh.jpg").sees_last("choose one of the answers below", question)
    another.says(SECRET).sees_last("signs of a state secret", question)
    assert "Ngô Thị Thu" not in str(another.last.buttons)
    assert _recorded(office) == before
    label = next(label for label in another.last.buttons if label != "Cancel")
    another.presses(label)
    assert office.request("CD-01").substitute_id not in (None, office.phone(Cast.FINANCE_DEPUTY).person.id)


def test_what_no_channel_takes_leaves_the_step_open(office: OfficeStage) -> None:
    phone = _refuses(office)
    office.receive(phone.address, {"kind": "file", "text": "", "file": TOO_LARGE})
    phone.sees_last("larger than 20 MB", "type the reason of the refusal", "Cancel")


def test_leaving_leaves_an_older_form_too(office: OfficeStage) -> None:
    request = _asked(office)
    chair = office.phone(Cast.CHAIR)
    for act in ("refuse", "ask"):
        chair.presses_token(f"absence.decide:{request.id}:{request.version}:{act}")
    before = _recorded(office)
    chair.says("/huy").sees_last("all 2 forms", "Nothing was sent")
    chair.says("bận họp").sees_last("did not understand")
    assert _recorded(office) == before


def test_the_list_of_answers_has_a_way_back(office: OfficeStage) -> None:
    head = office.head.presses_token(f"absence.ask:{office.invitation('CD-01', Cast.FINANCE_HEAD).id}:1:absent")
    head.presses("Absent, no substitute").presses("Work trip").presses("Skip")
    summary = head.last.text
    head.presses("Change").sees_last("Which answer would you like to change?")
    head.presses("Back")
    assert head.last.text == summary
    head.presses("Send").sees("absent, no substitute")


def test_a_correction_says_what_the_decision_becomes_and_never_becomes_the_opposite(office: OfficeStage) -> None:
    _corrects(office).sees_last("The decision becomes: refused", "type why the decision is changed")
    request = office.request("CD-01")
    office.act(_corrected_meanwhile, request.id)
    office.phone(Cast.CHAIR).says("nhầm").sees_last("has changed since this card")
    assert office.request("CD-01").state == "refused"


def _corrected_meanwhile(work: Work, request_id: int) -> None:
    work.actor = person_by_code(work.session, Cast.CHAIR)
    request = access.request_to_decide(work, request_id)
    decisions.correct(work, request, to_approved=False, reason="nói lại")
