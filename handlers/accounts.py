"""The Office takes a chat away from an official: a lost phone, a number that somebody else has now."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import person
from bot.i18n import _, local_day, short_date
from bot.messages import Message, html, lines
from bot.routes import Route, form, press
from models.people import ChannelAccount, Person
from rules.errors import N_
from services import access, linking, people
from services.notices import words
from services.reaching import channel_name


def on_unlink(context: Context) -> Reply:
    access.require_office(context.work)
    return engine.start(context, UNLINK)


def _chats(asking: Asking) -> Sequence[tuple[int, str, str]]:
    """Every linked chat by its owner's name; the one in use at this moment stays."""
    work = asking.context.work
    titles = {official.person.key: official.name for official in people.officials(work)}
    here = asking.context.account
    return [
        (
            account.key,
            _named(account, titles.get(owner.key, owner.full_name)),
            _("in use here") if account.id == here.id else "",
        )
        for account, owner in linking.linked_chats(work)
    ]


def _named(account: ChannelAccount, owner: str) -> str:
    seen = short_date(local_day(account.last_seen_at))
    return _("{owner}: {channel}, last used {day}").format(owner=owner, channel=channel_name(account.channel), day=seen)


def _notes(_asking: Asking) -> Markup:
    return lines(
        _("Nothing more is sent to this chat, and nobody can act from it. To link a chat again a new code is needed.")
    )


def _finish(asking: Asking) -> Reply:
    work = asking.context.work
    account = access.load(work, ChannelAccount, asking.answers["chat"])
    owner = access.load(work, Person, account.person_id or 0)
    linking.unlink(work, account)
    done = _("Unlinked: {who}, {channel}.").format(who=words.comrade(owner), channel=channel_name(account.channel))
    left = (
        None if work.best_account(owner) else _("No other chat of this official works; a new linking code is needed.")
    )
    return Message(lines(html("<b>{done}</b>", done=done), left), edit=True)


UNLINK = Form(
    "unlink",
    lambda asking: _("Unlink a chat"),
    (person("chat", N_("Chat"), N_("Whose chat is to be unlinked?"), _chats),),
    _finish,
    notes=_notes,
)

ROUTES: list[Route] = [
    press("settings.unlink", on_unlink),
    form(UNLINK),
]
