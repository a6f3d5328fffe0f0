"""Words that all notices share: people with their titles, meetings with their time, reasons, states."""

from datetime import datetime, timedelta

from markupsafe import Markup

from bot.i18n import _, clock_time, full_moment, short_date, short_moment, weekday
from bot.messages import Attachment, html, lines
from bot.work import Work
from models.absence import AbsenceRequest, Ratification
from models.meetings import Meeting, papers_of
from models.people import Person
from rules import deadlines
from rules.absence import Kind, Reason, State, Verdict
from rules.packs import citation, within_sentence
from rules.workdays import TIME_ZONE
from services import people
from services.regulation import regulation

# News of a meeting is urgent on its eve, a decision in the last hours before it.
NEAR = timedelta(hours=24)
LAST_HOURS = timedelta(hours=2)


def named(work: Work, person: Person) -> str:
    """đ/c Vũ Đình Khải, Trưởng phòng Kinh tế."""
    title = people.title_of(work, person)
    return _("Comrade {name}, {title}").format(name=person.full_name, title=title) if title else comrade(person)


def comrade(person: Person) -> str:
    """đ/c Vũ Đình Khải."""
    return _("Comrade {name}").format(name=person.full_name)


def chair_name(work: Work, meeting: Meeting) -> str:
    """Who presides: a person of the body with his title, or the name of somebody from outside."""
    chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    return named(work, chair) if chair else meeting.outside_chair


def meeting_in_short(meeting: Meeting) -> str:
    """họp giao ban tuần (14 giờ 00, thứ Năm 26/11)."""
    return f"{meeting.title} ({short_moment(meeting.starts_at)})"


# Titles that begin so name the meeting itself and go on in small letters inside a sentence.
_MEETING_WORDS = frozenset({"họp", "phiên", "hội", "cuộc", "buổi"})


def in_sentence(meeting: Meeting) -> str:
    """The meeting inside a sentence: họp giao ban tuần (…); cuộc họp “Chỉnh trang chợ” (…)."""
    title = meeting.title
    if title.split(maxsplit=1)[0].lower() in _MEETING_WORDS:
        title = title[0].lower() + title[1:]
    else:
        title = _("the meeting “{title}”").format(title=title)
    return f"{title} ({short_moment(meeting.starts_at)})"


