"""`/giaoviec`: assign a task with its "5 rõ", pass it on, name who takes part."""

from datetime import date

from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.forms.steps import Option
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, command, form, press
from handlers import conclusions, task_steps
from models.duties import Duty
from models.people import Person, Post, Unit
from rules.errors import N_, InvalidInputError, NotAllowedError, StaleError
from services import access, nominations, office, people, tasks
from services.notices import duties as duty_notices
from services.tasks import NewTask

NO_POST = N_("{name} holds no post today.")


def on_assign(context: Context) -> Reply:
    """Chair, vice chairs, and the Office on behalf of them."""
    _require_assigner(context)
    asked, waiting = engine.start(context, ASSIGN), conclusions.offer(context)
    return [waiting, asked] if waiting else asked


def _require_assigner(context: Context) -> None:
    if not tasks.may_assign(context.work, context.official):
        raise NotAllowedError()


def _leaders(asking: Asking) -> list[tuple[int, str, str]]:
    found = people.officials(asking.context.work)
    return [(each.person.key, each.name, "") for each in found if each.post.has_role(*people.LEADERS)]


def _units(asking: Asking) -> list[Option]:
    """All but the unit that does it."""
    work = asking.context.work
    own = _post(asking, asking.answers["doer"]).unit_id
    return [Option(str(unit.key), unit.name) for unit in office.units(work) if unit.key != own]


def _is_for_another(asking: Asking) -> bool:
    """The Office says in whose name it assigns; a leader assigns in his own."""
    return not people.has_role(asking.context.work, asking.context.official, *people.LEADERS)


def _post(asking: Asking, person_id: int) -> Post:
    work = asking.context.work
    person = access.person(work, person_id)
    post = people.main_post(work, person)
    if post is None:
        raise InvalidInputError(NO_POST, name=person.full_name)
    return post


def _finish_assign(asking: Asking) -> Reply:
    context, answers = asking.context, asking.answers
    _require_assigner(context)
    task = tasks.assign(
        context.work,
        NewTask(
            content=answers["content"],
            result=answers["result"],
            due_on=date.fromisoformat(answers["due"]),
            post_id=_post(asking, answers["doer"]).key,
            responsible_post_id=_post(asking, answers["responsible"]).key,
            assigner_id=answers.get("assigner") or context.official.key,
            unit_ids=[int(value) for value in answers["units"] or ()],
            document=answers["document"] or "",
        ),
    )
    duty = tasks.duty_held(context.work, task.key)
    title = html("<b>{title}</b>", title=_("Assigned; those concerned have been told."))
    return Message(lines(title, duty_notices.card(context.work, context.official, duty).text), edit=True)


ASSIGN = Form(
    "task",
    lambda asking: _("The task, before it goes out"),
    (
        task_steps.CONTENT,
        task_steps.DOER,
        task_steps.DUE,
        task_steps.RESULT,
        steps.person("responsible", N_("Who answers for it"), N_("Who answers for the result?"), task_steps.officials),
        steps.person(
            "assigner", N_("In whose name"), N_("In whose name is it assigned?"), _leaders, applies=_is_for_another
        ),
        steps.several(
            "units",
            N_("Contributing units"),
            N_("Which units contribute? Their heads will name who takes part."),
            _units,
            is_optional=True,
        ),
        task_steps.DOCUMENT,
    ),
    _finish_assign,
)


def on_reassign(context: Context) -> Reply:
    duty = access.duty_to_accept(context.work, context.token.subject)
    if not duty.is_open:
        raise StaleError()
    return engine.start(context, REASSIGN, duty.key)


def _finish_reassign(asking: Asking) -> Reply:
    work = asking.context.work
    duty = access.duty_to_accept(work, asking.subject_id or 0)
    if not duty.is_open:
        raise StaleError()
    tasks.reassign(work, duty, _post(asking, asking.answers["doer"]).key, asking.answers["reason"])
    return _told(asking, duty, _("Assigned to another; those concerned have been told."))


def _told(asking: Asking, duty: Duty, words: str) -> Message:
    card = duty_notices.card(asking.context.work, asking.context.official, duty)
    return Message(lines(html("<b>{title}</b>", title=words), card.text), edit=True)


REASSIGN = Form(
    "task reassign",
    lambda asking: _("Assign to another"),
    (
        steps.person("doer", N_("Who does it"), N_("Who does it from now on?"), task_steps.officials),
        steps.text("reason", N_("Reason"), N_("Why is it passed on? Both will read it."), 500),
    ),
    _finish_reassign,
)


def on_nominate(context: Context) -> Reply:
    row, duty = nominations.to_nominate(context.work, context.token.subject)
    if row.nominee_id is not None:
        named = access.load(context.work, Person, row.nominee_id)
        return Message(html(_("{name} has been named already. Nothing was changed."), name=named.full_name))
    if not duty.is_open:
        raise StaleError()
    return engine.start(context, NOMINATE, row.key)


def _colleagues(asking: Asking) -> list[tuple[int, str, str]]:
    row, _duty = nominations.to_nominate(asking.context.work, asking.subject_id or 0)
    found = nominations.candidates(asking.context.work, row)
    return [(person.key, f"{person.full_name}, {post.title}", "") for post, person in found]


def _finish_nominate(asking: Asking) -> Reply:
    work = asking.context.work
    row, duty = nominations.to_nominate(work, asking.subject_id or 0)
    if not duty.is_open:
        raise StaleError()
    nominations.nominate(work, row, duty, asking.answers["person"])
    named = access.load(work, Person, row.nominee_id or 0)
    words = html(
        _("{name} takes part for {unit}."), name=named.full_name, unit=work.session.get_one(Unit, row.unit_id).name
    )
    return Message(lines(html("<b>{title}</b>", title=_("Recorded")), html("{what}", what=duty.what), words), edit=True)


NOMINATE = Form(
    "task nominate",
    lambda asking: _("Name who takes part"),
    (steps.person("person", N_("Who takes part"), N_("Who of your unit takes part?"), _colleagues),),
    _finish_nominate,
    confirms=False,
)

ROUTES: list[Route] = [
    command("giaoviec", on_assign, "giao viec", "giao nhiem vu"),
    press("task.reassign", on_reassign),
    press("nominate.open", on_nominate),
    *(form(each) for each in (ASSIGN, REASSIGN, NOMINATE)),
]
