"""The month's tasks, for the Office: what wants a look, and one tap that says that they are complete."""

from dataclasses import replace

from bot.context import Context, Reply
from bot.routes import Route, press
from services import results, task_register
from services.notices import task_register as notices
from services.results import Result


def on_open(context: Context) -> Reply:
    turn, duty = task_register.to_check(context.work, context.token.subject)
    return notices.card(context.work, turn, duty, task_register.check(context.work, turn))


def on_confirm(context: Context) -> Reply:
    """It is complete as far as the Office knows; what was still wanting stays in the record."""
    turn, duty = task_register.to_check(context.work, context.token.subject)
    found = task_register.check(context.work, turn)
    if duty.is_open:
        results.submit(context.work, duty, Result(text=notices.in_short(found)))
    return replace(notices.card(context.work, turn, duty, found), edit=True, fresh=False)


ROUTES: list[Route] = [press("register.open", on_open), press("register.confirm", on_confirm)]
