"""Choices on channels without buttons: numbered lines with a case code, and what a typed answer presses."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select, update

from bot.buttons import parse
from bot.i18n import _
from bot.messages import Button, Message, html, lines
from bot.plain_text import plain
from models.drafts import Draft
from models.outbox import OutboxMessage, Priority
from models.prompts import Prompt, close_card, codes_in, open_prompt_of_card, prompt_of, prompts_in
from rules import choices
from rules.choices import Chosen, Confirmed, OpenPrompt, Unclear, Unconfirmed, UnknownCode

# Old codes still say how their case stands, but not for ever.
LIFETIME = timedelta(days=60)
# A list that was asked for, or a step of a form, is no case: its code is soon free again.
PASSING = timedelta(days=3)
FORM_ROUTE = "f"
LISTED = 6
TITLE_LENGTH = 160
SHORT_TITLE = 70
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
    """The choices, a line each; those that are lines of the text above, numbered there already, as one."""
    labels, code = prompt.labels, prompt.code
    numbers = next((n for n, label in enumerate(labels) if label != str(n + 1)), len(labels))
    if numbers == len(labels):
        return [html(_("Answer with the number of the line and the code, for example: 1 {code}"), code=code)]
    asked = [html("{words}", words=_("Answer with the number and the code:"))]
    if numbers > 1:
        asked.append(html(_("1–{last} {code} – the line of that number"), last=numbers, code=code))
    rest = list(enumerate(labels, 1))[numbers if numbers > 1 else 0 :]
    return asked + [html("{number} {code} – {label}", number=n, code=code, label=label) for n, label in rest]


def _remember(
    session: Session, row: OutboxMessage, message: Message, offered: Sequence[Button], now: datetime
) -> Prompt:
    is_step = offered[0].token.startswith(f"{FORM_ROUTE}:")
    _close_older(session, row, is_step=is_step)
    prompt = Prompt(
        channel=row.channel,
        address=row.address,
        code=_free_code(session, row),
        outbox_id=row.key,
        card=row.card,
        title=_title(message),
        labels=[button.label for button in offered],
        tokens=[button.token for button in offered],
        weighty=[index for index, button in enumerate(offered) if button.is_weighty],
        is_step=is_step,
        sent_at=now,
        expires_at=now + (LIFETIME if row.card else PASSING),
    )
    session.add(prompt)
    session.flush()
    return prompt


def _title(message: Message) -> str:
    """What a case is called when it is referred to: the first two lines of its message, a third if they are short."""
    first = plain(str(message.text)).split("\n")
    words = " – ".join(first[:TITLE_LINES])
    if len(words) < SHORT_TITLE:
        words = " – ".join(first[: TITLE_LINES + 1])
    return words if len(words) <= TITLE_LENGTH else f"{words[: TITLE_LENGTH - 1].rpartition(' ')[0]}…"


def _close_older(session: Session, row: OutboxMessage, *, is_step: bool) -> None:
    """A newer card of the same case, step of a form, or list that was asked for, is what bare answers mean."""
    same: ColumnElement[bool]
    if is_step:
        same = col(Prompt.is_step).is_(True)
    elif row.card:
        same = col(Prompt.card) == row.card
    elif row.priority == Priority.REPLY:
        same = and_(col(Prompt.card) == "", col(Prompt.is_step).is_(False), col(Prompt.outbox_id).in_(_replies(row)))
    else:
        return
    session.connection().execute(
        update(Prompt)
        .where(col(Prompt.channel) == row.channel, col(Prompt.address) == row.address, same)
        .values(is_closed=True)
    )


def _replies(row: OutboxMessage) -> Any:
    return select(OutboxMessage.id).where(
        OutboxMessage.channel == row.channel,
        OutboxMessage.address == row.address,
        OutboxMessage.priority == Priority.REPLY,
    )


def _free_code(session: Session, row: OutboxMessage) -> str:
    taken = codes_in(session, row.channel, row.address)
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
    open_now = {prompt.code for prompt in known if _is_open(session, prompt)}
    reading = choices.read(text, [_seen(prompt, is_open=prompt.code in open_now) for prompt in known], now)
    by_code = {prompt.code: prompt for prompt in known}
    match reading:
        case Chosen(code=code, index=index, rest=rest):
            return _chosen(by_code[code], index, rest, repeats_back=repeats_back)
        case Confirmed(code=code, yes=yes):
            return _confirmed(by_code[code], yes=yes)
        case Unconfirmed(code=code):
            return _asked_back(by_code[code])
        case None:
            return None
    return _listing(_problem(reading), [prompt for prompt in known if prompt.code in open_now])


def not_understood(session: Session, channel: str, address: str, now: datetime) -> Message | None:
    """What to say to words that answer nothing while something waits for an answer; None where nothing does."""
    known = prompts_in(session, channel, address, now)
    waiting = [prompt for prompt in known if prompt.card and _is_open(session, prompt)]
    if not waiting:
        return None
    listed = _listing(_("The system did not understand this. Nothing was recorded."), waiting)
    return Message(lines(listed.text, _("Type menu to see what you can do.")))


def _problem(reading: Unclear | UnknownCode) -> str:
    if isinstance(reading, UnknownCode):
        return _("The code {code} is not known here. Nothing was recorded.").format(code=reading.code)
    return _("It is not clear which case is meant. Nothing was recorded.")


def _seen(prompt: Prompt, *, is_open: bool) -> OpenPrompt:
    return OpenPrompt(prompt.code, prompt.labels, prompt.sent_at, prompt.is_step, prompt.confirms, is_open)


def _is_open(session: Session, prompt: Prompt) -> bool:
    """Whether bare answers may mean it; a step only while its form stands there."""
    if prompt.is_closed or not prompt.is_step:
        return not prompt.is_closed
    token = parse(prompt.tokens[0])
    draft = session.get(Draft, token.subject)
    return draft is not None and draft.version == token.version


def _chosen(prompt: Prompt, index: int, rest: str, *, repeats_back: bool) -> Pressed | Message:
    # A reason on the same line leaves no second step in which one could still think better of it.
    is_weighty = index in prompt.weighty or (bool(rest) and not prompt.is_step)
    if repeats_back and is_weighty and not prompt.is_closed:
        prompt.confirms, prompt.rest = index, rest
        return _asked_back(prompt)
    return Pressed(prompt.tokens[index], rest)


def _confirmed(prompt: Prompt, *, yes: bool) -> Pressed | Message:
    index, rest = prompt.confirms or 0, prompt.rest
    prompt.confirms, prompt.rest = None, ""
    if yes:
        return Pressed(prompt.tokens[index], rest)
    return Message(html(_("Nothing was recorded. The case {code} still waits for your answer."), code=prompt.code))


def _asked_back(prompt: Prompt) -> Message:
    return Message(
        lines(
            html(_("You have chosen: <b>{label}</b>"), label=prompt.labels[prompt.confirms or 0]),
            html("{reason}", reason=prompt.rest) if prompt.rest else None,
            html("{title}", title=prompt.title),
            html(_("Type CO {code} to confirm, KHONG {code} to leave it."), code=prompt.code),
        )
    )


def _listing(first: str, waiting: Sequence[Prompt]) -> Message:
    """The cases that wait, with their codes; a list that was asked for is one only where there is nothing else."""
    cases = [prompt for prompt in waiting if prompt.card] or waiting
    listed = [html("{code}: {title}", code=prompt.code, title=prompt.title) for prompt in cases[:LISTED]]
    more = html(_("… and {count} more."), count=len(cases) - LISTED) if len(cases) > LISTED else None
    how = _("Answer with the number below that message and its code.") if cases else None
    return Message(lines(html("{first}", first=first), *listed, more, how))
