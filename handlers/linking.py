"""First contact, linking a chat with a one-time code, and the choice of language."""

from dataclasses import replace

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply, messages
from bot.events import TextReceived
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, _, language, use_language
from bot.messages import Message, button, html, lines
from bot.routes import command, press
from handlers import check_in, home, hotline_ask, hotline_contact
from rules.errors import StaleError
from services import catching_up, hotline, linking, people
from services.linking import LinkingError


def on_start(context: Context) -> Reply:
    """`/start`, with a linking code when it comes from an official's own link, or the code of a door."""
    if context.typed.startswith(check_in.PREFIX):
        return check_in.on_start(context)
    if context.typed:
        return _link(context, context.typed)
    return home.menu(context) if context.person else first_contact(context)


def not_linked(context: Context) -> Reply:
    """Whatever somebody says who is not linked: a code of an official, or a question to the hotline."""
    event = context.event
    if isinstance(event, TextReceived) and linking.looks_like_code(event.text):
        return _link(context, event.text)
    if context.citizens_bot or not hotline.is_there(context.work):
        return _officials_only(context)
    is_first = context.account.introduced_at is None
    introduced = [hotline_contact.introduction(context)] if is_first else []
    answered = messages(hotline_ask.on_words(context))
    # Whoever is in danger reads the number to call before anything else.
    return [*answered, *introduced] if hotline_ask.is_emergency(context) else [*introduced, *answered]


def first_contact(context: Context) -> Reply:
    """Who we are, and what can be asked."""
    if context.citizens_bot or not hotline.is_there(context.work):
        return _officials_only(context)
    return [hotline_contact.introduction(context), hotline_contact.question(context)]


def _officials_only(context: Context) -> Message:
    """This bot is kept for officials, or the body has no hotline."""
    return Message(
        lines(
            html(_("Hello. This is the automatic system of {body}."), body=people.body_name(context.work)),
            _("At present this channel serves officials only. Officials type here the code that the Office gave them."),
            html(_("This address is kept for officials; citizens please write to {bot}."), bot=context.citizens_bot)
            if context.citizens_bot
            else None,
        )
    )


def _link(context: Context, code: str) -> Reply:
    try:
        person = linking.link(context.work, code)
    except LinkingError as error:
        # Answered here, not by a rollback: the wrong guess must stay counted.
        return Message(Markup.escape(_(error.msgid).format(**error.fields)))
    with use_language(person.language):
        context.work.actor = person
        title = people.title_of(context.work, person)
        words = html(
            _("This chat is now linked to <b>{name}</b>, {title}. Invitations and notices will come here."),
            name=person.full_name,
            title=title or _("no post at present"),
        )
        menu = home.menu(replace(context, person=person))
        catching_up.catch_up(context.work, person)
        return [Message(words), *messages(menu)]


def on_language(context: Context) -> Reply:
    """`/ngonngu`: the languages as buttons."""
    rows = tuple((button(LANGUAGE_NAMES[code], token("language", argument=code)),) for code in LANGUAGES)
    return Message(Markup(_("In which language should the system speak to you?")), rows)


def on_language_chosen(context: Context) -> Reply:
    code = context.token.argument
    if code not in LANGUAGES:
        raise StaleError()
    if context.person is not None:
        people.set_language(context.work, context.person, code)
    context.account.language = code
    with use_language(code):
        return Message(html(_("Language: {name}."), name=LANGUAGE_NAMES[language()]), edit=True)


ROUTES = [
    command("start", on_start, "bat dau", public=True),
    command("ngonngu", on_language, "ngon ngu", public=True),
    press("language", on_language_chosen, public=True),
]
