"""Choices on channels without buttons: numbered lines with a case code."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select, update

from bot.i18n import _
from bot.messages import Button, Message, html, lines
from bot.plain_text import plain
from models.outbox import OutboxMessage, Priority
from models.prompts import Prompt, close_card, codes_in, open_prompt_of_card, prompt_of
from rules.case_codes import new_code
from rules.readings import choice_numbers

# Old codes still say how their case stands, but not for ever.
LIFETIME = timedelta(days=60)
# A list that was asked for, or a step of a form, is no case: its code is soon free again.
PASSING = timedelta(days=3)
FORM_ROUTE = "f"
TITLE_LENGTH = 100
SHORT_TITLE = 60
# As many as the example names.
SEVERAL = 3
TITLE_LINES = 2
_NUMBERED = re.compile(r"(\d+)\. ")
_random = SystemRandom()


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
    footer = lines(*listed(prompt), typing)
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
    prompt.sent_at, prompt.is_used, prompt.asked = now, False, ""
    return replace(status, footer=lines(*listed(prompt)))


def _tokens(message: Message) -> list[str]:
    return [button.token for row in message.rows for button in row]


def listed(prompt: Prompt) -> list[Markup]:
    """The choices, a line each; those that are lines of the text above, numbered there already, as one."""
    labels, code = prompt.labels, prompt.code
    offered = list(zip(choice_numbers(labels), labels, strict=True))
    above = [number for number, label in offered if label.isdecimal()]
    if len(above) == len(labels):
        words = _("Answer with the number of the line and the code, for example: {number} {code}")
        return [html(words, number=above[0], code=code), *_together(prompt)]
    how = (
        _("Answer with the number; the code is not needed:")
        if prompt.is_step
        else _("Answer with the number and the code:")
    )
    asked = [html("{words}", words=how)]
    if above:
        span = f"{above[0]}–{above[-1]}" if len(above) > 1 else str(above[0])
        asked.append(html(_("{span} {code} – the line of that number"), span=span, code=code))
    rest = [(number, label) for number, label in offered if not label.isdecimal()]
    choices = [html("{number} {code} – {label}", number=n, code=code, label=label) for n, label in rest]
    return [*asked, *choices, *_together(prompt)]


def _together(prompt: Prompt) -> list[Markup]:
    """That several may be named at once, with an example of numbers that are there."""
    if len(prompt.ticks) < SEVERAL:
        return []
    numbers = choice_numbers(prompt.labels)
    first, _second, third = (numbers[index] for index in prompt.ticks[:SEVERAL])
    words = (
        _("Several at once: {first},{third} or {first}-{third}; then done.")
        if prompt.is_step
        else _("Several at once: {first},{third} or {first}-{third}.")
    )
    return [html(words, first=first, third=third)]


def _label(label: str, text: Sequence[str]) -> str:
    """What numbers itself needs no second number; where the text above has that line, the number says it all."""
    found = _NUMBERED.match(label)
    if found is None:
        return label
    is_above = any(line.startswith(found[0]) for line in text)
    return found[1] if is_above else label.removeprefix(found[0])


def _remember(
    session: Session, row: OutboxMessage, message: Message, offered: Sequence[Button], now: datetime
) -> Prompt:
    is_step = offered[0].token.startswith(f"{FORM_ROUTE}:")
    _close_older(session, row, is_step=is_step)
    text = plain(str(message.text)).split("\n")
    prompt = Prompt(
        channel=row.channel,
        address=row.address,
        code=_free_code(session, row),
        outbox_id=row.key,
        card=row.card,
        title=_title(message),
        labels=[_label(button.label, text) for button in offered],
        tokens=[button.token for button in offered],
        weighty=[index for index, button in enumerate(offered) if button.is_weighty],
        ticks=[index for index, button in enumerate(offered) if button.is_tick],
        is_step=is_step,
        asked=row.cause if row.priority == Priority.REPLY else "",
        sent_at=now,
        expires_at=now + (LIFETIME if row.card else PASSING),
        due_at=message.due,
        until=message.until,
    )
    session.add(prompt)
    session.flush()
    return prompt


def _title(message: Message) -> str:
    """What a case is called when it is referred to: the first two lines of its message, a third if they are short.

    A heading above another, such as that of a reminder, says nothing of the case.
    """
    written = str(message.text).split("\n")
    if len(written) > 1 and all(line.startswith("<b>") and line.endswith("</b>") for line in written[:2]):
        written = written[1:]
    first = plain("\n".join(written)).split("\n")
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
    while (code := new_code(_random)) in taken:
        pass
    return code
