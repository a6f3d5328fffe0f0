"""What stands on the card of a duty about a task, beside its name and due day; and the buttons that only tasks have."""

from collections.abc import Callable, Mapping
from datetime import datetime

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, clock_time, full_date, short_date, weekday
from bot.messages import Button, Row, button, column, html
from bot.work import Work
from models.duties import Duty, duty_about
from models.extensions import Extension, HandBack, extensions_of
from models.offices import holder_of
from models.people import Person, Unit
from models.programme import ProgrammeItem
from models.tasks import FailureState, Task, TaskUnit, chain_of, failures_of, units_of
from rules import deadlines
from rules.duties import DutyKind
from rules.tasks import ExtensionState, Opinion
from rules.workdays import TIME_ZONE
from services import access, task_terms
from services.notices import comment_lines, hand_back_lines, vote_lines, words
from services.notices.programme import item_line
from services.regulation import regulation

ABOUT_TASK = (DutyKind.TASK, DutyKind.STEP, DutyKind.JOINT_PROPOSAL)


# Those whose lines are those of the row that they are about.
_BY_SUBJECT: Mapping[DutyKind, Callable[[Work, int], list[str | Markup | None]]] = {
    DutyKind.COMMENT: comment_lines.details,
    DutyKind.VOTE: vote_lines.of_asked,
    DutyKind.REPORT_VOTE: vote_lines.of_result,
}


def details(work: Work, duty: Duty, *, is_own: bool) -> list[str | Markup | None]:
    """For the card of a duty; nothing for those that are not about a task. Who only watches is told no terms."""
    if duty.kind in _BY_SUBJECT:
        return _BY_SUBJECT[duty.kind](work, duty.subject_id)
    match duty.kind:
        case DutyKind.TASK | DutyKind.JOINT_PROPOSAL:
            task = work.session.get_one(Task, duty.subject_id)
            return [
                *task_details(work, task),
                *(_terms(work, duty, task, is_own=is_own) if duty.kind is DutyKind.TASK else []),
            ]
        case DutyKind.STEP:
            task = work.session.get_one(Task, duty.subject_id)
            item = work.session.get_one(ProgrammeItem, task.item_id or 0)
            return [html(_("For: {item}"), item=item_line(work, item)), *task_details(work, task)]
        case DutyKind.NOMINATE | DutyKind.COORDINATE:
            row = work.session.get(TaskUnit, duty.subject_id)
            return _to_nominate(work, work.session.get_one(Task, row.task_id)) if row else []
        case DutyKind.DECIDE_EXTENSION:
            return extension_details(work, work.session.get_one(Extension, duty.subject_id))
        case DutyKind.FORWARD_HAND_BACK | DutyKind.DECIDE_HAND_BACK:
            return hand_back_lines.details(work, work.session.get_one(HandBack, duty.subject_id))
    return []


def _to_nominate(work: Work, task: Task) -> list[str | Markup | None]:
    return [html(_("Lead: {owner}"), owner=holder_words(work, task.post_id)), *task_details(work, task)]


def task_details(work: Work, task: Task) -> list[str | Markup | None]:
    """Result, who answers for it, who contributes, the document, through whose hands it went."""
    return [
        html("{content}", content=task.content) if len(task.content) > len(_shown(task)) else None,
        html(_("Result: {result}"), result=task.result),
        html(_("Answers for it: {person}"), person=holder_words(work, task.responsible_post_id)),
        html(_("Contributing: {units}"), units="; ".join(_unit_words(work, row) for row in units_of_task(work, task)))
        if units_of_task(work, task)
        else None,
        html(_("Document: {document}"), document=task.document) if task.document else None,
        _chain(work, task),
    ]


def _shown(task: Task) -> str:
    return task.content[:120]


def units_of_task(work: Work, task: Task) -> list[TaskUnit]:
    return list(units_of(work.session, task.key))


def holder_words(work: Work, post_id: int) -> str:
    holder = holder_of(work.session, post_id, work.today)
    return words.named(work, holder) if holder else _("nobody holds the post at present")


