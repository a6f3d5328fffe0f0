"""`/nhacnho`, for the Office and internal affairs: record a reminder by the chair, see who has how many, withdraw."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import day, person, text
from bot.i18n import _, short_moment
from bot.messages import Message, Style, button, column, html, lines
from bot.routes import Route, command, form, press
from models.people import Person
from models.reminders import ChairReminder, reminders_of
from rules.errors import N_
from services import access, reminders
from services.notices import reminders as notices
from services.notices import words
from services.reminders import NewReminder

LISTED = 15
FIRST = date(2000, 1, 1)


def sees(context: Context) -> bool:
    return reminders.may_record(context.work, context.official)


def on_list(context: Context) -> Reply:
    """By person, who has most first."""
    reminders.require_recorder(context.work)
    found = reminders.reminded(context.work)
    shown = found[:LISTED]
    listed = [
        html("{n}. {who}: {count}", n=n, who=words.named(context.work, who), count=notices.counted(count))
        for n, (who, count) in enumerate(shown, 1)
    ]
    more = _("and {number} more").format(number=len(found) - LISTED) if len(found) > LISTED else None
    title = html("<b>{title}</b>", title=_("Reminders by the chair"))
    nobody = _("Nobody has one at present.") if not found else None
    buttons = [
        button(f"{n}. {who.full_name}", token("reminders.person", who.id)) for n, (who, _count) in enumerate(shown, 1)
    ]
    new = button(_("Record a reminder"), token("reminders.new"), Style.PRIMARY)
    text_of = lines(title, *listed, more, nobody, words.cite(context.work, "reminders"))
    return Message(text_of, column(new, *buttons), edit=context.was_pressed)


def on_person(context: Context) -> Reply:
    """All entries about one person, the withdrawn ones too."""
    reminders.require_recorder(context.work)
    return _of(context, access.person(context.work, context.token.subject))


def _of(context: Context, who: Person) -> Message:
    work = context.work
    found = reminders_of(work.session, who.key)
    listed = [
        html("{n}. {case}{note}", n=n, case=notices.case(work, each), note=_note(each))
        for n, each in enumerate(found, 1)
    ]
    buttons = [
        button(_("Withdraw number {number}").format(number=n), token("reminders.withdraw", each.id))
        for n, each in enumerate(found, 1)
        if each.counts
    ]
    back = button(_("Back to the list"), token("reminders.list"))
    title = html("<b>{title}</b>", title=words.capital(words.named(work, who)))
    counted = html("{count}", count=words.capital(notices.counted(reminders.current(work, who))))
    return Message(lines(title, counted, *listed), column(*buttons, back), edit=context.was_pressed)


def _note(reminder: ChairReminder) -> str:
    if reminder.withdrawn_at is None:
        return ""
    note = _("; withdrawn at {time}: {reason}")
    return note.format(time=short_moment(reminder.withdrawn_at), reason=reminder.withdrawal_reason)


def on_new(context: Context) -> Reply:
    reminders.require_recorder(context.work)
    return engine.start(context, RECORD)


def _people(asking: Asking) -> Sequence[tuple[int, str, str]]:
    return [(who.key, name, "") for who, name in reminders.candidates(asking.context.work)]


def _finish_record(asking: Asking) -> Reply:
    given = asking.answers
    new = NewReminder(
        person_id=int(given["person"]),
        reminded_on=date.fromisoformat(given["day"]),
        document=given["document"],
        about=given["about"],
    )
    reminder = reminders.record(asking.context.work, new)
    return Message(_recorded(asking, reminder), edit=True)


def _recorded(asking: Asking, reminder: ChairReminder) -> Markup:
    work = asking.context.work
    who, counted = access.person(work, reminder.person_id), reminders.count(work, reminder)
    return lines(
        html("<b>{title}</b>", title=_("Recorded; those concerned have been told.")),
        html(
            "{who}: {count}",
            who=words.capital(words.named(work, who)),
            count=notices.counted(counted),
        ),
        notices.case(work, reminder),
    )


RECORD = Form(
    "chair reminder",
    lambda asking: _("A reminder by the chair"),
    (
        person("person", N_("Person"), N_("Whom did the chair remind?"), _people),
        text("document", N_("Document"), N_("Number of the document or of the minutes in which it stands."), 200),
        day(
            "day",
            N_("Date"),
            N_("Of which date is the document?"),
            earliest=lambda asking: FIRST,
            latest=lambda asking: asking.context.work.today,
            quick=(),
        ),
        text("about", N_("About"), N_("What was he reminded of? A line."), 500),
    ),
    _finish_record,
)


def on_withdraw(context: Context) -> Reply:
    reminders.require_recorder(context.work)
    return engine.start(context, WITHDRAW, access.load(context.work, ChairReminder, context.token.subject).key)


def _finish_withdraw(asking: Asking) -> Reply:
    reminder = access.load(asking.context.work, ChairReminder, asking.subject_id or 0)
    reminders.withdraw(asking.context.work, reminder, asking.answers["reason"])
    return _of(asking.context, access.person(asking.context.work, reminder.person_id))


WITHDRAW = Form(
    "withdraw chair reminder",
    lambda asking: _("Withdraw the entry"),
    (text("reason", N_("Reason"), N_("Why is the entry wrong? It stays, with this reason, and counts no more."), 500),),
    _finish_withdraw,
    confirms=False,
)

ROUTES: list[Route] = [
    command("nhacnho", on_list, "nhac nho", "nhac nho cua chu tich"),
    press("reminders.list", on_list),
    press("reminders.person", on_person),
    press("reminders.new", on_new),
    press("reminders.withdraw", on_withdraw),
    form(RECORD),
    form(WITHDRAW),
]
