"""The unit of work: one transaction, one actor, one *now*. It collects messages and audit entries."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Concatenate, ParamSpec

from sqlmodel import Session

import models.tables  # noqa: F401  # whoever acts may go through all of them, as what deletes files does
from bot import audit
from bot.files import FileStore
from bot.i18n import local_day, use_language
from bot.messages import Attachment, Kind, Message
from bot.outbox import queue
from bot.outbox.budget import Budget
from bot.outbox.posting import Posting
from models.files import StoredFile
from models.installation import the_installation
from models.offices import accounts_of
from models.people import ChannelAccount, Person

P = ParamSpec("P")


@dataclass(slots=True)
class Work:
    """What a use case is given. `actor` is None when the clock acts, or a citizen.

    `budgets` says how much a channel may be sent in a month, by its name.
    """

    session: Session
    now: datetime
    files: FileStore
    actor: Person | None = None
    account: ChannelAccount | None = None
    cause: str = ""
    admin_codes: frozenset[str] = frozenset()
    budgets: Mapping[str, Budget] = field(default_factory=dict)
    _acts: list[audit.Act] = field(default_factory=list)
    _salt: str | None = None

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return local_day(self.now)

    def worded(
        self,
        person: Person,
        build: Callable[Concatenate["Work", Person, P], Message],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Message:
        """What `build(work, person, …)` says, in the person's own language."""
        with use_language(person.language):
            return build(self, person, *args, **kwargs)

    def notify(
        self,
        person: Person,
        build: Callable[Concatenate["Work", Person, P], Message],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Queue a notice in the person's own language."""
        self.post(person, self.worded(person, build, *args, **kwargs))

    def post(
        self,
        person: Person,
        message: Message,
        *,
        kind: Kind = Kind.NOTICE,
        dedup_key: str | None = None,
        not_before: datetime | None = None,
        not_after: datetime | None = None,
    ) -> None:
        """Queue a finished message to a person: in the chat where he is best reached; what is urgent, in all."""
        accounts = self._accounts_for(person, message)
        told = [(account.channel, account.address) for account in accounts] or [("", "")]
        posting = Posting(
            channel="",
            address="",
            person_id=person.id,
            message=message,
            kind=kind,
            now=self.now,
            dedup_key=dedup_key,
            not_before=not_before,
            not_after=not_after,
            cause=self.cause,
            is_copy=len(told) > 1,
        )
        for number, (channel, address) in enumerate(told):
            key = f"{dedup_key}:{channel}:{address}" if dedup_key and number else dedup_key
            posting = replace(posting, channel=channel, address=address, dedup_key=key)
            # What the last one changes in further chats, it changes for all of them.
            queue.put(self.session, replace(posting, told=told) if number == len(told) - 1 else posting)

    def tell(
        self,
        account: ChannelAccount,
        build: Callable[Concatenate["Work", P], Message],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> None:
        """Queue a notice to a chat, whoever it belongs to: a citizen has nothing else."""
        with use_language(account.language):
            message = build(self, *args, **kwargs)
        reached = account.is_reachable
        posting = Posting(
            channel=account.channel if reached else "",
            address=account.address if reached else "",
            person_id=account.person_id,
            message=message,
            kind=Kind.NOTICE,
            now=self.now,
            cause=self.cause,
        )
        queue.put(self.session, posting)

    def _accounts_for(self, person: Person, message: Message) -> list[ChannelAccount]:
        best = self.best_account(person)
        if best is None or not message.urgent:
            return [best] if best else []
        others = [one for one in accounts_of(self.session, person.key) if one.is_reachable and one.id != best.id]
        return [best, *others]

    def best_account(self, person: Person) -> ChannelAccount | None:
        """The preferred channel if it works, else the one last used, else none."""
        reachable = [account for account in accounts_of(self.session, person.key) if account.is_reachable]
        preferred = [account for account in reachable if account.channel == person.preferred_channel]
        return next(iter(preferred or reachable), None)

    def record(self, action: str, subject: object, **facts: Any) -> None:
        """Note an act for the audit log. `subject` is a row; facts are ids, categories and hashes, never texts."""
        name = type(subject).__name__
        number = getattr(subject, "id", None)
        self._acts.append(audit.Act(self.actor.id if self.actor else None, action, f"{name}:{number}", facts))

    def hashed(self, text: str) -> str:
        """A text as the audit log may hold it."""
        if text and self._salt is None:
            self._salt = the_installation(self.session).audit_salt
        return audit.hashed(text, self._salt or "")

    def attach(self, name: str, content: bytes, media_type: str = "") -> Attachment:
        """Keep a document and return it ready to be sent along."""
        file = StoredFile(
            digest=self.files.save(content), name=name, media_type=media_type, size=len(content), stored_at=self.now
        )
        self.session.add(file)
        self.session.flush()
        return Attachment(file.key, name)

    def file_name(self, file_id: int) -> str:
        return self.session.get_one(StoredFile, file_id).name

    def close(self) -> None:
        """Write what was said, then the audit entries; the last thing before the commit, for writers queue up here."""
        close_together([self])


def close_together(works: Sequence[Work]) -> None:
    """Close what was done in one transaction at one moment."""
    if not works:
        return
    session, now = works[0].session, works[0].now
    session.flush()
    queue.write(session)
    audit.append(session, [act for work in works for act in work._acts], now)
    for work in works:
        work._acts.clear()
