"""What we say: text, rows of choices, files. No channel is known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from markupsafe import Markup, escape


class Style(StrEnum):
    """How a button looks where the platform can show it."""

    PLAIN = ""
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


class Kind(StrEnum):
    """Why a message goes out; decides who goes first and whether a lost answer is worth a second copy."""

    REPLY = "reply"
    NOTICE = "notice"
    PING = "ping"


@dataclass(frozen=True, slots=True)
class Button:
    """A choice. Exactly one of `token` (comes back as an event) and `url` is set.

    Without buttons choices are numbered lines: `is_weighty` ones are repeated back before they count, several with
    `is_tick` may be named at once, and those of a grid, such as a month's days, are left out, for they are typed
    more easily.
    """

    label: str
    token: str = ""
    url: str = ""
    style: Style = Style.PLAIN
    is_weighty: bool = False
    in_grid: bool = False
    is_tick: bool = False

    def to_json(self) -> list[Any]:
        # Flags only where one is set: nearly all buttons are plain.
        flags = [self.is_weighty, self.in_grid, self.is_tick]
        return [self.label, self.token, self.url, self.style.value, *([flags] if any(flags) else [])]

    @staticmethod
    def from_json(data: Sequence[Any]) -> "Button":
        label, token, url, style, *flags = data
        return Button(label, token, url, Style(style), *(flags[0] if flags else ()))


Row: TypeAlias = tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file to send along (`models.files.StoredFile`)."""

    file_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said to one person.

    `text` is safe markup (b, i, u, code) or empty. `card` names the thing that the message shows: a later
    message with the same card to the same person takes the place of the earlier one, unless it is `fresh`:
    news that must be heard, not only be there. `menu` is a command menu to show in the chat. `edit` puts a
    reply in the place of the message whose button was pressed. `footer` holds the numbered choices where there
    are no buttons. `only_edits`: not worth a message of its own where nothing can be edited. `urgent` news goes
    to every chat of its reader. `upload` names the step of a form ("draft:step") that waits for a file. An answer
    is owed by `due`; at `until` nobody waits for it any more.
    """

    text: Markup
    rows: tuple[Row, ...] = ()
    files: tuple[Attachment, ...] = ()
    card: str = ""
    fresh: bool = False
    edit: bool = False
    menu: tuple[tuple[str, str], ...] = ()
    footer: Markup = Markup("")
    only_edits: bool = False
    urgent: bool = False
    upload: str = ""
    due: datetime | None = None
    until: datetime | None = None

    def with_rows(self, *rows: Row) -> "Message":
        return replace(self, rows=rows)

    def awaited(self, due: datetime | None, until: datetime | None = None) -> "Message":
        return replace(self, due=due, until=until)

    def reminding(self, reminder: Markup) -> "Message":
        """The same once more below a word of reminder; its files are in the chat already."""
        return replace(self, text=lines(reminder, self.text), files=(), fresh=True)

    def to_json(self) -> dict[str, Any]:
        return {
            "text": str(self.text),
            "rows": [[b.to_json() for b in row] for row in self.rows],
            "files": [[f.file_id, f.name] for f in self.files],
            "menu": self.menu,
            "only_edits": self.only_edits,
            **({"upload": self.upload} if self.upload else {}),
            **({"due": self.due.isoformat()} if self.due else {}),
            **({"until": self.until.isoformat()} if self.until else {}),
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Message":
        return Message(
            Markup(data["text"]),
            tuple(tuple(Button.from_json(one) for one in row) for row in data["rows"]),
            tuple(Attachment(file_id, name) for file_id, name in data["files"]),
            menu=tuple((name, words) for name, words in data["menu"]),
            only_edits=data["only_edits"],
            upload=data.get("upload", ""),
            due=_moment(data.get("due")),
            until=_moment(data.get("until")),
        )


def _moment(written: str | None) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def html(template: str, **fields: object) -> Markup:
    """Fill a translated template; every field is escaped unless it is markup already."""
    # Our templates name plain fields: to fill them is ten times as fast as a formatter that reads each one's format.
    return Markup(template.format(**{name: escape(value) for name, value in fields.items()}))


def lines(*parts: str | Markup | None) -> Markup:
    """Join what is there, a line each; plain text is escaped, empty parts are left out."""
    return Markup("\n").join(part for part in parts if part)


def button(label: str, token: str, style: Style = Style.PLAIN, *, is_weighty: bool = False) -> Button:
    return Button(label, token=token, style=style, is_weighty=is_weighty)


def column(*buttons: Button) -> tuple[Row, ...]:
    """One button a row: what reads best on a phone."""
    return tuple((one,) for one in buttons)


def grid(buttons: Sequence[Button], columns: int = 5) -> tuple[Row, ...]:
    """Short buttons, such as numbers, side by side."""
    return tuple(tuple(buttons[at : at + columns]) for at in range(0, len(buttons), columns))
