"""What is said of reminders by the chair: to whom they are about, and to internal affairs from the last but one on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from bot.i18n import _, full_date, ngettext
from bot.messages import Message, html, lines
from bot.work import Work
from models.people import Person, Unit
from models.reminders import ChairReminder
from rules.reminders import PERIODS, Policy, Step
from services import access
from services.notices import words


@dataclass(frozen=True, slots=True)
class Count:
    """What counts together in one period, which ends on `last`, and what follows from it."""

    cases: Sequence[ChairReminder]
    policy: Policy
    last: date
    step: Step


def case(work: Work, reminder: ChairReminder, *, names: bool = False) -> Markup:
    """Số 45/TB-UBND, 20/11/2026: chậm báo cáo (ghi nhận: đ/c Bùi Thu Trang)."""
    who = f"{words.comrade(access.person(work, reminder.person_id))}: " if names else ""
    return html(
        _("{who}{document}, {day}: {about} (recorded by {recorder})"),
        who=who,
        document=reminder.document,
        day=full_date(reminder.reminded_on),
        about=reminder.about,
        recorder=words.comrade(access.person(work, reminder.recorded_by_id)),
    )


def counted(found: Count) -> str:
    """lần thứ 2 trong năm 2026; 2 lần trong 12 tháng đến 20/11/2026."""
    period = _(PERIODS[found.policy.period]).format(year=found.last.year, day=full_date(found.last))
    number = len(found.cases)
    times = ngettext("{count} reminder {period}", "{count} reminders {period}", number)
    return times.format(count=number, period=period)


def _consequence(found: Count) -> str:
    text = _("From the reminder number {threshold} on a transfer is to be proposed.")
    return text.format(threshold=found.policy.threshold)


def recorded(work: Work, person: Person, reminder: ChairReminder, found: Count) -> Message:
    """To whom it is about."""
    return Message(
        lines(
            html("<b>{title}</b>", title=_("A reminder by the chair has been recorded for you")),
            case(work, reminder),
            html("{count}.", count=words.capital(counted(found))),
            *(_cases(work, found) if found.step is Step.WARN else ()),
            # At the number itself people judge, not this message.
            _consequence(found) if found.step is Step.WARN else None,
            _("If the entry is wrong, please tell the Office or internal affairs."),
            words.cite(work, "reminders"),
        ),
        card=f"reminder:{reminder.id}",
        fresh=True,
    )


def warning(work: Work, person: Person, reminder: ChairReminder, found: Count) -> Message:
    """To internal affairs, one before the number that counts."""
    return _to_internal_affairs(work, reminder, found, _("One reminder by the chair short of a proposal"))


def listed(work: Work, person: Person, reminder: ChairReminder, found: Count) -> Message:
    """To internal affairs: all cases that count, so that they can prepare their proposal."""
    return _to_internal_affairs(work, reminder, found, _("Reminders by the chair: a transfer is to be considered"))


def _to_internal_affairs(work: Work, reminder: ChairReminder, found: Count, title: str) -> Message:
    return Message(
        lines(
            html("<b>{title}</b>", title=title),
            html("{whose}: {count}", whose=_whose(work, reminder, found), count=counted(found)),
            *_cases(work, found),
            _consequence(found),
            _("Only reminders by the chair that a person recorded are counted; those of this system are not."),
            words.cite(work, "reminders"),
        ),
        fresh=True,
    )


def _cases(work: Work, found: Count) -> list[Markup]:
    by_unit = found.policy.scope == "unit"
    return [html("– {case}", case=case(work, each, names=by_unit)) for each in found.cases]


def _whose(work: Work, reminder: ChairReminder, found: Count) -> str:
    if found.policy.scope == "unit" and reminder.unit_id is not None:
        return access.load(work, Unit, reminder.unit_id).name
    return words.capital(words.named(work, access.person(work, reminder.person_id)))


def withdrawn(work: Work, person: Person, reminder: ChairReminder) -> Message:
    """To whom it was about: it counts no more."""
    return Message(
        lines(
            html("<b>{title}</b>", title=_("An entry of a reminder by the chair has been withdrawn")),
            case(work, reminder),
            html(_("Reason: {reason}"), reason=reminder.withdrawal_reason),
        ),
        card=f"reminder:{reminder.id}",
        fresh=True,
    )


def count_changed(work: Work, person: Person, reminder: ChairReminder, found: Count) -> Message:
    """To internal affairs, who had been told the former number."""
    return Message(
        lines(
            html("<b>{title}</b>", title=_("An entry of a reminder by the chair has been withdrawn")),
            html("{whose}: {count}", whose=_whose(work, reminder, found), count=counted(found)),
            html(_("Withdrawn: {case}"), case=case(work, reminder)),
            html(_("Reason: {reason}"), reason=reminder.withdrawal_reason),
        ),
        fresh=True,
    )
