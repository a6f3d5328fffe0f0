"""Linking a chat to an official with a one-time code; who guesses has to wait."""

import math
import secrets
from collections.abc import Sequence
from datetime import date, time, timedelta

from sqlmodel import col, delete, select, update

from bot.outbox import rerouting
from bot.work import Work
from models.drafts import Draft
from models.people import ChannelAccount, LinkingCode, LinkingCodeUse, LinkingGuess, Person
from rules.errors import N_, DomainError, NotAllowedError
from rules.workdays import at
from services import access
from services.notices import accounts as notices
from services.reaching import channel_name

# Letters and digits that nobody confuses when he reads them from a slip of paper; 32 of them.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 12
LIFETIME_DAYS = 14
MOST_GUESSES = 5
GUESSES_WITHIN = timedelta(hours=1)


class LinkingError(DomainError):
    """A chat that could not be linked; the handler answers it itself, so that the guess stays counted."""

    code = "linking"


class UnknownCodeError(LinkingError):
    code = "linking_unknown"
    msgid = N_("This code is not right. Please check every letter, or ask the Office for a new code.")


class ExpiredCodeError(LinkingError):
    code = "linking_expired"
    msgid = N_("This code has expired or a newer one has taken its place. Please ask the Office for a new code.")


class UsedCodeError(LinkingError):
    code = "linking_used"
    msgid = N_("This code has been used already. Please ask the Office for a new code.")


class LinkedToAnotherError(LinkingError):
    code = "linking_another"
    msgid = N_("This chat is linked to {name}. Only the Office can change that.")


class TooManyGuessesError(LinkingError):
    code = "linking_guesses"
    msgid = N_("Too many wrong codes. Please try again in {minutes} minutes.")


def looks_like_code(text: str) -> bool:
    """Whether a typed text can be a code at all, so that ordinary words are no guess."""
    code = _plain(text)
    return len(code) == LENGTH and not set(code) - set(ALPHABET)


def new_linking_code(work: Work, person: Person) -> str:
    """A fresh code of a person; older ones end. Only its hash is kept, so it can be shown this once."""
    work.session.connection().execute(
        update(LinkingCode)
        .where(col(LinkingCode.person_id) == person.key, col(LinkingCode.expires_at) > work.now)
        .values(expires_at=work.now)
    )
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    # To the end of the day, as the slip of paper says.
    expires_at = at(expires_on(work) + timedelta(days=1), time())
    row = LinkingCode(digest=_digest(work, code), person_id=person.key, expires_at=expires_at)
    work.session.add(row)
    work.session.flush()
    work.record("linking_code.made", row, person=person.id)
    return code


def expires_on(work: Work) -> date:
    """The last day on which a code made now can be used."""
    return work.today + timedelta(days=LIFETIME_DAYS)


def link(work: Work, code: str) -> Person:
    """Link the chat of the work to the person of a code; raises LinkingError, a wrong code is counted."""
    account = work.account
    if account is None:
        raise NotAllowedError()
    _wait_after_guesses(work, account)
    row = work.session.exec(select(LinkingCode).where(LinkingCode.digest == _digest(work, code))).first()
    if row is None:
        raise _guessed(work, account, UnknownCodeError())
    person = work.session.get_one(Person, row.person_id)
    if account.person_id == person.id:
        return person
    if account.person_id is not None:
        raise LinkedToAnotherError(name=work.session.get_one(Person, account.person_id).full_name)
    if row.expires_at <= work.now:
        raise _guessed(work, account, ExpiredCodeError())
    used = select(LinkingCodeUse).where(LinkingCodeUse.code_id == row.key, LinkingCodeUse.channel == account.channel)
    if work.session.exec(used).first() is not None:
        raise _guessed(work, account, UsedCodeError())
    work.session.add(LinkingCodeUse(code_id=row.key, channel=account.channel, used_at=work.now))
    _join(work, account, person)
    return person


def linked_chats(work: Work) -> Sequence[tuple[ChannelAccount, Person]]:
    """Every chat of an official with its owner, by name."""
    return work.session.exec(
        select(ChannelAccount, Person).join(Person).order_by(col(Person.folded_name), col(ChannelAccount.id))
    ).all()


def unlink(work: Work, account: ChannelAccount) -> None:
    """The Office takes the chat away: it is a citizen's again. What waits for it goes to the owner's other chats."""
    access.require_office(work)
    if account.person_id is None:
        raise NotAllowedError()
    owner = work.session.get_one(Person, account.person_id)
    work.record("account.unlinked", account, person=owner.id, channel=account.channel)
    account.person_id = None
    work.session.connection().execute(delete(Draft).where(col(Draft.account_id) == account.key))
    work.session.flush()
    rerouting.leave(work.session, account, work.now)
    work.notify(owner, notices.unlinked, channel_name(account.channel))


def _join(work: Work, account: ChannelAccount, person: Person) -> None:
    account.person_id, account.is_reachable, account.last_seen_at = person.id, True, work.now
    work.session.connection().execute(delete(LinkingGuess).where(col(LinkingGuess.account_id) == account.key))
    work.session.flush()
    work.record("account.linked", account, person=person.id, channel=account.channel)


def _plain(text: str) -> str:
    return text.strip().upper()


def _digest(work: Work, code: str) -> str:
    return work.hashed(f"linking code {_plain(code)}")


def _guessed(work: Work, account: ChannelAccount, error: LinkingError) -> LinkingError:
    work.session.add(LinkingGuess(account_id=account.key, guessed_at=work.now))
    work.session.flush()
    return error


def _wait_after_guesses(work: Work, account: ChannelAccount) -> None:
    since = work.now - GUESSES_WITHIN
    recent = select(LinkingGuess.guessed_at).where(
        LinkingGuess.account_id == account.key, col(LinkingGuess.guessed_at) > since
    )
    guesses = sorted(work.session.exec(recent).all(), reverse=True)
    if len(guesses) >= MOST_GUESSES:
        left = guesses[MOST_GUESSES - 1] + GUESSES_WITHIN - work.now
        raise TooManyGuessesError(minutes=math.ceil(left.total_seconds() / 60))
