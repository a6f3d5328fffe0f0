"""A message on its way into the outbox."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from bot.i18n import language
from bot.messages import Kind, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """A message and where and when it is to go; `edits` is a message id at the platform.

    `is_copy` and `is_echo` as in the table. `told` are the person's chats that are given it; others that show its card
    are changed in silence, unless it is empty.
    """

    channel: str
    address: str
    person_id: int | None
    message: Message
    kind: Kind
    now: datetime
    edits: str = ""
    dedup_key: str | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    cause: str = ""
    is_copy: bool = False
    is_echo: bool = False
    told: Collection[tuple[str, str]] = ()
    language: str = field(default_factory=language)

    @property
    def marks(self) -> set[tuple[str, ...]]:
        """What it may have in common with another one that is then to be written before it."""
        card = {(self.channel, self.address, self.message.card)} if self.message.card else set()
        return card | ({(self.dedup_key,)} if self.dedup_key is not None else set())
