"""The pages behind our own addresses: a document to read, and a place to hand one in. Nothing else is on them."""

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from sqlmodel import Session
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from bot import inbox
from bot.channel import RawEvent
from bot.clock import Clock
from bot.files import MAX_BYTES, FileStore, media_type_of
from bot.i18n import DEFAULT_LANGUAGE, _, language, use_language
from bot.links import UPLOADED, digest_of, is_picture, record
from bot.messages import html
from models.database import Database
from models.drafts import Draft
from models.files import StoredFile
from models.links import FileLink, link_by_digest
from models.people import ChannelAccount
from rules.secrecy import is_classified_filename

# What a browser wraps around the file.
MAX_FORM = MAX_BYTES + 64 * 1024
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
PAGE_HEADERS = {
    **HEADERS,
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'",
}
PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 18px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 32rem; padding: 1.5rem; }}
input, button {{ font: inherit; display: block; width: 100%; box-sizing: border-box; margin: 1rem 0; padding: .8rem; }}
</style>
<h1>{title}</h1>
<p>{text}</p>
{form}
</html>"""
FORM = """<form method="post" enctype="multipart/form-data">
<input type="file" name="file" required aria-label="{choose}">
<button>{send}</button>
</form>"""


def link_pages(database: Database, clock: Clock, files: FileStore) -> list[BaseRoute]:
    """`/f/<token>` gives a document, `/p/<token>` shows it to a platform if it is a picture, `/u/<token>` takes one."""
    pages = _Pages(database, clock, files)
    return [
        Route("/f/{token}", pages.give, methods=["GET"]),
        Route("/p/{token}", pages.show, methods=["GET"]),
        Route("/u/{token}", pages.ask, methods=["GET"]),
        Route("/u/{token}", pages.take, methods=["POST"]),
    ]


class _Refused(Exception):
    """Words for the page, in the reader's language, and the HTTP status."""

    def __init__(self, text: str, status: int) -> None:
        super().__init__(text)
        self.text, self.status = text, status


Answer = Callable[["_Pages", Request], Awaitable[Response]]


def _worded(answer: Answer) -> Answer:
    async def worded(pages: "_Pages", request: Request) -> Response:
        with use_language(DEFAULT_LANGUAGE):
            try:
                return await answer(pages, request)
            except _Refused as refusal:
                return _page(_("Not possible"), refusal.text, status=refusal.status)

    return worded


