"""What is said of a paper that was handed back: the card before chief and chair, the answers to who said so."""

from bot.buttons import token
from bot.i18n import _, short_moment
from bot.messages import Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.duties import Duty
from models.extensions import HandBack
from models.people import Person, Role, Unit
from models.tasks import Task
from rules.tasks import HandBackState
from services import access
from services.notices import duties, hand_back_lines, words


def card(work: Work, person: Person, row: HandBack, *, fresh: bool = False) -> Message:
    """First to the chief of the Office, who sends it on or back; then to the chair, who decides."""
    task = work.session.get_one(Task, row.task_id)
    choices = _choices(work, person, row)
    title = _("A paper said to be another's") if choices else _decided(work, row)
    text = lines(
        html("<b>{title}</b>", title=title),
        html("{content}", content=task.content),
        *hand_back_lines.details(work, row),
        words.cite(work, "hand_back"),
    )
    return Message(text, choices, card=f"hand_back:{row.id}", fresh=fresh)


def _choices(work: Work, person: Person, row: HandBack) -> tuple[Row, ...]:
    """What this person may do with it now: the chief forward it or send it back, the chair decide."""
    if row.state is HandBackState.AWAITING_CHIEF and access.acts_as(work, person, Role.CHIEF_OF_OFFICE):
        forward = button(_("Put before the chair"), token("hand_back.forward", row.id), Style.SUCCESS)
        return column(forward, button(_("Send back to the unit"), token("hand_back.return", row.id)))
    if row.state is not HandBackState.AWAITING_DECISION or not access.acts_as(work, person, Role.CHAIR):
        return ()
    unit = work.session.get_one(Unit, row.proposed_unit_id).name
    to_proposed = _("Assign to {unit}").format(unit=unit)
    return (
        (button(to_proposed, token("hand_back.reassign", row.id), Style.SUCCESS, is_weighty=True),),
        (button(_("Assign to another"), token("hand_back.other", row.id)),),
        (button(_("Keep it where it is"), token("hand_back.keep", row.id)),),
    )


def _decided(work: Work, row: HandBack) -> str:
    if row.decided_at is None:
        return _("Paper handed back: {state}").format(state=hand_back_lines.state(row))
    decider = work.session.get_one(Person, row.decided_by_id or 0)
    told = _("Paper handed back: {state}; {who}, {time}")
    return told.format(state=hand_back_lines.state(row), who=words.comrade(decider), time=short_moment(row.decided_at))


def sent_back(work: Work, person: Person, row: HandBack, duty: Duty) -> Message:
    """To who handed it back: the chief of the Office wants it said better; said once more it goes to the chair."""
    text = lines(
        html("<b>{title}</b>", title=_("The chief of the Office has sent your paper back")),
        html("{name}, <b>{due}</b>", name=duties.name(duty), due=duties.due_words(work, duty)),
        html(_("Reason: {reason}"), reason=row.decision_reason),
        _("If you say so once more, it goes to the chair directly; the day on which you said it first counts."),
        words.cite(work, "hand_back"),
    )
    again = button(_("Say so once more"), token("hand_back.ask", duty.id))
    return Message(text, (*duties.rows(work, duty), (again,)), card=f"duty:{duty.id}", fresh=True).awaited(duty.due_at)


def kept(work: Work, person: Person, row: HandBack, duty: Duty) -> Message:
    """To who handed it back: it stays with him, and why."""
    text = lines(
        html("<b>{title}</b>", title=_("The task stays with your unit")),
        html("{name}, <b>{due}</b>", name=duties.name(duty), due=duties.due_words(work, duty)),
        html(_("Reason: {reason}"), reason=row.decision_reason) if row.decision_reason else None,
    )
    return Message(text, duties.rows(work, duty), card=f"duty:{duty.id}", fresh=True).awaited(duty.due_at)
