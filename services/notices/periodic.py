"""What is said of periodic reports: what has come and what is missing, to whoever compiles; the compiled report."""

from collections.abc import Sequence
from datetime import time, timedelta
from itertools import starmap

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, full_date, ngettext, short_date, short_moment, use_language, weekday
from bot.messages import Attachment, Button, Message, Row, button, column, html, lines
from bot.work import Work
from models.duties import Duty, DutyEntry
from models.hotline_directory import hotlines
from models.offices import moved_within
from models.people import Person, Unit
from models.periodic import Owed, Periodic, due_by_unit, owed
from rules import deadlines
from rules.duties import DutyKind, DutyState
from rules.periodic import PERIODIC, Occurrence, PeriodicKind
from rules.workdays import at
from services.notices import duties as duty_notices
from services.notices import hotline_figures

NAMED = 12
# The topic of the reports on administrative procedures.
PROCEDURES = "procedures_report"
# What the monthly notice is about: papers sent, the work programme, tasks.
NOTICED = (DutyKind.PAPERS, DutyKind.PROGRAMME, DutyKind.TASK)
_ROMAN = ("I", "II", "III", "IV")
_WEEKLY = (PeriodicKind.WEEKLY_FIGURES, PeriodicKind.WEEKLY_PROCEDURES)
_QUARTERLY = (
    PeriodicKind.QUARTERLY,
    PeriodicKind.QUARTERLY_COMPILE,
    PeriodicKind.BADGES,
    PeriodicKind.BADGES_COMPILE,
)


