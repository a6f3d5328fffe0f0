"""What is said of tasks: a new one, one passed on, who takes part, what was not done, the weekly list."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, full_date, ngettext, short_date, weekday
from bot.messages import Attachment, Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.duties import Duty
from models.people import Person, Post, Unit
from models.tasks import FailureState, Task, TaskFailure, TaskUnit, WeeklyItem, WeeklyList, chain_of
from rules import deadlines
from rules.tasks import Cause
from services import access
from services.breaches import Register
from services.notices import breaches, duties, duty_lists, task_lines, words

# So many stand in a message; the rest is in the file.
LISTED = 15
PASSED_TWICE = 3


def assigned(work: Work, person: Person, duty: Duty) -> Message:
    """A new task with its five answers, the clause and the buttons."""
    return duties.card(work, person, duty, title=_("New task"), fresh=True)


def to_nominate(work: Work, person: Person, duty: Duty) -> Message:
    """To the head of a contributing unit: one person is to be named."""
    return duties.card(work, person, duty, title=_("Duty"), fresh=True)


def passed_on(work: Work, person: Person, task: Task, reason: str) -> Message:
    """To the former owner: somebody else does it now."""
    text = lines(
        html("<b>{title}</b>", title=_("The task has been assigned to another")),
        html("{content}", content=task.content),
        html(_("Now with: {owner}"), owner=task_lines.holder_words(work, task.post_id)),
        html(_("Reason: {reason}"), reason=reason),
    )
    return Message(text, fresh=True)


def nominated(work: Work, person: Person, task: Task, row: TaskUnit) -> Message:
    """To the lead and to whoever was named: who takes part for a unit."""
    nominee = work.session.get_one(Person, row.nominee_id or 0)
    text = lines(
        html("<b>{title}</b>", title=_("Named to take part")),
        html("{content}", content=task.content),
        html(_("{unit}: {who}"), unit=work.session.get_one(Unit, row.unit_id).name, who=words.named(work, nominee)),
        html(_("Lead: {owner}"), owner=task_lines.holder_words(work, task.post_id)),
        html(_("Result: {result}"), result=task.result),
        html(_("Due: {day}"), day=_day(work, task)),
        words.cite(work, "co_unit"),
    )
    return Message(text, fresh=True)


def _day(work: Work, task: Task) -> str:
    day = max(task.due_on, task.extended_to or task.due_on)
    return f"{weekday(day)} {full_date(day)}"


def cause(value: Cause) -> str:
    return {
        Cause.NOT_REPORTED: _("late, without a report"),
        Cause.NOT_JUSTIFIED: _("late, for a reason that was not accepted"),
        Cause.POOR_QUALITY: _("in time, but not of the quality required"),
    }[value]


def failure(work: Work, person: Person, row: TaskFailure) -> Message:
    """To whoever assigned it: the label is only proposed; a human decides."""
    task = work.session.get_one(Task, row.task_id)
    is_open = row.state is FailureState.PROPOSED
    text = lines(
        html("<b>{title}</b>", title=_failure_title(row)),
        html("{content}", content=task.content),
        html(_("Owed by: {owner}"), owner=task_lines.holder_words(work, task.post_id)),
        html(_("Cause: {cause}; due {day}"), cause=cause(row.cause), day=full_date(deadlines.named_day(row.due_at))),
        html(_("Reason: {reason}"), reason=row.reason) if row.reason else None,
        _first_owner(work, task),
        words.cite(work, "not_done"),
    )
    yes = button(_("Confirm: not done"), token("failure.confirm", row.id), Style.DANGER)
    no = button(_("Do not confirm"), token("failure.reject", row.id))
    return Message(text, ((yes,), (no,)) if is_open else (), card=f"failure:{row.id}", fresh=is_open)


def _failure_title(row: TaskFailure) -> str:
    return {
        FailureState.PROPOSED: _("Proposed: task not done"),
        FailureState.CONFIRMED: _("Confirmed: task not done"),
        FailureState.REJECTED: _("Not confirmed as not done"),
        FailureState.VOID: _("The proposal has no object any more"),
    }[row.state]


def _first_owner(work: Work, task: Task) -> Markup | None:
    """Tân Yên 4.a: what is late before it is passed on is the first unit's."""
    chain = chain_of(work.session, task.key)
    if len(chain) < 2:
        return None
    return html(_("First assigned to: {owner}"), owner=task_lines.holder_words(work, chain[0].post_id))


