"""What is said on the meeting day: the head count, a wrong composition, one's own record."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, clock_time, short_moment
from bot.messages import Button, Message, Row, Style, button, html, lines
from bot.work import Work
from models.attendance import Act, AttendanceEntry, Method
from models.meetings import Meeting
from models.people import Person
from rules.attendance import Mark, Status, minutes_late
from services import access, people
from services.notices import words
from services.seats import Seat, hours_of

# The card names so many of a group, and of all groups together; the roll call shows all.
NAMED, NAMED_IN_ALL = 6, 12


def status_words(status: Status) -> str:
    """The words of the contract."""
    return {
        Status.PRESENT: _("present, in time"),
        Status.LATE_EXCUSED: _("late, excused"),
        Status.LATE_UNEXCUSED: _("late, not excused"),
        Status.EARLY_EXCUSED: _("left early, excused"),
        Status.LEFT_MIDWAY: _("left midway"),
        Status.SUBSTITUTE_RIGHT: _("substitute, right composition"),
        Status.SUBSTITUTE_WRONG: _("substitute, wrong composition"),
        Status.ONLINE: _("attended online"),
        Status.ABSENT_EXCUSED: _("absent, excused"),
        Status.ABSENT_AWAITING_DOCUMENT: _("absent, document awaited"),
        Status.ABSENT_UNDECIDED: _("absent, the chair has not given an opinion"),
        Status.ABSENT_UNEXCUSED: _("absent, not excused"),
        Status.NO_ANSWER: _("has not answered"),
    }[status]


def mark_words(mark: Mark) -> str:
    return {Mark.PRIVATE_BUSINESS: _("private business"), Mark.UNPREPARED: _("does not know the content")}[mark]


def record_words(work: Work, meeting: Meeting, seat: Seat) -> str:
    """đến muộn không phép (12 phút); làm việc riêng: the statuses of a seat in words, with what was seen and marked."""
    marks = [mark_words(entry.mark) for entry in seat.marks if entry.mark]
    return "; ".join([_seen_words(work, meeting, seat), *marks])


def _seen_words(work: Work, meeting: Meeting, seat: Seat) -> str:
    if not seat.statuses:
        return _("not found by the roll call") if seat.is_missed else _("not recorded")
    said = ", ".join(status_words(status) for status in seat.statuses)
    late = minutes_late(seat.seen, hours_of(work, meeting)) if seat.seen else 0
    # What the roll call saw is said too, as long as nobody has classified it.
    missed = seat.is_missed and seat.awaits_office
    note = _("not found by the roll call") if missed else _("{number} minutes").format(number=late) if late else ""
    return f"{said} ({note})" if note else said


def wrong_composition(work: Work, person: Person, meeting: Meeting, seat: Seat) -> Message:
    """To the chair, before somebody sits down who was not agreed: one tap accepts him."""
    sitting = words.named(work, seat.sitting) if seat.sitting else ""
    text = lines(
        html("<b>{title}</b>", title=_("Wrong composition")),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("{who} has come for: {post}."), who=words.capital(sitting), post=_seat_name(work, seat)),
        _("Unless you accept, it is recorded as a wrong composition."),
        words.cite(work, "attendance"),
    )
    accept = button(
        _("Accept on the spot"), token("attendance.accept", seat.invitation.id), Style.SUCCESS, is_weighty=True
    )
    return Message(text, ((accept,),), card=f"composition:{seat.invitation.id}", fresh=True, urgent=True)


def marked(work: Work, person: Person, meeting: Meeting, seat: Seat, mark: Mark, why: str) -> Message:
    """To whom a mark was entered about; he may object."""
    text = lines(
        html("<b>{title}</b>", title=_("A mark was entered: {mark}").format(mark=mark_words(mark))),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Reason: {reason}"), reason=why),
        words.cite(work, "attendance"),
    )
    return Message(text, _object(seat))


def mark_withdrawn(work: Work, person: Person, meeting: Meeting, mark: Mark, why: str) -> Message:
    """To whom it was about."""
    text = lines(
        html("<b>{title}</b>", title=_("A mark was withdrawn: {mark}").format(mark=mark_words(mark))),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Reason: {reason}"), reason=why),
    )
    return Message(text)


def objection(work: Work, person: Person, meeting: Meeting, seat: Seat, who: Person, why: str) -> Message:
    """To the Office."""
    text = lines(
        html("<b>{title}</b>", title=_("An objection to the record of attendance")),
        html("{who}", who=words.capital(words.named(work, who))),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Recorded: <b>{record}</b>"), record=record_words(work, meeting, seat)),
        html(_("Reason: {reason}"), reason=why),
    )
    answer = button(_("Answer"), token("objection.answer", seat.invitation.id), Style.PRIMARY)
    return Message(text, ((answer,),), card=f"objection:{seat.invitation.id}", fresh=True)


def objection_answered(work: Work, person: Person, meeting: Meeting, seat: Seat, why: str) -> Message:
    text = lines(
        html("<b>{title}</b>", title=_("The record of attendance stands")),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Recorded: <b>{record}</b>"), record=record_words(work, meeting, seat)),
        html(_("Reason: {reason}"), reason=why),
    )
    return Message(text)


def method_words(method: Method) -> str:
    return {
        Method.QR: _("by the square"),
        Method.CODE: _("by the code"),
        Method.SELF: _("by his own tap"),
        Method.ROLL_CALL: _("by the roll call"),
        Method.PAPER: _("from the signed sheet"),
    }[method]


_SIGHTS = (Act.CHECK_IN, Act.LEAVE, Act.ABSENT)


def entry_words(work: Work, entry: AttendanceEntry) -> Markup:
    """One entry of the record: when, what and how, by whom; when it was entered, if that was later."""
    said = {
        Act.CHECK_IN: _("came"),
        Act.LEAVE: _("left"),
        Act.ABSENT: _("absent"),
        Act.UNDO: _("the entry before was a slip"),
        Act.CLASSIFY: _("classified: {status}").format(status=status_words(entry.status) if entry.status else ""),
        Act.ACCEPT: _("accepted by the chair"),
        Act.MARK: _("mark: {mark}").format(mark=mark_words(entry.mark) if entry.mark else ""),
        Act.WITHDRAW: _("withdrawn: {mark}").format(mark=mark_words(entry.mark) if entry.mark else ""),
        Act.OBJECT: _("objection"),
        Act.ANSWER: _("answer to the objection"),
    }[entry.act]
    by = work.session.get(Person, entry.entered_by_id)
    later = _("entered {moment}").format(moment=short_moment(entry.entered_at))
    is_later = entry.entered_at - entry.at >= timedelta(minutes=1)
    notes = [method_words(entry.method) if entry.act in _SIGHTS else entry.text, later if is_later else ""]
    told = f" ({'; '.join(note for note in notes if note)})" if any(notes) else ""
    return html(
        "– {at}: {said}{told}, {by}",
        at=short_moment(entry.at),
        said=said,
        told=told,
        by=words.comrade(by) if by else "",
    )


def _object(seat: Seat) -> tuple[Row, ...]:
    return ((button(_("Object"), token("objection.make", seat.invitation.id)),),)


def my_record(work: Work, person: Person, meeting: Meeting, seat: Seat) -> Message:
    """One's own record, with the button to object."""
    text = lines(
        html("<b>{title}</b>", title=_("Your attendance")),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Recorded: <b>{record}</b>"), record=record_words(work, meeting, seat)),
        html(_("Reason: {reason}"), reason=seat.entries[-1].text) if seat.entries and seat.entries[-1].text else None,
        words.cite(work, "attendance"),
    )
    return Message(text, _object(seat), card=f"record:{seat.invitation.id}", fresh=True)


