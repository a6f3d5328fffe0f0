"""`/baocao`: periodic reports, who has sent and who is missing, and what was handed in."""

from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Attachment, Message, button, column, grid, html, lines
from bot.routes import Route, command, form, press
from models.duties import last_result
from models.people import Unit
from models.periodic import Periodic, latest_turns, owed
from rules.errors import N_, NotAllowedError, StaleError
from rules.periodic import PERIODIC
from services import access, periodic
from services.notices import duties as duty_notices
from services.notices import periodic as notices
from services.notices import words
from services.regulation import regulation

LISTED = 8


def on_list(context: Context) -> Reply:
    """The reports of late, those due last first."""
    work = context.work
    if not periodic.may_watch(work, context.official):
        raise NotAllowedError()
    groups = [owed(work.session, kind, period) for kind, period in latest_turns(work.session, LISTED)]
    title = html("<b>{title}</b>", title=_("Periodic reports"))
    asks = access.is_office(work, context.official) and regulation(work).rules("read_out")
    ask = column(button(_("Have the directive read out"), token("periodic.read_out"))) if asks else ()
    if not groups:
        return Message(lines(title, _("None is open at present.")), ask, edit=context.was_pressed)
    listed = [
        html("{n}. {name}: {counts}", n=n, name=duty_notices.name(found[0].duty), counts=notices.counts(found))
        for n, found in enumerate(groups, 1)
    ]
    buttons = [button(str(n), token("periodic.open", found[0].turn.id)) for n, found in enumerate(groups, 1)]
    return Message(lines(title, *listed), (*grid(buttons), *ask), edit=context.was_pressed)


def on_open(context: Context) -> Reply:
    """One report of all units; from the duty of whoever compiles, what is compiled there."""
    work = context.work
    turn = periodic.turn_in_sight(work, context.token.subject)
    kind = PERIODIC[turn.kind].compiles or turn.kind
    found = owed(work.session, kind, turn.period)
    if not found:
        return Message(Markup(_("Nothing was asked of the units for this period.")))
    received = [one for one in found if one.is_received]
    first = found[0].duty
    text = lines(
        html("<b>{name}</b>", name=duty_notices.name(first)),
        html("{due}; {counts}", due=notices.due_on(first), counts=notices.counts(found)),
        *(html("{n}. {line}", n=n, line=notices.received_line(one)) for n, one in enumerate(received, 1)),
        html(_("Missing: {names}"), names=notices.missing_names(found, len(found)))
        if len(received) < len(found)
        else None,
        duty_notices.cite(work, first),
    )
    buttons = [button(str(n), token("periodic.result", one.duty.id)) for n, one in enumerate(received, 1)]
    return Message(text, grid(buttons))


def on_result(context: Context) -> Reply:
    """What one unit handed in."""
    work = context.work
    duty = periodic.result_in_sight(work, context.token.subject)
    turn = access.load(work, Periodic, duty.subject_id)
    entry = last_result(work.session, duty.key)
    text = lines(
        html("<b>{name}</b>", name=duty_notices.name(duty)),
        html("{unit}", unit=access.load(work, Unit, turn.unit_id).name),
        duty_notices.state_words(work, duty),
        *(duty_notices.result_lines(entry) if entry else []),
    )
    file = (Attachment(entry.file_id, work.file_name(entry.file_id)),) if entry and entry.file_id else ()
    return Message(text, files=file)


def on_draft(context: Context) -> Reply:
    """The report on procedures, filled with what the hotline knows of the period."""
    turn = periodic.turn_in_sight(context.work, context.token.subject)
    if not notices.tells_of_hotline(context.work, turn, None):
        raise StaleError()
    # What draws up documents is loaded with the first one, not at every start.
    from services import procedures_papers

    words = _("The draft, to be edited and signed; and every counted question.")
    return Message(Markup.escape(words), files=procedures_papers.draft(context.work, turn))


def on_read_out(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, READ_OUT)


def _finish_read_out(asking: Asking) -> Reply:
    made = periodic.ask_to_read_out(asking.context.work, date.fromisoformat(asking.answers["due"]))
    told = _("Asked of {count} units; their heads hear of it on the next working morning.").format(count=len(made))
    return Message(html("<b>{told}</b>", told=told), edit=True)


READ_OUT = Form(
    "read out",
    lambda asking: lines(_("To be read out to all staff"), words.cite(asking.context.work, "read_out")),
    (steps.day("due", N_("By"), N_("By which day do all know it?"), quick=((N_("7 days"), 7), (N_("15 days"), 15))),),
    _finish_read_out,
)

ROUTES: list[Route] = [
    command("baocao", on_list, "bao cao", "bao cao dinh ky"),
    press("periodic.open", on_open),
    press("periodic.result", on_result),
    press("periodic.read_out", on_read_out),
    form(READ_OUT),
    press("periodic.draft", on_draft),
]
