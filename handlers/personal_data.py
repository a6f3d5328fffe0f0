"""/dulieu: what is kept about whoever asks; to see it, take it along, correct it, have it erased."""

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _, local_day, short_date
from bot.messages import Button, Message, Style, button, column, html, lines
from bot.plain_text import plain
from bot.routes import Route, command, form, press
from handlers.hotline_ask import MOST
from models.hotline import Ticket
from rules.errors import N_, StaleError
from services import hotline, hotline_erasure, hotline_team, personal_data
from services.notices import hotline_team as team_notices
from services.notices import personal_data as notices
from services.personal_data import Kept
from services.regulation import regulation

MOST_NAME = 100


def on_data(context: Context) -> Reply:
    kept = personal_data.kept(context.work)
    see = [button(_("See"), token("data.view"))] if kept.tickets else []
    choices = [
        *see,
        button(_("Take along"), token("data.export"), Style.PRIMARY),
        button(_("Correct"), token("data.edit")),
        button(_("Erase"), token("data.erase"), Style.DANGER),
    ]
    return Message(_overview(context, kept), column(*choices), edit=context.was_pressed)


def _overview(context: Context, kept: Kept) -> Markup:
    return notices.overview(
        context.person,
        _identity(context, kept),
        kept.tickets,
        file_count=kept.file_count,
        since=short_date(local_day(kept.since)) if kept.since else "",
        retention_days=kept.retention_days,
    )


def _identity(context: Context, kept: Kept) -> list[Markup]:
    if context.person is None:
        return notices.of_citizen(context.account)
    hour = context.person.digest_at or regulation(context.work).hours.morning[0].strftime("%H:%M")
    return notices.of_official(context.work, context.person, kept.chats, hour)


def _back() -> Button:
    return button(_("Back"), token("/dulieu"))


def on_view(context: Context) -> Reply:
    """The newest questions with all that was said; the rest is in what can be taken along."""
    newest = list(personal_data.kept(context.work).tickets)[::-1]
    told = [notices.contents(context.work, ticket) for ticket in newest[: notices.SHOWN]]
    more = _("The older ones are in the file that can be taken along.") if len(newest) > notices.SHOWN else None
    return Message(lines(*told, more), column(_back()))


def on_export(context: Context) -> Reply:
    """As a file; where the channel carries none, as text in the chat."""
    kept = personal_data.kept(context.work)
    told = [notices.contents(context.work, ticket, whole=True) for ticket in kept.tickets]
    if not context.takes_files:
        note = html("<b>{note}</b>", note=_("No file can come here; this is all that is kept:"))
        return [Message(lines(note, _overview(context, kept))), *(Message(one) for one in told)]
    text = "\n\n".join(plain(str(part)) for part in (_overview(context, kept), *told))
    file = personal_data.export(context.work, text)
    return Message(Markup.escape(_("The file holds all that is kept.")), files=(file,))


def on_edit(context: Context) -> Reply:
    """What can be put right: the name, and each question that is still open."""
    waiting = [ticket for ticket in personal_data.kept(context.work).tickets if ticket.is_open]
    shown = waiting[-notices.SHOWN :]
    whose = (
        button(_("My name"), token("data.rename"))
        if context.person is None
        else button(_("Ask the Office to correct my data"), token("data.office"))
    )
    text = lines(
        html("<b>{title}</b>", title=_("What is to be corrected?")),
        *(html("– {line}", line=team_notices.line(context.work, ticket)) for ticket in shown),
        _("The old text is not kept. An answered question can no longer be changed, only erased."),
    )
    each = [one for ticket in shown for one in _of_question(ticket)]
    return Message(text, column(whose, *each, _back()), edit=True)


def _of_question(ticket: Ticket) -> list[Button]:
    change, withdraw = _("Correct question no. {number}"), _("Withdraw question no. {number}")
    return [
        button(change.format(number=ticket.number), token("data.correct", ticket.id)),
        button(withdraw.format(number=ticket.number), token("data.withdraw", ticket.id), is_weighty=True),
    ]


def on_rename(context: Context) -> Reply:
    if context.person is not None:
        raise StaleError()
    return engine.start(context, RENAME)


def on_office(context: Context) -> Reply:
    return engine.start(context, TO_OFFICE, context.official.key)


def on_correct(context: Context) -> Reply:
    ticket = hotline.own_ticket(context.work, context.token.subject)
    if not ticket.is_open:
        raise StaleError()
    return engine.start(context, CORRECT, ticket.key)


def on_withdraw(context: Context) -> Reply:
    ticket = hotline.own_ticket(context.work, context.token.subject)
    if not ticket.is_open:
        raise StaleError()
    personal_data.withdraw(context.work, ticket.key)
    words = _("Question no. {number} is withdrawn; the team has been told.")
    return Message(html(words, number=ticket.number), column(_back()), edit=True)


