"""All open tasks for chairs and the Office, what was not done, the weekly list."""

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message
from bot.routes import Route, command, form, press
from handlers.paging import page_in, paged
from models.tasks import FailureState, WeeklyList, items_of, running_tasks
from rules.errors import N_, NotAllowedError
from services import breaches, failures, tasks, weekly_lists
from services.notices import breaches as breach_notices
from services.notices import tasks as notices


def on_list(context: Context) -> Reply:
    """Overdue first, unit by unit, page by page."""
    work = context.work
    if not tasks.may_assign(work, context.official):
        raise NotAllowedError()
    rows = sorted(
        running_tasks(work.session),
        key=lambda row: (row[1].due_at > work.now, notices.unit_name(work, row[0]), row[1].due_at),
    )
    page = page_in(context.token.argument)
    shown, turn = paged(context, rows, page, lambda other: token("tasks.list", argument=other))
    counts = (sum(duty.due_at <= work.now for _task, duty in rows), len(rows))
    return notices.overview(work, shown, turn, counts)


def on_failure(context: Context) -> Reply:
    """From the opened task: what was proposed, to be confirmed or not."""
    return notices.failure(context.work, context.official, failures.to_decide(context.work, context.token.subject))


def on_confirm(context: Context) -> Reply:
    return _judge(context, CONFIRM)


def on_reject(context: Context) -> Reply:
    return _judge(context, REJECT)


def _judge(context: Context, asks: Form) -> Reply:
    row = failures.to_decide(context.work, context.token.subject)
    if row.state is not FailureState.PROPOSED:
        return notices.failure(context.work, context.official, row)
    return engine.start(context, asks, row.key)


def _judging(name: str, title: str, *, confirmed: bool) -> Form:
    def finish(asking: Asking) -> Reply:
        row = failures.to_decide(asking.context.work, asking.subject_id or 0)
        failures.decide(asking.context.work, row, confirmed=confirmed, reason=asking.answers["reason"])
        told = Message(Markup(_("Recorded; those concerned have been told.")))
        return [told, notices.failure(asking.context.work, asking.context.official, row)]

    why = steps.text("reason", N_("Reason"), N_("A word why, for the record."), 500)
    return Form(name, lambda asking: _(title), (why,), finish, confirms=False)


CONFIRM = _judging("failure confirm", N_("Confirm: not done"), confirmed=True)
REJECT = _judging("failure reject", N_("Do not confirm"), confirmed=False)


def on_weekly(context: Context) -> Reply:
    return _weekly(context, weekly_lists.to_approve(context.work, context.token.subject))


def on_approve(context: Context) -> Reply:
    return _weekly(context, weekly_lists.approve(context.work, context.token.subject))


def _weekly(context: Context, row: WeeklyList) -> Message:
    work = context.work
    return notices.weekly(work, context.official, row, items_of(work.session, row.key), breaches.of_week(work, row))


def on_breaches(context: Context) -> Reply:
    """What the chair gets beside the list, before it goes out."""
    work = context.work
    row = weekly_lists.to_approve(work, context.token.subject)
    found = breaches.in_sight(work, row)
    return breach_notices.register(work, context.official, found, weekly_lists.breaches_file(work, row, found))


ROUTES: list[Route] = [
    command("nhiemvu", on_list, "nhiem vu"),
    press("tasks.list", on_list),
    press("failure.open", on_failure),
    press("failure.confirm", on_confirm),
    press("failure.reject", on_reject),
    press("weekly.open", on_weekly),
    press("weekly.approve", on_approve),
    press("weekly.breaches", on_breaches),
    *(form(each) for each in (CONFIRM, REJECT)),
]
