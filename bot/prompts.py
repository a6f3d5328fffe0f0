"""Choices on channels without buttons: numbered lines with a case code, and what a typed answer presses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom

from markupsafe import Markup
from sqlmodel import Session, col, update

from bot.i18n import _
from bot.messages import Button, Message, html, lines
from bot.plain_text import plain
from models.outbox import OutboxMessage
from models.prompts import Prompt, close_card, open_prompt_of_card, prompt_of, prompts_in
from rules import choices
from rules.choices import Chosen, Confirmed, OpenPrompt, Reading, UnknownCode

# Old codes still say how their case stands, but not for ever.
LIFETIME = timedelta(days=60)
FORM_ROUTE = "f"
LISTED = 6
TITLE_LENGTH = 160
TITLE_LINES = 2
_random = SystemRandom()


@dataclass(frozen=True, slots=True)
class Pressed:
    """A typed answer that presses a choice; `rest` is what was written behind it."""

    token: str
    rest: str = ""


def numbered(session: Session, row: OutboxMessage, message: Message, now: datetime) -> Message:
    """The message as a channel without buttons shows it; a repeated send keeps its code."""
    found = [button for line in message.rows for button in line]
    offered = [button for button in found if button.token and not button.in_grid]
    links = [html("{label}: {url}", label=button.label, url=button.url) for button in found if button.url]
    if not offered:
        if row.card:
            close_card(session, row.channel, row.address, row.card)
        return replace(message, text=lines(message.text, *links), rows=())
    prompt = prompt_of(session, row.key) or _remember(session, row, message, offered, now)
    typing = _("Or type the answer.") if any(button.in_grid for button in found) else None
    footer = lines(*_listed(prompt), typing)
    return replace(message, text=lines(message.text, *links), rows=(), footer=footer)


def status_line(message: Message, former: Message) -> Message | None:
    """What is said of a silent change where nothing can be edited: with other choices all of it, else what changed."""
    if message.only_edits:
        return None
    if _tokens(message) != _tokens(former):
        return message
    known = set(former.text.split("\n"))
    news = [line for line in message.text.split("\n") if line not in known]
    if not news:
        return None
    head = [line for line in message.text.split("\n")[:TITLE_LINES] if line not in news]
    return replace(message, text=Markup("\n").join(Markup(line) for line in [*head, *news]), rows=(), files=())


def shown_again(session: Session, row: OutboxMessage, status: Message, now: datetime) -> Message:
    """News of a case that still waits for its answer, with the choices that it has."""
    prompt = open_prompt_of_card(session, row.channel, row.address, row.card)
    if prompt is None:
        return status
    prompt.sent_at = now
    return replace(status, footer=lines(*_listed(prompt)))


def _tokens(message: Message) -> list[str]:
    return [button.token for row in message.rows for button in row]


def _listed(prompt: Prompt) -> list[Markup]:
    """The choices, a line each; where the text above has numbered its lines already, only how to answer."""
    if all(label == str(number) for number, label in enumerate(prompt.labels, 1)):
        return [html(_("Answer with the number of the line and the code, for example: 1 {code}"), code=prompt.code)]
    asked = html("{words}", words=_("Answer with the number and the code:"))
    choices_ = enumerate(prompt.labels, 1)
    return [
        asked,
        *(html("{number} {code} – {label}", number=n, code=prompt.code, label=label) for n, label in choices_),
    ]


def _remember(
    session: Session, row: OutboxMessage, message: Message, offered: Sequence[Button], now: datetime
) -> Prompt:
    is_step = offered[0].token.startswith(f"{FORM_ROUTE}:")
    _close_older(session, row, is_step=is_step)
    prompt = Prompt(
        channel=row.channel,
        address=row.address,
        code=_free_code(session, row, now),
        outbox_id=row.key,
        card=row.card,
        title=_title(message),
        labels=[button.label for button in offered],
        tokens=[button.token for button in offered],
        weighty=[index for index, button in enumerate(offered) if button.is_weighty],
        is_step=is_step,
        sent_at=now,
        expires_at=now + LIFETIME,
    )
    session.add(prompt)
    session.flush()
    return prompt


def _title(message: Message) -> str:
    """What a case is called when it is referred to: the first two lines of its message."""
    return " – ".join(plain(str(message.text)).split("\n")[:TITLE_LINES])[:TITLE_LENGTH]


def _close_older(session: Session, row: OutboxMessage, *, is_step: bool) -> None:
    """A newer card of the same case, or a newer step of a form, is what bare answers mean."""
    same = [Prompt.is_step == is_step] if is_step else [Prompt.card == row.card, col(Prompt.card) != ""]
    session.connection().execute(
        update(Prompt)
        .where(col(Prompt.channel) == row.channel, col(Prompt.address) == row.address, *same)
        .values(is_closed=True)
    )


def _free_code(session: Session, row: OutboxMessage, now: datetime) -> str:
    taken = {prompt.code for prompt in prompts_in(session, row.channel, row.address, now)}
    while (code := choices.new_code(_random)) in taken:
        pass
    return code


def answer(
    session: Session, channel: str, address: str, text: str, now: datetime, *, repeats_back: bool, is_linked: bool
) -> Pressed | Message | None:
    """What a typed text presses, or what to say to it; None where it is no answer to a prompt."""
    known = prompts_in(session, channel, address, now)
    if not known and not is_linked:
        # A citizen who was asked nothing is not told of codes.
        return None
    reading = choices.read(text, [_as_open(prompt) for prompt in known], now)
    by_code = {prompt.code: prompt for prompt in known}
    match reading:
        case Chosen(code=code, index=index, rest=rest):
            return _chosen(by_code[code], index, rest, repeats_back=repeats_back)
        case Confirmed(code=code, yes=yes):
            return _confirmed(by_code[code], yes=yes)
    return _unclear(known, reading)


def _as_open(prompt: Prompt) -> OpenPrompt:
    return OpenPrompt(prompt.code, prompt.labels, prompt.sent_at, prompt.is_step, prompt.confirms, not prompt.is_closed)


def _chosen(prompt: Prompt, index: int, rest: str, *, repeats_back: bool) -> Pressed | Message:
    if repeats_back and index in prompt.weighty and not prompt.is_closed:
        prompt.confirms, prompt.rest = index, rest
        text = lines(
            html(_("You have chosen: <b>{label}</b>"), label=prompt.labels[index]),
            html("{title}", title=prompt.title),
            html(_("Type CO {code} to confirm, KHONG {code} to leave it."), code=prompt.code),
        )
        return Message(text)
    return Pressed(prompt.tokens[index], rest)


def _confirmed(prompt: Prompt, *, yes: bool) -> Pressed | Message:
    index, rest = prompt.confirms or 0, prompt.rest
    prompt.confirms, prompt.rest = None, ""
    if yes:
        return Pressed(prompt.tokens[index], rest)
    return Message(html(_("Nothing was recorded. The case {code} still waits for your answer."), code=prompt.code))


def _unclear(known: Sequence[Prompt], reading: Reading) -> Message | None:
    if reading is None:
        return None
    waiting = [prompt for prompt in known if not prompt.is_closed]
    if isinstance(reading, UnknownCode):
        first = html(_("The code {code} is not known here. Nothing was recorded."), code=reading.code)
    else:
        first = html("{first}", first=_("It is not clear which case is meant. Nothing was recorded."))
    listed = [html("{code}: {title}", code=prompt.code, title=prompt.title) for prompt in waiting[:LISTED]]
    example = html(_("For example: 1 {code}"), code=waiting[0].code) if waiting else None
    return Message(lines(first, *listed, example))
