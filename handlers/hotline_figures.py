"""The hotline's figures for whoever leads a team, and for the Office of all communes: message, picture, workbook."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.i18n import _
from bot.messages import Button, Message, button, column, grid, html, lines
from bot.routes import Route, press
from models.people import Unit
from rules.errors import StaleError
from services import hotline_figures
from services.notices import hotline_figures as notices

# The subject of a button for all communes; no row has this id.
ALL = 0


def buttons(context: Context) -> list[Button]:
    """What whoever opens `/hotline` may read."""
    words = _("Figures: {unit}")
    units: Sequence[Unit | None] = hotline_figures.led(context.work)
    if hotline_figures.reads_all(context.work):
        units = [*units, None]
    return [
        button(words.format(unit=notices.unit_words(unit)), token("hotline.now", unit.id if unit else ALL))
        for unit in units
    ]


def _unit(context: Context) -> Unit | None:
    return hotline_figures.require_reader(context.work, context.token.subject or None)


def on_now(context: Context) -> Reply:
    """Open, overdue, by member; for all communes by commune."""
    unit = _unit(context)
    found = hotline_figures.open_now(context.work, unit.key if unit else None)
    heading = _("Hotline, {unit}: open now").format(unit=notices.unit_words(unit))
    text = lines(html("<b>{heading}</b>", heading=heading), *notices.open_lines(context.work, unit, found))
    return Message(text, (*_times(context), *column(button(_("Back"), token("/hotline")))), edit=True)


def _times(context: Context, shown: str = "") -> tuple[tuple[Button, ...], ...]:
    offered = [name for name, _first, _last in hotline_figures.periods_of(context.work.today) if name != shown]
    return grid([_span_button(context, name) for name in offered], 2)


def _span_button(context: Context, name: str) -> Button:
    return button(notices.span_words(name), token("hotline.figures", context.token.subject, argument=name))


def on_figures(context: Context) -> Reply:
    """What came in within a week or a month and what became of it; by commune and procedure."""
    unit, first, last = _asked(context)
    cases = hotline_figures.cases(context.work, first, last, unit.key if unit else None)
    text = lines(
        html("<b>{title}</b>", title=notices.title(unit, first, last)),
        *notices.figures(context.work, unit, first, last),
        *(notices.by_unit(context.work, cases) if cases and unit is None else []),
        *(notices.by_topic(context.work, cases) if cases else []),
    )
    name, subject = context.token.argument, context.token.subject
    papers = (
        button(_("Picture"), token("hotline.picture", subject, argument=name)),
        button(_("Excel, with every case"), token("hotline.workbook", subject, argument=name)),
    )
    back = column(button(_("Back"), token("hotline.now", subject)))
    return Message(text, (*((papers,) if cases else ()), *_times(context, name), *back), edit=True)


def _asked(context: Context) -> tuple[Unit | None, date, date]:
    unit = _unit(context)
    for name, first, last in hotline_figures.periods_of(context.work.today):
        if name == context.token.argument:
            return unit, first, last
    raise StaleError()


def on_picture(context: Context) -> Reply:
    # What draws up documents is loaded with the first one, not at every start.
    from services import hotline_papers

    picture = hotline_papers.picture(context.work, *_asked(context))
    return Message(Markup.escape(_("What became of the questions")), (), (picture,))


def on_workbook(context: Context) -> Reply:
    from services import hotline_papers

    book = hotline_papers.workbook(context.work, *_asked(context))
    return Message(Markup.escape(_("The hotline, with every counted question")), (), (book,))


ROUTES: list[Route] = [
    press("hotline.now", on_now),
    press("hotline.figures", on_figures),
    press("hotline.picture", on_picture),
    press("hotline.workbook", on_workbook),
]