def on_erase(context: Context) -> Reply:
    """What it means, before it is done."""
    kept = personal_data.kept(context.work)
    is_official = context.person is not None
    if is_official and not kept.tickets:
        return Message(lines(_service_records()), column(_back()), edit=True)
    text = lines(
        html("<b>{title}</b>", title=_("Erase the data kept about {you}").format(you=notices.you(context.person))),
        _("Open questions are withdrawn. What was asked and answered, files and comments are erased at once."),
        None if is_official else _("Forms begun and the stored name are erased too."),
        _("What stays: number, kind, times and stars of a question, of nobody any more, for the statistics."),
        None if is_official else _("The address of this chat stays: without it nothing could be answered here."),
        _("The log that is protected against changes stays; it holds no contents."),
        _service_records() if is_official else None,
        _("This cannot be undone."),
    )
    erase = button(_("Erase all of it"), token("data.erase_all"), Style.DANGER, is_weighty=True)
    return Message(text, column(erase, _back()), edit=True)


def _service_records() -> str:
    return _(
        "Records of the service (invitations, decisions, ballots, tasks, attendance) are kept as public duty "
        "demands and are not erased on request."
    )


def on_erase_all(context: Context) -> Reply:
    count = personal_data.erase(context.work)
    return Message(
        lines(
            html("<b>{title}</b>", title=_("Erased")),
            html(_("Done at once: {count} questions with everything that was said about them."), count=count),
            _("The contents of files leave the server within two hours; nobody can open them any more."),
            _("Messages that lie in this chat already can be deleted on the telephone."),
        ),
        edit=True,
    )


def on_caller(context: Context) -> Reply:
    """The caller's name and number: what erasing them means."""
    ticket = hotline_team.ticket_in_sight(context.work, context.token.subject)
    if not ticket.caller_phone:
        raise StaleError()
    text = lines(
        html("<b>{title}</b>", title=_("Question no. {number}: erase the caller").format(number=ticket.number)),
        _("Name and number are erased; nobody can call back then. The question stays."),
    )
    erase = button(_("Erase the caller's data"), token("data.caller_erase", ticket.id), Style.DANGER, is_weighty=True)
    return Message(text, column(erase, button(_("Back"), token("ticket.open", ticket.id))))


def on_caller_erase(context: Context) -> Reply:
    ticket = hotline_erasure.erase_caller(context.work, context.token.subject)
    words = _("Question no. {number}: the caller's name and number are erased.")
    return Message(html(words, number=ticket.number), edit=True)


def _finish_rename(asking: Asking) -> Reply:
    personal_data.rename(asking.context.work, asking.answers["name"])
    return Message(html(_("Name: {name}."), name=asking.answers["name"]), column(_back()))


def _finish_office(asking: Asking) -> Reply:
    personal_data.ask_office(asking.context.work, asking.context.official, asking.answers["text"])
    return Message(Markup.escape(_("Sent to the Office, which maintains the data of officials.")))


def _finish_correct(asking: Asking) -> Reply:
    ticket = personal_data.correct(asking.context.work, asking.subject_id or 0, asking.answers["text"])
    words = _("Question no. {number} is corrected; the team sees the new text only.")
    return Message(html(words, number=ticket.number), column(_back()))


RENAME = Form(
    "data name",
    lambda asking: _("My name"),
    (steps.text("name", N_("Name"), N_("How shall the system call you?"), MOST_NAME),),
    _finish_rename,
    confirms=False,
)
CORRECT = Form(
    "data question",
    lambda asking: _("Correct the question"),
    (steps.text("text", N_("Question"), N_("Please type the whole question anew; it replaces the old text."), MOST),),
    _finish_correct,
    confirms=False,
)
TO_OFFICE = Form(
    "data office",
    lambda asking: _("Ask the Office to correct my data"),
    (steps.text("text", N_("Correction"), N_("What is wrong, and how is it right?"), 500),),
    _finish_office,
    confirms=False,
)

ROUTES: list[Route] = [
    command("dulieu", on_data, "du lieu", public=True),
    press("data.view", on_view, public=True),
    press("data.export", on_export, public=True),
    press("data.edit", on_edit, public=True),
    press("data.rename", on_rename, public=True),
    press("data.office", on_office),
    press("data.correct", on_correct, public=True),
    press("data.withdraw", on_withdraw, public=True),
    press("data.erase", on_erase, public=True),
    press("data.erase_all", on_erase_all, public=True),
    press("data.caller", on_caller),
    press("data.caller_erase", on_caller_erase),
    form(RENAME),
    form(CORRECT),
    form(TO_OFFICE),
]
