"""What the Office enters for others, marked as such: answers by telephone, and the chair's consent by telephone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from markupsafe import Markup

from bot.buttons import token
from bot.clock import LOCAL_ZONE
from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import choice, moment, person
from bot.i18n import _, clock_time, local_day
from bot.messages import Message, Row, Style, button, grid, html, lines
from bot.routes import Route, form, press
from handlers import meeting_view
from handlers.absence_form import REQUEST_ABSENCE
from models.absence import AbsenceRequest, Ratification
from models.meetings import Answer, Meeting
from rules.absence import State
from rules.errors import N_, NotAllowedError
from services import access, agenda, decisions, meetings, people, waiting
from services.agenda import Invitee
from services.notices import absence as notices
from services.notices import words

# What was said earlier was said about something else.
CALLED_WITHIN = timedelta(days=7)
UNDECIDED = (State.AWAITING_DECISION, State.RETURNED)


def on_telephone(context: Context) -> Reply:
    access.require_office(context.work)
    meeting = access.standing_meeting(context.work, context.token.subject)
    return engine.start(context, TELEPHONE, meeting.key)


def _invitees(asking: Asking) -> list[Invitee]:
    meeting = access.load(asking.context.work, Meeting, asking.subject_id or 0)
    return agenda.invitees(asking.context.work, meeting)


def _listed(asking: Asking) -> Sequence[tuple[int, str, str]]:
    """Those who have not answered first; who cannot be reached is marked, with his telephone."""
    unreached = {row.person.id for row in people.unreachable_people(asking.context.work)}
    found = sorted(_invitees(asking), key=lambda each: each.invitation.answer is not Answer.NONE)
    return [_line(each, is_linked=each.holder is not None and each.holder.id not in unreached) for each in found]


def _line(each: Invitee, *, is_linked: bool) -> tuple[int, str, str]:
    if each.holder is None:
        return each.invitation.key, each.post.title, _("nobody holds this post now")
    parts = [f"{each.holder.full_name}, {each.post.title}", each.holder.phone, "" if is_linked else _("not linked")]
    return each.invitation.key, ", ".join(part for part in parts if part), ""


def _chosen(asking: Asking) -> Invitee:
    key = asking.answers["invitee"]
    found = next((each for each in _invitees(asking) if each.invitation.key == key), None)
    if found is None or found.holder is None:
        raise NotAllowedError()
    return found


def _ask_answer(asking: Asking) -> str:
    who = words.comrade(_chosen(asking).holder or asking.context.official)
    return words.capital(_("What does {who} say?").format(who=who))


def _answers(asking: Asking) -> Sequence[tuple[str, str]]:
    """Who has a request already can only take it back; another one comes after that."""
    attends = ("attends", _("I will attend"))
    request = _chosen(asking).request
    if request is not None and (request.is_open or request.state is State.APPROVED):
        return [attends]
    return [attends, ("absent", _("Ask to be absent")), ("late", _("Late / leave early"))]


def _finish_telephone(asking: Asking) -> Reply:
    """A request goes on in the form that officials use themselves, in the holder's name."""
    context, work = asking.context, asking.context.work
    access.require_office(work)
    invitation, clerk = access.invitation_to_answer(work, _chosen(asking).invitation.key)
    holder = _chosen(asking).holder or context.official
    if asking.answers["answer"] == "attends":
        meetings.attend(work, invitation, entered_by=clerk)
        meeting = access.load(work, Meeting, invitation.meeting_id)
        note = _("Entered by telephone: {who} will attend.").format(who=words.comrade(holder))
        return meeting_view.view(context, meeting, note, edit=True)
    known: dict[str, object] = {"meetings": [str(invitation.key)], "offer": asking.answers["answer"]}
    if clerk is not None:
        known["for"] = holder.key
    return engine.start(context, REQUEST_ABSENCE, invitation.key, **known)


