"""/caidat: through which of his chats somebody is addressed."""

from bot.buttons import token
from bot.context import Context, Reply
from bot.i18n import _
from bot.messages import Message, Row, button, column, html, lines
from bot.routes import Route, command, press
from services import reaching
from services.reaching import Chat, channel_name

LAST_USED = "last"


def on_settings(context: Context) -> Reply:
    """His chats, whether they work, and which is used; with two channels the choice between them."""
    return _view(context)


def on_channel(context: Context) -> Reply:
    chosen = context.token.argument
    reaching.prefer(context.work, context.official, "" if chosen == LAST_USED else chosen)
    return _view(context)


def _view(context: Context) -> Message:
    person = context.official
    chats = reaching.chats_of(context.work, person)
    channels = list(dict.fromkeys(chat.channel for chat in chats))
    preferred = person.preferred_channel if person.preferred_channel in channels else ""
    used = channel_name(preferred) if preferred else _("the channel that you used last")
    text = lines(
        html("<b>{title}</b>", title=_("My channel")),
        html(_("Notices come through: {channel}."), channel=used),
        *(html("– {name}: {state}", name=chat.name, state=_state(chat)) for chat in chats),
        _("Urgent news comes through all of them; an answer in one counts everywhere."),
    )
    return Message(text, _choices(channels, preferred), edit=context.was_pressed)


def _choices(channels: list[str], preferred: str) -> tuple[Row, ...]:
    if len(channels) < 2:
        return ()
    others = [one for one in channels if one != preferred]
    offered = [button(channel_name(one), token("settings.channel", argument=one)) for one in others]
    if preferred:
        offered.append(button(_("The one that I used last"), token("settings.channel", argument=LAST_USED)))
    return column(*offered)


def _state(chat: Chat) -> str:
    if not chat.is_reachable:
        return _("does not get through at present")
    return _("works, is used") if chat.is_used else _("works")


ROUTES: list[Route] = [
    command("caidat", on_settings, "cai dat"),
    press("settings.channel", on_channel),
]
