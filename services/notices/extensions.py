"""What is said of extensions: the card of whoever decides, the answer to who asked."""

from bot.buttons import token
from bot.i18n import _, full_date, short_moment, weekday
from bot.messages import Message, Row, Style, button, html, lines
from bot.work import Work
from models.duties import Duty
from models.extensions import Extension
from models.people import Person
from models.tasks import Task
from rules.tasks import ExtensionState
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
    return Message(text, duties.rows(work, duty), card=f"duty:{duty.id}", fresh=True).awaited(duty.due_at)


def last_call(work: Work, person: Person, duty: Duty) -> Message:
    """The day before the last lawful moment: an extension can be asked in time until then, no longer."""
    return duties.card(work, person, duty, title=_("The last day to ask for an extension is near"), fresh=True)