def period_words(kind: PeriodicKind, turn: Periodic | Occurrence) -> str:
    """quý IV/2026; tuần 23/11 đến 29/11/2026; tháng 11/2026; từ 01/12 đến 15/12/2026."""
    first, last = turn.first, turn.last
    if kind in _QUARTERLY:
        return _("quarter {number}/{year}").format(number=_ROMAN[(first.month - 1) // 3], year=first.year)
    if kind in _WEEKLY:
        return _("week {first} to {last}").format(first=short_date(first), last=full_date(last))
    if kind in (PeriodicKind.BOOKING, PeriodicKind.SCHEDULE, PeriodicKind.READ_OUT):
        return _("from {first} to {last}").format(first=short_date(first), last=full_date(last))
    return _("month {number}/{year}").format(number=first.month, year=first.year)


def subject(kind: PeriodicKind, turn: Periodic | Occurrence) -> str:
    """kỷ luật, kỷ cương hành chính, quý IV/2026."""
    return _(PERIODIC[kind].name).format(period=period_words(kind, turn))


def stored_subject(kind: PeriodicKind, turn: Periodic | Occurrence) -> str:
    """The same as it is kept with a duty: in the language of the body."""
    with use_language("vi"):
        return subject(kind, turn)


def counts(found: Sequence[Owed]) -> str:
    """đã nhận 12 (muộn 1), còn thiếu 3."""
    received = [one for one in found if one.is_received]
    late = [one for one in received if one.duty.is_late]
    missing = len(found) - len(received)
    if late:
        text = _("received {received} (late {late}), missing {missing}")
        return text.format(received=len(received), late=len(late), missing=missing)
    return _("received {received}, missing {missing}").format(received=len(received), missing=missing)


def missing_names(found: Sequence[Owed], most: int = NAMED) -> str:
    """Who has not sent it: so many by name."""
    missing = [one.unit.name for one in found if not one.is_received]
    shown = ", ".join(missing[:most])
    more = len(missing) - most
    if more <= 0:
        return shown
    return ngettext("{names} and {count} more", "{names} and {count} more", more).format(names=shown, count=more)


def standing(found: Sequence[Owed]) -> list[Markup]:
    """Đã nhận 12, còn thiếu 3: …"""
    if not found:
        return []
    names = missing_names(found)
    text = html("{counts}: {names}", counts=counts(found), names=names) if names else Markup.escape(counts(found))
    return [text[:1].upper() + text[1:]]


def compile_details(work: Work, duty: Duty) -> tuple[list[Markup], tuple[Row, ...]]:
    """Below the duty of whoever compiles: how it stands, and the way to what was handed in."""
    turn = work.session.get_one(Periodic, duty.subject_id)
    compiled = PERIODIC[turn.kind].compiles
    if compiled is None:
        return month_table(work, turn), ()
    hotline = _hotline_figures(work, turn, None)
    told = [*standing(owed(work.session, compiled, turn.period)), *hotline]
    return told, column(_open(turn), *(_draft(turn) if hotline else ()))


def report_details(work: Work, duty: Duty) -> tuple[list[Markup], tuple[Row, ...]]:
    """Below the duty of whoever reports: what the system itself knows of the period."""
    turn = work.session.get_one(Periodic, duty.subject_id)
    hotline = _hotline_figures(work, turn, work.session.get_one(Unit, turn.unit_id))
    return hotline, column(*_draft(turn)) if hotline else ()


def badge_details(work: Work, duty: Duty) -> tuple[list[Markup], tuple[Row, ...]]:
    """Below the list for badges: who has changed his post since the quarter before began, as the system knows it."""
    turn = work.session.get_one(Periodic, duty.subject_id)
    quarter_end = turn.first - timedelta(days=1)
    since = quarter_end.replace(month=quarter_end.month - 2, day=1)
    moved = moved_within(work.session, turn.unit_id, since, work.today)
    names = "; ".join(f"{person.full_name}, {post.title}" for person, post in moved)
    note = _("Names and posts alone; pictures never here, but on their own way to internal affairs.")
    known = html(_("In a new post since the last list: {names}"), names=names) if moved else None
    return [part for part in (known, Markup.escape(note)) if part], ()


def _hotline_figures(work: Work, turn: Periodic, unit: Unit | None) -> list[Markup]:
    """Tứ Kỳ 4.1: the hotline's figures of the period belong into the report on procedures; a tap copies them."""
    if not tells_of_hotline(work, turn, unit):
        return []
    told = hotline_figures.figures(work, unit, turn.first, turn.last)
    title = hotline_figures.title(unit, turn.first, turn.last)
    return [html("<code>{text}</code>", text="\n".join([title, *told]))]


def tells_of_hotline(work: Work, turn: Periodic, unit: Unit | None) -> bool:
    """Whether it is about procedures, and of a unit (None: all of them) that has a hotline."""
    lines_of = [one for one, _unit in hotlines(work.session) if unit is None or one.unit_id == unit.id]
    return PERIODIC[turn.kind].topic == PROCEDURES and bool(lines_of)


def month_table(work: Work, turn: Periodic) -> list[Markup]:
    """Tân Yên 6.b, unit by unit: what was due in the month so far, in time, late and missing."""
    until = min(work.now, at(turn.last + timedelta(days=1), time()))
    units: dict[str, list[Duty]] = {}
    for unit, duty in due_by_unit(work.session, NOTICED, at(turn.first, time()), until):
        units.setdefault(unit.name, []).append(duty)
    if not units:
        return [Markup.escape(_("No papers, programme items or tasks were due in this month."))]
    return [Markup.escape(_("Papers, programme and tasks due in the month:")), *starmap(_unit_line, units.items())]


def _unit_line(unit: str, found: Sequence[Duty]) -> Markup:
    """– Sở Tài chính: đúng hạn 3, muộn 1, chưa có 2."""
    closed = [duty for duty in found if duty.state in (DutyState.DONE, DutyState.SUBMITTED)]
    late = [duty for duty in closed if duty.is_late]
    text = _("{unit}: in time {in_time}, late {late}, missing {missing}")
    counted = text.format(unit=unit, in_time=len(closed) - len(late), late=len(late), missing=len(found) - len(closed))
    return html("– {counted}", counted=counted)


def _open(turn: Periodic) -> Button:
    return button(_("See what was handed in"), token("periodic.open", turn.id))


def _draft(turn: Periodic) -> tuple[Button]:
    return (button(_("Draft of the report"), token("periodic.draft", turn.id)),)


def missing(work: Work, person: Person, turn: Periodic, duty: Duty, found: Sequence[Owed]) -> Message:
    """The morning after the due day: who has not reported."""
    text = lines(
        html("<b>{title}</b>", title=_("Reports: {period}").format(period=period_words(turn.kind, turn))),
        *standing(found),
        html("{name}, <b>{due}</b>", name=duty_notices.name(duty), due=duty_notices.due_words(work, duty)),
        duty_notices.cite(work, duty),
    )
    return Message(text, column(_open(turn)))


def compiled(work: Work, person: Person, duty: Duty, entry: DutyEntry, file: Attachment | None) -> Message:
    """To whom it is owed: the report that was put together."""
    turn = work.session.get_one(Periodic, duty.subject_id)
    kind = PERIODIC[turn.kind].compiles
    hotline = _hotline_figures(work, turn, None)
    table = [*standing(owed(work.session, kind, turn.period)), *hotline] if kind else month_table(work, turn)
    text = lines(
        html("<b>{name}</b>", name=duty_notices.name(duty)),
        html(_("From: {owner}"), owner=duty_notices.owner_words(work, duty)),
        *duty_notices.result_lines(entry),
        *table,
        duty_notices.cite(work, duty),
    )
    return Message(text, column(_open(turn)) if kind else (), (file,) if file else ())


def due_on(duty: Duty) -> str:
    """hạn thứ Hai 21/12/2026, whoever has sent what."""
    day = deadlines.named_day(duty.due_at)
    return _("due on {day}").format(day=f"{weekday(day)} {full_date(day)}")


def received_line(one: Owed) -> Markup:
    """Sở Tài chính: đã nhận 15 giờ 00, thứ Hai 14/12 (muộn)."""
    if not one.is_received or one.duty.closed_at is None:
        return html("{unit}: <b>{missing}</b>", unit=one.unit.name, missing=_("missing"))
    late = _("{time}, late") if one.duty.is_late else "{time}"
    return html("{unit}: {when}", unit=one.unit.name, when=late.format(time=short_moment(one.duty.closed_at)))
