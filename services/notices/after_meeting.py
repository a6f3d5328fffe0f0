"""What is said once a meeting is over."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _
from bot.messages import Attachment, Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.duties import Duty, DutyEntry, duty_about
from models.meetings import Meeting
from models.people import Person
from rules.duties import DutyKind
from services.notices import duties, duty_lists, words


def host_owes(work: Work, person: Person, meeting: Meeting, papers: tuple[Attachment, ...]) -> Message:
    """To the head of the host agency: what is owed by when, with the drafts."""
    text = lines(
        html("<b>{title}</b>", title=_("After the meeting: reports are due")),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        *_owed_lines(work, meeting),
    )
    return Message(text, _owed_rows(work, meeting), papers)


def owed_after(work: Work, meeting: Meeting) -> list[Duty]:
    """The reports of the host agency, the list of who attended first."""
    kinds = (DutyKind.REPORT_ATTENDANCE, DutyKind.REPORT_RESULT)
    found = [duty_about(work.session, kind, meeting.key) for kind in kinds]
    return [duty for duty in found if duty is not None]


def _owed_lines(work: Work, meeting: Meeting) -> list[str | Markup | None]:
    return [
        *(
            html("– {what}, <b>{due}</b>", what=duties.kind_words(duty), due=duties.due_words(work, duty))
            for duty in owed_after(work, meeting)
        ),
        _("The drafts are filled in as far as the system knows; please complete and sign them."),
        words.cite(work, "after_meeting"),
    ]


def _owed_rows(work: Work, meeting: Meeting) -> tuple[Row, ...]:
    return column(*(duty_lists.open_button(number, duty) for number, duty in enumerate(owed_after(work, meeting), 1)))


def for_office(
    work: Work,
    person: Person,
    meeting: Meeting,
    open_seats: int,
    criticism: Attachment | None,
    papers: tuple[Attachment, ...],
    *,
    was_called: bool,
) -> Message:
    """To the Office: what is left to classify, and with faults on record the paragraph for the conclusion notice.

    Who is also the head of the host agency gets the drafts of what it owes, `papers`, in the same message.
    """
    left = _("Still to be classified: {number}.").format(number=open_seats) if open_seats else None
    uncalled = _("Nobody called the roll and nobody checked in.") if not was_called else None
    text = lines(
        html(
            "<b>{title}</b>", title=_("The meeting is over: {meeting}").format(meeting=words.meeting_in_short(meeting))
        ),
        uncalled,
        left,
        _("A paragraph for the conclusion notice is proposed; the system publishes nothing.") if criticism else None,
        *(_owed_lines(work, meeting) if papers else ()),
    )
    review = button(_("Attendance"), token("attendance.review", meeting.id), Style.PRIMARY)
    assign = button(_("Tasks from conclusions"), token("conclusions.list", meeting.id))
    rows = _owed_rows(work, meeting) if papers else ()
    return Message(text, ((review,), (assign,), *rows), (*papers, *((criticism,) if criticism else ())))


def reported(
    work: Work, person: Person, meeting: Meeting, sent: Sequence[tuple[Duty, DutyEntry]], file: Attachment | None
) -> Message:
    """To the Office, one message for a meeting: what the host agency has sent by now; a file makes it news again."""
    duty = sent[0][0]
    text = lines(
        html("<b>{title}</b>", title=_("After the meeting, received")),
        html("{meeting}", meeting=words.capital(words.meeting_in_short(meeting))),
        html(_("Owed by: {owner}"), owner=duties.owner_words(work, duty)),
        *(line for each, entry in sent for line in _received(each, entry)),
        duties.cite(work, duty),
    )
    is_news = file is not None or len(sent) == 1
    return Message(text, (), (file,) if file else (), card=f"received:{meeting.id}", fresh=is_news)


def _received(duty: Duty, entry: DutyEntry) -> list[str | Markup]:
    late = _("after the due day") if entry.at >= duty.due_at else _("in time")
    return [html("– {what}, {late}", what=duties.kind_words(duty), late=late), *duties.result_lines(entry)]


def hand_back(work: Work, person: Person, duty: Duty, principal: Person) -> Message:
    """To a substitute: a few lines for whom he sat in."""
    text = lines(
        html("<b>{title}</b>", title=_("Please report to {head}").format(head=words.comrade(principal))),
        html("{line}", line=duty_lists.short_line(work, duty)),
        _("Five lines or a file are enough."),
        duties.cite(work, duty),
    )
    return Message(text, duties.rows(work, duty), card=f"duty:{duty.id}", fresh=True).awaited(duty.due_at)
