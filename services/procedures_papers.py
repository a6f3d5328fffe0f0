"""The draft of a report on procedures with the hotline's figures of its period (Tứ Kỳ 4.1), for whoever owes it."""

from bot.i18n import one_decimal, use_language
from bot.messages import Attachment
from bot.work import Work
from models.people import Unit, the_body
from models.periodic import Periodic
from reports.decree30 import Issuer
from reports.procedures import ProceduresReport, procedures_report
from rules.hotline_figures import Tally, by
from rules.periodic import PERIODIC
from services import hotline_figures, hotline_papers
from services.letter_heads import signer
from services.notices import hotline_figures as notices
from services.notices.periodic import period_words
from services.regulation import regulation


def draft(work: Work, turn: Periodic) -> tuple[Attachment, Attachment]:
    """The report to be edited and signed, and the workbook with every counted question."""
    compiles = PERIODIC[turn.kind].compiles is not None
    unit = None if compiles else work.session.get_one(Unit, turn.unit_id)
    # Documents of the body are in its own language, whoever asks for them.
    with use_language("vi"):
        content = procedures_report(_report(work, turn, unit))
        workbook = hotline_papers.workbook(work, unit, turn.first, turn.last)
    name = f"Bao-cao-TTHC-{unit.code if unit else 'tong-hop'}-{turn.first:%Y%m%d}-{turn.last:%Y%m%d}.docx"
    return work.attach(name, content), workbook


def _report(work: Work, turn: Periodic, unit: Unit | None) -> ProceduresReport:
    issuer, body = work.session.get_one(Unit, turn.unit_id), the_body(work.session)
    cases = hotline_figures.cases(work, turn.first, turn.last, unit.key if unit else None)
    if unit is None:
        tallies = by(cases, lambda case: work.session.get_one(Unit, case.unit_id).name)
    else:
        tallies = by(cases, lambda case: notices.topic_words(work, case.topic_id))
    return ProceduresReport(
        issuer=Issuer(body.name if body else "", issuer.name, body.province if body else ""),
        about=period_words(turn.kind, turn),
        citation=regulation(work).cite(PERIODIC[turn.kind].topic),
        figures=notices.figures(work, unit, turn.first, turn.last),
        divided_by="Xã, phường" if unit is None else "Thủ tục",
        rows=[_row(name, tally) for name, tally in tallies.items()],
        recipient=f"Chủ tịch {body.name if body else ''} (b/c)" if unit is None else "Văn phòng (t/h)",
        signer=signer(work, issuer),
    )


def _row(name: str, tally: Tally) -> tuple[str, ...]:
    rated = f"{one_decimal(tally.rating)} ({len(tally.ratings)}/{tally.asked_to_rate})" if tally.rating else "–"
    return (name, *(str(count) for count in (tally.received, tally.in_time, tally.late, tally.open)), rated)