def weekly(
    work: Work, person: Person, row: WeeklyList, items: Sequence[tuple[WeeklyItem, Task]], register: Register | None
) -> Message:
    """To the Office, to be approved with one tap, with what goes to the chair besides; afterwards it says who did."""
    approve = button(_("Approve and send"), token("weekly.approve", row.id), Style.SUCCESS)
    also = html(_("Also to the chair: {cases}"), cases=breaches.count_words(register)) if register else None
    see = [button(_("See what was not complied with"), token("weekly.breaches", row.id))] if register else []
    text = lines(weekly_text(work, row, items), also)
    if row.approved_at is None:
        return Message(text, column(approve, *see), card=f"weekly:{row.id}")
    clerk = work.session.get_one(Person, row.approved_by_id or 0)
    note = html(_("Approved by {who}; sent to the leaders."), who=words.comrade(clerk))
    return Message(lines(text, note), column(*see), card=f"weekly:{row.id}")


def weekly_report(
    work: Work, person: Person, row: WeeklyList, items: Sequence[tuple[WeeklyItem, Task]], file: Attachment | None
) -> Message:
    """To chair and vice chairs."""
    return Message(weekly_text(work, row, items), files=(file,) if file else ())


def weekly_text(work: Work, row: WeeklyList, items: Sequence[tuple[WeeklyItem, Task]]) -> Markup:
    """Sơn Dương 8.c: unit by unit; one line where there is nothing to say."""
    clause = words.cite(work, "overdue")
    day = f"{weekday(row.day)} {full_date(row.day)}"
    if not items:
        return lines(html(_("No task was due for report and not reported before {day}."), day=day), clause)
    title = ngettext(
        "{count} task due for report and not reported before {day}",
        "{count} tasks due for report and not reported before {day}",
        len(items),
    ).format(count=len(items), day=day)
    listed: list[str | Markup] = []
    shown = items[:LISTED]
    for unit, rows in groupby(shown, key=lambda item: unit_name(work, item[1])):
        listed.append(html("<b>{unit}</b>", unit=unit))
        listed += [_item(work, item, task) for item, task in rows]
    more = _("and {number} more").format(number=len(items) - len(shown)) if len(items) > len(shown) else None
    return lines(html("<b>{title}</b>", title=title), *listed, more, clause)


def unit_name(work: Work, task: Task) -> str:
    return work.session.get_one(Unit, work.session.get_one(Post, task.post_id).unit_id).name


def _item(work: Work, item: WeeklyItem, task: Task) -> Markup:
    return html(
        "– {content}: {due}",
        content=task.content,
        due=_("due {day}").format(day=short_date(deadlines.named_day(item.due_at))),
    )


def overview(
    work: Work, rows: Sequence[tuple[int, tuple[Task, Duty]]], turn: tuple[Row, ...], counts: tuple[int, int]
) -> Message:
    """A numbered page of all that runs, overdue first, unit by unit."""
    overdue, total = counts
    title = _("Tasks: {total} open, {overdue} overdue").format(total=total, overdue=overdue)
    listed: list[str | Markup] = []
    buttons = []
    for (is_late, unit), group in groupby(rows, key=lambda row: _group(work, *row[1])):
        listed.append(html("<b>{unit}</b>{late}", unit=unit, late=_(", overdue") if is_late else ""))
        for number, (task, duty) in group:
            listed.append(_line(work, number, task, duty))
            buttons.append(duty_lists.open_button(number, duty))
    nothing = None if rows else _("No task is open.")
    last = (button(_("Assign a task"), token("/giaoviec"), Style.PRIMARY),)
    return Message(lines(html("<b>{title}</b>", title=title), nothing, *listed), (*column(*buttons), *turn, last))


def _group(work: Work, task: Task, duty: Duty) -> tuple[bool, str]:
    return duty.due_at <= work.now, unit_name(work, task)


def _line(work: Work, number: int, task: Task, duty: Duty) -> Markup:
    """3. Rà soát chợ, hạn thứ Tư 25/11; vị trí khuyết; chuyển lần 2."""
    chain = chain_of(work.session, task.key)
    passed = _("passed on {count} times").format(count=len(chain) - 1) if len(chain) >= PASSED_TWICE else ""
    waits = _("waits to be accepted") if not duty.is_open else ""
    vacant = "" if access.owner_of(work, duty) else _("nobody holds the post at present")
    notes = "; ".join(part for part in (duties.due_words(work, duty), vacant, waits, passed) if part)
    return html("{number}. {what}, {notes}", number=number, what=duty.what, notes=notes)
