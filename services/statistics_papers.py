"""The figures as a picture and as a workbook with a sheet of evidence."""

from collections.abc import Sequence
from datetime import date

from bot.i18n import _, full_date
from bot.messages import Attachment
from bot.work import Work
from models.meetings import Meeting
from models.people import Person, Unit
from reports.charts import Bars, stacked_bars
from reports.tables import Cell, Column, Table, book
from rules.attendance import Status
from rules.scores import Case, Tally, by_person, by_unit
from services import people, statistics
from services.notices import attendance as notices
from services.notices.statistics import figure_words
from services.regulation import regulation

# Figures that exclude each other, so that a bar is as long as the number expected.
BARS = (
    ("present", "#2e7d32"),
    ("represented", "#90a4ae"),
    ("excused", "#f9a825"),
    ("undecided", "#bdbdbd"),
    ("unanswered", "#ef6c00"),
    ("unexcused", "#c62828"),
    ("open", "#e0e0e0"),
)


def picture(work: Work, first: date, last: date) -> Attachment:
    """A bar a unit, longest first."""
    tallies = sorted(by_unit(statistics.cases(work, first, last)).items(), key=lambda pair: -pair[1].expected)
    bars = Bars(
        title=_("Attendance, {first} to {last}").format(first=full_date(first), last=full_date(last)),
        labels=[work.session.get_one(Unit, key).name for key, _tally in tallies],
        series=[
            (figure_words(name), colour, [tally.figures()[name] for _key, tally in tallies])
            for name, colour in BARS
            if any(tally.figures()[name] for _key, tally in tallies)
        ],
    )
    return work.attach(f"thong-ke-{first:%Y%m%d}-{last:%Y%m%d}.png", stacked_bars(bars), "image/png")


def workbook(work: Work, first: date, last: date) -> Attachment:
    """By unit, by person, and every counted case with its date, clause and who decided."""
    cases = statistics.cases(work, first, last)
    title = _("Attendance, {first} to {last}").format(first=full_date(first), last=full_date(last))
    units: list[Sequence[Cell]] = [(_unit(work, key), *_row(tally)) for key, tally in by_unit(cases).items()]
    persons: list[Sequence[Cell]] = [(*_person(work, key), *_row(tally)) for key, tally in by_person(cases).items()]
    content = book(
        [
            Table(_("By unit"), title, (Column(_("Unit"), 36), *_figure_columns()), units),
            Table(
                _("By person"),
                title,
                (Column(_("Person"), 26), Column(_("Title"), 36), *_figure_columns()),
                persons,
            ),
            Table(_("Evidence"), title, _evidence_columns(), [_evidence(work, case) for case in cases]),
        ]
    )
    return work.attach(f"thong-ke-{first:%Y%m%d}-{last:%Y%m%d}.xlsx", content)


def _figure_columns() -> list[Column]:
    return [Column(figure_words(name), 12) for name in Tally().figures()]


def _row(tally: Tally) -> tuple[int, ...]:
    return tuple(tally.figures().values())


def _unit(work: Work, key: int) -> str:
    return work.session.get_one(Unit, key).name


def _person(work: Work, key: int) -> tuple[str, str]:
    person = work.session.get_one(Person, key)
    return person.full_name, people.title_of(work, person)


def _evidence_columns() -> list[Column]:
    widths = (
        (_("Day"), 13),
        (_("Meeting"), 44),
        (_("Person"), 26),
        (_("Unit"), 32),
        (_("Record"), 28),
        (_("Who came"), 26),
        (_("Decided by"), 26),
        (_("Clause"), 50),
    )
    return [Column(heading, width) for heading, width in widths]


def _evidence(work: Work, case: Case) -> tuple[Cell, ...]:
    meeting = work.session.get_one(Meeting, case.meeting_id)
    sitting = work.session.get(Person, case.sitting_id) if case.sitting_id else None
    decider = work.session.get(Person, case.decided_by) if case.decided_by else None
    topic = "late" if Status.LATE_UNEXCUSED in case.statuses else "attendance"
    return (
        case.day,
        f"{meeting.code} {meeting.title}",
        work.session.get_one(Person, case.person_id).full_name,
        _unit(work, case.unit_id),
        ", ".join(notices.status_words(status) for status in case.statuses) or _("not recorded"),
        sitting.full_name if sitting else "",
        decider.full_name if decider else "",
        regulation(work).cite(topic),
    )