class _Pages:
    def __init__(self, database: Database, clock: Clock, files: FileStore) -> None:
        self._database = database
        self._clock = clock
        self._files = files

    @_worded
    async def give(self, request: Request) -> Response:
        file, content = await self._database.run(
            self._database.transact, lambda session: self._open(session, request.path_params["token"])
        )
        disposition = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return _content(file, content, {"Content-Disposition": disposition})

    def _open(self, session: Session, token: str) -> tuple[StoredFile, bytes]:
        link, file = self._document(session, token)
        link.used_at = link.used_at or self._clock.now()
        record(session, "link.opened", link, link.person_id, self._clock.now())
        return file, self._files.read(file.digest)

    @_worded
    async def show(self, request: Request) -> Response:
        file, content = await self._database.run(
            self._database.transact, lambda session: self._show(session, request.path_params["token"])
        )
        return _content(file, content, {"Content-Disposition": "inline"})

    def _show(self, session: Session, token: str) -> tuple[StoredFile, bytes]:
        """For the platform that shows it in the chat: nobody has opened it yet."""
        link, file = self._document(session, token)
        if not is_picture(file):
            raise _gone()
        record(session, "link.shown", link, None, self._clock.now())
        return file, self._files.read(file.digest)

    def _document(self, session: Session, token: str) -> tuple[FileLink, StoredFile]:
        link = self._valid(session, token)
        if link.file_id is None:
            raise _gone()
        return link, session.get_one(StoredFile, link.file_id)

    def _valid(self, session: Session, token: str) -> FileLink:
        """The link, while it is good and its chat is still that of the person for whom it was made."""
        link = link_by_digest(session, digest_of(token))
        if link is None or link.expires_at <= self._clock.now():
            raise _gone()
        if session.get_one(ChannelAccount, link.account_id).person_id != link.person_id:
            raise _gone()
        return link

    @_worded
    async def ask(self, request: Request) -> Response:
        token = request.path_params["token"]
        await self._database.run(self._database.transact, lambda session: self._waiting(session, token).key)
        form = html(FORM, choose=_("File"), send=_("Send"))
        return _page(_("Hand in a file"), _("One file, at most 20 MB. No state secrets."), form)

    def _waiting(self, session: Session, token: str) -> FileLink:
        """A link whose form still waits for the file."""
        link = self._valid(session, token)
        draft_id, _colon, step = link.upload.partition(":")
        if not draft_id or link.used_at is not None:
            raise _gone()
        draft = session.get(Draft, int(draft_id))
        if draft is None or draft.account_id != link.account_id or draft.step != step:
            raise _gone()
        return link

    @_worded
    async def take(self, request: Request) -> Response:
        length = request.headers.get("content-length", "")
        if not length.isdecimal():
            raise _Refused(_("The browser does not say how large the file is."), 411)
        if int(length) > MAX_FORM:
            raise _too_large()
        token = request.path_params["token"]
        # Before megabytes are read for an address that leads nowhere.
        await self._database.run(self._database.transact, lambda session: self._waiting(session, token).key)
        name, media_type, content = await _sent(request)
        await self._database.run(
            self._database.transact, lambda session: self._keep(session, token, name, media_type, content)
        )
        return _page(_("Received"), _("The file has been received. Please go back to the chat."))

    def _keep(self, session: Session, token: str, name: str, media_type: str, content: bytes) -> None:
        link, now = self._waiting(session, token), self._clock.now()
        link.used_at = now
        file = StoredFile(
            digest=self._files.save(content), name=name, media_type=media_type, size=len(content), stored_at=now
        )
        session.add(file)
        session.flush()
        chat = session.get_one(ChannelAccount, link.account_id)
        described = {"name": name, "media_type": media_type, "size": len(content)}
        event = RawEvent(chat.channel, f"upload:{link.id}", chat.address, {UPLOADED: described, "_file": file.id})
        inbox.store(session, [event], now)
        record(session, "link.used", link, link.person_id, now)


async def _sent(request: Request) -> tuple[str, str, bytes]:
    """Name, type and content of the one file of the form."""
    try:
        async with request.form(max_files=1, max_fields=2) as form:
            file = form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                raise _Refused(_("Please choose a file."), 400)
            # Some browsers send the whole path.
            name = file.filename.replace("\\", "/").rpartition("/")[2][:200]
            if is_classified_filename(name):
                raise _Refused(
                    _(
                        "The content shows signs of a state secret, so the system has neither taken nor stored it. "
                        "Please send it by the classified mail route."
                    ),
                    400,
                )
            content = await file.read()
            if len(content) > MAX_BYTES:
                raise _too_large()
            return name, file.content_type or "", content
    except HTTPException:
        raise _Refused(_("Please choose a file."), 400) from None


def _content(file: StoredFile, content: bytes, headers: dict[str, str]) -> Response:
    kind = media_type_of(file.name, file.media_type) or "application/octet-stream"
    return Response(content, headers={**HEADERS, **headers}, media_type=kind)


def _gone() -> _Refused:
    return _Refused(_("This address is not valid any more. Please ask for a new one in the chat."), 404)


def _too_large() -> _Refused:
    return _Refused(_("The file is larger than 20 MB."), 413)


def _page(title: str, text: str, form: str = "", status: int = 200) -> HTMLResponse:
    return HTMLResponse(
        html(PAGE, language=language(), title=title, text=text, form=form), status, headers=dict(PAGE_HEADERS)
    )
