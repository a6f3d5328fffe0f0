"""A played transcript as a page that anybody can read: who did what, and what each person saw, word for word."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup
from sqlmodel import Session

from bot.i18n import full_moment, use_language
from models.people import person_by_code
from rules import packs
from services import people
from tests.conversation import Stage
from tests.transcripts.player import Beat, Shown
from tests.transcripts.script import Script

_MARKS = {"<b>": "**", "</b>": "**", "<i>": "*", "</i>": "*"}
_SPECIAL = re.compile(r"([\\*_`|\[\]])")
# Codes are drawn by lot; every page would be new each time.
_BY_LOT = re.compile(r"((?:[Mm]ã(?: tra cứu[^:\n]*)?|tra cứu):? )[A-HJ-NP-Z2-9]{6}\b")
# What is longer says nothing more to the reader of a page.
_LONGEST = 400


def page(script: Script, pack: str, stage: Stage, beats: Sequence[Beat]) -> str:
    """The whole dialogue in Markdown."""
    with use_language("vi"):
        head = [
            f"# {script.title}",
            f"Gói quy định: {packs.load(pack).title} ({pack}). Luồng: {script.flows}. "
            f"Bắt đầu lúc {full_moment(script.starts_at)}.",
        ]
        told = "\n\n".join([*head, *_told(stage, beats, {line.who for line in script.lines})]) + "\n"
        return _BY_LOT.sub(r"\1••••••", told)


def _told(stage: Stage, beats: Sequence[Beat], cast: set[str]) -> Iterator[str]:
    now: datetime | None = None
    for beat in beats:
        if beat.line.kind == "tale":
            yield f"## {beat.line.words}"
            continue
        if now is not None and beat.now != now:
            yield f"**⏱ {full_moment(beat.now)}**"
        now = beat.now
        yield _deed(stage, beat)
        yield from _messages(stage, beat, cast)


def _deed(stage: Stage, beat: Beat) -> str:
    words = _SPECIAL.sub(r"\\\1", _shortened(beat.line.words))
    if beat.line.kind == "act":
        return f"**{_name(stage, beat.line.who)}** {words}"
    return f"*({words})*"


def _name(stage: Stage, code: str) -> str:
    """Name and title; for a stranger, that he is one."""

    def find(session: Session) -> str:
        found = person_by_code(session, code)
        if found is None:
            return f"Người lạ ({code})"
        title = people.title_of(stage.work(session), found)
        return f"{found.full_name}, {title}" if title else found.full_name

    return stage.database.transact(find)


def _messages(stage: Stage, beat: Beat, cast: set[str]) -> Iterator[str]:
    """The doer's own first; what several people are told in the same words is shown once."""
    readers: dict[Shown, list[str]] = {}
    told = [shown for shown in beat.shown if shown.address in cast]
    for shown in sorted(told, key=lambda one: (one.address != beat.line.who, one.address)):
        readers.setdefault(replace(shown, address=""), []).append(_name(stage, shown.address))
    yield from (_message(shown, names) for shown, names in readers.items())
    if others := len({shown.address for shown in beat.shown} - cast):
        yield f"*(Cùng lúc, {others} người khác cũng nhận tin.)*"


def _message(shown: Shown, names: Sequence[str]) -> str:
    how = "thấy tin cũ đổi thành" if shown.is_edited else "nhận tin"
    lines = [f"> *{'; '.join(names)} {how}:*", ">"]
    said = [_marked(line) for line in _shortened(shown.text).split("\n")]
    said += [f"Tệp: `{name}`" for name in shown.files]
    said += [" ".join(f"`[{label}]`" for label in row) for row in shown.rows]
    lines += [f"> {line}\\" for line in said]
    return "\n".join(lines).removesuffix("\\")


def _shortened(text: str) -> str:
    return text if len(text) <= 4 * _LONGEST else f"{text[:_LONGEST]}…"


def _marked(line: str) -> str:
    """A line of our markup as a line of Markdown."""
    parts = re.split(r"(</?[bi]>)", line)
    return "".join(_MARKS.get(part) or _SPECIAL.sub(r"\\\1", _safe(part)) for part in parts)


def _safe(text: str) -> str:
    # Typed `<b>` must stay visible on the page as it is in the chat.
    return str(Markup(text).unescape()).replace("<", "&lt;")
