"""Documents by address: one person, one purpose, a few days; what is handed in answers the form that asked for it."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from markupsafe import Markup
from sqlmodel import Session, col, select
from starlette.applications import Starlette

from bot.clock import SetClock
from bot.files import MAX_BYTES, FileStore
from bot.link_pages import MAX_FORM, link_pages
from bot.links import Addresses, digest_of, with_links
from bot.messages import Message
from bot.work import Work
from models.audit import AuditEntry
from models.database import Database
from models.drafts import Draft
from models.files import StoredFile
from models.links import FileLink
from models.meetings import MeetingKind
from models.offices import posts_of
from models.outbox import DeliveryState, OutboxMessage
from models.people import ChannelAccount, person_by_code
from services import demo, meetings
from services.demo import Cast
from services.meetings import MeetingDetails
from tests.conversation import Stage

ADDRESS = "https://thuky.example"
TOKEN = re.compile(rf"{ADDRESS}(/[fu]/[\w-]{{43}})")


class Site:
    """The pages, and the addresses that people were sent."""

    def __init__(self, database: Database, clock: SetClock, files: FileStore) -> None:
        self.database, self.clock, self.files = database, clock, files
        self.stage = Stage(database, clock, files, "simulator_text")
        self.stage.act(demo.load_people)
        self._app = Starlette(routes=link_pages(database, clock, files))

    def call(self, method: str, path: str, **options: object) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url=ADDRESS) as client:
                return await client.request(method, path, **options)  # type: ignore[arg-type]

        return asyncio.run(ask())

    def upload(self, path: str, name: str = "công văn.pdf", content: bytes = b"paper") -> httpx.Response:
        return self.call("POST", path, files={"file": (name, content, "application/pdf")})

    def said(self, person: str, **options: object) -> str:
        """What somebody is told on a channel without files."""
        return self.linked(person, **options)[0]  # type: ignore[arg-type]

    def linked(
        self, person: str, *, files: tuple[str, ...] = (), upload: str = "", public_url: str = ADDRESS
    ) -> tuple[str, tuple[str, ...]]:
        """That, and the addresses of what may be shown as a picture."""
        self.stage.phone(person)

        def tell(session: Session) -> tuple[str, tuple[str, ...]]:
            account = session.exec(
                select(ChannelAccount).where(
                    ChannelAccount.address == person, ChannelAccount.channel == "simulator_text"
                )
            ).one()
            row = OutboxMessage(
                channel=account.channel,
                address=account.address,
                person_id=account.person_id,
                priority=1,
                payload={},
                state=DeliveryState.SENT,
                created_at=self.clock.now(),
            )
            session.add(row)
            session.flush()
            stored = [self._stored(session, name) for name in files]
            message = replace(Message(Markup("Text.")), upload=upload)
            linked = with_links(session, row, message, stored, Addresses(public_url), self.clock.now())
            return str(linked.message.text), linked.pictures

        return self.database.transact(tell)

    def _stored(self, session: Session, name: str) -> tuple[StoredFile, str]:
        digest = self.files.save(name.encode())
        file = StoredFile(digest=digest, name=name, media_type="", size=1, stored_at=self.clock.now())
        session.add(file)
        session.flush()
        return file, name

    def path(self, person: str, **options: object) -> str:
        found = TOKEN.findall(self.said(person, **options))
        assert len(found) == 1
        return str(found[0])

    def actions(self) -> list[str]:
        rows = (
            select(AuditEntry.action).where(col(AuditEntry.action).startswith("link.")).order_by(col(AuditEntry.number))
        )
        return self.database.transact(lambda session: list(session.exec(rows)))


@pytest.fixture
def site(database: Database, clock: SetClock, files: FileStore) -> Site:
    return Site(database, clock, files)


def test_a_document_is_had_by_its_address_and_every_opening_is_in_the_log(site: Site) -> None:
    path = site.path(Cast.CHAIR, files=("tờ trình 12.pdf",))
    answer = site.call("GET", path)
    assert (answer.status_code, answer.content) == (200, "tờ trình 12.pdf".encode())
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''t%E1%BB%9D%20tr")
    site.call("GET", path)
    assert site.actions() == ["link.made", "link.opened", "link.opened"]


def test_only_the_hash_of_an_address_is_kept(site: Site) -> None:
    token = site.path(Cast.CHAIR, files=("a.pdf",))[3:]
    link = site.database.transact(lambda session: session.exec(select(FileLink)).one())
    assert link.digest == digest_of(token) and token not in str(link.model_dump())


def expire(site: Site) -> None:
    site.clock.move_to(site.clock.now() + timedelta(days=7))


def unlink(site: Site) -> None:
    def leave(session: Session) -> None:
        for account in session.exec(select(ChannelAccount).where(ChannelAccount.address == Cast.CHAIR)):
            account.person_id = None

    site.database.transact(leave)


@pytest.mark.parametrize("end", [expire, unlink])
def test_an_address_ends_with_its_days_and_with_the_link_of_its_person(site: Site, end: Callable[[Site], None]) -> None:
    path = site.path(Cast.CHAIR, files=("a.pdf",))
    end(site)
    answer = site.call("GET", path)
    assert answer.status_code == 404 and "không còn hiệu lực" in answer.text


@pytest.mark.parametrize("path", ["/f/wrong", "/u/wrong", "/f/" + "A" * 43, "/u/" + "A" * 43])
def test_a_guessed_address_opens_nothing(site: Site, path: str) -> None:
    assert site.call("GET", path).status_code == 404


def test_a_picture_is_shown_to_the_platform_without_being_opened(site: Site) -> None:
    path = site.path(Cast.CHAIR, files=("sơ đồ.png",))
    shown = site.call("GET", path.replace("/f/", "/p/"))
    assert (shown.status_code, shown.content) == (200, "sơ đồ.png".encode())
    assert (shown.headers["content-type"], shown.headers["content-disposition"]) == ("image/png", "inline")
    assert site.actions() == ["link.made", "link.shown"]
    document = site.path(Cast.CHAIR, files=("a.pdf",)).replace("/f/", "/p/")
    assert site.call("GET", document).status_code == 404


def test_only_pictures_that_every_platform_shows_are_offered(site: Site) -> None:
    names = ("a.pdf", "b.png", "c.svg", "d.JPG", "e.heic")
    text, pictures = site.linked(Cast.CHAIR, files=names)
    paths = list(TOKEN.findall(text))
    assert len(paths) == len(names)
    assert [picture.removeprefix(ADDRESS) for picture in pictures] == [
        path.replace("/f/", "/p/") for path in (paths[1], paths[3])
    ]


def test_an_address_to_read_takes_nothing_and_one_to_hand_in_gives_nothing(site: Site) -> None:
    reading = site.path(Cast.CHAIR, files=("a.pdf",))
    assert site.upload(reading.replace("/f/", "/u/")).status_code == 404
    assert site.call("POST", reading).status_code == 405
    handing = site.path(Cast.CHAIR, upload="1:file")
    assert site.call("GET", handing.replace("/u/", "/f/")).status_code == 404


def test_without_a_public_address_people_are_told_where_the_paper_is(site: Site) -> None:
    assert "Văn bản có tại Văn phòng" in site.said(Cast.CHAIR, files=("a.pdf",), public_url="")
    assert "nộp văn bản tại bộ phận văn thư" in site.said(Cast.CHAIR, upload="1:file", public_url="")


def test_a_citizen_is_given_no_address(site: Site) -> None:
    site.stage.phone(Cast.CHAIR)
    unlink(site)
    assert ADDRESS not in site.said(Cast.CHAIR, files=("a.pdf",))


def test_a_try_that_never_arrived_leaves_no_address_behind(site: Site) -> None:
    site.stage.phone(Cast.CHAIR)

    def twice(session: Session) -> int:
        account = session.exec(select(ChannelAccount).where(ChannelAccount.channel == "simulator_text")).one()
        row = OutboxMessage(
            channel=account.channel,
            address=account.address,
            priority=1,
            payload={},
            state=DeliveryState.SENT,
            created_at=site.clock.now(),
        )
        session.add(row)
        session.flush()
        file = [site._stored(session, "a.pdf")]
        for _attempt in range(2):
            with_links(session, row, Message(Markup("Text.")), file, Addresses(ADDRESS), site.clock.now())
        return len(session.exec(select(FileLink)).all())

    assert site.database.transact(twice) == 1


# Handing in


def _plan(work: Work) -> None:
    head, chair = person_by_code(work.session, Cast.FINANCE_HEAD), person_by_code(work.session, Cast.CHAIR)
    assert head is not None and chair is not None
    post = posts_of(work.session, head.key, work.today)[0]
    starts_at = work.now + timedelta(days=5)
    details = MeetingDetails(
        code="CD-09",
        title="Họp về quyết toán",
        kind=MeetingKind.THEMATIC,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        place="Phòng họp số 2",
        chair_id=chair.id,
        host_unit_id=post.unit_id,
        post_ids=[post.key],
    )
    meetings.plan(work, details)


@pytest.fixture
def form(site: Site) -> str:
    """Somebody asks to be absent and is asked for details, which may be a file; returns the upload's name."""
    site.stage.act(_plan)
    head = site.stage.phone(Cast.FINANCE_HEAD)
    head.says("vắng")
    for _step in range(6):
        draft = site.database.transact(lambda session: session.exec(select(Draft)).first())
        if draft is not None and draft.step == "detail":
            return f"{draft.id}:detail"
        code = re.findall(r"\d ([A-Z0-9]{4}) –", head.last.text)
        head.says(f"1 {code[0]}" if code else "1")
    raise AssertionError(head.transcript)