def _seat_name(work: Work, seat: Seat) -> str:
    return people.full_title(seat.post, people.unit_of(work, seat.post))


def head_count(work: Work, person: Person, meeting: Meeting, found: Sequence[Seat], figures: dict[str, Any]) -> Message:
    """Số lượng, thành phần (Rạch Giá 2): edited in place until the start; the last one is the record."""
    title = (
        _("Head count at the start") if figures["final"] else _("Head count, {time}").format(time=clock_time(work.now))
    )
    counts = _("Invited {invited}; will come {coming}; present {present}; excused {excused}.").format(**figures)
    text = lines(
        html("<b>{title}</b>", title=title),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        counts,
        _quorum_line(figures),
        *_groups(work, found),
        words.cite(work, "silent_window") if figures["cites_silence"] else words.cite(work, "attendance"),
    )
    is_passing = not figures["first"] and not figures["final"]
    rows = ((_to_record(work, person, meeting),),)
    return Message(text, rows, card=f"headcount:{meeting.id}", fresh=figures["first"], only_edits=is_passing)


def _to_record(work: Work, person: Person, meeting: Meeting) -> Button:
    """The Office calls the roll; who presides reads it, and enters marks."""
    if access.is_office(work, person):
        return button(_("Roll call"), token("attendance.roll", meeting.id, argument="p.0"), Style.PRIMARY)
    return button(_("Attendance"), token("attendance.review", meeting.id))


