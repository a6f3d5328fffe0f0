"""The Monday list (Sơn Dương 8.c): what was due for report and not reported, approved by the Office, then sent on."""

from collections.abc import Sequence
from datetime import time, timedelta

from bot.messages import Attachment
from bot.work import Work
from models.database import lock_for_transaction
from models.duties import Duty, EntryKind, entries_of
from models.offices import holder_of, holders_with_role
from models.people import Person, Role
from models.tasks import Task, WeeklyItem, WeeklyList, due_before, items_of, list_of_week
from rules import deadlines
from rules.duties import DutyKind
from rules.tasks import ListDay, due_rule, list_day
from rules.workdays import at
from services import access, breaches, duties, parties, people
from services.breaches import Register
from services.duties import NewDuty
from services.notices import breaches as breach_notices
from services.notices import tasks as notices
from services.notices import words
from services.regulation import calendar, regulation

# After an outage the list is still made, but not when the next one is nearer: that will hold what is left.
CATCHES_UP = timedelta(days=3)


def compile_due(work: Work) -> int:
    """Make this week's list once its moment has come; any number of processes may look. Returns how many it made."""
    applied = regulation(work)
    if not applied.switches["weekly.enabled"]:
        return 0
    week = list_day(work.today, applied.switches, calendar(work))
    starts = at(week.day, week.cutoff)
    if not starts <= work.now < starts + CATCHES_UP or list_of_week(work.session, week.week_of) is not None:
        return 0
    lock_for_transaction(work.session, "weekly list")
    if list_of_week(work.session, week.week_of) is not None:
        return 0
    _compile(work, week)
    return 1


def to_approve(work: Work, key: int) -> WeeklyList:
    """A list, for the Office."""
    access.require_office(work)
    return access.load(work, WeeklyList, key)


def approve(work: Work, key: int) -> WeeklyList:
    """One tap of the Office sends it to chair and vice chairs; a second changes nothing."""
    row = to_approve(work, key)
    if row.approved_at is not None:
        return row
    row.approved_by_id, row.approved_at = access.actor(work).id, work.now
    duties.close_duty(work, DutyKind.WEEKLY_LIST, row.key)
    work.record("weekly.approved", row)
    items = items_of(work.session, row.key)
    file = _sheet(work, row, items) if items else None
    for person in holders_with_role(work.session, people.LEADERS, work.today):
        work.notify(person, notices.weekly_report, row, items, file)
    register = breaches.of_week(work, row)
    if register:
        _report_breaches(work, row, register)
    for person in parties.office(work):
        if person.id != row.approved_by_id:
            work.notify(person, notices.weekly, row, items, register)
    return row


def _report_breaches(work: Work, row: WeeklyList, register: Register) -> None:
    """Sơn Dương 8.a: to the chair alone."""
    file = breaches_file(work, row, register)
    work.record("weekly.breaches", row, cases=len(register))
    for chair in holders_with_role(work.session, (Role.CHAIR,), work.today):
        work.notify(chair, breach_notices.register, register, file)


def breaches_file(work: Work, row: WeeklyList, register: Register) -> Attachment:
    """The register as a workbook."""
    from reports import weekly

    title = words.capital(breach_notices.stored_title(register))
    content = weekly.breaches(title, breach_notices.rows(register))
    return work.attach(f"Chua-chap-hanh-{row.day.isoformat()}.xlsx", content)


def _sheet(work: Work, row: WeeklyList, items: Sequence[tuple[WeeklyItem, Task]]) -> Attachment:
    # openpyxl is loaded when a list goes out, not at the start.
    from reports import weekly

    rows = []
    for item, task in items:
        assigner = work.session.get(Person, task.assigner_id) if task.assigner_id else None
        owner = holder_of(work.session, task.post_id, work.today)
        rows.append(
            weekly.Missing(
                task.code,
                notices.unit_name(work, task),
                task.content,
                owner.full_name if owner else "",
                deadlines.named_day(item.due_at),
                assigner.full_name if assigner else "",
                task.document,
            )
        )
    return work.attach(f"Chua-bao-cao-{row.day.isoformat()}.xlsx", weekly.weekly_list(row.day, rows))


def _compile(work: Work, week: ListDay) -> None:
    row = WeeklyList(week_of=week.week_of, day=week.day, cutoff_at=at(week.day, week.cutoff))
    work.session.add(row)
    work.session.flush()
    found = due_before(work.session, at(week.day, time()), row.cutoff_at)
    missing = [(task, duty) for task, duty in found if not _was_reported(work, duty, row)]
    for task, duty in sorted(missing, key=lambda each: (notices.unit_name(work, each[0]), each[1].due_at, each[1].key)):
        work.session.add(WeeklyItem(list_id=row.key, task_id=task.key, due_at=duty.due_at))
    work.session.flush()
    work.record("weekly.compiled", row, items=len(missing))
    _ask_office(work, row, week)


def _was_reported(work: Work, duty: Duty, row: WeeklyList) -> bool:
    """Whether at the cut-off a report stood that had not been returned."""
    said = [entry.kind for entry in entries_of(work.session, duty.key) if entry.at < row.cutoff_at]
    kinds = [kind for kind in said if kind in (EntryKind.RESULT, EntryKind.RETURNED)]
    return bool(kinds) and kinds[-1] is EntryKind.RESULT


def _ask_office(work: Work, row: WeeklyList, week: ListDay) -> None:
    office = parties.office(work)
    chiefs = holders_with_role(work.session, (Role.CHIEF_OF_OFFICE,), work.today)
    owner = next(iter([*chiefs, *office]), None)
    post = people.main_post(work, owner) if owner else None
    duties.open_duty(
        work,
        NewDuty(
            kind=DutyKind.WEEKLY_LIST,
            subject_id=row.key,
            what="",
            post_id=post.id if post else None,
            rule=due_rule(work.today),
        ),
    )
    items = items_of(work.session, row.key)
    register = breaches.of_week(work, row)
    for person in office:
        work.notify(person, notices.weekly, row, items, register)
