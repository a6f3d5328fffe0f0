"""What is said of the detailed plan of an item: its steps, how far it is, what its lead can do with it."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _
from bot.messages import Button, Message, Row, button, column, html, lines
from bot.work import Work
from models.duties import Duty
from models.people import Person
from models.programme import ProgrammeItem
from models.tasks import Task, steps_of
from rules.duties import DutyState
from services.notices import duties, duty_lists, words
from services.notices.programme import item_line

Steps = Sequence[tuple[Task, Duty]]


def progress(work: Work, steps: Steps) -> str:
    """kế hoạch 3 bước: đã xong 1, quá hạn 1; chưa có kế hoạch chi tiết."""
    if not steps:
        return _("no detailed plan yet")
    owed = [duty for _task, duty in steps]
    done = sum(duty.state is DutyState.DONE for duty in owed)
    late = sum(duty.is_open and duty.due_at <= work.now for duty in owed)
    text = _("steps of the plan: {total}, done {done}").format(total=len(owed), done=done)
    return text + (_(", overdue {late}").format(late=late) if late else "")


def card(work: Work, item: ProgrammeItem, steps: Steps, outlasting: Sequence[int], rows: tuple[Row, ...]) -> Message:
    """The plan of one item; `outlasting` are the duties of steps that end after it."""
    text = lines(
        html("<b>{title}</b>", title=_("Detailed plan")),
        item_line(work, item),
        html("{progress}", progress=words.capital(progress(work, steps))),
        *(_line(work, number, duty, duty.key in outlasting) for number, (_task, duty) in enumerate(steps, 1)),
        words.cite(work, "programme_plan"),
    )
    return Message(text, rows, card=f"plan:{item.id}", fresh=True)


def _line(work: Work, number: int, duty: Duty, outlasts: bool) -> Markup:
    """2. Lấy ý kiến các sở, đ/c Ngô Thị Thu, hạn thứ Sáu 20/11."""
    ends = {DutyState.DONE: _("done"), DutyState.SUBMITTED: _("waits to be accepted")}
    state = ends.get(duty.state, duties.due_words(work, duty))
    note = _(", after the item's own day") if outlasts else ""
    owner = duties.owner_words(work, duty)
    return html(
        "{n}. {what}: {owner}, <b>{state}</b>{note}", n=number, what=duty.what, owner=owner, state=state, note=note
    )


def open_button(item_id: int) -> Button:
    return button(_("Detailed plan"), token("plan.open", item_id))


def item_details(work: Work, duty: Duty) -> tuple[list[Markup], tuple[Row, ...]]:
    """Below the duty of an item: how far its plan is, and the way to it."""
    steps = steps_of(work.session, [duty.subject_id])
    return [html("{progress}", progress=words.capital(progress(work, steps)))], column(open_button(duty.subject_id))


def outlasting(work: Work, person: Person, item: ProgrammeItem, steps: Sequence[Duty]) -> Message:
    """To the lead: the item's day has moved, and these steps end after it now."""
    text = lines(
        html("<b>{title}</b>", title=_("Steps that now end after the item itself")),
        item_line(work, item),
        *duty_lists.listed(work, person, steps),
        _("Please set another day for each, or take it out of the plan."),
        words.cite(work, "programme_plan"),
    )
    return Message(text, column(open_button(item.key)), card=f"plan:{item.id}", fresh=True)


def dropped(work: Work, person: Person, item: ProgrammeItem, duty: Duty) -> Message:
    """To whoever had it: the step is not wanted any more."""
    text = lines(
        html("<b>{title}</b>", title=_("A step was taken out of the plan")),
        html("{what}", what=duty.what),
        item_line(work, item),
    )
    return Message(text, card=f"duty:{duty.id}", fresh=True)
