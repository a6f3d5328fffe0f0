"""The menu fit for a person's roles, help, leaving a form, and what answers when nothing else does."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.events import FileReceived
from bot.forms import drafts
from bot.i18n import _
from bot.messages import Button, Message, button, column, html, lines
from bot.routes import Route, command, press
from handlers import comments, programme, reminders, votes
from models.files import discard_unnamed
from models.people import Role
from rules.errors import N_
from services import access, bookings, delegations, hotline, people, periodic, statistics, tasks


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu: who sees it, and its words."""

    command: str
    label: str
    fits: Callable[[Context], bool]


def _anybody(context: Context) -> bool:
    return True


def _decides(context: Context) -> bool:
    """Chairs of any meeting, leaders, and whoever decides in somebody's place."""
    person = context.official
    is_leader = people.has_role(context.work, person, Role.CHAIR, Role.VICE_CHAIR)
    return is_leader or access.presides_or_stands_in(context.work, person)


def _office(context: Context) -> bool:
    return access.is_office(context.work, context.official)


def _assigns(context: Context) -> bool:
    return tasks.may_assign(context.work, context.official)


def _delegates(context: Context) -> bool:
    return _office(context) or delegations.is_chair(context.work, context.official)


def _watches(context: Context) -> bool:
    return periodic.may_watch(context.work, context.official)


def _reads_figures(context: Context) -> bool:
    return people.has_role(context.work, context.official, *statistics.READERS)


def _has_hotline(context: Context) -> bool:
    return hotline.is_there(context.work)


def _books(context: Context) -> bool:
    """Heads, leaders and the Office, where units register working sessions."""
    work, person = context.work, context.official
    if bookings.window(work) is None:
        return False
    takes_part = people.has_role(work, person, *people.LEADERS) or access.is_office(work, person)
    return takes_part or bookings.post_to_register(work, person) is not None


MENU = [
    Entry("lich", N_("My meetings"), _anybody),
    Entry("vang", N_("Ask to be absent, send a substitute, come late or leave early"), _anybody),
    Entry("viec", N_("My duties, nearest first"), _anybody),
    Entry("giaoviec", N_("Assign a task"), _assigns),
    Entry("nhiemvu", N_("Tasks: all open ones, overdue first"), _assigns),
    Entry("duyet", N_("What waits for my decision"), _decides),
    Entry("hop", N_("Meetings: create, change, who has answered"), _office),
    Entry("diemdanh", N_("Roll call"), _office),
    Entry("chuongtrinh", N_("Work programme: how it stands"), programme.sees),
    Entry("dangky", N_("Working sessions with the leadership"), _books),
    Entry("baocao", N_("Periodic reports: who has sent, who is missing"), _watches),
    Entry("gopy", N_("Opinions on drafts: ask, see who has given one"), comments.asks),
    Entry("bieuquyet", N_("Ballots of the members of the committee on drafts"), votes.sees),
    Entry("nhacnho", N_("Reminders by the chair"), reminders.sees),
    Entry("hotline", N_("Hotline: questions of citizens and officials"), _has_hotline),
    Entry("uyquyen", N_("Who decides in whose place"), _delegates),
    Entry("thongke", N_("Figures of attendance"), _reads_figures),
    Entry("caidat", N_("Settings: my channel"), _anybody),
    Entry("ngonngu", N_("Language"), _anybody),
    Entry("dulieu", N_("My data: see, take along, correct, erase"), _anybody),
    Entry("huy", N_("Leave the current form"), _anybody),
    Entry("help", N_("Help"), _anybody),
]
# What is only typed; the rest of the menu one reaches by a button too.
TYPED = frozenset({"caidat", "ngonngu", "dulieu", "huy", "help"})
# What a phone shows without scrolling; the menu begins with what is used most.
MOST = 8


def entries(context: Context) -> list[Entry]:
    return [entry for entry in MENU if entry.fits(context)]


def menu(context: Context) -> Message:
    """What the person may do, nothing else; the platform's command menu is set along."""
    found = entries(context)
    person = context.official
    text = lines(
        html("<b>{name}</b>", name=person.full_name),
        html("{title}", title=people.title_of(context.work, person)),
        _("What would you like to do?"),
    )
    choices = _choices(context)
    if len(choices) > MOST:
        choices = [*choices[: MOST - 1], button(_("More choices"), token("menu.more"))]
    return Message(text, column(*choices), menu=tuple((entry.command, _(entry.label)) for entry in found))


def _choices(context: Context) -> list[Button]:
    pressable = [entry for entry in entries(context) if entry.command not in TYPED]
    return [button(_(entry.label), token(f"/{entry.command}")) for entry in pressable]


def on_menu(context: Context) -> Reply:
    return menu(context)


def on_more(context: Context) -> Reply:
    """The rest of a long menu."""
    rest = _choices(context)[MOST - 1 :]
    return Message(Markup(_("What would you like to do?")), column(*rest, button(_("Back"), token("/menu"))))


def on_help(context: Context) -> Reply:
    """How it works, in a few lines."""
    listed = [html("/{command}: {words}", command=entry.command, words=_(entry.label)) for entry in entries(context)]
    return Message(
        lines(
            html("<b>{title}</b>", title=_("How the secretary works")),
            _(
                "Invitations come here by themselves, with the answers below them. "
                "The chair of the meeting decides with one answer."
            ),
            None if context.has_buttons else _how_to_type(),
            *listed,
        )
    )


def _how_to_type() -> str:
    return _(
        "Each answer has a number and a code: type both, for example 1 A7K2. "
        "The number alone is enough while a single message waits for an answer. "
        "Commands may be typed without slash and marks."
    )


def on_huy(context: Context) -> Reply:
    """An older form, long forgotten, must not take what is typed next: all that are open are left."""
    left = drafts.discard_all(context)
    if not left:
        return Message(Markup(_("There is no open form.")))
    if left == 1:
        return Message(Markup(_("Cancelled. Nothing was sent.")))
    return Message(html(_("Cancelled: all {count} forms that were open. Nothing was sent."), count=left))


def fallback(context: Context) -> Reply:
    """Nothing is guessed from free text: say what can be done."""
    shown = menu(context)
    note = _("The system did not understand this. Please choose:")
    return Message(lines(note), shown.rows)


def file_fallback(context: Context) -> Reply:
    """A file that belongs to nothing is not kept."""
    event = context.event
    if isinstance(event, FileReceived) and event.stored_id is not None:
        discard_unnamed(context.work.session, [event.stored_id])
    return Message(
        Markup(_("No form is open that this file could belong to; it was not kept. /menu shows what can be done."))
    )


ROUTES: list[Route] = [
    command("menu", on_menu),
    press("menu.more", on_more),
    command("help", on_help, "tro giup", "huong dan"),
    command("huy", on_huy, "huy bo", public=True),
]