def test_what_is_handed_in_answers_the_form_as_if_it_had_been_sent_in_the_chat(site: Site, form: str) -> None:
    path = site.path(Cast.FINANCE_HEAD, upload=form)
    page = site.call("GET", path)
    assert (
        page.status_code == 200
        and 'type="file"' in page.text
        and "default-src 'none'" in page.headers["content-security-policy"]
    )
    done = site.upload(path)
    assert done.status_code == 200 and "Đã nhận" in done.text
    asyncio.run(site.stage._play([]))
    draft = site.database.transact(lambda session: session.exec(select(Draft)).one())
    assert "công văn.pdf" in str(draft.answers) and draft.step != "detail"
    assert site.upload(path).status_code == 404
    assert site.actions()[-1] == "link.used"


def test_one_person_s_address_answers_his_form_only(site: Site, form: str) -> None:
    assert site.upload(site.path(Cast.CHAIR, upload=form)).status_code == 404


def test_a_form_that_went_on_takes_no_file_any_more(site: Site, form: str) -> None:
    path = site.path(Cast.FINANCE_HEAD, upload=form)
    site.stage.phone(Cast.FINANCE_HEAD).says("làm việc với Bộ")
    assert site.upload(path).status_code == 404


def test_what_is_classified_or_too_large_or_no_file_is_refused_in_words_and_can_be_done_again(
    site: Site, form: str
) -> None:
    path = site.path(Cast.FINANCE_HEAD, upload=form)
    secret = site.upload(path, "TỐI MẬT phương án.pdf")
    assert secret.status_code == 400 and "bí mật nhà nước" in secret.text
    assert site.upload(path, content=b"0" * (MAX_FORM + 1)).status_code == 413
    assert site.upload(path, content=b"0" * (MAX_BYTES + 1)).status_code == 413
    assert site.call("POST", path, data={"file": "no file"}).status_code == 400
    assert (
        site.call("POST", path, content=b"\xff\xfe", headers={"content-type": "multipart/form-data"}).status_code == 400
    )
    assert site.upload(path).status_code == 200
