"""/caidat, Office: the working calendar of the coming weeks, and days set by the body's own document."""

from datetime import date, timedelta

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _, full_date, ngettext, weekday
from bot.messages import Message, Style, button, html, lines
from bot.routes import Route, form, press
from rules.errors import N_
from rules.workdays import CalendarDay
from services import access, calendars
from services.regulation import calendar

COMING = timedelta(days=120)


def on_show(context: Context) -> Reply:
    """The days ahead that are not what Monday to Friday would make them, each with its document."""
    access.require_office(context.work)
    today = context.work.today
    known = calendar(context.work)
    years = sorted({today.year, (today + COMING).year})
    days = [day for year in years for day in known.differing_days(year) if today <= day.day <= today + COMING]
    open_years = [str(year) for year in years if not known.is_announced(year)]
    doubt = _("Not everything is announced yet for {years}: deadlines across those days are provisional.")
    text = lines(
        html("<b>{title}</b>", title=_("Working calendar, the coming months")),
        *(_line(day) for day in days),
        None if days else _("No special days are known."),
        doubt.format(years=", ".join(open_years)) if open_years else None,
    )
    return Message(text, ((button(_("Set a day"), token("calendar.set"), Style.PRIMARY),),), edit=context.was_pressed)


def _line(day: CalendarDay) -> Markup:
    state = _("worked") if day.is_working else _("off")
    named = "; ".join(part for part in (day.name, day.document) if part)
    shown = html("– {weekday} {day}: {state}", weekday=weekday(day.day), day=full_date(day.day), state=state)
    return html("{shown} ({named})", shown=shown, named=named) if named else shown


def on_set(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, DAY)


def _finish(asking: Asking) -> Reply:
    access.require_office(asking.context.work)
    given = asking.answers
    day = date.fromisoformat(given["day"])
    moved = calendars.set_day(asking.context.work, day, works=given["works"] == "work", document=given["document"])
    told = ngettext(
        "{count} due day has moved; its owner has been told.",
        "{count} due days have moved; their owners have been told.",
        moved,
    )
    text = lines(html("<b>{title}</b>", title=_("Recorded")), told.format(count=moved) if moved else None)
    return Message(text, edit=True)


DAY = Form(
    "calendar day",
    lambda asking: _("A day of the working calendar"),
    (
        steps.day("day", N_("Day"), N_("Which day is it about?")),
        steps.choice(
            "works",
            N_("Off or worked"),
            N_("Is it off, or is it worked?"),
            (("off", N_("Off")), ("work", N_("Worked, in place of another day"))),
        ),
        steps.text("document", N_("Document"), N_("By which document? Number, date, issuer."), 200),
    ),
    _finish,
)

ROUTES: list[Route] = [press("calendar.show", on_show), press("calendar.set", on_set), form(DAY)]