def capital(text: str) -> str:
    """The same at the start of a sentence."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """The same inside a sentence."""
    return text[:1].lower() + text[1:]


def when_and_where(meeting: Meeting) -> str:
    return ", ".join(part for part in (full_moment(meeting.starts_at), meeting.place) if part)


def is_near(work: Work, moment: datetime, within: timedelta = NEAR) -> bool:
    """Whether it is so soon that what is said of it is urgent."""
    return work.now <= moment <= work.now + within


def papers(work: Work, meeting: Meeting) -> tuple[Attachment, ...]:
    """The papers of a meeting, ready to be sent along."""
    return tuple(Attachment(p.file_id, work.file_name(p.file_id)) for p in papers_of(work.session, meeting.key))


def kind(value: Kind) -> str:
    return {
        Kind.SUBSTITUTE: _("Send a substitute"),
        Kind.ABSENT: _("Absent, no substitute"),
        Kind.LATE: _("Come late"),
        Kind.EARLY: _("Leave early"),
    }[value]


def reason(value: Reason) -> str:
    return {
        Reason.WORK_TRIP: _("Work trip"),
        Reason.CLASH: _("Another meeting"),
        Reason.SICK: _("Ill"),
        Reason.LEAVE: _("On leave"),
        Reason.TRAINING: _("Training"),
        Reason.OTHER: _("Other reason"),
    }[value]


def reason_in_sentence(request: AbsenceRequest) -> str:
    """The category alone: all that anybody but the chair is told."""
    return reason(request.reason).lower()


def reason_in_full(request: AbsenceRequest) -> str:
    """The category with the text beside it: for the chair, the requester and his own letter."""
    if request.reason is Reason.OTHER and request.reason_text:
        return request.reason_text
    return "; ".join(part for part in (reason_in_sentence(request), request.reason_text) if part)


def asks(request: AbsenceRequest) -> str:
    """What is asked, as it follows a name: "xin vắng", "xin đến muộn, lúc 14 giờ 30"."""
    if request.kind is Kind.LATE and request.arrives_at is not None:
        return _("asks to come late, at {time}, to").format(time=clock_time(request.arrives_at))
    if request.kind is Kind.EARLY and request.leaves_at is not None:
        return _("asks to leave early, at {time},").format(time=clock_time(request.leaves_at))
    return _("asks to be absent from")


def asked(request: AbsenceRequest) -> str:
    """What is asked, as it stands alone: "cử người dự thay", "đến muộn, lúc 14 giờ 30"."""
    what, moment = kind(request.kind).lower(), request.arrives_at or request.leaves_at
    return _("{what}, at {time}").format(what=what, time=clock_time(moment)) if moment else what


def whose_request(work: Work, person: Person, request: AbsenceRequest) -> Markup:
    """The clerk who entered it reads whose it is."""
    if person.id == request.requester_id:
        return html(_("Your request: {what}."), what=asked(request))
    requester = work.session.get_one(Person, request.requester_id)
    return html(_("Request of {who}: {what}."), who=comrade(requester), what=asked(request))


def state(value: State) -> str:
    """The words of the contract."""
    return {
        State.AWAITING_DOCUMENT: _("waiting for the document"),
        State.AWAITING_DECISION: _("waiting for the chair"),
        State.APPROVED: _("approved"),
        State.REFUSED: _("refused"),
        State.RETURNED: _("the chair has asked back"),
        State.WITHDRAWN: _("withdrawn"),
        State.LAPSED: _("expired, the chair has not given an opinion"),
        State.VOID: _("void, the meeting was moved or cancelled"),
    }[value]


def state_line(work: Work, request: AbsenceRequest) -> str:
    """How it stands, and who decided what when."""
    if request.decided_at is None or request.state not in (State.APPROVED, State.REFUSED):
        return _("This request: {state}.").format(state=state(request.state))
    decider = work.session.get(Person, request.decided_by_id) if request.decided_by_id else None
    meeting = work.session.get_one(Meeting, request.meeting_id)
    who = comrade(decider) if decider else meeting.outside_chair
    return _("This request: {state} by {who} at {time}.").format(
        state=state(request.state), who=who, time=short_moment(request.decided_at)
    )


def entered_mark(work: Work, request: AbsenceRequest) -> str:
    """entered by X for Y, by telephone; empty for what the requester sent himself."""
    clerk = work.session.get(Person, request.entered_by_id) if request.entered_by_id else None
    if clerk is None:
        return ""
    holder = work.session.get_one(Person, request.requester_id)
    return _("Entered by {clerk} for {person}, by telephone.").format(
        clerk=capital(comrade(clerk)), person=comrade(holder)
    )


def consent_note(request: AbsenceRequest) -> str:
    """How a consent was given where it was not by a tap of the chair."""
    if request.ratification is Ratification.PENDING:
        return _("by telephone, to be confirmed")
    # A later word of the chair himself is no word by telephone any more.
    is_rejected = request.ratification is Ratification.REJECTED
    is_oral = not is_rejected and request.oral_at is not None and request.oral_at == request.decided_at
    return _("by telephone") if is_oral else ""


def slip_number(request: AbsenceRequest) -> str:
    return _("{number}/GUQ").format(number=f"{request.slip_number or 0:02d}")


def cite(work: Work, topic: str) -> Markup | None:
    """The clause, last line of an obligation, where the pack in force has one on this."""
    clause = regulation(work).cite(topic)
    return html("<i>{clause}</i>", clause=clause) if clause else None


def verdict(work: Work, value: Verdict) -> str:
    """Why somebody may not be named, or what the chair sees, with its clause."""
    why = _(value.why).rstrip(".") if value.why else ""
    if not why or not value.clause:
        return why
    # The body's own document stands at the foot of the message; here the clause alone is enough.
    clause = citation(regulation(work).pack, value.clause)
    return f"{why}; {within_sentence(clause)}"


def slip_text(work: Work, request: AbsenceRequest) -> Markup:
    """The slip in words: the document goes along."""
    declared = _("The substitute holds full professional authority to speak for the head of the agency.")
    return lines(
        html(_("<b>Authorisation slip no. {number}</b>"), number=slip_number(request)),
        _("The head answers for what the substitute says."),
        declared if request.declares_authority else None,
    )


def by_when(moment: datetime) -> str:
    """hết thứ Tư 25/11; with the hour where the day does not end with it."""
    if moment.astimezone(TIME_ZONE).time().isoformat() == "00:00:00":
        day = deadlines.named_day(moment)
        return _("the end of {day}").format(day=f"{weekday(day)} {short_date(day)}")
    return full_moment(moment)
