"""The detailed plan of an item of the work programme: its lead adds steps, sets their days, takes one out."""

from dataclasses import replace
from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, Row, Style, button, column, html, lines
from bot.routes import Route, form, press
from bot.work import Work
from handlers import programme, task_steps
from handlers.paging import page_in, paged
from models.duties import Duty
from models.people import Person
from models.programme import ProgrammeItem
from models.tasks import Task, steps_by_item, steps_of
from rules.errors import N_, NotAllowedError
from services import access, people, plans
from services import programme as programme_service
from services.notices import duty_lists
from services.notices import plans as notices
from services.notices import programme as programme_notices


def on_list(context: Context) -> Reply:
    """The items that are still to be submitted, nearest first, each with how far its plan is."""
    work = context.work
    found = plans.items(work, programme.scope(context))
    page = page_in(context.token.argument)
    shown, turn = paged(context, found, page, lambda other: token("plan.list", argument=other))
    known = steps_by_item(work.session, [item.key for _n, item in shown])
    listed = [_item_line(work, n, item, known[item.key]) for n, item in shown]
    title = _("Detailed plans of items to submit ({count})").format(count=len(found))
    buttons = [button(duty_lists.numbered(n, item.content), token("plan.open", item.id)) for n, item in shown]
    return Message(
        lines(html("<b>{title}</b>", title=title), *listed), (*column(*buttons), *turn), edit=context.was_pressed
    )


def _item_line(work: Work, number: int, item: ProgrammeItem, steps: notices.Steps) -> Markup:
    line, progress = programme_notices.item_line(work, item), notices.progress(work, steps)
    return html("{n}. {line}; {progress}", n=number, line=line, progress=progress)


def on_open(context: Context) -> Reply:
    work = context.work
    item = access.load(work, ProgrammeItem, context.token.subject)
    scope = programme.scope(context)
    if scope not in (None, item.unit_id):
        raise NotAllowedError()
    return _card(work, item)


def _card(work: Work, item: ProgrammeItem) -> Message:
    found = steps_of(work.session, [item.key])
    after = [duty.key for _task, duty in found if programme_service.outlasts(work, item, duty)]
    buttons = [duty_lists.open_button(number, duty) for number, (_task, duty) in enumerate(found, 1)]
    if plans.may_plan(work, item):
        buttons.append(button(_("Add a step"), token("plan.add", item.id), Style.PRIMARY))
    return notices.card(work, item, found, after, column(*buttons))


def on_add(context: Context) -> Reply:
    return engine.start(context, ADD, plans.to_plan(context.work, context.token.subject).key)


def _item(asking: Asking) -> ProgrammeItem:
    return plans.to_plan(asking.context.work, asking.subject_id or 0)


def _doers(asking: Asking) -> list[tuple[int, str, str]]:
    return [(each.person.key, each.name, "") for each in plans.doers(asking.context.work, _item(asking))]


def _finish_add(asking: Asking) -> Reply:
    work, given, item = asking.context.work, asking.answers, _item(asking)
    post = people.main_post(work, access.load(work, Person, given["doer"]))
    if post is None:
        raise NotAllowedError()
    day = date.fromisoformat(given["due"])
    plans.add(work, item, content=given["content"], result=given["result"], due_on=day, post_id=post.key)
    return replace(_card(work, item), edit=True, fresh=False)


def _last(asking: Asking) -> date:
    return _item(asking).due_on


DUE = steps.day("due", N_("To be done by"), N_("By which day?"), latest=_last, quick=())
ADD = Form(
    "plan step",
    lambda asking: lines(_("A step of the plan"), programme_notices.item_line(asking.context.work, _item(asking))),
    (
        task_steps.CONTENT,
        steps.person(
            "doer", N_("Who does it"), N_("Who does it? Somebody of your unit, or the head of another."), _doers
        ),
        DUE,
        task_steps.RESULT,
    ),
    _finish_add,
)


def on_day(context: Context) -> Reply:
    _held, _task, duty = plans.step_to_plan(context.work, context.token.subject)
    return engine.start(context, DAY, duty.key)


def _item_of_step(asking: Asking) -> date:
    item, _task, _duty = plans.step_to_plan(asking.context.work, asking.subject_id or 0)
    return item.due_on


def _finish_day(asking: Asking) -> Reply:
    work = asking.context.work
    item, task, duty = plans.step_to_plan(work, asking.subject_id or 0)
    plans.move(work, item, task, duty, date.fromisoformat(asking.answers["due"]))
    return _card(work, item)


DAY = Form(
    "plan step day",
    lambda asking: _("Another day"),
    (steps.day("due", N_("To be done by"), N_("By which day?"), latest=_item_of_step, quick=()),),
    _finish_day,
    confirms=False,
)


def on_drop(context: Context) -> Reply:
    """One tap; the step stays in the record."""
    item, task, duty = plans.step_to_plan(context.work, context.token.subject)
    plans.drop(context.work, item, task, duty)
    return _card(context.work, item)


def step_details(work: Work, duty: Duty) -> tuple[list[Markup], tuple[Row, ...]]:
    """Below an opened step: what whoever draws up the plan can do with it."""
    item = access.load(work, ProgrammeItem, access.load(work, Task, duty.subject_id).item_id or 0)
    if not duty.is_open or not plans.may_plan(work, item):
        return [], ()
    day = button(_("Another day"), token("plan.day", duty.id))
    drop = button(_("Take it out of the plan"), token("plan.drop", duty.id))
    return [], ((day, drop), (notices.open_button(item.key),))


ROUTES: list[Route] = [
    press("plan.list", on_list),
    press("plan.open", on_open),
    press("plan.add", on_add),
    press("plan.day", on_day),
    press("plan.drop", on_drop),
    *(form(each) for each in (ADD, DAY)),
]
