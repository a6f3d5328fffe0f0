"""What is said when the lead of a task hears the units that contribute."""

from bot.i18n import _
from bot.messages import Message, html, lines
from bot.work import Work
from models.duties import Duty
from models.people import Person, Unit
from models.tasks import Task, TaskUnit
from services.notices import duties, task_lines, words


def to_give(work: Work, person: Person, duty: Duty) -> Message:
    """To whom a contributing unit has named, else to its head."""
    return duties.card(work, person, duty, title=_("Duty"), fresh=True)


def given(work: Work, person: Person, task: Task, row: TaskUnit) -> Message:
    """To the lead: what a unit says."""
    unit, opinion = work.session.get_one(Unit, row.unit_id).name, task_lines.opinion_words(row)
    text = lines(
        html("<b>{title}</b>", title=_("Opinion of a contributing unit")),
        html("{content}", content=task.content),
        html(_("{unit}: {who}"), unit=unit, who=opinion),
        words.cite(work, "coordination"),
    )
    return Message(text)
