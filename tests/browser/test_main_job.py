"""The whole program over the sample body, as `make run` starts it: a head asks, the chair approves, all are told."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


@pytest.fixture
def program(tmp_path: Path) -> Iterator[str]:
    """The address of a running bot with the sample body."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = {
        "THUKY_DATABASE_URL": f"sqlite:///{tmp_path / 'thuky.db'}",
        "THUKY_DATA_DIR": str(tmp_path),
        "THUKY_WEB_PORT": str(port),
        "THUKY_SIMULATOR": "1",
        "THUKY_TELEGRAM_TOKEN": "",
    }
    address = f"http://127.0.0.1:{port}/"
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(
            [sys.executable, ROOT / "bot.py", "run"], cwd=ROOT, env={**os.environ, **settings}, stderr=log
        )
        try:
            _wait_for(address, running)
            yield address
        finally:
            running.terminate()
            running.wait(30)


def _wait_for(address: str, running: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and running.poll() is None:
        with suppress(OSError):
            urllib.request.urlopen(address).close()
            return
        time.sleep(0.2)
    pytest.fail("the program did not start serving")


@pytest.fixture
def page(browser: Browser, program: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1600, "height": 900}, locale="vi-VN")
    page = context.new_page()
    page.goto(program)
    page.locator(".phone").nth(2).wait_for()
    yield page
    context.close()


def press(phone: Locator, label: str) -> None:
    """Press the newest button with this label."""
    phone.locator(".choice", has_text=re.compile(f"^{label}$")).last.click()


def test_a_head_asks_the_chair_approves_and_the_substitute_is_told(page: Page) -> None:
    head, chair, substitute = (page.locator(".phone").nth(place) for place in range(3))
    name = substitute.locator("h2").inner_text()
    invitation = head.locator(".bubble.here")
    invitation.locator(".choice", has_text="Xin vắng").click()
    for label in ("Cử người dự thay", "Công tác", "Bỏ qua"):
        press(head, label)
    head.locator(".choice", has_text=name).last.click()
    press(head, "Gửi")
    press(chair, "Đồng ý")
    expect(chair.locator(".bubble", has_text="Đã đồng ý lúc").locator(".choice")).to_have_count(0)
    press(substitute, "Nhận dự thay")
    expect(substitute.locator(".bubble", has_text="Đồng chí dự họp thay").last).to_be_visible()
    expect(head.locator(".bubble", has_text="(đã nhận)").last).to_be_visible()
    expect(page.locator(".happened details").first).to_contain_text("Nhận dự thay")
