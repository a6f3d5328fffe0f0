"""`/chuongtrinh`: how the work programme stands by month and year, as a workbook; the Office marks what was issued."""

import re

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.i18n import _
from bot.messages import Button, Message, Row, button, column, html, lines
from bot.routes import Route, command, press
from models.people import Role
from models.programme import ProgrammeItem, items_to_submit, submitted_items
from rules.errors import NotAllowedError, StaleError
from rules.programme import ITEM, ItemAct, Period
from services import access, people, programme, programme_changes, programme_figures
from services.notices import programme as notices
from services.notices import programme_figures as wording

_PERIOD = re.compile(r"(\d{4})-(\d{1,2})")
LISTED = 10


def sees(context: Context) -> bool:
    """Leaders, Office and internal affairs see all of it, the head of a unit his own part; once there is one."""
    if not programme.exists(context.work):
        return False
    return _sees_all(context) or programme_changes.own_unit(context.work, context.official) is not None


def _sees_all(context: Context) -> bool:
    roles = (*people.OFFICE, *people.LEADERS, Role.INTERNAL_AFFAIRS)
    return people.has_role(context.work, context.official, *roles)


def scope(context: Context) -> int | None:
    """The unit whose part is shown; None for all."""
    if _sees_all(context):
        return None
    unit_id = programme_changes.own_unit(context.work, context.official)
    if unit_id is None:
        raise NotAllowedError()
    return unit_id


def on_programme(context: Context) -> Reply:
    """This month."""
    today = context.work.today
    return _shown(context, Period(today.year, today.month))


def on_figures(context: Context) -> Reply:
    return _shown(context, _period(context))


def _period(context: Context) -> Period:
    found = _PERIOD.fullmatch(context.token.argument)
    if found is None or int(found[2]) > 12 or not 2000 <= int(found[1]) <= 2200:
        raise StaleError()
    return Period(int(found[1]), int(found[2]))


def _shown(context: Context, period: Period) -> Message:
    report = programme_figures.report(context.work, period, scope(context))
    return Message(
        wording.report(context.work, report), _steering(context, period), card="programme", edit=context.was_pressed
    )


def _steering(context: Context, period: Period) -> tuple[Row, ...]:
    """Other periods, the workbook, and what the person may do."""
    rows: list[Row] = [
        tuple(_turn(each) for each in _near(period)),
        (button(_("Download .xlsx"), token("programme.book", argument=_argument(period))),),
    ]
    if items_to_submit(context.work.session):
        rows.append((button(_("Detailed plans"), token("plan.list")),))
    if access.is_office(context.work, context.official) and submitted_items(context.work.session):
        rows.append((button(_("Mark what was issued"), token("programme.submitted")),))
    if programme_changes.own_unit(context.work, context.official) is not None:
        rows.append((button(_("Ask for a further item"), token("programme.add")),))
    return tuple(rows)


def _near(period: Period) -> list[Period]:
    """The months beside a month, and its year; of a year its neighbours."""
    if not period.month:
        return [Period(period.year - 1), Period(period.year + 1)]
    before = Period(period.year, period.month - 1) if period.month > 1 else Period(period.year - 1, 12)
    return [before, Period(period.after.year, period.after.month), Period(period.year)]


def _turn(period: Period) -> Button:
    label = f"{period.month}/{period.year}" if period.month else _("Year {year}").format(year=period.year)
    return button(label, token("programme.figures", argument=_argument(period)))


def _argument(period: Period) -> str:
    return f"{period.year}-{period.month}"


def on_book(context: Context) -> Reply:
    """The same figures as a document."""
    period = _period(context)
    report = programme_figures.report(context.work, period, scope(context))
    title = _("Work programme, {period}").format(period=wording.period_name(period))
    return Message(html("{title}", title=title), files=(programme_figures.document(context.work, report),))


def on_submitted(context: Context) -> Reply:
    """What is submitted and not yet issued, a button each."""
    access.require_office(context.work)
    found = submitted_items(context.work.session)
    if not found:
        return Message(Markup(_("Nothing waits to be issued.")), edit=context.was_pressed)
    shown = found[:LISTED]
    listed = [html("{n}. {line}", n=n, line=notices.item_line(context.work, item)) for n, item in enumerate(shown, 1)]
    buttons = [
        button(_("{number}. Issued").format(number=number), token("programme.issue", item.id))
        for number, item in enumerate(shown, 1)
    ]
    title = html("<b>{title}</b>", title=_("Submitted, not yet issued ({count})").format(count=len(found)))
    return Message(lines(title, *listed), column(*buttons), edit=context.was_pressed)


def on_issue(context: Context) -> Reply:
    access.require_office(context.work)
    item = access.load(context.work, ProgrammeItem, context.token.subject)
    if ITEM.allows(item.state, ItemAct.ISSUE):
        programme.issue(context.work, item)
    return on_submitted(context)


ROUTES: list[Route] = [
    command("chuongtrinh", on_programme, "chuong trinh", "chuong trinh cong tac"),
    press("programme.figures", on_figures),
    press("programme.book", on_book),
    press("programme.submitted", on_submitted),
    press("programme.issue", on_issue),
]
