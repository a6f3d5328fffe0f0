"""The simulator's page in a real Chromium, over the committee that the adapter's tests use.

Without a Chromium these tests are skipped, unless THUKY_REQUIRE_BROWSER=1: then they fail.
"""

import asyncio
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from bot.clock import Clock
from bot.files import FileStore
from models.database import Database
from tests.bot.adapters.simulator.playground import Playground, meeting, people
from tests.databases import SqliteFiles

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# A browser on a busy machine may be slow; it is not what is tested.
PATIENCE_MS = 30_000
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture
def database_url(sqlite_files: SqliteFiles) -> Iterator[str]:
    """One kind of database: the page knows nothing of it, and its answers are tested on both without a browser."""
    with sqlite_files.fresh() as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("THUKY_REQUIRE_BROWSER") == "1":
            pytest.fail("THUKY_REQUIRE_BROWSER=1, but there is no chromium on this machine")
        pytest.skip("there is no chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def _served(database: Database, clock: Clock, files: FileStore) -> Iterator[str]:
    """The address at which the page is served, with dispatcher and couriers at work behind it."""
    listener = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/"
    playground = Playground(database, clock, files, address)
    server = uvicorn.Server(uvicorn.Config(playground.web, log_config=None, lifespan="off"))

    async def serve() -> None:
        workers = playground.start()
        await server.serve(sockets=[listener])
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)

    thread = threading.Thread(target=asyncio.run, args=[serve()])
    thread.start()
    try:
        yield address
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def address(database: Database, tmp_path: Path) -> Iterator[str]:
    clock = Clock()
    database.transact(people)
    database.transact(lambda session: meeting(session, clock.now() + timedelta(days=2)))
    with _served(database, clock, FileStore(tmp_path)) as address:
        yield address


@pytest.fixture(params=[(1440, 900), (360, 740)], ids=["desktop", "phone"])
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page as a newcomer finds it; every problem that the browser reports fails the test."""
    width, height = request.param
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    problems: list[str] = []
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("request", lambda asked: problems.append(asked.url) if not asked.url.startswith(address) else None)
    page.goto(address)
    page.locator(".phone").first.wait_for()
    yield page
    context.close()
    assert problems == []
