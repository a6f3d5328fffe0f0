"""`/dangky`: a unit books a working session with the leadership, sees how it stands, withdraws it."""

from collections.abc import Sequence
from datetime import date, timedelta

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.forms.lists import Option
from bot.i18n import _, short_date, weekday
from bot.messages import Button, Message, Style, button, column, html, lines
from bot.routes import Route, command, form, press
from models.bookings import STANDING, Booking, standing_bookings
from models.offices import posts_of
from models.people import Post, Role
from models.periodic import Periodic, latest_turn
from rules.errors import N_, NotAllowedError
from rules.periodic import PeriodicKind
from services import access, bookings, people
from services.bookings import NewBooking
from services.notices import bookings as notices
from services.notices import words
from services.regulation import calendar

MINUTES = ("30", "45", "60", "90", "120", "180")


def on_list(context: Context) -> Reply:
    """What can be registered until when, how mine stands, and the ways to the schedule for Office and leaders."""
    work, person = context.work, context.official
    open_one = bookings.window(work)
    if open_one is None:
        return Message(Markup(_("Nothing can be registered at present.")))
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    mine = standing_bookings(work.session, posts, work.today)
    text = lines(
        html("<b>{title}</b>", title=_("Working sessions with the leadership")),
        html(
            _("Registration is open for {window}, until the end of {until}."),
            window=notices.window_words(open_one.period),
            until=notices.until(work, open_one),
        ),
        *(html("{n}. {line}", n=n, line=_line(context, row)) for n, row in enumerate(mine, 1)),
        words.cite(work, "booking"),
    )
    return Message(text, column(*_acts(context), *_withdrawals(mine)), edit=context.was_pressed)


def _line(context: Context, row: Booking) -> str:
    return f"{notices.leader_name(context.work, row)}; {row.content}: {notices.state_words(row)}"


def _acts(context: Context) -> list[Button]:
    work, person = context.work, context.official
    found = []
    if bookings.post_to_register(work, person) is not None:
        found.append(button(_("Register a session"), token("booking.new"), Style.PRIMARY))
    turn = latest_turn(work.session, PeriodicKind.SCHEDULE)
    if turn is not None and access.is_office(work, person):
        window = notices.window_words(turn.period)
        found.append(button(_("Schedule {window}").format(window=window), token("booking.draft", turn.id)))
    if people.has_role(work, person, Role.CHAIR, Role.VICE_CHAIR):
        found.append(button(_("My working sessions"), token("booking.mine")))
    return found


def _withdrawals(mine: Sequence[Booking]) -> list[Button]:
    return [
        button(_("Withdraw {number}").format(number=n), token("booking.withdraw", row.id))
        for n, row in enumerate(mine, 1)
        if row.state in STANDING
    ]


def on_open(context: Context) -> Reply:
    """From the duty: register for that window, if it is open still."""
    turn = access.load(context.work, Periodic, context.token.subject)
    open_one = bookings.window(context.work)
    if open_one is None or open_one.period != turn.period:
        raise bookings.closed(context.work, turn.period)
    return on_new(context)


def on_new(context: Context) -> Reply:
    open_one = bookings.window(context.work)
    if open_one is None or bookings.post_to_register(context.work, context.official) is None:
        raise NotAllowedError()
    return engine.start(context, BOOKING, window=open_one.period)


def on_withdraw(context: Context) -> Reply:
    row = bookings.own_booking(context.work, context.token.subject)
    bookings.withdraw(context.work, row)
    text = lines(html("<b>{title}</b>", title=_("Withdrawn")), notices.details(context.work, row))
    return Message(text, edit=True)


def _leaders(asking: Asking) -> list[tuple[str, str]]:
    found = bookings.leader_posts(asking.context.work)
    return [(str(post.key), words.named(asking.context.work, person)) for post, person in found]


def _days(asking: Asking) -> list[Option]:
    """The working days of the window."""
    first, last = (date.fromisoformat(day) for day in asking.answers["window"].split("/"))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        Option(day.isoformat(), f"{weekday(day)} {short_date(day)}")
        for day in days
        if calendar(asking.context.work).is_working(day)
    ]


def _units(asking: Asking) -> list[Option]:
    own = bookings.post_to_register(asking.context.work, asking.context.official)
    found = bookings.units_below(asking.context.work)
    return [Option(str(unit.key), unit.name) for unit in found if own is None or unit.id != own.unit_id]


def _minutes(asking: Asking) -> list[tuple[str, str]]:
    return [(value, _("{minutes} minutes").format(minutes=value)) for value in MINUTES]


def _finish(asking: Asking) -> Reply:
    work, answers = asking.context.work, asking.answers
    post = bookings.post_to_register(work, asking.context.official)
    if post is None:
        raise NotAllowedError()
    leaders = {key for key, _name in _leaders(asking)}
    if answers["leader"] not in leaders:
        raise NotAllowedError()
    new = NewBooking(
        window=answers["window"],
        post=post,
        leader_post=access.load(work, Post, int(answers["leader"])),
        content=answers["content"],
        minutes=int(answers["minutes"]),
        days=[date.fromisoformat(day) for day in answers.get("days") or ()],
        units=[int(unit) for unit in answers.get("units") or ()],
    )
    row = bookings.register(work, new)
    told = _("You will be told of the leader's answer here.")
    text = lines(html("<b>{title}</b>", title=_("Registered")), notices.details(work, row), told)
    return Message(text, edit=True)


BOOKING = Form(
    "booking",
    lambda asking: html(
        _("Working session, {window}"), window=notices.window_words(asking.answers["window"])
    ),
    (
        steps.choice("leader", N_("With"), N_("With whom would you like to work?"), _leaders),
        steps.text("content", N_("Content"), N_("What is it about? A line or two."), 500),
        steps.choice("minutes", N_("Duration"), N_("How long will it take?"), _minutes, columns=3),
        steps.several(
            "days", N_("Preferred days"), N_("Which days would suit you? Several may be chosen."), _days,
            is_optional=True,
        ),
        steps.several(
            "units", N_("Units concerned"), N_("Which other units does it concern?"), _units, is_optional=True
        ),
    ),
    _finish,
)  # fmt: skip

ROUTES: list[Route] = [
    command("dangky", on_list, "dang ky", "dang ky lich lam viec"),
    press("booking.open", on_open),
    press("booking.new", on_new),
    press("booking.withdraw", on_withdraw),
    form(BOOKING),
]
