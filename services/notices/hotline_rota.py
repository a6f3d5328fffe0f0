"""What a hotline's team reads about its rota: the list, a colleague's wish, what has changed, whose day it is."""

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, clock_time, short_date, weekday
from bot.messages import Message, Row, Style, button, html, lines
from bot.work import Work
from models.hotline_leaves import HotlineLeave
from models.hotline_rota import HotlineShift
from models.meetings import Meeting
from models.offices import holder_of
from models.people import Person, Unit
from rules.shifts import STATES, Half, Shift, SwapState
from services import hotline_people
from services.hotline_rota import Place
from services.notices import words


def half_words(half: Half) -> str:
    return _("morning") if half is Half.MORNING else _("afternoon")


def shift_words(shift: Shift) -> str:
    """sáng thứ Hai 23/11."""
    day = f"{weekday(shift.day)} {short_date(shift.day)}"
    return _("the {half} of {day}").format(half=half_words(shift.half), day=day)


def rota_lines(work: Work, person: Person, places: Sequence[Place]) -> list[Markup]:
    """A line a day; both halves are told apart where they differ."""
    return [
        _day_line(work, person, list(of_day)) for _day, of_day in groupby(places, key=lambda place: place.shift.day)
    ]


def _day_line(work: Work, person: Person, places: Sequence[Place]) -> Markup:
    day = places[0].shift.day
    told = [(place.shift.half, _who(work, person, place)) for place in places]
    is_whole = len(told) == len(Half) and len({who for _half, who in told}) == 1
    parts = [told[0][1]] if is_whole else [f"{half_words(half)} {who}" for half, who in told]
    is_mine = any(_is_mine(person, place) for place in places)
    line = html("{day}: {who}", day=f"{weekday(day)} {short_date(day)}", who="; ".join(parts))
    return html("<b>{line}</b>", line=line) if is_mine else line


def _is_mine(person: Person, place: Place) -> bool:
    return place.person is not None and place.person.id == person.id


def _who(work: Work, person: Person, place: Place) -> str:
    """đ/c Ngô Thị Thu (ca của đồng chí; bận họp 14 giờ 00; đã nhờ đ/c Lê Văn Tám)."""
    if place.person is None:
        return _("nobody holds this post")
    asked = holder_of(work.session, place.asked.post_id, work.today) if place.asked else None
    notes = [
        _("your shift") if _is_mine(person, place) else "",
        busy_words(place.meetings),
        _("{who} has been asked").format(who=words.comrade(asked)) if asked else "",
    ]
    told = "; ".join(note for note in notes if note)
    return f"{words.comrade(place.person)} ({told})" if told else words.comrade(place.person)


def busy_words(meetings: Sequence[Meeting]) -> str:
    """bận họp 14 giờ 00; empty for whoever is at his desk."""
    if not meetings:
        return ""
    return _("in a meeting at {time}").format(time=", ".join(clock_time(meeting.starts_at) for meeting in meetings))


def request(work: Work, person: Person, row: HotlineShift, *, fresh: bool = False) -> Message:
    """To the colleague who is asked, and how it ended."""
    asker = work.session.get_one(Person, row.asked_by_id)
    is_open = row.state is SwapState.ASKED
    busy = hotline_people.busy(work, person, row.shift)
    text = lines(
        html("<b>{title}</b>", title=_("You are asked to take a shift of the hotline")),
        html("{what}", what=_what(work, row)),
        html(_("Asked by: {who}"), who=words.named(work, asker)),
        html(_("Note: {note}"), note=busy_words(busy)) if is_open and busy else None,
        html(_("State: {state}"), state=_(STATES[row.state])),
    )
    return Message(text, _request_rows(row) if is_open else (), card=f"shift:{row.id}:asked", fresh=fresh)


def _request_rows(row: HotlineShift) -> tuple[Row, ...]:
    accept = button(_("I will take the shift"), token("rota.accept", row.id), Style.SUCCESS)
    decline = button(_("I cannot take the shift"), token("rota.decline", row.id), Style.DANGER)
    return ((accept, decline),)


def own_request(work: Work, person: Person, row: HotlineShift, *, fresh: bool = False) -> Message:
    """To whoever asked: how it stands; a refusal with its reason."""
    asked = holder_of(work.session, row.post_id, work.today)
    withdraw = button(_("Withdraw the request"), token("rota.withdraw", row.id))
    text = lines(
        html("<b>{title}</b>", title=_("Your wish that a colleague take your shift")),
        html("{what}", what=_what(work, row)),
        html(_("Asked: {who}"), who=words.named(work, asked)) if asked else None,
        html(_("State: {state}"), state=_(STATES[row.state])),
        html(_("Reason: {reason}"), reason=row.reason) if row.reason else None,
        _("The shift is still yours.") if row.state in (SwapState.DECLINED, SwapState.LAPSED) else None,
    )
    rows = ((withdraw,),) if row.state is SwapState.ASKED else ()
    return Message(text, rows, card=f"shift:{row.id}:own", fresh=fresh)


def _what(work: Work, row: HotlineShift) -> str:
    """Phường Mẫu Trung, sáng thứ Hai 23/11."""
    return f"{work.session.get_one(Unit, row.unit_id).name}, {shift_words(row.shift)}"


def changed(work: Work, person: Person, row: HotlineShift) -> Message:
    """The rota has changed: who has the shift now, in whose place."""
    now, before = (holder_of(work.session, post_id, work.today) for post_id in (row.post_id, row.from_post_id))
    return Message(
        lines(
            html("<b>{title}</b>", title=_("The hotline's rota has changed")),
            html("{what}", what=_what(work, row)),
            html(_("On duty: {who}"), who=words.named(work, now)) if now else None,
            html(_("In the place of: {who}"), who=words.named(work, before)) if before else None,
        )
    )


def leave_words(row: HotlineLeave, person: Person) -> str:
    """đ/c Võ Minh Khôi, 23/11 đến 25/11; one day alone."""
    first, last = short_date(row.from_on), short_date(row.to_on)
    days = first if first == last else _("{first} to {last}").format(first=first, last=last)
    return f"{words.comrade(person)}, {days}"


def leave_lines(work: Work, person: Person, row: HotlineLeave) -> Markup:
    """Who, when, and who has his shifts."""
    return lines(
        html("{who}", who=words.capital(leave_words(row, person))),
        _("The next in turn has the shifts of these days."),
    )


def leave(work: Work, reader: Person, person: Person, row: HotlineLeave, *, is_over: bool) -> Message:
    """To the leader, and to whom the leader has entered."""
    title = _("On the hotline's rota again") if is_over else _("Away from the hotline's rota")
    told = html("{who}", who=words.capital(leave_words(row, person))) if is_over else leave_lines(work, person, row)
    return Message(lines(html("<b>{title}</b>", title=title), told))


def today(work: Work, person: Person, unit_id: int, halves: Sequence[Half], count: int) -> Message:
    """At the opening of the office, to whoever has a shift of the day."""
    when = _("all day") if len(halves) == len(Half) else half_words(halves[0])
    return Message(
        lines(
            html("<b>{title}</b>", title=_("You are on duty for the hotline today: {when}").format(when=when)),
            html(_("{unit}: {count} open questions"), unit=work.session.get_one(Unit, unit_id).name, count=count),
        ),
        ((button(_("Open the hotline"), token("/hotline")),),),
    )