def _quorum_line(figures: dict[str, Any]) -> str | None:
    if figures["quorum"] is None:
        return None
    said = (
        _("Members present {present} of {all}: quorum reached.")
        if figures["quorum"]
        else _("Members present {present} of {all}: <b>no quorum yet</b>.")
    )
    return Markup(said).format(present=figures["members_present"], all=figures["members"])


_SHOWN = (
    Status.SUBSTITUTE_WRONG,
    Status.SUBSTITUTE_RIGHT,
    Status.ABSENT_EXCUSED,
    Status.ABSENT_AWAITING_DOCUMENT,
    Status.ABSENT_UNDECIDED,
    Status.ABSENT_UNEXCUSED,
    Status.NO_ANSWER,
)


def _groups(work: Work, found: Sequence[Seat]) -> list[Markup]:
    """Each status that the chair should know of, with names; of a substitute, for whom he sits."""
    groups = [(status, [seat for seat in found if status in seat.statuses]) for status in _SHOWN]
    groups = [(status, holding) for status, holding in groups if holding]
    most = min(NAMED, NAMED_IN_ALL // len(groups)) if groups else 0
    return [_group(work, status, holding, most) for status, holding in groups]


def _group(work: Work, status: Status, holding: Sequence[Seat], most: int) -> Markup:
    names = "; ".join(_name(work, seat) for seat in holding[:most])
    more = _(" and {number} more").format(number=len(holding) - most) if len(holding) > most else ""
    said = words.capital(status_words(status))
    return html("{status} ({count}): {names}{more}", status=said, count=len(holding), names=names, more=more)


def _name(work: Work, seat: Seat) -> str:
    holder = seat.holder.full_name if seat.holder else seat.post.title
    substitute = seat.sitting if seat.seen and not seat.seen.is_holder else _named_substitute(work, seat)
    if substitute is None:
        return f"{holder}, {_seat_name(work, seat)}"
    return _("{substitute} for {holder}").format(substitute=words.named(work, substitute), holder=holder)


def _named_substitute(work: Work, seat: Seat) -> Person | None:
    key = seat.request.substitute_id if seat.request else None
    return work.session.get(Person, key) if key else None


def checked_in(work: Work, person: Person, meeting: Meeting, seat: Seat) -> Message:
    """To who has just checked in."""
    seen = seat.seen
    at = short_moment(seen.arrived_at) if seen else ""
    is_wrong = Status.SUBSTITUTE_WRONG in seat.statuses
    text = lines(
        html("<b>{title}</b>", title=_("Checked in: {time}").format(time=at)),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Recorded: <b>{record}</b>"), record=record_words(work, meeting, seat)),
        _("The chair has not agreed to this substitution; he has been asked.") if is_wrong else None,
    )
    return Message(text, card=f"record:{seat.invitation.id}", fresh=True)
