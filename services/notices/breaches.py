"""What was not complied with, in words: for the Office before it approves, then for the chair."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from bot.i18n import _, full_date, local_day, ngettext, short_date, use_language
from bot.messages import Attachment, Message, html, lines
from bot.work import Work
from models.people import Person
from rules import deadlines
from services.breaches import Fault, LateDuty, Register
from services.notices import attendance, duties, words

# So many stand in a message; the rest is in the file.
LISTED = 12


def count_words(found: Register) -> str:
    """3 việc chưa chấp hành từ 16/11 đến 23/11/2026."""
    text = ngettext(
        "{count} case not complied with from {since} to {until}",
        "{count} cases not complied with from {since} to {until}",
        len(found),
    )
    since, until = local_day(found.since), local_day(found.until)
    return text.format(count=len(found), since=short_date(since), until=full_date(until))


def register(work: Work, person: Person, found: Register, file: Attachment | None) -> Message:
    """Unit by unit, with what was owed, until when, and what came."""
    ordered = _by_unit(found)
    listed: list[str | Markup] = []
    for unit, rows in groupby(ordered[:LISTED], key=lambda each: each.unit.name):
        listed.append(html("<b>{unit}</b>", unit=unit))
        listed += [html("– {what}: {how}", what=_what(each), how=_how(each)) for each in rows]
    more = len(ordered) - LISTED
    rest = _("and {number} more").format(number=more) if more > 0 else None
    text = lines(html("<b>{title}</b>", title=count_words(found)), *listed, rest, words.cite(work, "breach"))
    return Message(text, files=(file,) if file else ())


def _what(case: LateDuty | Fault) -> str:
    if isinstance(case, LateDuty):
        return duties.name(case.duty)
    return words.meeting_in_short(case.meeting)


def _how(case: LateDuty | Fault) -> str:
    """hạn 18/11, gửi 19/11; hạn 18/11, chưa có; vắng không phép."""
    if isinstance(case, Fault):
        told = [attendance.status_words(case.status)] if case.status else []
        told += [attendance.mark_words(entry.mark) for entry in case.seat.marks if entry.mark]
        return ", ".join(told)
    due = short_date(deadlines.named_day(case.duty.due_at))
    if case.done_at is None:
        return _("due {day}, has not come").format(day=due)
    return _("due {day}, came {done}").format(day=due, done=short_date(local_day(case.done_at)))


def stored_title(found: Register) -> str:
    """The title of the workbook, in the language of the body."""
    with use_language("vi"):
        return count_words(found)


def rows(found: Register) -> Sequence[tuple[str, str, str, str]]:
    """Unit, who, what and how, for the workbook: in the language of the body."""
    with use_language("vi"):
        return [(each.unit.name, _who(each), _what(each), _how(each)) for each in _by_unit(found)]


def _by_unit(found: Register) -> list[LateDuty | Fault]:
    cases: list[LateDuty | Fault] = [*found.late, *found.faults]
    return sorted(cases, key=lambda each: each.unit.key)


def _who(case: LateDuty | Fault) -> str:
    person = case.owner if isinstance(case, LateDuty) else case.seat.holder
    return person.full_name if person else ""
