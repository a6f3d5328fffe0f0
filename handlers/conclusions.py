"""*Giao việc từ kết luận*: type or paste the conclusions of a meeting once, and give each to a post in a few taps."""

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.days import worded_day
from bot.forms.form import Asking, Form
from bot.i18n import _, short_date
from bot.messages import Button, Message, Row, button, column, grid, html, lines
from bot.routes import Route, form, press
from handlers import task_steps
from models.conclusions import Conclusion
from models.meetings import Meeting
from models.people import Person
from models.tasks import Task
from rules.errors import N_
from services import access, conclusions, tasks
from services.notices import words

# What fits a screen; the others move up as these are given out.
SHOWN = 10
CLIPPED = 110
DROP = "drop"


def on_list(context: Context) -> Reply:
    """What is still to be given out; where nothing was typed yet, the form at once."""
    meeting = conclusions.finished_meeting(context.work, context.token.subject)
    if not conclusions.standing(context.work, meeting):
        return engine.start(context, ENTER, meeting.key)
    return _view(context, meeting, context.token.argument)


def on_enter(context: Context) -> Reply:
    return engine.start(context, ENTER, conclusions.finished_meeting(context.work, context.token.subject).key)


def on_assign(context: Context) -> Reply:
    """Asks what was not typed with the line, and no more."""
    row, _meeting = conclusions.open_conclusion(context.work, context.token.subject)
    return engine.start(context, ASSIGN, row.key, content=row.text, **row.known)


def on_drop(context: Context) -> Reply:
    row, meeting = conclusions.open_conclusion(context.work, context.token.subject)
    conclusions.drop(context.work, row)
    return _view(context, meeting, DROP)


def _view(context: Context, meeting: Meeting, mode: str = "", said: str = "") -> Message:
    found = conclusions.standing(context.work, meeting)
    waiting = [row for row, task in found if task is None]
    given = [task for _row, task in found if task is not None]
    shown = waiting[:SHOWN]
    title = _("Tasks from conclusions: {meeting}").format(meeting=words.meeting_in_short(meeting))
    text = lines(
        html("<i>{said}</i>", said=said) if said else None,
        html("<b>{title}</b>", title=title),
        _asked(waiting, mode),
        *(html("{n}. {what}", n=n, what=_clipped(row.text)) for n, row in enumerate(shown, 1)),
        _("and {number} more").format(number=len(waiting) - SHOWN) if len(waiting) > SHOWN else None,
        html("<b>{title}</b>", title=_("Given out: {count}").format(count=len(given))) if given else None,
        *(_given(context, task) for task in given[-SHOWN:]),
    )
    route = "conclusions.drop" if mode == DROP else "conclusions.assign"
    numbers = [button(str(n), token(route, row.id)) for n, row in enumerate(shown, 1)]
    return Message(text, (*grid(numbers), *_acts(meeting, waiting, mode)), edit=context.was_pressed)


def _asked(waiting: Sequence[Conclusion], mode: str) -> str:
    if not waiting:
        return _("All conclusions have been given out.")
    if mode == DROP:
        return _("Press the number of what needs no task.")
    return _("Press a number to give it out:")


def _acts(meeting: Meeting, waiting: Sequence[Conclusion], mode: str) -> tuple[Row, ...]:
    more = button(_("Type more conclusions"), token("conclusions.enter", meeting.id))
    if mode == DROP:
        return ((button(_("Back to the list"), token("conclusions.list", meeting.id)),),)
    drop = button(_("No task for one"), token("conclusions.list", meeting.id, argument=DROP))
    return ((more, drop),) if waiting else ((more,),)


def _given(context: Context, task: Task) -> Markup:
    doer = access.owner_of(context.work, tasks.duty_held(context.work, task.key))
    who = words.comrade(doer) if doer else ""
    return html("– {what}: {who}, {day}", what=_clipped(task.content), who=who, day=_due(short_date(task.due_on)))


def _due(day: str) -> str:
    return _("due {day}").format(day=day)


def _clipped(text: str) -> str:
    return text if len(text) <= CLIPPED else f"{text[: CLIPPED - 1].rstrip()}…"


def _reads(asking: Asking) -> Callable[[str], Any]:
    return lambda line: conclusions.read(asking.context.work, line)


def _shows(asking: Asking) -> Callable[[Any], str]:
    work = asking.context.work

    def shown(value: Any) -> str:
        parts = [_clipped(value["content"])]
        if "doer" in value:
            parts.append(words.comrade(access.load(work, Person, value["doer"])))
        if "due" in value:
            parts.append(_due(worded_day(value["due"])))
        if "result" in value:
            parts.append(value["result"])
        if "responsible" in value:
            name = words.comrade(access.load(work, Person, value["responsible"]))
            parts.append(_("{name} answers for it").format(name=name))
        return "; ".join(parts)

    return shown


def _finish_enter(asking: Asking) -> Reply:
    work = asking.context.work
    meeting = conclusions.finished_meeting(work, asking.subject_id or 0)
    kept = conclusions.enter(work, meeting, asking.answers["lines"])
    given = sum(not row.is_open for row in kept)
    said = _("Taken: {count} conclusions, of which {given} have been given out.").format(count=len(kept), given=given)
    return _view(asking.context, meeting, said=said)


def _finish_assign(asking: Asking) -> Reply:
    row, meeting = conclusions.open_conclusion(asking.context.work, asking.subject_id or 0)
    conclusions.assign(asking.context.work, row, asking.answers)
    return _view(asking.context, meeting, said=_("Given out; those concerned have been told."))


def _answerable(asking: Asking) -> Markup:
    """Who answers for it is never left open, and never asked where the rules say it."""
    work = asking.context.work
    _row, meeting = conclusions.open_conclusion(work, asking.subject_id or 0)
    named = asking.answers.get("responsible")
    doer = access.person(work, asking.answers["doer"])
    person = access.person(work, named) if named else conclusions.responsible_for(work, doer)[1]
    return lines(
        html(_("Answers for it: {name}"), name=words.named(work, person)),
        html(_("In the name of: {name}"), name=words.chair_name(work, meeting)),
    )


ENTER = Form(
    "conclusions",
    lambda asking: _("The conclusions, before they are kept"),
    (
        steps.typed_lines(
            "lines",
            N_("Conclusions"),
            N_(
                "Please type or paste the conclusions, a line each. If you add who, by when and the result after “;”, "
                "the task goes out at once: Rà soát chợ Mẫu Trung; STC; 30/11; Báo cáo"
            ),
            _reads,
            _shows,
        ),
    ),
    _finish_enter,
)
ASSIGN = Form(
    "conclusion task",
    lambda asking: _("The task, before it goes out"),
    (task_steps.CONTENT, task_steps.DOER, task_steps.DUE, task_steps.RESULT),
    _finish_assign,
    notes=_answerable,
)


def offer(context: Context) -> Message | None:
    """With `/giaoviec`: the meetings whose conclusions still wait; nothing where none does."""
    found = conclusions.waiting_meetings(context.work)
    if not found:
        return None
    rows = column(*(_meeting_button(meeting) for meeting in found))
    return Message(html("<b>{title}</b>", title=_("Conclusions that still wait to be given out:")), rows)


def _meeting_button(meeting: Meeting) -> Button:
    return button(words.meeting_in_short(meeting), token("conclusions.list", meeting.id))


ROUTES: list[Route] = [
    press("conclusions.list", on_list),
    press("conclusions.enter", on_enter),
    press("conclusions.assign", on_assign),
    press("conclusions.drop", on_drop),
    form(ENTER),
    form(ASSIGN),
]
