"""The hotline's figures as a picture and as a workbook with a sheet of evidence, without a word that was said."""

from datetime import date, datetime

from bot.clock import LOCAL_ZONE
from bot.i18n import _
from bot.messages import Attachment
from bot.work import Work
from models.people import Unit
from reports.charts import Bars, stacked_bars
from reports.tables import Cell, Column, Table, book
from rules.hotline import STATES
from rules.hotline_figures import Case, Tally, by
from services import hotline_figures
from services.notices import hotline_figures as notices

# They add up to what was received. In the order of the bar: what went well first.
_BARS = (
    ("in_time", "#2e7d32"),
    ("late", "#ef6c00"),
    ("unanswered", "#90a4ae"),
    ("open", "#c62828"),
)


def _bar_words(name: str) -> str:
    return {
        "in_time": _("answered in time"),
        "late": _("answered late"),
        "unanswered": _("finished without an answer"),
        "open": _("not answered yet"),
    }[name]


def picture(work: Work, unit: Unit | None, first: date, last: date) -> Attachment:
    """A bar a commune; for one commune a bar a procedure. Most questions first."""
    cases = hotline_figures.cases(work, first, last, unit.key if unit else None)
    tallies = by(cases, lambda case: _unit(work, case) if unit is None else notices.topic_words(work, case.topic_id))
    series = [(_bar_words(name), colour, [getattr(each, name) for each in tallies.values()]) for name, colour in _BARS]
    bars = Bars(
        title=notices.title(unit, first, last).replace(", ", "\n", 1),
        labels=list(tallies),
        series=[one for one in series if any(one[2])],
    )
    return work.attach(f"{_name(unit, first, last)}.png", stacked_bars(bars), "image/png")


def workbook(work: Work, unit: Unit | None, first: date, last: date) -> Attachment:
    """By commune, by procedure, and every counted question: no texts, nothing of the asker; complaints on no sheet."""
    cases = hotline_figures.cases(work, first, last, unit.key if unit else None)
    title = notices.title(unit, first, last)
    units = by(cases, lambda case: _unit(work, case))
    topics = by(cases, lambda case: notices.topic_words(work, case.topic_id))
    content = book(
        [
            Table(_("By commune"), title, _figure_columns(_("Commune or ward")), [_row(*one) for one in units.items()]),
            Table(_("By procedure"), title, _figure_columns(_("Procedure")), [_row(*one) for one in topics.items()]),
            Table(_("Evidence"), title, _evidence_columns(), [_evidence(work, case) for case in cases]),
        ]
    )
    return work.attach(f"{_name(unit, first, last)}.xlsx", content)


def _name(unit: Unit | None, first: date, last: date) -> str:
    return f"duong-day-nong-{unit.code.lower() if unit else 'tat-ca'}-{first:%Y%m%d}-{last:%Y%m%d}"


def _unit(work: Work, case: Case) -> str:
    return work.session.get_one(Unit, case.unit_id).name


def _figure_columns(heading: str) -> list[Column]:
    numbers = (
        _("received"),
        _("answered in time"),
        _("answered late"),
        _("late at another unit"),
        _("finished without an answer"),
        _("not answered yet"),
        _("overdue"),
        _("median first answer, minutes"),
        _("rating"),
        _("gave a rating"),
        _("gave none"),
        _("minutes of the commune"),
        _("minutes of the asker"),
        _("minutes of other units"),
    )
    return [Column(heading, 44), *(Column(each, 13) for each in numbers)]


def _row(name: str, tally: Tally) -> tuple[Cell, ...]:
    return (
        name,
        tally.received,
        tally.in_time,
        tally.late,
        tally.late_elsewhere,
        tally.unanswered,
        tally.open,
        tally.overdue,
        tally.median_minutes,
        round(tally.rating, 2) if tally.rating is not None else None,
        len(tally.ratings),
        tally.silent,
        tally.minutes.unit,
        tally.minutes.asker,
        tally.minutes.others,
    )


def _evidence_columns() -> list[Column]:
    widths = (
        (_("No."), 9),
        (_("Commune or ward"), 26),
        (_("Procedure"), 44),
        (_("Opened"), 18),
        (_("First answer"), 18),
        (_("Due"), 18),
        (_("Counted as"), 20),
        (_("Late at"), 26),
        (_("State"), 20),
        (_("rating"), 9),
        (_("first answer, minutes"), 12),
        (_("minutes of the commune"), 12),
        (_("minutes of the asker"), 12),
        (_("minutes of other units"), 12),
    )
    return [Column(heading, width) for heading, width in widths]


def _evidence(work: Work, case: Case) -> tuple[Cell, ...]:
    return (
        case.number,
        _unit(work, case),
        notices.topic_words(work, case.topic_id),
        _local(case.opened_at),
        _local(case.first_answer_at),
        _local(case.late_at or case.due_at),
        _counted(case),
        work.session.get_one(Unit, case.late_unit_id).name if case.late_unit_id else "",
        _(STATES[case.state]),
        case.rating,
        case.minutes_to_answer,
        case.minutes.unit,
        case.minutes.asker,
        case.minutes.others,
    )


def _counted(case: Case) -> str:
    """The one column of the tables in which it stands."""
    if case.is_answered:
        return _bar_words("late" if case.is_late else "in_time")
    return _bar_words("open" if case.is_waiting else "unanswered")


def _local(moment: datetime | None) -> datetime | None:
    return moment.astimezone(LOCAL_ZONE).replace(tzinfo=None) if moment else None