def _unit_words(work: Work, row: TaskUnit) -> str:
    """Sở Xây dựng (đ/c Hồ Anh Kiệt; thống nhất); Sở Y tế (chưa cử)."""
    nominee = work.session.get(Person, row.nominee_id) if row.nominee_id else None
    named = words.comrade(nominee) if nominee else _("not named yet")
    told = "; ".join(part for part in (named, opinion_words(row)) if part)
    return f"{work.session.get_one(Unit, row.unit_id).name} ({told})"


def opinion_words(row: TaskUnit) -> str:
    """What a contributing unit says; empty where it has not."""
    match row.opinion:
        case Opinion.AGREES:
            return _("agrees: {text}").format(text=row.opinion_text) if row.opinion_text else _("agrees")
        case Opinion.DIFFERS:
            return _("another opinion: {text}").format(text=row.opinion_text)
    return ""


def disagreements(work: Work, duty: Duty) -> list[Markup]:
    """Tân Yên 2.b: what still differs between the units is reported to whoever decides."""
    if duty.kind is not DutyKind.TASK:
        return []
    told = [
        _("{unit}: {who}").format(unit=work.session.get_one(Unit, row.unit_id).name, who=row.opinion_text)
        for row in units_of(work.session, duty.subject_id)
        if row.opinion is Opinion.DIFFERS
    ]
    return [html(_("Opinions that still differ: {opinions}"), opinions="; ".join(told))] if told else []


def _chain(work: Work, task: Task) -> Markup | None:
    """Sơn Dương 1, Tân Yên 4.a: who had it first, and how often it was passed on."""
    chain = chain_of(work.session, task.key)
    if len(chain) < 2:
        return None
    passed = " → ".join(holder_words(work, link.post_id) for link in chain)
    return html(_("Passed on {count} times: {chain}"), count=len(chain) - 1, chain=passed)


def _terms(work: Work, duty: Duty, task: Task, *, is_own: bool) -> list[str | Markup | None]:
    """While it is owed: until when more time is asked or the paper handed back, and what was asked already."""
    if not duty.is_open:
        return []
    asked = extensions_of(work.session, task.key)
    waiting = asked[-1] if asked and asked[-1].state in _WAITING else None
    if waiting is not None:
        told = _("An extension to {day} was asked: {state}.")
        return [html(told, day=full_date(waiting.new_due_on), state=state(waiting))]
    return [_last_request(work, duty), _hand_back(work, task)] if is_own else []


_WAITING = (ExtensionState.AWAITING_DOCUMENT, ExtensionState.AWAITING_DECISION)


def _last_request(work: Work, duty: Duty) -> Markup | None:
    last = task_terms.last_request(work, deadlines.named_day(duty.due_at))
    if last is None or work.now >= last:
        return None
    return html(_("An extension is asked in writing by {moment}."), moment=words.by_when(last))


