"""What is said of working sessions with the leadership: the draft, the leader's card, how each ended."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, full_date, ngettext, short_date, short_moment, weekday
from bot.messages import Message, Row, Style, button, column, grid, html, lines
from bot.work import Work
from models.bookings import Booking, bookings_in
from models.offices import holder_of
from models.people import Person, Post, Unit
from models.periodic import Periodic
from rules import deadlines
from rules.booking import STATES, BookingState
from rules.periodic import Occurrence
from services.notices import words
from services.regulation import calendar

LABEL = 30


def window_words(window: str) -> str:
    """01/12 đến 15/12/2026."""
    first, last = (date.fromisoformat(day) for day in window.split("/"))
    return _("{first} to {last}").format(first=short_date(first), last=full_date(last))


def until(work: Work, turn: Occurrence) -> str:
    """thứ Hai 23/11."""
    day = deadlines.due(turn.rule, calendar(work)).day
    return f"{weekday(day)} {short_date(day)}"


def no_room() -> str:
    return _("no time of the leader is left in these days")


def leader_name(work: Work, row: Booking) -> str:
    """đ/c Nguyễn Văn Hưng, Chủ tịch UBND tỉnh."""
    leader = holder_of(work.session, row.leader_post_id, work.today)
    return words.named(work, leader) if leader else work.session.get_one(Post, row.leader_post_id).title


def unit_name(work: Work, row: Booking) -> str:
    return work.session.get_one(Unit, work.session.get_one(Post, row.post_id).unit_id).name


def state_words(row: Booking) -> str:
    """đồng ý, 08 giờ 00, thứ Ba 01/12."""
    text = _(STATES[row.state])
    shown = row.state in (BookingState.PROPOSED, BookingState.APPROVED) and row.starts_at is not None
    return f"{text}, {short_moment(row.starts_at)}" if shown and row.starts_at else text


def line(work: Work, row: Booking) -> Markup:
    """08 giờ 00, thứ Ba 01/12, 60 phút: Sở Tài chính; dự toán năm 2027."""
    when = short_moment(row.starts_at) if row.starts_at else _("no time found")
    text = _("{when}, {minutes} minutes: {unit}; {content}")
    return html(text, when=when, minutes=row.minutes, unit=unit_name(work, row), content=row.content)


def agreed(work: Work, row: Booking) -> Markup:
    """14 giờ 00, thứ Năm 03/12: Sở Tài chính làm việc với đ/c Nguyễn Văn Hưng, Chủ tịch UBND tỉnh; dự toán năm 2027."""
    text = _("{when}: {unit} works with {leader}; {content}")
    when = short_moment(row.starts_at) if row.starts_at else ""
    return html(text, when=when, unit=unit_name(work, row), leader=leader_name(work, row), content=row.content)


def details(work: Work, row: Booking) -> Markup:
    """All that was registered."""
    days = ", ".join(short_date(date.fromisoformat(day)) for day in row.days)
    units = ", ".join(work.session.get_one(Unit, unit_id).name for unit_id in row.units)
    when = (
        _("{when}, {minutes} minutes").format(when=short_moment(row.starts_at), minutes=row.minutes)
        if row.starts_at
        else _("Duration: {minutes} minutes").format(minutes=row.minutes)
    )
    return lines(
        html(_("With: {leader}"), leader=leader_name(work, row)),
        html(_("Content: {content}"), content=row.content),
        html("{when}", when=when),
        html(_("Preferred days: {days}"), days=days) if days else None,
        html(_("Units concerned: {units}"), units=units) if units else None,
    )


def draft(work: Work, person: Person, turn: Periodic) -> Message:
    """The Office's table: leader by leader, what stands where; a number opens a line, one tap sends all."""
    found = bookings_in(work.session, turn.period)
    waiting = [row for row in found if row.state is BookingState.REGISTERED]
    shown = sorted(
        waiting or [row for row in found if row.state is not BookingState.WITHDRAWN],
        key=lambda row: (row.leader_post_id, row.starts_at is None, row.starts_at or row.registered_at),
    )
    title = _("Drafted schedule {window}") if waiting else _("Schedule {window}")
    text = lines(
        html("<b>{title}</b>", title=title.format(window=window_words(turn.period))),
        *_by_leader(work, shown, with_state=not waiting),
        _("What has no time is left out when the schedule is sent.")
        if any(not row.starts_at for row in waiting)
        else None,
        words.cite(work, "booking"),
    )
    numbers = [button(str(n), token("booking.edit", row.id)) for n, row in enumerate(shown, 1)] if waiting else []
    send = button(_("Send to the leaders"), token("booking.send", turn.id), Style.SUCCESS, is_weighty=True)
    return Message(text, (*grid(numbers), *(column(send) if waiting else ())), card=f"schedule:{turn.id}", fresh=True)


