"""Play a transcript on a stage and keep what everybody saw, word for word."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from bot.work import Work
from models.simulator import SimulatedMessage
from services.regulation import next_morning
from tests.bubbles import Bubble
from tests.conversation import Phone, Stage
from tests.transcripts import body_acts
from tests.transcripts.script import Line, Script, ScriptError, moment

_REQUEST = re.compile(r"\{(\w+) (\S+)\}")
_LABEL_FIRST = "«"


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as it came or as it changed: `rows` are the labels of its buttons."""

    address: str
    is_edited: bool
    text: str
    rows: tuple[tuple[str, ...], ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beat:
    """A line that did something, the clock at its end, and all that was shown because of it."""

    line: Line
    now: datetime
    shown: tuple[Shown, ...]


@dataclass
class Player:
    """What was pressed before can be pressed again: as an old button, or from somebody else's phone."""

    stage: Stage
    beats: list[Beat] = field(default_factory=list)
    _kept: dict[tuple[str, str], str] = field(default_factory=dict)
    _seen: int = 0
    _phones: dict[str, Phone] = field(default_factory=dict)

    def play(self, script: Script) -> None:
        self._note_changes()
        for line in script.lines:
            try:
                self._line(line)
            except (AssertionError, ScriptError, StopIteration) as error:
                error.add_note(f"{script.name}.txt:{line.number}: {line.who} {line.words}")
                raise
            if line.kind in ("act", "time", "body", "tale"):
                self.beats.append(Beat(line, self.stage.clock.now(), self._note_changes()))

    def _line(self, line: Line) -> None:
        match line.kind:
            case "time":
                self._time(line)
            case "body":
                self.stage.act(body_acts.play, line)
            case "act":
                self._act(self._phone(line.who), line)
            case "sees" | "sees last" | "lacks" | "lacks last":
                self._look(self._phone(line.who), line)

    def _phone(self, code: str) -> Phone:
        if code not in self._phones:
            self._phones[code] = self.stage.stranger(code) if code.islower() else self.stage.phone(code)
        return self._phones[code]

    # Looking

    def _look(self, phone: Phone, line: Line) -> None:
        assert line.quoted, "nothing to look for"
        if line.kind == "sees":
            phone.sees(*line.quoted)
        elif line.kind == "sees last":
            phone.sees_last(*line.quoted)
        else:
            bubbles = phone.bubbles[-1:] if line.kind == "lacks last" else phone.bubbles
            for words in line.quoted:
                found = next((bubble for bubble in bubbles if _shows(bubble, words)), None)
                assert found is None, f"{phone.address} sees {words!r} in: {found.text if found else ''}"

    # Time

    def _time(self, line: Line) -> None:
        if line.words == "khởi động lại":
            self.stage = self.stage.restarted()
            self._phones.clear()
            return
        self.stage.pass_time(to=self._moment(line.words))

    def _moment(self, words: str) -> datetime:
        """`sáng làm việc kế tiếp`, `sau 3 giờ`, `2 giờ trước CD-01`, `ngay khi CD-01 bắt đầu`, `07:30 23/11/2026`."""
        if words == "sáng làm việc kế tiếp":
            return self._ask(next_morning)
        if found := re.fullmatch(r"sau (\d+) (phút|giờ|ngày)", words):
            return self.stage.clock.now() + _span(found[1], found[2])
        if found := re.fullmatch(r"(\d+) (phút|giờ|ngày) trước (\S+)", words):
            return self._ask(body_acts.start_of, found[3]) - _span(found[1], found[2])
        if found := re.fullmatch(r"ngay khi (\S+) bắt đầu", words):
            return self._ask(body_acts.start_of, found[1])
        return moment(words)

    def _ask(self, question: Callable[..., datetime], *args: Any) -> datetime:
        answer = self.stage.act(question, *args)
        assert isinstance(answer, datetime)
        return answer

    # Acting

    def _act(self, phone: Phone, line: Line) -> None:
        verb = line.words.split(_LABEL_FIRST)[0].strip()
        match verb:
            case "nhắn" | "nhập mã ở cửa":
                phone.says(self._text(verb, line))
            case "bấm":
                self._press(phone, line)
            case "giữ":
                self._kept[phone.address, line.quoted[0]] = _token(phone, line.quoted[0], line.quoted[1:])
            case "bấm lại":
                self._press_again(phone, line)
            case "bấm mã":
                phone.presses_token(_REQUEST.sub(self._subject, line.quoted[0]))
            case "gửi tệp":
                self._attach(phone, line)
            case "gửi lại":
                self.stage.receive_last_again()
            case _:
                raise ScriptError(f"{verb!r} is no act")

    def _text(self, verb: str, line: Line) -> str:
        """What is typed: the words, or what stands at the door of a meeting."""
        if verb == "nhắn":
            return line.quoted[0] * _times(line.words)
        return str(self.stage.act(body_acts.door_code, line.quoted[0]))

    def _press(self, phone: Phone, line: Line) -> None:
        label, *on = line.quoted
        self._kept[phone.address, label] = _token(phone, label, on)
        phone.presses(label, on=phone.sees(*on) if on else None)

    def _press_again(self, phone: Phone, line: Line) -> None:
        """`bấm lại «Đồng ý»`, or `bấm lại «Đồng ý» của CT` for a card that was forwarded."""
        owner = line.words.rpartition(" của ")[2] if " của " in line.words else phone.address
        phone.presses_token(self._kept[owner, line.quoted[0]])

    def _subject(self, found: re.Match[str]) -> str:
        """`{STC01 CD-01}` is id and version of that request."""

        def ask(work: Work) -> str:
            row = body_acts.request(work, found[1], found[2])
            return f"{row.id}:{row.version}"

        return str(self.stage.act(ask))

    def _attach(self, phone: Phone, line: Line) -> None:
        name, caption = line.quoted[0], "".join(line.quoted[1:])
        size = re.search(r"» (\d+) MB", line.words)
        phone.attaches(name, b"0" * (int(size[1]) * 2**20) if size else b"content", caption)

    # Keeping

    def _note_changes(self) -> tuple[Shown, ...]:
        def read(session: Session) -> list[SimulatedMessage]:
            newer = select(SimulatedMessage).where(SimulatedMessage.changed > self._seen)
            return list(session.exec(newer.order_by(col(SimulatedMessage.changed))).all())

        rows = [row for row in self.stage.database.transact(read) if row.is_ours]
        self._seen = max((row.changed for row in rows), default=self._seen)
        return tuple(_shown(row) for row in rows)


def _shown(row: SimulatedMessage) -> Shown:
    rows = tuple(tuple(label for label, *_rest in line) for line in row.payload["rows"])
    files = tuple(file["name"] for file in row.payload["files"])
    return Shown(row.address, row.is_edited, row.payload["text"], rows, files)


def _shows(bubble: Bubble, words: str) -> bool:
    return words in bubble.text or any(words in label for label in bubble.buttons)


def _token(phone: Phone, label: str, on: list[str] | tuple[str, ...]) -> str:
    bubbles = [phone.sees(*on)] if on else phone.bubbles[::-1]
    exact = [bubble.buttons[label] for bubble in bubbles if label in bubble.buttons]
    near = [token for bubble in bubbles for words, token in bubble.buttons.items() if label in words]
    assert exact or near, f"{phone.address} has no button {label!r}; sees:\n{phone.transcript}"
    return (exact or near)[0]


def _span(number: str, unit: str) -> timedelta:
    return int(number) * {"phút": timedelta(minutes=1), "giờ": timedelta(hours=1), "ngày": timedelta(days=1)}[unit]


def _times(words: str) -> int:
    found = re.search(r"» × (\d+)", words)
    return int(found[1]) if found else 1
