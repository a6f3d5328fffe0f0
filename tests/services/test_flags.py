"""What the chair's card marks: another substitute every time."""

from typing import TypeVar

import pytest

from bot.clock import SetClock
from bot.files import FileStore
from bot.i18n import use_language
from bot.work import Work
from models.absence import AbsenceRequest
from models.database import Database
from models.meetings import invitations_to, meeting_by_code
from models.people import person_by_code
from rules.absence import Kind, Reason, State
from services import flags
from services.demo import Cast
from tests.handlers.office_stage import OfficeStage

T = TypeVar("T")

SERIES = ("CD-01", "CD-02", "HN-02")


def known(found: T | None) -> T:
    assert found is not None
    return found


def sits_in(work: Work, name: str, code: str) -> AbsenceRequest:
    """A request of the head of finance that was approved."""
    meeting = known(meeting_by_code(work.session, name))
    meeting.series = "subject"
    request = AbsenceRequest(
        invitation_id=invitations_to(work.session, meeting.key)[0].key,
        meeting_id=meeting.key,
        requester_id=known(person_by_code(work.session, Cast.FINANCE_HEAD)).key,
        substitute_id=known(person_by_code(work.session, code)).key,
        kind=Kind.SUBSTITUTE,
        reason=Reason.WORK_TRIP,
        state=State.APPROVED,
        pack_id="gia-binh-2022",
        pack_version=1,
        submitted_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    return request


def marked(work: Work, codes: tuple[str, ...]) -> bool:
    """The last of the requests, after one for each meeting before it; the substitutes by their codes."""
    request = [sits_in(work, name, code) for name, code in zip(SERIES, codes, strict=True)][-1]
    meeting = known(meeting_by_code(work.session, SERIES[-1]))
    return any("substitute number 3" in mark for mark in flags.flags(work, request, meeting))


@pytest.mark.parametrize(
    ("substitutes", "is_marked"),
    [
        (("STC02", "SXD01", "SYT02"), True),
        (("STC02", "SXD01", "STC02"), False),
        (("STC02", "STC02", "SYT02"), False),
    ],
)
def test_the_third_different_substitute_on_a_subject_is_marked(
    database: Database, clock: SetClock, files: FileStore, substitutes: tuple[str, ...], is_marked: bool
) -> None:
    stage = OfficeStage(database, clock, files)
    with use_language("en"):
        assert stage.ask(marked, substitutes) is is_marked


def told(work: Work, codes: tuple[str, ...]) -> list[str]:
    """What who asked is told with the last of the requests."""
    names = SERIES[: len(codes)]
    request = [sits_in(work, name, code) for name, code in zip(names, codes, strict=True)][-1]
    return flags.warnings(work, request, known(meeting_by_code(work.session, names[-1])))


def test_one_before_a_mark_who_asked_is_told_with_the_cases(
    database: Database, clock: SetClock, files: FileStore
) -> None:
    stage = OfficeStage(database, clock, files)
    with use_language("en"):
        absence, substitute = stage.ask(told, ("STC02", "SXD02"))
        assert "absence number 2 this quarter (" in absence and "From number 3 on" in absence
        assert "substitute number 2 on this subject (Ngô Thị Thu, Hồ Anh Kiệt)" in substitute


@pytest.mark.parametrize("substitutes", [("STC02",), ("STC02", "STC03", "SXD02")])
def test_neither_the_first_nor_what_is_marked_already_is_warned_of(
    database: Database, clock: SetClock, files: FileStore, substitutes: tuple[str, ...]
) -> None:
    stage = OfficeStage(database, clock, files)
    with use_language("en"):
        assert stage.ask(told, substitutes) == []


def told_before_and_after(work: Work) -> list[list[str]]:
    """With a second request, while the first waits, and once it is approved in the same transaction."""
    first, second = (sits_in(work, name, "STC02") for name in SERIES[:2])
    meeting = known(meeting_by_code(work.session, SERIES[1]))
    found = []
    for state in (State.AWAITING_DECISION, State.APPROVED):
        first.state = state
        found.append(flags.warnings(work, second, meeting))
    return found


def test_an_absence_counts_as_soon_as_it_is_approved(database: Database, clock: SetClock, files: FileStore) -> None:
    stage = OfficeStage(database, clock, files)
    with use_language("en"):
        before, (after, *_rest) = stage.ask(told_before_and_after)
    assert not any("absence number" in line for line in before)
    assert "absence number 2 this quarter" in after
