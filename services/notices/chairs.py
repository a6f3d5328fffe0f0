"""What is said when somebody else presides, or has to."""

from collections.abc import Sequence

from bot.buttons import token
from bot.i18n import _
from bot.messages import Message, Style, button, html, lines
from bot.work import Work
from models.absence import AbsenceRequest
from models.meetings import Meeting
from models.people import Person
from services.notices import absence, words


def handed_over(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    """To the former chair: this one is not his any more."""
    text = html(_("The request now goes to the new chair of {meeting}."), meeting=words.in_sentence(meeting))
    return Message(text, card=f"absence:{request.id}:decide")


def taken_over(
    work: Work, person: Person, meeting: Meeting, waiting: Sequence[AbsenceRequest], decided: Sequence[AbsenceRequest]
) -> Message:
    """To the new chair: how many wait, and which were decided by whom."""
    done = []
    for request in decided:
        requester = work.session.get_one(Person, request.requester_id)
        done.append(
            html(
                "{who}: {headline}",
                who=words.capital(words.comrade(requester)),
                headline=words.small(absence.headline(work, request, meeting)),
            )
        )
    text = lines(
        html(_("<b>You preside over {meeting}</b>"), meeting=words.in_sentence(meeting)),
        html(_("Requests that wait for you: {number}."), number=len(waiting)),
        _("Decided already:") if done else None,
        *done,
    )
    return Message(text)


def chair_cannot_come(work: Work, person: Person, meeting: Meeting, reason_text: str) -> Message:
    """To the Office: another chair, or another day."""
    text = lines(
        html(_("<b>The chair cannot come: {meeting}</b>"), meeting=words.in_sentence(meeting)),
        html("{chair}", chair=words.capital(words.chair_name(work, meeting))),
        html(_("Reason: {reason}"), reason=reason_text) if reason_text else None,
        _("Please name another chair or postpone the meeting."),
    )
    rows = (
        (button(_("Name another chair"), token("meeting.edit", meeting.id, meeting.version, "chair"), Style.PRIMARY),),
        (button(_("Postpone"), token("meeting.edit", meeting.id, meeting.version, "time")),),
        (button(_("Cancel the meeting"), token("meeting.cancel", meeting.id, meeting.version), Style.DANGER),),
    )
    return Message(text, rows)
