"""`/thongke`: figures of attendance by unit and person, as message, picture and workbook with every counted case."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.i18n import _, full_date
from bot.messages import Message, button, grid, html, lines
from bot.routes import Route, command, press
from rules.errors import StaleError
from rules.scores import Case, Tally, by_person, by_unit, total
from services import statistics
from services.notices import statistics as notices

SHOWN = 12


def on_statistics(context: Context) -> Reply:
    """This month; other times are a tap away."""
    return _view(context, "month")


def on_span(context: Context) -> Reply:
    return _view(context, context.token.argument)


def _view(context: Context, name: str) -> Message:
    statistics.require_reader(context.work)
    first, last = _span(context, name)
    cases = statistics.cases(context.work, first, last)
    title = _("Attendance, {first} to {last}").format(first=full_date(first), last=full_date(last))
    others = [
        button(notices.span_words(other), token("statistics.span", argument=other))
        for other, _first, _last in statistics.months_of(context.work.today)
        if other != name
    ]
    papers = [
        button(_("Picture"), token("statistics.picture", argument=name)),
        button(_("Excel, with every case"), token("statistics.workbook", argument=name)),
    ]
    text = lines(html("<b>{title}</b>", title=title), *_figures(context, cases))
    rows = (*((tuple(papers),) if cases else ()), *grid(others, 2))
    return Message(text, rows, edit=context.was_pressed)


def _span(context: Context, name: str) -> tuple[date, date]:
    found = [(first, last) for other, first, last in statistics.months_of(context.work.today) if other == name]
    if not found:
        raise StaleError()
    return found[0]


def _figures(context: Context, cases: Sequence[Case]) -> list[str | Markup]:
    """The whole, then units, those with faults first; of persons those with something unexcused."""
    if not cases:
        return [_("No meeting has been held in this time.")]
    units = sorted(by_unit(cases).items(), key=lambda pair: _faults(pair[1]), reverse=True)
    people = sorted(by_person(cases).items(), key=lambda pair: _faults(pair[1]), reverse=True)
    named = [(key, tally) for key, tally in people if _faults(tally)][:SHOWN]
    return [
        notices.tally_line(total(cases)),
        html("<b>{title}</b>", title=_("By unit")),
        *(notices.unit_line(context.work, key, tally) for key, tally in units[:SHOWN]),
        html("<b>{title}</b>", title=_("To be looked at, by person")) if named else "",
        *(notices.person_line(context.work, key, tally) for key, tally in named),
        _("Who sat in is credited, not whom he sat in for; what is not classified yet is shown apart."),
    ]


def _faults(tally: Tally) -> int:
    return tally.unexcused + tally.late_unexcused + tally.left_midway + tally.wrong + tally.unanswered


def on_picture(context: Context) -> Reply:
    # What draws up documents is loaded with the first one, not at every start.
    from services import statistics_papers

    first, last = _asked(context)
    picture = statistics_papers.picture(context.work, first, last)
    return Message(html("{title}", title=_("Attendance by unit")), (), (picture,))


def on_workbook(context: Context) -> Reply:
    from services import statistics_papers

    first, last = _asked(context)
    book = statistics_papers.workbook(context.work, first, last)
    return Message(html("{title}", title=_("Attendance, with every counted case")), (), (book,))


def _asked(context: Context) -> tuple[date, date]:
    statistics.require_reader(context.work)
    return _span(context, context.token.argument)


ROUTES: list[Route] = [
    command("thongke", on_statistics, "thong ke"),
    press("statistics.span", on_span),
    press("statistics.picture", on_picture),
    press("statistics.workbook", on_workbook),
]
