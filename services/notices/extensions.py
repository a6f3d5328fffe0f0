"""What is said of extensions and of papers handed back: the card of whoever decides, the answer to who asked."""

from bot.buttons import token
from bot.i18n import _, full_date, short_moment, weekday
from bot.messages import Message, Row, Style, button, html, lines
from bot.work import Work
from models.duties import Duty
from models.extensions import Extension, HandBack
from models.offices import unit_called
from models.people import Person
from models.tasks import Task
from rules.tasks import ExtensionState, HandBackState
from services.notices import duties, task_lines, words


def decision_card(work: Work, person: Person, extension: Extension, *, fresh: bool = False) -> Message:
    """One tap decides; a decided one shows who did, and has no buttons."""
    task = work.session.get_one(Task, extension.task_id)
    waits = extension.state is ExtensionState.AWAITING_DECISION
    title = _("An extension to decide on") if waits else _decided(work, extension)
    text = lines(
        html("<b>{title}</b>", title=title),
        html("{content}", content=task.content),
        *task_lines.extension_details(work, extension),
        words.cite(work, "extension"),
    )
    return Message(text, _choices(extension) if waits else (), card=f"extension:{extension.id}", fresh=fresh)


def _choices(extension: Extension) -> tuple[Row, ...]:
    grant = button(_("Approve"), token("extension.grant", extension.id), Style.SUCCESS, is_weighty=True)
    return ((grant, button(_("Refuse"), token("extension.refuse", extension.id))),)


def _decided(work: Work, extension: Extension) -> str:
    if extension.decided_at is None:
        return _("Request for an extension: {state}").format(state=task_lines.state(extension))
    decider = work.session.get_one(Person, extension.decided_by_id or 0)
    told = _("Request for an extension: {state} by {who} at {time}")
    return told.format(
        state=task_lines.state(extension), who=words.comrade(decider), time=short_moment(extension.decided_at)
    )


def answer(work: Work, person: Person, extension: Extension, duty: Duty) -> Message:
    """To the owner: granted to which day, or refused and why; the task's card comes anew below."""
    granted = extension.state is ExtensionState.GRANTED
    title = _("The extension has been granted") if granted else _("The extension has been refused")
    day = f"{weekday(extension.new_due_on)} {full_date(extension.new_due_on)}"
    text = lines(
        html("<b>{title}</b>", title=title),
        html("{name}", name=duties.name(duty)),
        html(_("Formerly {before}, now <b>{after}</b>."), before=full_date(extension.due_before), after=day)
        if granted
        else html("{due}", due=words.capital(duties.due_words(work, duty))),
        html(_("Reason: {reason}"), reason=extension.decision_reason) if extension.decision_reason else None,
        words.cite(work, "extension"),
    )
    return Message(text, duties.rows(work, duty), card=f"duty:{duty.id}", fresh=True)


def last_call(work: Work, person: Person, duty: Duty) -> Message:
    """The day before the last lawful moment: an extension can be asked in time until then, no longer."""
    return duties.card(work, person, duty, title=_("The last day to ask for an extension is near"), fresh=True)


def hand_back_card(work: Work, person: Person, row: HandBack, *, fresh: bool = False) -> Message:
    """To the chair, and for the record to the chief of the Office, through whom it goes."""
    task = work.session.get_one(Task, row.task_id)
    waits = row.state is HandBackState.AWAITING_DECISION
    title = _("A paper said to be another's") if waits else _hand_back_decided(work, row)
    text = lines(
        html("<b>{title}</b>", title=title),
        html("{content}", content=task.content),
        *task_lines.hand_back_details(work, row),
        words.cite(work, "hand_back"),
    )
    return Message(text, _hand_back_choices(work, row) if waits else (), card=f"hand_back:{row.id}", fresh=fresh)


def _hand_back_choices(work: Work, row: HandBack) -> tuple[Row, ...]:
    unit = unit_called(work.session, row.proposed_unit_id).name
    to_proposed = _("Assign to {unit}").format(unit=unit)
    return (
        (button(to_proposed, token("hand_back.reassign", row.id), Style.SUCCESS, is_weighty=True),),
        (button(_("Assign to another"), token("hand_back.other", row.id)),),
        (button(_("Keep it where it is"), token("hand_back.keep", row.id)),),
    )


def _hand_back_decided(work: Work, row: HandBack) -> str:
    if row.decided_at is None:
        return _("Paper handed back: {state}").format(state=task_lines.hand_back_state(row))
    decider = work.session.get_one(Person, row.decided_by_id or 0)
    told = _("Paper handed back: {state}; {who}, {time}")
    return told.format(
        state=task_lines.hand_back_state(row), who=words.comrade(decider), time=short_moment(row.decided_at)
    )


def for_chief(work: Work, person: Person, row: HandBack) -> Message:
    """To the chief of the Office, through whom it goes to the chair; he does not decide."""
    return hand_back_card(work, person, row, fresh=True).with_rows()


def kept(work: Work, person: Person, row: HandBack, duty: Duty) -> Message:
    """To who handed it back: it stays with him, and why."""
    text = lines(
        html("<b>{title}</b>", title=_("The task stays with your unit")),
        html("{name}, <b>{due}</b>", name=duties.name(duty), due=duties.due_words(work, duty)),
        html(_("Reason: {reason}"), reason=row.decision_reason) if row.decision_reason else None,
    )
    return Message(text, duties.rows(work, duty), card=f"duty:{duty.id}", fresh=True)
