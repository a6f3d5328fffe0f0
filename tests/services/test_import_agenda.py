"""The sheet `Nội dung trình`."""

from sqlmodel import select

from bot.work import Work
from models.agenda import AgendaItem, item_by_code, items_of, opinions_on
from models.duties import Duty
from models.meetings import Meeting, meeting_by_code
from models.offices import posts_of
from models.outbox import OutboxMessage
from models.people import person_by_code
from rules.duties import DutyKind, DutyState
from rules.papers import ItemState, Late
from services import late_papers
from tests.services import workbooks
from tests.services.workbooks import BODY, COMPLETE, EVERYBODY, MEETING, UNITS, Sheet, load, refused

HEADINGS = ("Mã", "Cuộc họp", "Nội dung", "Đơn vị trình", "Đơn vị cho ý kiến")
MARKET = ("ND01", "GB-1", "Phương án chỉnh trang chợ", "KT", "VP")
LATER = ("GB-2", "Họp giao ban tuần", "giao_ban", "03/12/2026 14:00", "16:00", "CT", "KT", "KT, CV", "x")


def agenda(*rows: tuple[str, ...]) -> Sheet:
    return ("Nội dung trình", [HEADINGS, *rows])


def item(work: Work, code: str = "ND01") -> AgendaItem:
    found = item_by_code(work.session, code)
    assert found is not None
    return found


def meeting(work: Work, code: str) -> Meeting:
    found = meeting_by_code(work.session, code)
    assert found is not None
    return found


def owed(work: Work, kind: DutyKind) -> list[Duty]:
    return list(work.session.exec(select(Duty).where(Duty.kind == kind)).all())


def test_items_come_with_their_meeting_and_open_what_is_owed(work: Work) -> None:
    result = load(work, *COMPLETE, agenda(MARKET))
    assert result.counts["Nội dung trình"] == 1
    assert [row.title for row in items_of(work.session, meeting(work, "GB-1").key)] == [MARKET[2]]
    head = person_by_code(work.session, "TP")
    assert head is not None
    [papers], [opinion] = owed(work, DutyKind.PAPERS), owed(work, DutyKind.OPINION)
    assert papers.post_id == posts_of(work.session, head.key, work.today)[0].id
    assert papers.event_at == meeting(work, "GB-1").starts_at
    assert opinion.subject_id == opinions_on(work.session, item(work).key)[0].id


def test_the_same_workbook_again_changes_nothing_and_tells_nobody(work: Work) -> None:
    load(work, *COMPLETE, agenda(MARKET))
    said = len(work.session.exec(select(OutboxMessage)).all())
    load(work, *COMPLETE, agenda(MARKET))
    assert len(work.session.exec(select(OutboxMessage)).all()) == said
    assert len(owed(work, DutyKind.PAPERS)) == 1


def test_a_second_import_updates_an_item_and_who_owes_for_it(work: Work) -> None:
    load(work, *COMPLETE, agenda(MARKET))
    load(work, *COMPLETE, agenda(("ND01", "GB-1", "Phương án chợ, bản mới", "VP", "")))
    assert item(work).title == "Phương án chợ, bản mới"
    clerk = person_by_code(work.session, "CV")
    assert clerk is not None
    [papers] = owed(work, DutyKind.PAPERS)
    assert papers.post_id == posts_of(work.session, clerk.key, work.today)[0].id
    assert [duty.state for duty in owed(work, DutyKind.OPINION)] == [DutyState.VOID]


def test_an_item_may_go_to_another_meeting(work: Work) -> None:
    sheets = (BODY, UNITS, EVERYBODY, workbooks.meetings(MEETING, LATER))
    load(work, *sheets, agenda(MARKET))
    load(work, *sheets, agenda(("ND01", "GB-2", *MARKET[2:])))
    [papers] = owed(work, DutyKind.PAPERS)
    assert papers.event_at == meeting(work, "GB-2").starts_at


def test_what_the_chair_decided_is_not_undone_by_the_workbook_that_was_there_before(work: Work) -> None:
    sheets = (BODY, UNITS, EVERYBODY, workbooks.meetings(MEETING, LATER), agenda(MARKET))
    load(work, *sheets)
    [papers] = owed(work, DutyKind.PAPERS)
    work.now = papers.due_at
    work.actor = person_by_code(work.session, "CV")
    question = late_papers.propose(work, item(work), "Chờ số liệu")
    work.actor = person_by_code(work.session, "CT")
    late_papers.postpone(work, question, meeting(work, "GB-2"))
    assert question.state is Late.POSTPONED
    load(work, *sheets)
    assert item(work).meeting_id == meeting(work, "GB-2").id
    assert item(work).state is ItemState.PLANNED


def test_every_mistake_is_told_at_its_cell_and_nothing_is_kept(work: Work) -> None:
    rows = (("ND01", "GB-9", "Chợ", "KT", ""), ("ND02", "GB-1", "Chợ", "XX", "YY"), ("ND03", "GB-1", "Chợ", "LD2", ""))
    units = ("Đơn vị", [*UNITS[1], ("LD2", "Ban mới", "khac")])
    told = refused(work, BODY, units, EVERYBODY, workbooks.meetings(MEETING), agenda(*rows))
    assert [line.partition(":")[0] for line in told] == [
        "Nội dung trình!B2",
        "Nội dung trình!D3",
        "Nội dung trình!E3",
        "Nội dung trình!D4",
    ]
