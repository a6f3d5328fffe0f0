"""`/lich tuan`: the week's meetings as text and as a picture; the weeks before and after a tap away."""

from contextlib import suppress
from datetime import date, timedelta

from bot.buttons import token
from bot.context import Context, Reply
from bot.i18n import _
from bot.messages import Message, button, html, lines
from bot.routes import Route, press
from rules.errors import StaleError
from services import weeks

WEEK = timedelta(days=weeks.DAYS)


def on_week(context: Context) -> Reply:
    """This week, or the one whose Monday the button names."""
    work, monday = context.work, _monday(context)
    days = weeks.days_of(weeks.meetings_in_week(work, context.official, monday))
    said = []
    for name, held in days:
        said.append(html("<b>{day}</b>", day=name))
        said += [
            html("{hours}: {title} ({where})", hours=weeks.hours(one), title=one.title, where=weeks.details(work, one))
            for one in held
        ]
    text = lines(
        html("<b>{title}</b>", title=weeks.title(monday)),
        *said,
        None if days else _("No meeting is planned in this week."),
    )
    turn = (
        button(_("Week before"), token("week.show", argument=f"{monday - WEEK:%Y%m%d}")),
        button(_("Week after"), token("week.show", argument=f"{monday + WEEK:%Y%m%d}")),
    )
    drawn = (button(_("Picture"), token("week.picture", argument=f"{monday:%Y%m%d}")),)
    return Message(text, (turn, drawn) if days else (turn,), edit=context.was_pressed)


def on_picture(context: Context) -> Reply:
    monday = _monday(context)
    drawn = weeks.picture(context.work, context.official, monday)
    return Message(html("{title}", title=weeks.title(monday)), (), (drawn,))


def _monday(context: Context) -> date:
    asked = context.token.argument if context.was_pressed else ""
    if not asked:
        return weeks.monday_of(context.work.today)
    with suppress(ValueError):
        return weeks.monday_of(date.fromisoformat(asked))
    raise StaleError()


ROUTES: list[Route] = [press("week.show", on_week), press("week.picture", on_picture)]
