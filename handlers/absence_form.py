"""The request form: which meetings, what, why, who sits in; one screen a step, one minute in all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from secrets import token_hex
from typing import Any

from markupsafe import Markup

from bot.clock import LOCAL_ZONE
from bot.context import Reply
from bot.forms.form import Answered, Asking, Attached, Form, Given, Outcome, Prompt, Step, Typed
from bot.forms.steps import Option, checked_text, choice, moment, person, several
from bot.i18n import _, local_day, short_moment
from bot.messages import lines
from models.meetings import Invitation, Meeting
from models.people import Person
from rules.absence import Kind, Reason, needs_document
from rules.errors import N_, InvalidInputError
from services import absence, access, agenda, people, substitution
from services.notices import absence as notices
from services.notices import words
from services.regulation import regulation
from services.substitution import Candidate


def invitations(asking: Asking) -> list[Invitation]:
    return [asking.context.work.session.get_one(Invitation, int(key)) for key in asking.answers.get("meetings", ())]


def meetings(asking: Asking) -> list[Meeting]:
    return [asking.context.work.session.get_one(Meeting, invitation.meeting_id) for invitation in invitations(asking)]


def _open_meetings(asking: Asking) -> Sequence[Option]:
    """Mine that can still be asked about; those chosen already stay, so that the summary can name them."""
    work = asking.context.work
    found = {invitation.key: meeting for invitation, meeting in agenda.may_ask_about(work, asking.context.official)}
    for invitation, meeting in zip(invitations(asking), meetings(asking), strict=True):
        found.setdefault(invitation.key, meeting)
    return [Option(str(key), words.meeting_in_short(meeting)) for key, meeting in found.items()]


def _kinds(asking: Asking) -> Sequence[tuple[str, str]]:
    away, partly = (Kind.SUBSTITUTE, Kind.ABSENT), (Kind.LATE, Kind.EARLY)
    offered = {"late": partly, "absent": away}.get(asking.answers.get("offer", ""), away + partly)
    # Coming late is about one meeting; a trip that spans several means being away.
    if len(asking.answers.get("meetings", ())) > 1:
        offered = away
    return [(kind.value, words.kind(kind)) for kind in offered]


def _reasons(asking: Asking) -> Sequence[tuple[str, str]]:
    return [(reason.value, words.reason(reason)) for reason in Reason]


_CHOOSES_REASON = choice("reason", N_("Reason"), N_("For what reason?"), _reasons, columns=2)


def _read_reason(asking: Asking, given: Given) -> Outcome:
    """Words of his own are another reason, with its details."""
    try:
        return _CHOOSES_REASON.read(asking, given)
    except InvalidInputError:
        if not isinstance(given, Typed) or len(given.text.split()) < 2:
            raise
        return Answered(Reason.OTHER.value, {"detail": {"text": checked_text(given.text, 1000)}})


def _is(kind: Kind) -> Any:
    return lambda asking: asking.answers.get("kind") == kind


def _day(asking: Asking) -> date:
    return local_day(meetings(asking)[0].starts_at)


def _times(asking: Asking) -> list[str]:
    """Round hours while the meeting lasts: every quarter of a short one, every half hour of a long one."""
    meeting = meetings(asking)[0]
    is_short = meeting.ends_at - meeting.starts_at <= timedelta(hours=2)
    step = timedelta(minutes=15 if is_short else 30)
    count = -((meeting.starts_at - meeting.ends_at) // step)
    moments = [meeting.starts_at + number * step for number in range(1, count)]
    return [f"{moment.astimezone(LOCAL_ZONE):%H:%M}" for moment in moments]


def _within(asking: Asking, moment: datetime) -> None:
    absence.check_time(meetings(asking)[0], moment)


def _candidates(asking: Asking) -> list[Candidate]:
    """Who may sit in at all the chosen meetings: a refusal for one is a refusal for the trip."""
    chosen = zip(invitations(asking), meetings(asking), strict=True)
    lists = [substitution.candidates(asking.context.work, invitation, meeting) for invitation, meeting in chosen]
    if not lists:
        return []
    by_person: dict[int, Candidate] = {}
    for candidate in (each for found in lists for each in found):
        known = by_person.get(candidate.person.key)
        if known is None or (known.verdict.allowed and not candidate.verdict.allowed):
            by_person[candidate.person.key] = candidate
    return list(by_person.values())


def _listed(asking: Asking) -> Sequence[tuple[int, str, str]]:
    return [listed(asking, candidate) for candidate in _candidates(asking)]


def listed(asking: Asking, candidate: Candidate) -> tuple[int, str, str]:
    """A candidate as the list shows him: where else he is called at that hour, or why he may not be named."""
    work = asking.context.work
    name = f"{candidate.person.full_name}, {people.title_of(work, candidate.person)}"
    verdict = words.verdict(work, candidate.verdict)
    if not candidate.verdict.allowed:
        return candidate.person.key, name, verdict
    busy = "; ".join(f"{other.title}, {short_moment(other.starts_at)}" for other in candidate.clashes)
    return (
        candidate.person.key,
        _("{name} (called to: {meetings})").format(name=name, meetings=busy) if busy else name,
        "",
    )


def _can_name_now(asking: Asking) -> bool:
    return asking.answers.get("kind") == Kind.SUBSTITUTE and any(c.verdict.allowed for c in _candidates(asking))


def _declares(asking: Asking) -> bool:
    return bool(asking.answers.get("substitute")) and regulation(asking.context.work).policy.declares_authority


def _ask_detail(asking: Asking) -> Prompt:
    return Prompt(Markup(_("Please say more about the reason, or send a picture or a file. Only the chair reads it.")))


def _read_detail(asking: Asking, given: Given) -> Outcome:
    match given:
        case Typed(text=typed):
            return Answered({"text": checked_text(typed, 1000)})
        case Attached(file_id=file_id, name=name, caption=caption):
            return Answered({"text": checked_text(caption, 1000) if caption else "", "file_id": file_id, "name": name})
    raise InvalidInputError(N_("Please type the reason or send a file."))


def _shows_detail(asking: Asking, value: Any) -> str:
    return "; ".join(part for part in (value.get("text"), value.get("name")) if part)


DETAIL = Step(
    "detail", lambda: _("Details"), _ask_detail, _read_detail, _shows_detail, is_optional=True, takes_file=True
)


def _title(asking: Asking) -> str:
    entered_for = asking.answers.get("for")
    if entered_for is None:
        return _("Your request, before it is sent")
    holder = asking.context.work.session.get_one(Person, int(entered_for))
    return _("Request entered for {person}, by telephone").format(person=words.comrade(holder))


def _overlap(chosen: Sequence[Meeting]) -> bool:
    spans = sorted((meeting.starts_at, meeting.ends_at) for meeting in chosen)
    return any(end > start for (_first, end), (start, _last) in pairwise(spans))


def _notes(asking: Asking) -> Markup:
    """What will happen with it: the letter, the consent before the substitute; and the clause."""
    work, policy = asking.context.work, regulation(asking.context.work).policy
    kind = Kind(asking.answers["kind"])
    is_head = all(substitution.is_head(work, access.post_of(work, invitation)) for invitation in invitations(asking))
    needs_letter = any(needs_document(policy, kind, meeting.kind, is_head=is_head) for meeting in meetings(asking))
    letter = _(
        "This meeting needs a letter: the system drafts it; the request goes to the chair once its number is entered."
    )
    later = _("The head is required: a substitute is named after the chair consents.")
    both = _("These meetings overlap: one person cannot sit in at both.")
    return lines(
        letter if needs_letter else None,
        both if kind is Kind.SUBSTITUTE and _overlap(meetings(asking)) else None,
        later if kind is Kind.SUBSTITUTE and not asking.answers.get("substitute") else None,
        words.cite(work, "late" if kind in (Kind.LATE, Kind.EARLY) else "document" if needs_letter else "consent"),
    )


def _finish(asking: Asking) -> Reply:
    work, trip = asking.context.work, token_hex(8) if len(asking.answers["meetings"]) > 1 else ""
    answered = [access.invitation_to_answer(work, int(key)) for key in asking.answers["meetings"]]
    clerk = answered[0][1]
    invited = [invitation for invitation, _clerk in answered]
    replies = [
        notices.request_card(work, asking.context.official, request, access.meeting_of(work, request))
        for request in absence.submit(work, invited, details(asking, trip), entered_by=clerk)
    ]
    # The first takes the place of the summary, whose buttons have done their work.
    return [replace(replies[0], edit=True), *replies[1:]]


def details(asking: Asking, trip: str) -> absence.Details:
    """The answers as the service takes them."""
    answers = asking.answers
    detail = answers.get("detail") or {}
    return absence.Details(
        kind=Kind(answers["kind"]),
        reason=Reason(answers["reason"]),
        reason_text=detail.get("text", ""),
        file_id=detail.get("file_id"),
        arrives_at=_moment(answers.get("arrives_at")),
        leaves_at=_moment(answers.get("leaves_at")),
        substitute_id=answers.get("substitute"),
        declares_authority=answers.get("authority") == "yes",
        trip=trip,
    )


def _moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


REQUEST_ABSENCE = Form(
    name="absence",
    title=_title,
    steps=(
        several(
            "meetings",
            N_("Meeting"),
            N_("Which meeting can you not attend in full? Several may be chosen for one trip."),
            _open_meetings,
        ),
        choice("kind", N_("Request"), N_("What do you ask for?"), _kinds),
        moment(
            "arrives_at",
            N_("Arrival"),
            N_("When will you arrive?"),
            on=_day,
            times=_times,
            check=_within,
            applies=_is(Kind.LATE),
        ),
        moment(
            "leaves_at",
            N_("Leaving"),
            N_("When must you leave?"),
            on=_day,
            times=_times,
            check=_within,
            applies=_is(Kind.EARLY),
        ),
        replace(_CHOOSES_REASON, read=_read_reason),
        DETAIL,
        person("substitute", N_("Substitute"), N_("Who sits in for you?"), _listed, applies=_can_name_now),
        choice(
            "authority",
            N_("Authority"),
            N_(
                "Do you confirm that the substitute holds full professional authority "
                "to speak for the head of the agency?"
            ),
            [("yes", N_("I confirm"))],
            applies=_declares,
        ),
    ),
    finish=_finish,
    notes=_notes,
)
