"""/caidat: in which of his chats somebody is addressed, when the morning's message comes; for the Office more."""

from bot.buttons import token
from bot.context import Context, Reply
from bot.i18n import _
from bot.messages import Message, Row, button, column, html, lines
from bot.routes import Route, command, press
from handlers import accounts, calendar_settings, rule_settings
from services import access, people, reaching
from services.reaching import Chat, channel_name
from services.regulation import regulation

LAST_USED = "last"
HOURS = ("07:00", "07:30", "08:00", "08:30", "09:00", "10:00")


def on_settings(context: Context) -> Reply:
    """His chats, whether they work, and which is used; with two channels the choice between them."""
    return _view(context)


def on_channel(context: Context) -> Reply:
    chosen = context.token.argument
    reaching.prefer(context.work, context.official, "" if chosen == LAST_USED else chosen)
    return _view(context)


def on_hours(context: Context) -> Reply:
    """The hours among which one chooses."""
    buttons = [button(hour, token("settings.hour", argument=hour.replace(":", ""))) for hour in HOURS]
    rows = (tuple(buttons[:3]), tuple(buttons[3:]))
    return Message(html("{ask}", ask=_("When shall the morning's message with your duties come?")), rows, edit=True)


def on_hour(context: Context) -> Reply:
    chosen = f"{context.token.argument[:2]}:{context.token.argument[2:]}"
    if chosen in HOURS:
        people.choose_digest_hour(context.work, context.official, chosen)
    return _view(context)


def _view(context: Context) -> Message:
    person = context.official
    chats = reaching.chats_of(context.work, person)
    channels = list(dict.fromkeys(chat.channel for chat in chats))
    preferred = person.preferred_channel if person.preferred_channel in channels else ""
    used = channel_name(preferred) if preferred else _("the channel that you used last")
    hour = person.digest_at or regulation(context.work).hours.morning[0].strftime("%H:%M")
    text = lines(
        html("<b>{title}</b>", title=_("My channel")),
        html(_("Notices come through: {channel}."), channel=used),
        *(html("– {name}: {state}", name=chat.name, state=_state(chat)) for chat in chats),
        _("Urgent news comes through all of them; an answer in one counts everywhere."),
        _("The morning's message with your duties comes at {hour}.").format(hour=hour),
    )
    hours = (button(_("Another hour for the morning's message"), token("settings.hours")),)
    return Message(text, (*_choices(channels, preferred), hours, *_office(context)), edit=context.was_pressed)


def _office(context: Context) -> tuple[Row, ...]:
    """What the Office sets for everybody."""
    if not access.is_office(context.work, context.official):
        return ()
    return column(
        button(_("Working calendar"), token("calendar.show")),
        button(_("Rules that apply"), token("rules.show")),
        button(_("Unlink a chat"), token("settings.unlink")),
    )


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
    press("settings.hours", on_hours),
    press("settings.hour", on_hour),
    *calendar_settings.ROUTES,
    *rule_settings.ROUTES,
    *accounts.ROUTES,
]
