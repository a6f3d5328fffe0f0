"""What a typed answer presses, where there are no buttons; and what is said where it is not clear."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.buttons import parse
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.prompts import listed
from models.drafts import Draft
from models.prompts import Prompt, prompts_in
from rules import choices
from rules.readings import Chosen, Confirmed, NotOffered, OpenPrompt, Ticked, Unclear, Unconfirmed, UnknownCode

# So many fit on a screen.
CASES = 4
PASSING = 2


@dataclass(frozen=True, slots=True)
class Pressed:
    """A typed answer that presses a choice, or several of one step; `rest` is what was written behind it."""

    tokens: tuple[str, ...]
    rest: str = ""


def answer(
    session: Session, channel: str, address: str, text: str, now: datetime, *, repeats_back: bool, is_linked: bool
) -> Pressed | Message | None:
    """What a typed text presses, or what to say to it; None where it is no answer to a prompt."""
    known = prompts_in(session, channel, address, now)
    if not known and not is_linked:
        # A citizen who was asked nothing is not told of codes.
        return None
    waiting = [prompt for prompt in known if _is_open(session, prompt, now)]
    open_codes = {prompt.code for prompt in waiting}
    reading = choices.read(text, [_seen(prompt, is_open=prompt.code in open_codes) for prompt in known], now)
    by_code = {prompt.code: prompt for prompt in known}
    match reading:
        case Chosen(code=code, index=index, rest=rest):
            return _chosen(by_code[code], index, rest, repeats_back=repeats_back)
        case Ticked(code=code, indexes=indexes):
            return Pressed(tuple(by_code[code].tokens[index] for index in indexes))
        case Confirmed(code=code, yes=yes):
            return _confirmed(by_code[code], yes=yes)
        case Unconfirmed(code=code):
            return _asked_back(by_code[code])
        case NotOffered(code=code):
            return _offered(by_code[code])
        case None:
            return None
    return _listing(*_problem(reading, waiting))


def not_understood(session: Session, channel: str, address: str, now: datetime) -> Message | None:
    """What to say to words that answer nothing while something waits for an answer; None where nothing does."""
    known = prompts_in(session, channel, address, now)
    cases = [prompt for prompt in known if prompt.card and _is_open(session, prompt, now)]
    if not cases:
        return None
    shown = _listing(_("The system did not understand this. Nothing was recorded."), cases)
    return Message(lines(shown.text, _("Type menu to see what you can do.")))


def _problem(reading: Unclear | UnknownCode, waiting: Sequence[Prompt]) -> tuple[str, Sequence[Prompt]]:
    """What is wrong, and what could be meant."""
    if isinstance(reading, UnknownCode):
        return _("The code {code} is not known here. Nothing was recorded.").format(code=reading.code), waiting
    meant = [prompt for prompt in waiting if prompt.code in reading.codes]
    return _("It is not clear which case is meant. Nothing was recorded."), meant or waiting


def _seen(prompt: Prompt, *, is_open: bool) -> OpenPrompt:
    return OpenPrompt(
        prompt.code,
        prompt.labels,
        prompt.sent_at,
        is_step=prompt.is_step,
        confirms=prompt.confirms,
        is_open=is_open,
        ticks=prompt.ticks,
        is_used=prompt.is_used,
        asked=prompt.asked,
    )


def _is_open(session: Session, prompt: Prompt, now: datetime) -> bool:
    """Whether bare answers may mean it; a step only while its form stands there."""
    if prompt.is_closed or (prompt.until is not None and prompt.until <= now):
        return False
    if not prompt.is_step:
        return True
    token = parse(prompt.tokens[0])
    draft = session.get(Draft, token.subject)
    return draft is not None and draft.version == token.version


def _chosen(prompt: Prompt, index: int, rest: str, *, repeats_back: bool) -> Pressed | Message:
    # A reason on the same line leaves no second step in which one could still think better of it.
    is_weighty = index in prompt.weighty or (bool(rest) and not prompt.is_step)
    if repeats_back and is_weighty and not prompt.is_closed:
        prompt.confirms, prompt.rest = index, rest
        return _asked_back(prompt)
    prompt.is_used = True
    return Pressed((prompt.tokens[index],), rest)


def _confirmed(prompt: Prompt, *, yes: bool) -> Pressed | Message:
    index, rest = prompt.confirms or 0, prompt.rest
    prompt.confirms, prompt.rest = None, ""
    if yes:
        prompt.is_used = True
        return Pressed((prompt.tokens[index],), rest)
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


def _offered(prompt: Prompt) -> Message:
    """What can be chosen there."""
    why = html(_("This is none of the choices of {code}. Nothing was recorded."), code=prompt.code)
    return Message(lines(why, html("{title}", title=prompt.title), *listed(prompt)))


def _listing(first: str, waiting: Sequence[Prompt]) -> Message:
    """What waits, with its codes: the form or list that stands open, then the cases."""
    passing = [prompt for prompt in waiting if not prompt.card and not prompt.is_used][:PASSING]
    cases = sorted((prompt for prompt in waiting if prompt.card), key=_nearest_first)
    shown = [*passing, *cases[:CASES]]
    named = [html("{code}: {title}", code=prompt.code, title=prompt.title) for prompt in shown]
    left = len(cases) - CASES
    more = html(_("… and {count} more: type lich, viec or duyet."), count=left) if left > 0 else None
    how = _("Answer with the number below that message and its code, for example: 1 {code}")
    return Message(lines(html("{first}", first=first), *named, more, html(how, code=shown[0].code) if shown else None))


def _nearest_first(prompt: Prompt) -> tuple[bool, float]:
    """What is owed soonest; after it what is owed by no day, newest first."""
    due = prompt.due_at or prompt.until
    return due is None, due.timestamp() if due else -prompt.sent_at.timestamp()
