"""What the real server refuses, in its own words."""

import html
import json
import re
from typing import Any
from urllib.parse import urlsplit

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_RAW = 32_768
_TAGS = frozenset(
    "a b strong i em u ins s strike del code pre span blockquote tg-spoiler tg-emoji tg-time".split()  # noqa: SIM905
)
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|lt|gt|amp|quot);?")
_NAME_END = re.compile(r"[\s>]")
_COMMAND = re.compile(r"[a-z0-9_]+")
_SECRET = re.compile(r"[A-Za-z0-9_-]*")
_SCOPES = frozenset(
    "default all_private_chats all_group_chats all_chat_administrators chat chat_administrators chat_member".split()  # noqa: SIM905
)


class Refusal(Exception):
    """An answer that is not ok."""

    def __init__(self, code: int, description: str, retry_after: float | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


def formatted(raw: object, parse_mode: object, limit: int) -> tuple[str, list[dict[str, Any]]]:
    """Text and entities as they are shown, or a refusal."""
    text = str(raw or "")
    is_caption = limit == MAX_CAPTION
    if not text and not is_caption:
        raise bad_request("message text is empty")
    if len(text.encode()) > MAX_RAW:
        raise bad_request("text is too long")
    entities: list[dict[str, Any]] = []
    if parse_mode == "HTML":
        text, entities = parse_html(text)
    elif parse_mode:
        raise bad_request("unsupported parse_mode")
    leading = len(text) - len(text.lstrip(" \n"))
    text = text.lstrip(" \n").rstrip()
    if not text and not is_caption:
        raise bad_request("text must be non-empty")
    if len(text) > limit:
        raise bad_request("message caption is too long" if is_caption else "message is too long")
    return text, [entity | {"offset": max(0, entity["offset"] - leading)} for entity in entities]


def parse_html(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Bare text and entities; offsets here are in code points, good enough to compare."""
    if "<" not in text and "&" not in text:
        return text, []
    shown: list[str] = []
    length = at = 0
    open_tags: list[tuple[str, int]] = []
    entities: list[dict[str, Any]] = []
    while at < len(text):
        entity = _ENTITY.match(text, at) if text[at] == "&" else None
        if entity or text[at] != "<":
            piece = html.unescape(entity.group()) if entity else text[at]
            shown.append(piece)
            length += len(piece)
            at = entity.end() if entity else at + 1
            continue
        name, after = _tag(text, at, [tag for tag, _ in open_tags])
        if text[at + 1] != "/":
            open_tags.append((name, length))
        else:
            tag, offset = open_tags.pop()
            entities.append({"type": tag, "offset": offset, "length": length - offset})
        at = after
    if open_tags:
        raise bad_request(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    return "".join(shown), entities


def _tag(text: str, at: int, open_tags: list[str]) -> tuple[str, int]:
    """The tag's name and where it ends."""
    where = f"at byte offset {len(text[:at].encode())}"
    is_end = text[at + 1 : at + 2] == "/"
    begin = at + 2 if is_end else at + 1
    name_end, close = _NAME_END.search(text, begin), text.find(">", begin)
    if is_end and not open_tags:
        raise bad_request(f"can't parse entities: Unexpected end tag {where}")
    if name_end is None:
        raise bad_request(f"can't parse entities: Unclosed {'end' if is_end else 'start'} tag {where}")
    name = text[begin : name_end.start()].lower()
    if is_end and name and name != open_tags[-1]:
        raise bad_request(
            f'can\'t parse entities: Unmatched end tag {where}, expected "</{open_tags[-1]}>", found "</{name}>"'
        )
    if not is_end and name not in _TAGS:
        raise bad_request(f'can\'t parse entities: Unsupported start tag "{name}" {where}')
    if close < 0:
        raise bad_request(f"can't parse entities: Unclosed {'end' if is_end else 'start'} tag {where}")
    return name, close + 1


def keyboard(raw: object) -> dict[str, Any] | None:
    """The inline keyboard, None for none."""
    markup = decoded(raw, "can't parse reply keyboard markup JSON object")
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard")
    if rows is None:
        return markup
    if sum(len(row) for row in rows) > 100 or any(len(row) > 8 for row in rows):
        raise bad_request("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    return markup if any(rows) else None


def _check_button(button: dict[str, Any]) -> None:
    broken = "can't parse inline keyboard button: "
    if button.get("style", "default") not in ("primary", "success", "danger", "default"):
        raise bad_request(broken + "invalid button style specified")
    url, data = button.get("url"), button.get("callback_data")
    if url:
        if urlsplit(url).scheme not in ("http", "https", "tg", "tel", "mailto") or len(url.split()) != 1:
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    elif not data or not button.get("text"):
        raise bad_request(broken + "Text buttons are unallowed in the inline keyboard")
    elif len(str(data).encode()) > 64:
        raise bad_request("BUTTON_DATA_INVALID")


def commands(raw: object) -> list[dict[str, str]]:
    listed = decoded(raw, "can't parse commands JSON object")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of BotCommand")
    for entry in listed:
        name = str(entry.get("command", "")).removeprefix("/")
        if len(name) > 32:
            raise bad_request("command length must not exceed 32")
        if not _COMMAND.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not str(entry.get("description", "")).strip():
            raise bad_request("command description must be non-empty")
    return listed


def scope(raw: object) -> dict[str, Any]:
    given = decoded(raw, "can't parse BotCommandScope JSON object") or {"type": "default"}
    if not isinstance(given, dict) or given.get("type") not in _SCOPES:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    if given["type"] in ("chat_administrators", "chat_member") and int(given.get("chat_id", 0)) > 0:
        raise bad_request("can't use specified scope in private chats")
    return given


def webhook(url: str, secret: str, *, public: bool) -> None:
    """`public` asks for https on Telegram's ports, which a test on one machine cannot offer."""
    address = urlsplit(url)
    if not address.hostname:
        raise bad_request("invalid webhook URL specified")
    if public and address.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if public and address.port not in (None, 80, 88, 443, 8443):
        raise bad_request("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")


def decoded(raw: object, complaint: str) -> Any:
    """JSON objects arrive as they are in a JSON body, as strings in forms."""
    if not isinstance(raw, str):
        return raw
    try:
        return json.loads(raw)
    except ValueError:
        raise bad_request(complaint) from None