def _by_leader(work: Work, rows: Sequence[Booking], *, with_state: bool) -> list[Markup]:
    listed: list[Markup] = []
    leader = 0
    for number, row in enumerate(rows, 1):
        if row.leader_post_id != leader:
            leader = row.leader_post_id
            listed.append(html("<b>{leader}</b>", leader=words.capital(leader_name(work, row))))
        state = f" ({_(STATES[row.state])})" if with_state else ""
        listed.append(html("{n}. {line}{state}", n=number, line=line(work, row), state=state))
    return listed


def schedule(work: Work, person: Person, rows: Sequence[Booking]) -> Message:
    """A leader's sessions in order of time, a number each, and one tap for all that wait."""
    rows = sorted(rows, key=lambda row: row.starts_at or row.registered_at)
    waiting = [row for row in rows if row.state is BookingState.PROPOSED]
    count = ngettext("{count} working session to agree to", "{count} working sessions to agree to", len(waiting))
    title = count.format(count=len(waiting)) if waiting else _("Working sessions")
    states = ["" if row in waiting else f" ({_(STATES[row.state])})" for row in rows]
    listed = [
        html("{n}. {line}{state}", n=n, line=line(work, row), state=state)
        for n, (row, state) in enumerate(zip(rows, states, strict=True), 1)
    ]
    numbers = [button(str(n), token("booking.decide", row.id)) for n, row in enumerate(rows, 1)]
    every = [button(_("Agree to all"), token("booking.all", r.id), Style.SUCCESS, is_weighty=True) for r in waiting[:1]]
    text = lines(html("<b>{title}</b>", title=title), *listed, words.cite(work, "booking"))
    return Message(text, (*column(*every), *grid(numbers)), card=_card(rows), fresh=True)


def _card(rows: Sequence[Booking]) -> str:
    return f"sessions:{rows[0].window}:{rows[0].leader_post_id}" if rows else ""


def slot(work: Work, person: Person, row: Booking) -> Message:
    """One session before its leader."""
    text = lines(
        html("<b>{unit}</b>", unit=unit_name(work, row)),
        details(work, row),
        html("{state}", state=words.capital(state_words(row))),
        words.cite(work, "booking"),
    )
    rows: tuple[Row, ...] = ()
    if row.state is BookingState.PROPOSED:
        rows = (
            (
                button(_("Agree"), token("booking.agree", row.id), Style.SUCCESS, is_weighty=True),
                button(_("Another time"), token("booking.move", row.id)),
            ),
            (button(_("Do not agree"), token("booking.decline", row.id)),),
        )
    return Message(text, rows)


def outcome(work: Work, person: Person, row: Booking) -> Message:
    """To the unit that registered."""
    title = {
        BookingState.APPROVED: _("The working session is agreed"),
        BookingState.DECLINED: _("The working session is not agreed"),
        BookingState.DROPPED: _("Your registration could not be put into the schedule"),
        BookingState.LAPSED: _("Your registration has expired; the leader has not given an opinion"),
    }[row.state]
    text = lines(
        html("<b>{title}</b>", title=title),
        details(work, row),
        html(_("Reason: {reason}"), reason=row.reason) if row.reason else None,
        words.cite(work, "booking"),
    )
    return Message(text)


def withdrawn(work: Work, person: Person, row: Booking) -> Message:
    text = lines(
        html("<b>{title}</b>", title=_("A working session has been withdrawn")),
        html("{unit}", unit=unit_name(work, row)),
        details(work, row),
    )
    return Message(text)


def concerned(work: Work, person: Person, row: Booking) -> Message:
    """To the other units whose matter it touches."""
    text = lines(
        html("<b>{title}</b>", title=_("A working session that concerns your unit")),
        html("{unit}", unit=unit_name(work, row)),
        details(work, row),
        words.cite(work, "booking"),
    )
    return Message(text)