def _hand_back(work: Work, task: Task) -> Markup | None:
    left = hand_back_left(work, task)
    if left is None:
        return None
    hours, minutes = divmod(int((left - work.now).total_seconds() // 60), 60)
    return html(
        _("If this is not your unit's to decide, say so by {moment} ({hours} h {minutes} min left)."),
        moment=words.by_when(left),
        hours=hours,
        minutes=minutes,
    )


def hand_back_left(work: Work, task: Task) -> datetime | None:
    """Until when the present owner can still hand it back in time; None when it is over or was done."""
    chain = chain_of(work.session, task.key)
    deadline = task_terms.hand_back_deadline(work, chain[-1]) if chain else None
    if deadline is None or work.now >= deadline or hand_back_lines.was_said(work, task):
        return None
    return deadline


def buttons(work: Work, duty: Duty) -> list[Button]:
    """What the owner of a task can do besides."""
    if duty.kind is not DutyKind.TASK:
        return []
    task = work.session.get_one(Task, duty.subject_id)
    asked = extensions_of(work.session, task.key)
    found = []
    if asked and asked[-1].state is ExtensionState.AWAITING_DOCUMENT:
        found.append(button(_("Enter the number of the document"), token("extension.document", asked[-1].id)))
    if hand_back_left(work, task) is not None:
        found.append(button(_("Not ours to decide"), token("hand_back.ask", duty.id)))
    return found


def opened(work: Work, duty: Duty) -> tuple[list[Markup], tuple[Row, ...]]:
    """What an opened task offers besides: to pass it on, for who may; to hand it back late, for its owner."""
    if not duty.is_open or work.actor is None:
        return [], ()
    task = work.session.get_one(Task, duty.subject_id)
    found = []
    if access.may_accept(work, work.actor, duty):
        found.append(button(_("Assign to another"), token("task.reassign", duty.id)))
    owner = access.owner_of(work, duty)
    if owner is not None and owner.id == work.actor.id and _may_hear(work, duty, task):
        found.append(button(_("Ask the contributing units"), token("coordinate.ask", duty.id)))
    if owner is not None and owner.id == work.actor.id and _is_late_to_hand_back(work, task):
        found.append(button(_("Not ours to decide"), token("hand_back.ask", duty.id)))
    if access.may_accept(work, work.actor, duty) or access.is_office(work, work.actor):
        proposed = [row for row in failures_of(work.session, task.key) if row.state is FailureState.PROPOSED]
        found += [button(_("Proposed: task not done"), token("failure.open", row.id)) for row in proposed]
    return [], column(*found)


def _may_hear(work: Work, duty: Duty, task: Task) -> bool:
    """Some unit that contributes was not asked yet, under a pack that wants them heard."""
    if duty.kind is not DutyKind.TASK or not regulation(work).rules("coordination"):
        return False
    rows = units_of(work.session, task.key)
    return any(duty_about(work.session, DutyKind.COORDINATE, row.key) is None for row in rows)


def _is_late_to_hand_back(work: Work, task: Task) -> bool:
    """It can still be said, and is marked late."""
    deadline = task_terms.hand_back_deadline(work, chain_of(work.session, task.key)[-1])
    return deadline is not None and work.now >= deadline and not hand_back_lines.was_said(work, task)


def extension_details(work: Work, extension: Extension) -> list[str | Markup | None]:
    """Who asks how much, why, whether in time; and what was asked before."""
    asker = work.session.get_one(Person, extension.asked_by_id)
    return [
        html(
            _("{who} asks to extend it from {before} to <b>{after}</b>."),
            who=words.capital(words.named(work, asker)),
            before=full_date(extension.due_before),
            after=_day(extension),
        ),
        html(_("Reason: {reason}"), reason=extension.reason),
        html(_("Document: {document}"), document=extension.document) if extension.document else None,
        timeliness(work, extension),
        *_history(work, extension),
    ]


def _day(extension: Extension) -> str:
    return f"{weekday(extension.new_due_on)} {full_date(extension.new_due_on)}"


def timeliness(work: Work, extension: Extension) -> str | None:
    """Whether it was asked in time; nothing where no clause sets a day."""
    if not regulation(work).rules("extension"):
        return None
    told = _("Asked late: it had to be asked by {moment}.") if extension.is_late else _("Asked in time, by {moment}.")
    return told.format(moment=words.by_when(extension.last_moment))


def _history(work: Work, extension: Extension) -> list[Markup]:
    """Those before it, each in a line."""
    earlier = [each for each in extensions_of(work.session, extension.task_id) if each.key < extension.key]
    return [
        html(
            _("– earlier, {asked}: to {day}, {state}"),
            asked=f"{clock_time(each.asked_at)} {short_date(each.asked_at.astimezone(TIME_ZONE).date())}",
            day=full_date(each.new_due_on),
            state=state(each),
        )
        for each in earlier
    ]


def state(extension: Extension) -> str:
    return {
        ExtensionState.AWAITING_DOCUMENT: _("waiting for the document"),
        ExtensionState.AWAITING_DECISION: _("waiting for a decision"),
        ExtensionState.GRANTED: _("approved"),
        ExtensionState.REFUSED: _("refused"),
        ExtensionState.REPLACED: _("replaced by a later request"),
        ExtensionState.VOID: _("void, the task is over"),
    }[extension.state]
