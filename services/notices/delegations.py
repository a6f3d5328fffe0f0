"""What chairs and their deputy deciders are told about delegations."""

from collections.abc import Callable
from typing import TypeAlias

from bot.i18n import _, full_date
from bot.messages import Message, html, lines
from bot.work import Work
from models.people import Delegation, Person
from services.notices import words

DelegationNotice: TypeAlias = Callable[[Work, Person, Person, Person, Delegation], Message]


def delegated(work: Work, reader: Person, chair: Person, deputy: Person, row: Delegation) -> Message:
    return Message(
        lines(
            html("<b>{title}</b>", title=_("Decisions in another's place")),
            html(
                _("{delegate} decides in the place of {chair} from {from_on} to {to_on}, both days included."),
                delegate=words.capital(words.named(work, deputy)),
                chair=words.named(work, chair),
                from_on=full_date(row.from_on),
                to_on=full_date(row.to_on),
            ),
            html(_("Document: {document}"), document=row.document) if row.document else None,
        )
    )


def delegation_ended(work: Work, reader: Person, chair: Person, deputy: Person, row: Delegation) -> Message:
    return Message(
        lines(
            html("<b>{title}</b>", title=_("Decisions in another's place: ended")),
            html(
                _("{delegate} no longer decides in the place of {chair}."),
                delegate=words.capital(words.named(work, deputy)),
                chair=words.named(work, chair),
            ),
        )
    )
