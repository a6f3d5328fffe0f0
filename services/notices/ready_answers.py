"""A ready answer as a card: its text and basis, how long it may be used, and what its reader can do with it."""

from bot.buttons import token
from bot.i18n import _, full_date
from bot.messages import Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.hotline_directory import Procedure
from models.offices import holder_of
from models.people import Person, Unit
from models.ready_answers import ReadyAnswer
from rules.ready_answers import REMINDED_BEFORE, STATES, AnswerState
from services import access, hotline_people
from services.notices import words
from services.notices.hotline import shortened

_ENDED = AnswerState.EXPIRED


def may_keep(work: Work, person: Person, answer: ReadyAnswer) -> bool:
    """Whoever keeps it true, or has approved it."""
    owner = holder_of(work.session, answer.owner_post_id, work.today)
    return (owner is not None and owner.id == person.id) or hotline_people.approves(work, person, answer.unit_id)


def card(work: Work, person: Person, answer: ReadyAnswer, *, reason: str = "", fresh: bool = False) -> Message:
    owner = holder_of(work.session, answer.owner_post_id, work.today)
    procedure = work.session.get(Procedure, answer.procedure_id) if answer.procedure_id else None
    ends_soon = answer.state is AnswerState.APPROVED and answer.valid_until <= work.today + REMINDED_BEFORE
    unit = _("all communes") if answer.is_shared else work.session.get_one(Unit, answer.unit_id).name
    text = lines(
        html("<b>{title}</b>", title=_("Ready answer no. {number}: {state}").format(
            number=answer.id, state=_(STATES[answer.state])
        )),
        html("“{text}”", text=answer.text),
        html("<i>{basis}</i>", basis=answer.basis),
        html(_("Procedure: {name}"), name=procedure.name) if procedure else None,
        html(_("For: {unit}; kept by {owner}."), unit=unit, owner=words.comrade(owner) if owner else _("nobody")),
        html(_("Valid until {day}."), day=full_date(answer.valid_until)),
        _("Its shelf life ends soon: please renew or withdraw it.") if ends_soon else None,
        html(_("Reason: {reason}"), reason=reason) if reason else None,
    )  # fmt: skip
    return Message(text, _rows(work, person, answer), card=f"ready:{answer.id}", fresh=fresh)


def _rows(work: Work, person: Person, answer: ReadyAnswer) -> tuple[Row, ...]:
    is_proposed, is_used = answer.state is AnswerState.PROPOSED, answer.state is AnswerState.APPROVED
    buttons = []
    if hotline_people.approves(work, person, answer.unit_id):
        if access.is_office(work, person) and not answer.is_shared and (is_proposed or is_used):
            buttons.append(button(_("Approve for all communes"), token("ready.approve", answer.id), Style.SUCCESS))
        elif is_proposed:
            buttons.append(button(_("Approve"), token("ready.approve", answer.id), Style.SUCCESS))
        if is_proposed:
            buttons.append(button(_("Do not approve"), token("ready.decline", answer.id)))
    if may_keep(work, person, answer):
        if is_used or answer.state is _ENDED:
            buttons.append(button(_("Renew"), token("ready.renew", answer.id)))
        if is_proposed or is_used or answer.state is _ENDED:
            buttons.append(button(_("Withdraw"), token("ready.withdraw", answer.id)))
    return column(*buttons)


def line(answer: ReadyAnswer) -> str:
    """One line of a list: how it begins, how it stands."""
    return _("“{text}”: {state}, valid until {day}").format(
        text=shortened(answer.text, 70), state=_(STATES[answer.state]), day=full_date(answer.valid_until)
    )


def inserted(answer: ReadyAnswer) -> str:
    """As the asker reads it, with its basis."""
    return _("{text}\nLegal basis: {basis}").format(text=answer.text, basis=answer.basis)