def on_oral(context: Context) -> Reply:
    """The requests of a meeting: those that wait, and oral consents that the chair has not confirmed yet."""
    access.require_office(context.work)
    meeting = access.standing_meeting(context.work, context.token.subject)
    requests = [each.request for each in agenda.invitees(context.work, meeting) if each.request is not None]
    undecided = [request for request in requests if request.state in UNDECIDED]
    pending = [request for request in requests if request.ratification is Ratification.PENDING]
    text = lines(
        html("<b>{title}</b>", title=words.meeting_in_short(meeting)),
        html(_("Chair: {chair}"), chair=words.chair_name(context.work, meeting)),
        _("For which request did the chair agree by telephone?") if undecided else _("No request waits for the chair."),
        *_numbered(context, meeting, undecided),
        _("Agreed by telephone, not confirmed by the chair yet:") if pending else None,
        *(html("– {case}", case=waiting.in_one_line(context.work, request, meeting)) for request in pending),
    )
    numbers = [
        button(str(number), token("office.request", request.id, request.version))
        for number, request in enumerate(undecided, 1)
    ]
    return Message(text, (*grid(numbers), _back(meeting)), edit=True)


def _numbered(context: Context, meeting: Meeting, requests: Sequence[AbsenceRequest]) -> list[Markup]:
    return [
        html("{number}. {case}", number=number, case=waiting.in_one_line(context.work, request, meeting))
        for number, request in enumerate(requests, 1)
    ]


def _back(meeting: Meeting) -> Row:
    return (button(_("Back to the meeting"), token("office.meeting", meeting.id)),)


def on_request(context: Context) -> Reply:
    """One request: what is noted for a chair of the body awaits his word, for one from outside it is the decision."""
    work = context.work
    access.require_office(work)
    request = access.load(work, AbsenceRequest, context.token.subject)
    meeting = access.meeting_of(work, request)
    earlier = (button(_("At another time"), token("office.call", request.id, request.version)),)
    if meeting.chair_id is None:
        shown = notices.decision_card(work, context.official, request, meeting)
        undecided = (earlier,) if request.state in UNDECIDED else ()
        return Message(shown.text, (*shown.rows, *undecided, _back(meeting)), shown.files, edit=True)
    shown = notices.for_the_record(work, context.official, request, meeting)
    if request.state not in UNDECIDED:
        return Message(shown.text, (_back(meeting),), edit=True)
    noted = _("The chair agreed by telephone at {time}: note it? He will be asked to confirm.")
    agree = button(_("The chair agreed"), token("absence.oral", request.id, request.version), Style.SUCCESS)
    return Message(
        lines(shown.text, noted.format(time=clock_time(work.now))), ((agree,), earlier, _back(meeting)), edit=True
    )


def on_call(context: Context) -> Reply:
    """The chair agreed in a call that was not just now."""
    access.require_office(context.work)
    request = access.load(context.work, AbsenceRequest, context.token.subject)
    return engine.start(context, CALL, request.key)


def _recent(asking: Asking) -> list[str]:
    """Some times of today that may be meant."""
    now = asking.context.work.now
    moments = [now - timedelta(minutes=minutes) for minutes in (60, 45, 30, 15)]
    return [f"{moment.astimezone(LOCAL_ZONE):%H:%M}" for moment in moments if local_day(moment) == local_day(now)]


def _finish_call(asking: Asking) -> Reply:
    work = asking.context.work
    request = access.load(work, AbsenceRequest, asking.subject_id or 0)
    decisions.record_oral(work, request, datetime.fromisoformat(asking.answers["at"]))
    shown = notices.for_the_record(work, asking.context.official, request, access.meeting_of(work, request))
    # Below what was typed, where it is seen.
    return Message(shown.text, card=f"absence:{request.id}:decide", edit=True, fresh=not asking.context.was_pressed)


def _title(asking: Asking) -> str:
    return _("Answer by telephone")


TELEPHONE = Form(
    "telephone",
    _title,
    (
        person("invitee", N_("Who"), N_("Whose answer came by telephone?"), _listed),
        choice("answer", N_("Answer"), _ask_answer, _answers),
    ),
    _finish_telephone,
    confirms=False,
)

CALL = Form(
    "call",
    lambda asking: _("Consent by telephone"),
    (
        moment(
            "at",
            N_("Time of the call"),
            N_("When did the chair agree by telephone? For example 9:14."),
            earliest=lambda asking: asking.context.work.now - CALLED_WITHIN,
            on=lambda asking: asking.context.work.today,
            times=_recent,
            check=lambda asking, at: decisions.check_call(asking.context.work, at),
        ),
    ),
    _finish_call,
    confirms=False,
)

ROUTES: list[Route] = [
    press("office.telephone", on_telephone),
    press("office.oral", on_oral),
    press("office.request", on_request),
    press("office.call", on_call),
    form(TELEPHONE),
    form(CALL),
]
