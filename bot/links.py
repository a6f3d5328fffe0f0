"""Addresses by which one person reads or hands in a document where the channel carries no files."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlmodel import Session

from bot import audit
from bot.events import FileReceived, IncomingFile
from bot.files import PICTURES, media_type_of
from bot.i18n import _
from bot.messages import Message, html, lines
from models.files import StoredFile
from models.links import FileLink, forget_links_of
from models.outbox import OutboxMessage
from models.people import ChannelAccount, account_at

TOKEN_BYTES = 32
# In the inbox, an event of no platform: what was handed in through an address of ours.
UPLOADED = "_upload"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where our pages are reached, empty where they are not, and how long an address of a document is good."""

    public_url: str = ""
    lifetime: timedelta = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Linked:
    """A message whose text names an address for each document, and where those that are `pictures` can be fetched."""

    message: Message
    pictures: tuple[str, ...] = ()


def with_links(
    session: Session,
    row: OutboxMessage,
    message: Message,
    files: Sequence[tuple[StoredFile, str]],
    addresses: Addresses,
    now: datetime,
) -> Linked:
    """The message with a line for each file and for the one that it asks for."""
    if not files and not message.upload:
        return Linked(message)
    account = account_at(session, row.channel, row.address)
    if not addresses.public_url or account is None or account.person_id is None:
        return Linked(replace(message, text=lines(message.text, *_without_address(message, files))))
    if not row.is_repeat:
        # A try that never arrived has left its addresses behind; nobody has seen them.
        forget_links_of(session, row.key)
    root, new = addresses.public_url.rstrip("/"), partial(_new, session, row, account, addresses, now)
    tokens = [new(file_id=file.key) for file, _name in files]
    reading = [
        html("{name}: {url}", name=name, url=f"{root}/f/{token}")
        for token, (_file, name) in zip(tokens, files, strict=True)
    ]
    pictures = [f"{root}/p/{token}" for token, (file, _name) in zip(tokens, files, strict=True) if is_picture(file)]
    asked = None
    if message.upload:
        asked = html(_("To hand in the file, open: {url}"), url=f"{root}/u/{new(upload=message.upload)}")
    return Linked(replace(message, text=lines(message.text, *reading, asked)), tuple(pictures))


def is_picture(file: StoredFile) -> bool:
    return media_type_of(file.name, file.media_type) in PICTURES


def _without_address(message: Message, files: Sequence[object]) -> list[str]:
    found = []
    if files:
        found.append(_("The document is at the Office; please contact its clerks."))
    if message.upload:
        found.append(_("Files cannot be sent here; please hand the document in at the Office."))
    return found


def _new(
    session: Session,
    row: OutboxMessage,
    account: ChannelAccount,
    addresses: Addresses,
    now: datetime,
    *,
    file_id: int | None = None,
    upload: str = "",
) -> str:
    """The token of a fresh address; only its hash is kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = FileLink(
        digest=digest_of(token),
        person_id=account.person_id or 0,
        account_id=account.key,
        outbox_id=row.key,
        file_id=file_id,
        upload=upload,
        expires_at=now + addresses.lifetime,
    )
    session.add(link)
    session.flush()
    record(session, "link.made", link, None, now)
    return token


def record(session: Session, action: str, link: FileLink, actor_id: int | None, now: datetime) -> None:
    """What happens to an address is in the audit log: whose it is, which file, never the address."""
    facts = {"person": link.person_id, "file": link.file_id, "upload": link.upload}
    audit.append(session, [audit.Act(actor_id, action, f"FileLink:{link.id}", facts)], now)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def uploaded(channel: str, event_id: str, address: str, payload: Mapping[str, Any], at: datetime) -> FileReceived:
    """What was handed in, as an event of the chat from which it was asked."""
    return FileReceived(
        channel=channel,
        event_id=event_id,
        address=address,
        sent_at=at,
        file=IncomingFile("", **payload[UPLOADED]),
        stored_id=payload["_file"],
    )
