"""`/gopy`: ask units for their opinion on a draft, see who has given it, put it together."""

from dataclasses import replace
from datetime import date

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.forms.steps import Option
from bot.i18n import _, short_date
from bot.messages import Message, Row, Style, button, column, grid, html, lines
from bot.routes import Route, command, form, press
from handlers import task_steps
from handlers.paging import page_in, paged
from models.comments import CommentRequest, asked_on, requests_of
from models.duties import last_result
from rules.errors import N_, NotAllowedError
from services import access, comments, office, tasks
from services.comments import NewRequest
from services.notices import comment_lines
from services.notices import comments as notices


def asks(context: Context) -> bool:
    """Heads and the Office ask; leaders look."""
    return comments.own_unit(context.work, context.official) is not None or _sees_all(context)


def _sees_all(context: Context) -> bool:
    return comments.sees_all(context.work, context.official)


def on_list(context: Context) -> Reply:
    """What runs first, the nearest first."""
    work = context.work
    if not asks(context):
        raise NotAllowedError()
    unit_id = None if _sees_all(context) else comments.own_unit(work, context.official)
    found = requests_of(work.session, unit_id)
    page = page_in(context.token.argument)
    shown, turn = paged(context, found, page, lambda other: token("/gopy", argument=other))
    listed = [html("{n}. {line}", n=n, line=_line(context, request)) for n, request in shown]
    numbers = grid([button(str(n), token("comments.open", request.id)) for n, request in shown])
    new = button(_("Ask for opinions on a draft"), token("comments.new"), Style.PRIMARY)
    rows = column(new) if comments.own_unit(work, context.official) is not None else ()
    title = html("<b>{title}</b>", title=_("Opinions on drafts"))
    nothing = None if found else _("Nothing has been asked yet.")
    return Message(lines(title, nothing, *listed), (*numbers, *turn, *rows), edit=context.was_pressed)


def _line(context: Context, request: CommentRequest) -> str:
    counts = notices.counts(asked_on(context.work.session, request.key))
    state = _("closed") if request.closed_at else _("by {day}").format(day=short_date(request.due_on))
    return f"{request.title} ({comment_lines.asker_words(context.work, request)}): {state}; {counts}"


def on_open(context: Context) -> Reply:
    return _card(context, comments.in_sight(context.work, context.token.subject))


def _card(context: Context, request: CommentRequest) -> Message:
    work = context.work
    found = asked_on(work.session, request.key)
    results = {duty.key: last_result(work.session, duty.key) for _asked, _unit, duty in found}
    said = {key: entry for key, entry in results.items() if entry is not None}
    rows: list[Row] = [(button(_("Put together .xlsx"), token("comments.book", request.id)),)]
    if comments.may_change(work, request):
        rows.append((button(_("Change the due day"), token("comments.move", request.id)),))
        rows.append((button(_("Ask more units"), token("comments.more", request.id)),))
        rows.append((button(_("Close the request"), token("comments.close", request.id)),))
    return notices.request_card(work, request, found, said, tuple(rows))


def on_book(context: Context) -> Reply:
    request = comments.in_sight(context.work, context.token.subject)
    file = comments.compiled(context.work, request)
    return Message(
        html("{title}", title=_("Opinions on the draft: {title}").format(title=request.title)), files=(file,)
    )


def on_close(context: Context) -> Reply:
    request = comments.in_sight(context.work, context.token.subject)
    if request.closed_at is None:
        comments.close(context.work, comments.to_change(context.work, request.key))
    return replace(_card(context, request), edit=True, fresh=False)


def on_move(context: Context) -> Reply:
    return engine.start(context, MOVE, comments.to_change(context.work, context.token.subject).key)


def _finish_move(asking: Asking) -> Reply:
    request = comments.to_change(asking.context.work, asking.subject_id or 0)
    comments.move(asking.context.work, request, date.fromisoformat(asking.answers["due"]))
    return _card(asking.context, request)


def on_more(context: Context) -> Reply:
    return engine.start(context, MORE, comments.to_change(context.work, context.token.subject).key)


def _finish_more(asking: Asking) -> Reply:
    request = comments.to_change(asking.context.work, asking.subject_id or 0)
    comments.ask_more(asking.context.work, request, [int(value) for value in asking.answers["units"]])
    return _card(asking.context, request)


def on_new(context: Context) -> Reply:
    if comments.own_unit(context.work, context.official) is None:
        raise NotAllowedError()
    return engine.start(context, ASK)


def _is_office(asking: Asking) -> bool:
    return access.is_office(asking.context.work, asking.context.official)


def _units(asking: Asking) -> list[Option]:
    """All others that somebody answers for, and that have not been asked yet."""
    work = asking.context.work
    asked = {unit.key for _asked, unit, _duty in asked_on(work.session, asking.subject_id or 0)}
    own = comments.own_unit(work, asking.context.official)
    found = [unit for unit in office.units(work) if unit.key != own and unit.key not in asked]
    return [Option(str(unit.key), unit.name) for unit in found if tasks.head_of(work, unit.key) is not None]


def _finish(asking: Asking) -> Reply:
    given = asking.answers
    file = given.get("file")
    new = NewRequest(
        title=given["title"],
        due_on=date.fromisoformat(given["due"]),
        unit_ids=[int(value) for value in given["units"]],
        document=given.get("document") or "",
        outside=given.get("outside") or "",
        file_id=file["file_id"] if file else None,
    )
    return replace(_card(asking.context, comments.ask(asking.context.work, new)), edit=True, fresh=False)


UNITS = steps.several("units", N_("Units asked"), N_("Whose opinion is asked?"), _units)
DUE = steps.day("due", N_("By"), N_("By which day?"), quick=((N_("3 days"), 3), (N_("7 days"), 7), (N_("15 days"), 15)))
ASK = Form(
    "comment request",
    lambda asking: _("Opinions on a draft"),
    (
        steps.text("title", N_("Draft"), N_("On which draft? Its title, in a line."), 300),
        steps.text(
            "outside",
            N_("Asked by"),
            N_("Which other body asks for it? Leave it out where the Office itself asks."),
            200,
            is_optional=True,
            applies=_is_office,
        ),
        UNITS,
        DUE,
        steps.attachment("file", N_("File"), N_("Please send the draft, if there is a file.")),
        task_steps.DOCUMENT,
    ),
    _finish,
)

MOVE = Form("comment request day", lambda asking: _("Change the due day"), (DUE,), _finish_move, confirms=False)
MORE = Form("comment request units", lambda asking: _("Ask more units"), (UNITS,), _finish_more, confirms=False)

ROUTES: list[Route] = [
    command("gopy", on_list, "gop y", "gop y du thao"),
    press("comments.open", on_open),
    press("comments.book", on_book),
    press("comments.close", on_close),
    press("comments.new", on_new),
    press("comments.move", on_move),
    press("comments.more", on_more),
    form(ASK),
    form(MOVE),
    form(MORE),
]
