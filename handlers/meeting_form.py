"""The Office's form for a meeting: create one, or change any answer of one that is planned."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup

from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import Option, choice, moment, person, several, text
from bot.i18n import _, full_date, local_day
from bot.messages import html, lines
from handlers import meeting_view
from handlers.meeting_steps import LENGTH, PAPERS, PLACE, end_of, start_of
from models.meetings import Meeting, MeetingKind
from models.people import Post
from rules.errors import N_
from services import access, meetings, office, people
from services.meeting_details import MeetingDetails
from services.notices import words
from services.office import Invitable
from services.regulation import calendar

# The choice in the list of chairs that leads to a typed name.
FROM_OUTSIDE = 0
KINDS = (
    (MeetingKind.REGULAR_SESSION.value, N_("Regular session")),
    (MeetingKind.BRIEFING.value, N_("Weekly briefing")),
    (MeetingKind.THEMATIC.value, N_("Thematic meeting")),
    (MeetingKind.CONFERENCE.value, N_("Conference")),
)
WEEKS = (("0", N_("Once")), ("4", N_("4 weeks")), ("8", N_("8 weeks")), ("12", N_("12 weeks")))
MOST_CLASHES = 6


def _chairs(asking: Asking) -> list[tuple[int, str, str]]:
    outside = (FROM_OUTSIDE, _("Somebody from outside"), "")
    return [outside, *((each.person.key, each.name, "") for each in people.officials(asking.context.work))]


def _is_outside(asking: Asking) -> bool:
    return asking.answers.get("chair") == FROM_OUTSIDE


def _units(asking: Asking) -> list[tuple[int, str, str]]:
    return [(unit.key, unit.name, "") for unit in office.units(asking.context.work)]


def _invitees(asking: Asking) -> Sequence[Option]:
    """Whole units, then persons; posts invited before stay in the list, even if nobody holds them now."""
    work = asking.context.work
    listed = office.invitable(work)
    may_come = office.without_chair(work, [each.post.key for each in listed], asking.answers.get("chair") or None)
    options = [
        Option(str(each.post.key), _called(each), "" if each.post.key in may_come else _("presides")) for each in listed
    ]
    known = {option.value for option in options}
    before = asking.answers.get("before", {}).get("invitees", ())
    return [
        *options,
        *(Option(value, access.load(work, Post, int(value)).title) for value in before if value not in known),
    ]


def _called(each: Invitable) -> str:
    if each.stands_for_unit:
        return _("{unit} ({name})").format(unit=each.unit.name, name=each.person.full_name)
    return f"{each.person.full_name}, {people.full_title(each.post, each.unit)}"


def _is_new(asking: Asking) -> bool:
    return asking.subject_id is None


STEPS = (
    text("title", N_("Subject"), N_("What is the meeting about? This is how it will be called."), 200),
    choice("kind", N_("Kind"), N_("What kind of meeting is it?"), KINDS, columns=2),
    moment("time", N_("Start"), N_("When does it start?")),
    LENGTH,
    PLACE,
    person("chair", N_("Chair"), N_("Who presides?"), _chairs),
    text("outside", N_("Name of the chair"), N_("Name and title of the chair from outside?"), 200, applies=_is_outside),
    person("host", N_("Prepared by"), N_("Which unit prepares the meeting?"), _units),
    choice(
        "head",
        N_("Head required"),
        N_("Must the heads come themselves?"),
        [("yes", N_("yes")), ("no", N_("no"))],
        columns=2,
    ),
    several(
        "invitees",
        N_("Invited"),
        N_("Who is invited? A unit stands for its head; for others type letters of the name."),
        _invitees,
    ),
    PAPERS,
    choice(
        "weekly", N_("Weekly"), N_("Is it held again every week, and for how long?"), WEEKS, columns=2, applies=_is_new
    ),
)


def _answers(context: Context, meeting: Meeting) -> dict[str, Any]:
    """A planned meeting as the form has it."""
    work = context.work
    known = meetings.details_of(work, meeting)
    return {
        "title": known.title,
        "kind": known.kind.value,
        "time": known.starts_at.isoformat(),
        "length": int((known.ends_at - known.starts_at).total_seconds() // 60),
        "place": known.place,
        "chair": known.chair_id or FROM_OUTSIDE,
        "outside": known.outside_chair,
        "host": known.host_unit_id,
        "head": "yes" if known.requires_head else "no",
        "invitees": [str(post_id) for post_id in known.post_ids],
        "papers": [{"file_id": number, "name": work.file_name(number)} for number in known.paper_ids],
    }


def _details(asking: Asking, answers: dict[str, Any]) -> MeetingDetails:
    work, chair_id = asking.context.work, answers["chair"] or None
    invited = [int(value) for value in answers["invitees"]]
    return MeetingDetails(
        code="",
        title=answers["title"],
        kind=MeetingKind(answers["kind"]),
        starts_at=start_of(answers),
        ends_at=end_of(answers),
        place=answers["place"],
        chair_id=chair_id,
        outside_chair=answers["outside"] if chair_id is None else "",
        host_unit_id=answers["host"],
        requires_head=answers["head"] == "yes",
        post_ids=office.without_chair(work, invited, chair_id),
        paper_ids=[file["file_id"] for file in answers["papers"]],
    )


def _notes(asking: Asking) -> Markup:
    """What the clerk should know before he sends: a day off, who is called elsewhere, which weeks fall out."""
    work, details = asking.context.work, _details(asking, asking.answers)
    found = office.clashes(work, details, asking.subject_id)
    elsewhere = [
        html("– {who}: {meetings}", who=words.comrade(person), meetings="; ".join(map(words.meeting_in_short, others)))
        for person, others in found[:MOST_CLASHES]
    ]
    more = _("and {number} more").format(number=len(found) - MOST_CLASHES) if len(found) > MOST_CLASHES else None
    return lines(
        _off_day(asking, details),
        _("Called elsewhere at that hour:") if found else None,
        *elsewhere,
        more,
        _weeks_off(asking, details),
    )


def _off_day(asking: Asking, details: MeetingDetails) -> str | None:
    day = local_day(details.starts_at)
    if calendar(asking.context.work).is_working(day):
        return None
    return _("{day} is not a working day.").format(day=full_date(day))


def _weeks_off(asking: Asking, details: MeetingDetails) -> str | None:
    weeks = int(asking.answers.get("weekly") or 0)
    _working, off = office.weekly(asking.context.work, details.starts_at, weeks)
    return meeting_view.skipped(asking.context.work, off)


def _create(asking: Asking) -> Reply:
    context = asking.context
    access.require_office(context.work)
    details = _details(asking, asking.answers)
    meeting, repeated = office.create(context.work, details, int(asking.answers["weekly"]))
    note = _("Created; the invitations are on their way.")
    more = _("Repeated {number} times as one series.").format(number=len(repeated)) if repeated else ""
    return meeting_view.view(context, meeting, " ".join(part for part in (note, more) if part), edit=True)


def start_change(context: Context, meeting: Meeting, key: str) -> Reply:
    """Open the form at one answer; the answers as they are now are kept to tell what the clerk changes."""
    answers = _answers(context, meeting)
    # Another chair from outside has another name, so it is asked.
    known = {name: value for name, value in answers.items() if name != "outside" or (value and key != "chair")}
    return engine.change(context, CHANGE, key, meeting.key, **known, before=answers)


def _change(asking: Asking) -> Reply:
    """Only what the clerk changed is changed, on the meeting as it stands by now."""
    context, work = asking.context, asking.context.work
    access.require_office(work)
    meeting = access.standing_meeting(work, asking.subject_id or 0)
    wanted = _merged(_answers(context, meeting), asking.answers["before"], asking.answers)
    like = meetings.details_of(work, meeting)
    details = replace(_details(asking, wanted), code=like.code, series=like.series, convenor=like.convenor)
    meetings.change(work, meeting, details)
    return meeting_view.view(context, meeting, _("Changed; everybody concerned has been told."), edit=True)


def _merged(current: dict[str, Any], before: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    wanted = dict(current)
    for key, old in before.items():
        new = answers.get(key) or type(old)()
        if isinstance(old, list):
            kept = [each for each in current[key] if each in new or each not in old]
            wanted[key] = [*kept, *(each for each in new if each not in old and each not in kept)]
        elif new != old:
            wanted[key] = new
    return wanted


def _title(asking: Asking) -> str:
    return _("The meeting as it will be") if asking.subject_id else _("The meeting, before the invitations go out")


MEETING = Form("meeting", _title, STEPS, _create, notes=_notes)
CHANGE = Form("meeting change", _title, STEPS, _change, notes=_notes)
