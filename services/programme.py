"""The work programme's items: owed by the head of the unit, submitted, issued, or taken out by the chair."""

from datetime import date, datetime

from sqlmodel import select

from bot.i18n import local_day
from bot.work import Work
from models.duties import Duty, DutyEntry, duty_about
from models.offices import holders_in
from models.people import Person, Post
from models.programme import ProgrammeItem, changes_of, explanations_of
from models.tasks import steps_of
from rules import deadlines
from rules.deadlines import DueRule
from rules.duties import MACHINE, DutyAct, DutyKind, DutyState
from rules.programme import CHANGE, ITEM, ChangeAct, ItemAct, ItemState, plan_rule
from services import access, duties
from services.duties import NewDuty
from services.notices import plans as plan_notices
from services.regulation import regulation


def exists(work: Work) -> bool:
    """Whether the body has a work programme here at all."""
    return work.session.exec(select(ProgrammeItem.id).limit(1)).first() is not None


def responsible(work: Work, unit_id: int) -> Post | None:
    """The post that answers for a unit today: its head, with none its first deputy."""
    held = holders_in(work.session, unit_id, work.today)
    return held[0][0] if held else None


def lead(work: Work, item: ProgrammeItem) -> Person | None:
    """Who answers for an item today."""
    held = holders_in(work.session, item.unit_id, work.today)
    return held[0][1] if held else None


def open_item(work: Work, item: ProgrammeItem) -> None:
    """What is still to be submitted is a duty of the unit's head, due with the end of the given day."""
    if item.state is not ItemState.TO_SUBMIT:
        return
    post = responsible(work, item.unit_id)
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.PROGRAMME,
            subject_id=item.key,
            what=item.content,
            post_id=post.id if post else None,
            due_at=due_moment(work, item.due_on),
            clause=clause_on(work, "programme_figures"),
        ),
    )
    ask_for_plan(work, item)


def ask_for_plan(work: Work, item: ProgrammeItem) -> None:
    """Tân Yên 3.b: an item without a step owes its plan so long before its day; with less time left nobody is asked."""
    if item.state is not ItemState.TO_SUBMIT:
        return
    if steps_of(work.session, [item.key]):
        duties.close_duty(work, DutyKind.PLAN, item.key)
        return
    rules = regulation(work)
    rule = plan_rule(item.due_on, rules.switches) if rules.rules("programme_plan") else None
    if rule is not None and duties.moment_of(work, rule) > work.now:
        post = responsible(work, item.unit_id)
        duties.open_duty(work, NewDuty(DutyKind.PLAN, item.key, item.content, post.id if post else None, rule=rule))


def clause_on(work: Work, topic: str) -> str:
    """What the directive says of its programme; where it is silent, the general duty to do what was assigned."""
    rules = regulation(work)
    return rules.clause(topic if rules.rules(topic) else "task")


def due_moment(work: Work, day: date) -> datetime:
    """The end of a given day; a day that was given is not moved where it is off."""
    rules = regulation(work)
    ends_at_close = rules.switches["day.end"] == "office_close"
    return deadlines.due_moment(DueRule(day, 0), day, rules.hours, ends_at_close=ends_at_close)


def duty_of(work: Work, item: ProgrammeItem) -> Duty | None:
    return duty_about(work.session, DutyKind.PROGRAMME, item.key)


def was_submitted(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """*Đã xong* on its duty: the item is submitted."""
    submit(work, access.load(work, ProgrammeItem, duty.subject_id), local_day(entry.at))


def submit(work: Work, item: ProgrammeItem, day: date | None) -> None:
    item.state = ITEM.next_state(item.state, ItemAct.SUBMIT)
    item.submitted_on = day
    _finish(work, item, DutyState.DONE)
    work.record("programme.submitted", item)


def issue(work: Work, item: ProgrammeItem) -> None:
    """It was issued, as the Office or a workbook says."""
    item.state = ITEM.next_state(item.state, ItemAct.ISSUE)
    work.record("programme.issued", item)


def drop(work: Work, item: ProgrammeItem) -> None:
    """The chair takes it out of the programme; its row stays."""
    item.state = ITEM.next_state(item.state, ItemAct.DROP)
    _finish(work, item, DutyState.VOID)
    work.record("programme.dropped", item)


def reword(work: Work, item: ProgrammeItem, content: str) -> None:
    item.content = content
    for duty in (duty_of(work, item), duty_about(work.session, DutyKind.PLAN, item.key)):
        if duty is not None:
            duty.what = content


def reschedule(work: Work, item: ProgrammeItem, day: date, *, tells: bool = True) -> None:
    """Another due day; the duty keeps both."""
    item.due_on = day
    duty = duty_of(work, item)
    if duty is not None and duty.is_open:
        duties.move(work, duty, due_at=due_moment(work, day), tells=tells)
    ask_for_plan(work, item)
    _flag_steps(work, item)


def _flag_steps(work: Work, item: ProgrammeItem) -> None:
    """Steps that now end after the item: whoever answers for it is told which, and sets their days."""
    after = [(task, duty) for task, duty in steps_of(work.session, [item.key]) if outlasts(work, item, duty)]
    person = lead(work, item)
    if after and person is not None:
        work.notify(person, plan_notices.outlasting, item, [duty for _task, duty in after])


def outlasts(work: Work, item: ProgrammeItem, step: Duty) -> bool:
    """Whether a step that still runs is due after the item itself."""
    return step.is_open and step.due_at > due_moment(work, item.due_on)


def _finish(work: Work, item: ProgrammeItem, state: DutyState) -> None:
    """Nothing more is owed about it: neither the item, nor a change of it, nor why it is not finished."""
    duties.close_duty(work, DutyKind.PROGRAMME, item.key, state)
    duties.close_duty(work, DutyKind.PLAN, item.key, DutyState.VOID)
    for _task, duty in steps_of(work.session, [item.key]):
        if MACHINE.allows(duty.state, DutyAct.CANCEL):
            duties.close(work, duty, DutyState.VOID)
    for explanation in explanations_of(work.session, item.key):
        duties.close_duty(work, DutyKind.EXPLAIN, explanation.key, DutyState.VOID)
    for change in changes_of(work.session, item.key):
        if CHANGE.allows(change.state, ChangeAct.WITHDRAW):
            change.state = CHANGE.next_state(change.state, ChangeAct.WITHDRAW)
            duties.close_duty(work, DutyKind.DECIDE_PROGRAMME, change.key, DutyState.VOID)
