"""One event, one transaction: find the account and the person, choose the handler, queue its reply."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias

from markupsafe import Markup
from sqlmodel import Session, col, update

from bot import typed_answers
from bot.buttons import Token, parse
from bot.channel import Capabilities
from bot.context import Context, Reply, messages
from bot.events import (
    ButtonPressed,
    ClassifiedRefused,
    Event,
    FileReceived,
    Left,
    Returned,
    TextReceived,
)
from bot.forms import engine
from bot.forms.form import Attached, Form, Typed
from bot.forms.steps import CLASSIFIED
from bot.i18n import _, known_language, short_moment, use_language
from bot.messages import Message, html
from bot.replies import reply
from bot.routes import Routes
from bot.unanswered import not_taken, open_form, otherwise, unusable
from bot.work import Work
from models.chats import chats_at, seen
from models.drafts import Draft
from models.inbox import ReceivedEvent
from models.outbox import OutboxMessage
from models.people import ChannelAccount, Person, account_at
from rules.errors import DomainError, FormOverError, StaleError

# Not a write with every event, only to say when we last saw him.
SEEN_AGAIN = timedelta(seconds=60)
Chats: TypeAlias = dict[tuple[str, str], tuple[ChannelAccount, Person | None]]
LEAVING = frozenset({"/huy", "/menu"})
# A single word behind a choice is mostly courtesy.
SAYS_SOMETHING = 2
# After so long a person may have forgotten that a question stands open in the chat.
FORGOTTEN = timedelta(hours=1)


def handle(
    work: Work,
    event: Event,
    routes: Routes,
    *,
    capabilities: Capabilities,
    citizens_bot: str = "",
    link_for: Callable[[str], str] = lambda code: "",
) -> None:
    """Let the right handler answer; the caller closes the work, or rolls back: a DomainError passes through."""
    account, person = _who(work, event)
    work.account, work.actor = account, person
    context = Context(
        event,
        work,
        account,
        person,
        has_buttons=capabilities.buttons,
        takes_files=capabilities.files,
        citizens_bot=citizens_bot,
        link_for=link_for,
    )
    with use_language(person.language if person else account.language):
        reply(context, _answer(context, routes))


def refuse(work: Work, event: Event, error: DomainError) -> None:
    """Say why nothing was changed."""
    account, person = _who(work, event)
    context = Context(event, work, account, person)
    with use_language(person.language if person else account.language):
        text = Markup.escape(_(error.msgid).format(**error.fields))
        reply(context, Message(text))
    work.close()


def apologise(work: Work, event: Event, incident: str) -> None:
    """Our own fault: say so once, with the number that is in the log."""
    account, person = _who(work, event)
    context = Context(event, work, account, person)
    with use_language(person.language if person else account.language):
        text = _(
            "The system failed; what you just did was not recorded. "
            "Please try again in a few minutes. Incident: {incident}."
        )
        reply(context, Message(Markup(text).format(incident=incident)))
    work.close()


def chats_of(session: Session, events: Sequence[ReceivedEvent], now: datetime) -> Chats:
    """The chats that a group of events came from, all at once; kept while the group is handled."""
    found: Chats = {}
    for channel in {event.channel for event in events}:
        addresses = [event.address for event in events if event.channel == channel]
        found |= {(channel, pair[0].address): pair for pair in chats_at(session, channel, addresses)}
    long_ago = [account for account, _person in found.values() if now - account.last_seen_at > SEEN_AGAIN]
    if long_ago:
        seen(session, long_ago, now)
    return found


def _who(work: Work, event: Event) -> tuple[ChannelAccount, Person | None]:
    account = work.account or account_at(work.session, event.channel, event.address)
    if account is None:
        account = ChannelAccount(
            channel=event.channel,
            address=event.address,
            name=event.sender_name[:200],
            language=known_language(event.language),
            last_seen_at=work.now,
        )
        work.session.add(account)
        work.session.flush()
    elif work.now - account.last_seen_at > SEEN_AGAIN:
        account.last_seen_at = work.now
    if not isinstance(event, Left) and not account.is_reachable:
        account.is_reachable = True
    # Nearly always he is known already, from the look at the whole group.
    if work.actor is not None and work.actor.id == account.person_id:
        return account, work.actor
    return account, work.session.get(Person, account.person_id) if account.person_id else None


def _answer(context: Context, routes: Routes) -> Reply:
    match context.event:
        case ButtonPressed(token=text):
            return _pressed(replace(context, token=parse(text)), routes)
        case TextReceived(text=text):
            return _typed(context, routes, text.strip())
        case FileReceived() as event:
            return _file(context, routes, event)
        case ClassifiedRefused():
            return not_taken(context, routes, _(CLASSIFIED))
        case Left():
            context.account.is_reachable = False
            return None
        case Returned():
            return None
    return unusable(context, routes)


def _pressed(context: Context, routes: Routes) -> Reply:
    token = context.token
    if token.route == engine.ROUTE:
        return _pressed_form(context, routes, token)
    route = routes.find(token.route)
    if route is None or route.handler is None or (token.route.startswith("/") and context.person is None):
        raise StaleError()
    if context.person is None and not route.public:
        return routes.not_linked(context)
    return route.handler(context)


def _pressed_form(context: Context, routes: Routes, token: Token, *others: Token) -> Reply:
    draft = context.work.session.get(Draft, token.subject)
    if draft is None:
        raise FormOverError() if token.argument == engine.SEND else StaleError()
    if draft.account_id != context.account.id:
        raise StaleError()
    form = routes.form_called(draft.form)
    if form is None:
        raise StaleError()
    if others:
        return engine.tick(context, form, draft, [one.argument for one in (token, *others)])
    return engine.press(context, form, draft, token.argument)


def _typed(context: Context, routes: Routes, text: str) -> Reply:
    if context.person is not None and (answered := routes.by_code(context)) is not None:
        return answered
    if not context.has_buttons and not text.startswith("/"):
        meant = _meant(context, routes, text)
        if isinstance(meant, typed_answers.Pressed):
            return _press_typed(context, routes, meant)
        # "Xin vắng" under several invitations still opens the form that asks which meeting is meant.
        if meant is not None and routes.command_called(text) is None:
            return meant
    return _said(context, routes, text)


def _meant(context: Context, routes: Routes, text: str) -> typed_answers.Pressed | Message | None:
    event, work = context.event, context.work
    return typed_answers.answer(
        work.session,
        event.channel,
        event.address,
        text,
        work.now,
        repeats_back=routes.repeats_back(work),
        is_linked=context.person is not None,
    )


def _press_typed(context: Context, routes: Routes, pressed: typed_answers.Pressed) -> Reply:
    """A typed answer presses its choice; a reason written behind it answers what the press asks next."""
    tokens = [parse(token) for token in pressed.tokens]
    context = replace(context, token=tokens[0], rest=pressed.rest)
    if len(tokens) > 1:
        return _press_several(context, routes, tokens)
    answered = _pressed(context, routes)
    opened = open_form(context, routes) if pressed.rest else None
    if opened is not None and opened[1].touched_at == context.work.now:
        return engine.give(context, *opened, Typed(pressed.rest))
    route = routes.find(tokens[0].route)
    if len(pressed.rest.split()) < SAYS_SOMETHING or (route and route.reads_rest):
        return answered
    note = html(_("What you wrote behind your choice was passed on to nobody: “{words}”."), words=pressed.rest)
    return [*messages(answered), Message(note)]


def _press_several(context: Context, routes: Routes, tokens: Sequence[Token]) -> Reply:
    """Several choices named at once: those of a form are one answer, of those of a list only the last is shown."""
    if tokens[0].route == engine.ROUTE:
        return _pressed_form(context, routes, *tokens)
    return [_pressed(replace(context, token=token), routes) for token in tokens][-1]


def _said(context: Context, routes: Routes, text: str) -> Reply:
    opened = open_form(context, routes)
    command = routes.command_called(text)
    if command is not None and (opened is None or _leads_out(context, routes, command, *opened)):
        text = command
    if text.startswith("/"):
        route = routes.find(text.split(maxsplit=1)[0].lower())
        if route is not None and route.handler is not None:
            if context.person is None and not route.public:
                return routes.not_linked(context)
            return route.handler(context)
        return otherwise(context, routes.fallback, routes)
    if opened is None:
        return otherwise(context, routes.fallback, routes)
    return _given(context, *opened, text)


def _leads_out(context: Context, routes: Routes, command: str, form: Form, draft: Draft) -> bool:
    """Inside a form a command's word is an answer where the step takes it and it is shown before it counts."""
    route = routes.find(command)
    if context.person is None and not (route and route.public):
        return False
    return command in LEAVING or not form.confirms or not engine.takes(context, form, draft, context.typed)


def _given(context: Context, form: Form, draft: Draft, text: str) -> Reply:
    """What is typed hours later was perhaps not meant for a form that acts at once: it is asked for again."""
    is_old = context.work.now - draft.touched_at > FORGOTTEN
    if context.person is not None and is_old and not form.confirms:
        opened = short_moment(draft.touched_at)
        why = _("This question has been open since {time}. Please answer it once more, or cancel.").format(time=opened)
        return engine.resume(context, form, draft, why)
    return engine.give(context, form, draft, Typed(text))


def _file(context: Context, routes: Routes, event: FileReceived) -> Reply:
    if event.stored_id is None:
        why = _("The file was not taken: it could not be fetched, or it is larger than 20 MB.")
        return not_taken(context, routes, why)
    opened = open_form(context, routes)
    if opened is not None:
        return engine.give(context, *opened, Attached(event.stored_id, event.file.name, event.caption))
    return otherwise(context, routes.file_fallback, routes)


def mark_unreachable(work: Work, row: OutboxMessage) -> None:
    """The platform says that this chat is closed to us."""
    work.session.connection().execute(
        update(ChannelAccount)
        .where(col(ChannelAccount.channel) == row.channel, col(ChannelAccount.address) == row.address)
        .values(is_reachable=False)
    )
