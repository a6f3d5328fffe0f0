"""`/viec`: what I owe, nearest first; later, why; and what was sent to me to be accepted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _, local_day, short_moment
from bot.messages import Message, Row, button, column, html, lines
from bot.routes import Route, command, form, press
from bot.work import Work
from handlers import plans
from handlers.paging import page_in, paged
from models.duties import Duty, DutyEntry, EntryKind, entries_of, open_duties_of
from models.offices import posts_of
from rules.duties import SPECS, DutyKind, DutyState
from rules.errors import N_, StaleError
from rules.workdays import at
from services import access, duties, results, tasks
from services.notices import counting, duty_lists, periodic, task_lines
from services.notices import duties as notices
from services.notices import plans as plan_notices
from services.regulation import next_morning, regulation

HOUR = timedelta(hours=1)
AFTERNOON = time(14)

# What a kind shows of its own when a duty is opened: lines, and rows of buttons.
DETAILS: Mapping[DutyKind, Callable[[Work, Duty], tuple[list[Markup], tuple[Row, ...]]]] = {
    DutyKind.BADGES: periodic.badge_details,
    DutyKind.COMPILE: periodic.compile_details,
    DutyKind.PROGRAMME: plan_notices.item_details,
    DutyKind.REPORT: periodic.report_details,
    DutyKind.STEP: plans.step_details,
    DutyKind.TASK: task_lines.opened,
}


def on_list(context: Context) -> Reply:
    """Nearest first, each with a button that opens it."""
    work, person = context.work, context.official
    found = open_duties_of(
        work.session, person.key, [post.key for post in posts_of(work.session, person.key, work.today)]
    )
    if not found:
        return Message(Markup(_("You owe nothing at present.")), edit=context.was_pressed)
    page = page_in(context.token.argument)
    shown, turn = paged(context, found, page, lambda other: token("/viec", argument=other))
    title = _("You owe ({count}), nearest first").format(count=len(found))
    listed = [html("{n}. {line}", n=n, line=duty_lists.short_line(work, duty)) for n, duty in shown]
    buttons = [duty_lists.open_button(number, duty) for number, duty in shown]
    return Message(
        lines(html("<b>{title}</b>", title=title), *listed), (*column(*buttons), *turn), edit=context.was_pressed
    )


def on_open(context: Context) -> Reply:
    """One duty: how it stands, what was said of it, what can be done."""
    duty = access.duty_in_sight(context.work, context.token.subject)
    if duty.kind in (DutyKind.TASK, DutyKind.STEP) and _is_mine(context, duty):
        tasks.note_read(context.work, duty)
    shown = notices.card(context.work, context.official, duty)
    told = [_entry(context, entry) for entry in entries_of(context.work.session, duty.key)[-5:]]
    text, rows = DETAILS[duty.kind](context.work, duty) if duty.kind in DETAILS else ([], ())
    return Message(
        lines(shown.text, *text, *told), shown.rows + rows + _more(context, duty), card=shown.card, fresh=True
    )


def _more(context: Context, duty: Duty) -> tuple[Row, ...]:
    """What is needed less often than the four buttons of the reminder."""
    if not duty.is_open or not SPECS[duty.kind].is_accepted or not _is_mine(context, duty):
        return ()
    tell = button(_("Tell progress"), token("duty.progress", duty.id))
    return ((tell, button(_("Report an obstacle"), token("duty.obstacle", duty.id))),)


def _is_mine(context: Context, duty: Duty) -> bool:
    holder = access.owner_of(context.work, duty)
    return holder is not None and holder.id == context.official.id


def _entry(context: Context, entry: DutyEntry) -> Markup | None:
    title = {
        EntryKind.PROGRESS: _("Progress"),
        EntryKind.OBSTACLE: _("Obstacle"),
        EntryKind.RESULT: _("Result"),
        EntryKind.RETURNED: _("Returned"),
    }.get(entry.kind)
    if title is None:
        return None
    text = "; ".join(part for part in (entry.number, entry.text) if part)
    return html("– {title}, {time}: {text}", title=title, time=short_moment(entry.at), text=text)


def on_why(context: Context) -> Reply:
    """The clause in its own words and the computation; rows of the duty stay below it."""
    duty = access.duty_in_sight(context.work, context.token.subject)
    return Message(counting.why(context.work, duty))


def on_later(context: Context) -> Reply:
    """When to be reminded again; never a moment past the due one."""
    duty = access.own_duty(context.work, context.token.subject)
    offered = _moments(context, duty)
    if not duty.is_open:
        raise StaleError()
    if not offered:
        return Message(Markup(_("It is due so soon that no later reminder would come in time.")))
    rows = column(*(button(label, token("duty.snooze", duty.id, argument=name)) for name, label, _moment in offered))
    return Message(html("{name}\n{ask}", name=notices.name(duty), ask=_("When shall I remind you again?")), rows)


def on_snooze(context: Context) -> Reply:
    duty = access.own_duty(context.work, context.token.subject)
    chosen = [moment for name, _label, moment in _moments(context, duty) if name == context.token.argument]
    if not chosen or not duty.is_open:
        raise StaleError()
    duties.snooze(context.work, duty, chosen[0])
    text = _("You will be reminded at {time}.").format(time=short_moment(chosen[0]))
    return Message(lines(html("{name}", name=notices.name(duty)), text), edit=True)


def _moments(context: Context, duty: Duty) -> list[tuple[str, str, datetime]]:
    work = context.work
    hours = regulation(work).hours
    possible = [
        ("hour", _("In an hour"), work.now + HOUR),
        ("afternoon", _("This afternoon, 14:00"), at(local_day(work.now), AFTERNOON)),
        ("morning", _("Next working morning"), next_morning(work)),
        ("eve", _("On the morning of the due day"), hours.opening(local_day(duty.due_at - timedelta(seconds=1)))),
    ]
    return [
        (name, label, moment)
        for name, label, moment in possible
        if work.now < moment < duty.due_at and not hours.is_quiet(moment)
    ]


def on_accept(context: Context) -> Reply:
    duty = access.duty_to_accept(context.work, context.token.subject)
    if duty.state is not DutyState.SUBMITTED:
        return _settled(context, duty)
    results.accept(context.work, duty)
    return Message(
        lines(html("<b>{title}</b>", title=_("Accepted")), html("{name}", name=notices.name(duty))), edit=True
    )


def on_return(context: Context) -> Reply:
    duty = access.duty_to_accept(context.work, context.token.subject)
    return _settled(context, duty) if duty.state is not DutyState.SUBMITTED else engine.start(context, RETURN, duty.key)


def _settled(context: Context, duty: Duty) -> Message:
    return replace(notices.stands(context.work, context.official, duty), edit=True)


def _finish_return(asking: Asking) -> Reply:
    duty = access.duty_to_accept(asking.context.work, asking.subject_id or 0)
    results.give_back(asking.context.work, duty, asking.answers["reason"])
    return Message(Markup(_("Recorded; those concerned have been told.")))


RETURN = Form(
    "return result",
    lambda asking: _("Return the result"),
    (steps.text("reason", N_("Reason"), N_("Please type what is missing; the owner is told."), 500),),
    _finish_return,
    confirms=False,
)


def _duty(asking: Asking) -> Duty:
    return access.own_duty(asking.context.work, asking.subject_id or 0)


def on_progress(context: Context) -> Reply:
    return engine.start(context, PROGRESS, access.own_duty(context.work, context.token.subject).key)


def on_obstacle(context: Context) -> Reply:
    return engine.start(context, OBSTACLE, access.own_duty(context.work, context.token.subject).key)


def _noting(name: str, kind: EntryKind, title: str, prompt: str) -> Form:
    def finish(asking: Asking) -> Reply:
        results.note(asking.context.work, _duty(asking), kind, asking.answers["text"])
        return Message(
            lines(html("<b>{title}</b>", title=_("Recorded")), html("{name}", name=notices.name(_duty(asking))))
        )

    return Form(name, lambda asking: _(title), (steps.text("text", title, prompt, 1000),), finish, confirms=False)


PROGRESS = _noting("duty progress", EntryKind.PROGRESS, N_("Progress"), N_("How far is it? A line or two."))
OBSTACLE = _noting(
    "duty obstacle", EntryKind.OBSTACLE, N_("Obstacle"), N_("What stands in the way? Whoever assigned it is told.")
)

ROUTES: list[Route] = [
    command("viec", on_list, "viec", "viec cua toi", "xem viec"),
    press("duty.open", on_open),
    press("duty.why", on_why),
    press("duty.later", on_later),
    press("duty.snooze", on_snooze),
    press("duty.accept", on_accept),
    press("duty.return", on_return),
    press("duty.progress", on_progress),
    press("duty.obstacle", on_obstacle),
    *(form(each) for each in (RETURN, PROGRESS, OBSTACLE)),
]
