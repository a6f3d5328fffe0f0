"""What stands on the cards about a paper that was handed back."""

from markupsafe import Markup

from bot.i18n import _, short_date
from bot.messages import html
from bot.work import Work
from models.duties import duty_about
from models.extensions import HandBack, hand_backs_of
from models.people import Person, Unit
from models.tasks import Task
from rules.duties import DutyKind
from rules.tasks import HandBackState
from rules.workdays import TIME_ZONE
from services.notices import words


def was_said(work: Work, task: Task) -> bool:
    """Whether its present owner said so already; what the chief of the Office sent back may be said once more."""
    said = [each for each in hand_backs_of(work.session, task.key) if each.post_id == task.post_id]
    return bool(said) and (said[-1].state is not HandBackState.RETURNED or len(said) > 1)


def details(work: Work, row: HandBack) -> list[str | Markup | None]:
    asker = work.session.get_one(Person, row.asked_by_id)
    return [
        html(_("{who}: not within the authority of the unit."), who=words.capital(words.named(work, asker))),
        html(_("Reason: {reason}"), reason=row.reason),
        html(_("Proposed: {unit}"), unit=work.session.get_one(Unit, row.proposed_unit_id).name),
        {
            "in_time": _("Said in time, by {moment}."),
            "review": _("Said after {moment}; the paper came late in the day: to be considered."),
            "late": _("Said late: it had to be said by {moment}."),
        }[row.timeliness.value].format(moment=words.by_when(row.deadline)),
        *_words_of_chief(work, row),
    ]


def _words_of_chief(work: Work, row: HandBack) -> list[Markup]:
    """What the chief of the Office said when he sent an earlier one back, and of this one; or that he said nothing."""
    earlier = [each for each in hand_backs_of(work.session, row.task_id) if each.key < row.key]
    found = [
        html(
            _("The chief of the Office sent it back on {day}: {reason}"), day=_day_of(each), reason=each.decision_reason
        )
        for each in earlier
        if each.state is HandBackState.RETURNED and each.post_id == row.post_id
    ]
    if row.forwarded_by_id is not None:
        opinion = row.opinion or _("no opinion of his own")
        found.append(html(_("The chief of the Office: {opinion}"), opinion=opinion))
    elif row.forwarded_at is not None and duty_about(work.session, DutyKind.FORWARD_HAND_BACK, row.key) is not None:
        found.append(Markup.escape(_("The chief of the Office has not given an opinion.")))
    return found


def _day_of(row: HandBack) -> str:
    assert row.decided_at is not None  # it was returned
    return short_date(row.decided_at.astimezone(TIME_ZONE).date())


def state(row: HandBack) -> str:
    return {
        HandBackState.AWAITING_CHIEF: _("waiting for the chief of the Office"),
        HandBackState.RETURNED: _("sent back to the unit"),
        HandBackState.AWAITING_DECISION: _("waiting for a decision"),
        HandBackState.REASSIGNED: _("assigned to another"),
        HandBackState.KEPT: _("stays with the unit"),
        HandBackState.VOID: _("void, the task is over"),
    }[row.state]
