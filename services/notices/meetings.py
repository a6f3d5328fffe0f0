"""Invitations, and what is said when a meeting changes."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, full_moment, short_moment
from bot.messages import Attachment, Message, Row, Style, button, grid, html, lines
from bot.work import Work
from models.duties import duty_about
from models.meetings import Answer, Invitation, Meeting
from models.people import Person, Post, Unit
from rules.duties import DutyKind
from services import people
from services.meeting_details import MeetingDetails
from services.notices import words
from services.notices.calendar_files import calendar_entries, calendar_entry


def invitation(work: Work, person: Person, meeting: Meeting, invited: Invitation) -> Message:
    """What, when, where, who presides, whether the head is required, by when to answer, under which clause."""
    text = lines(
        html("<b>{title}</b>", title=_("Meeting invitation: {title}").format(title=meeting.title)),
        *_facts(work, meeting, invited),
        _answer_by(work, invited),
        words.cite(work, "invitation"),
    )
    files = (*words.papers(work, meeting), calendar_entry(work, meeting))
    asked = Message(text, answer_rows(invited, meeting), files, card=f"invitation:{invited.id}", fresh=True)
    return _awaited(work, asked, meeting, invited)


def _awaited(work: Work, message: Message, meeting: Meeting, invited: Invitation) -> Message:
    """Who has answered owes nothing, and once the meeting has begun nobody does."""
    duty = duty_about(work.session, DutyKind.ANSWER_INVITATION, invited.key)
    owes = duty is not None and invited.answer is Answer.NONE
    return message.awaited(duty.due_at if duty and owes else None, until=meeting.starts_at)


def series(work: Work, person: Person, invited: Sequence[tuple[Invitation, Meeting]]) -> Message:
    """The dates of a meeting that is repeated, a line each; one tap opens a date to answer it."""
    like = invited[0][1]
    dates = [full_moment(meeting.starts_at) for _own, meeting in invited]
    text = lines(
        html("<b>{title}</b>", title=_("Repeated weekly: {title}").format(title=like.title)),
        *(f"{number}. {when}" for number, when in enumerate(dates, 1)),
        html(_("Place: {place}"), place=like.place) if like.place else None,
        html(_("Chair: {chair}"), chair=words.chair_name(work, like)),
        _("Choose a number to answer now. The invitation to each comes again when its answer is due."),
        words.cite(work, "invitation"),
    )
    numbers = [button(str(number), token("meeting.open", own.id)) for number, (own, _one) in enumerate(invited, 1)]
    return Message(text, grid(numbers), (calendar_entries(work, [meeting for _own, meeting in invited]),))


def _facts(work: Work, meeting: Meeting, invited: Invitation) -> list[Markup | None]:
    post = work.session.get_one(Post, invited.post_id)
    title = people.full_title(post, work.session.get_one(Unit, post.unit_id))
    invitee = _("{title} (the head is required)").format(title=title) if meeting.requires_head else title
    return [
        html("{when}", when=words.when_and_where(meeting)),
        html(_("Convened by: {convenor}"), convenor=meeting.convenor) if meeting.convenor else None,
        html(_("Chair: {chair}"), chair=words.chair_name(work, meeting)),
        html(_("Invited: {invitee}"), invitee=invitee),
    ]


def _answer_by(work: Work, invited: Invitation, *, again: bool = False) -> str | None:
    duty = duty_about(work.session, DutyKind.ANSWER_INVITATION, invited.key)
    if duty is None or duty.due_at <= work.now:
        return _("Please answer again.") if again else None
    asked = _("Please answer again before {time}.") if again else _("Please answer before {time}.")
    return asked.format(time=short_moment(duty.due_at))


def answer_rows(invited: Invitation, meeting: Meeting) -> tuple[Row, ...]:
    """The invitation's buttons; who has said that he comes can still change his mind."""
    attend = button(_("I will attend"), token("meeting.attend", invited.id, meeting.version), Style.SUCCESS)
    absent = button(_("Ask to be absent"), token("absence.ask", invited.id, meeting.version, "absent"))
    late = button(_("Late / leave early"), token("absence.ask", invited.id, meeting.version, "late"))
    if invited.answer is Answer.NONE:
        return ((attend,), (absent, late))
    if invited.answer is Answer.ATTENDS:
        return ((absent, late),)
    return ((attend,),)


def attending(work: Work, person: Person, meeting: Meeting, invited: Invitation) -> Message:
    """The invitation after the answer."""
    text = lines(
        html("<b>{title}</b>", title=_("You will attend: {title}").format(title=meeting.title)),
        *_facts(work, meeting, invited),
    )
    shown = Message(text, answer_rows(invited, meeting), card=f"invitation:{invited.id}")
    return _awaited(work, shown, meeting, invited)


def requested(work: Work, person: Person, meeting: Meeting, invited: Invitation) -> Message:
    """The invitation once a request was sent on it: who changes his mind can still come."""
    text = lines(
        html("<b>{title}</b>", title=_("Meeting invitation: {title}").format(title=meeting.title)),
        *_facts(work, meeting, invited),
        _("You have sent a request; it stands in a message of its own."),
    )
    shown = Message(text, answer_rows(invited, meeting), card=f"invitation:{invited.id}", only_edits=True)
    return _awaited(work, shown, meeting, invited)


def entered_for_you(work: Work, person: Person, meeting: Meeting, invited: Invitation, clerk: Person) -> Message:
    mark = _("Entered by {clerk} for {person}, by telephone.")
    shown = attending(work, person, meeting, invited)
    note = html(
        "<i>{mark}</i>", mark=mark.format(clerk=words.capital(words.comrade(clerk)), person=words.comrade(person))
    )
    return replace(shown, text=lines(shown.text, note), fresh=True)


def changed(
    work: Work, person: Person, meeting: Meeting, invited: Invitation | None, before: MeetingDetails
) -> Message:
    """What changed, old and new; asked again only where the change touches the answer; the chair is not asked."""
    is_moved = (before.starts_at, before.ends_at) != (meeting.starts_at, meeting.ends_at)
    added, withdrawn = _papers_changed(work, meeting, before)
    differences = _differences(work, meeting, before)
    text = lines(
        html("<b>{title}</b>", title=_("Changed: {title}").format(title=before.title)),
        *differences,
        html(_("New papers: {names}"), names=_names(added)) if added else None,
        html(_("Papers withdrawn: {names}"), names=_names(withdrawn)) if withdrawn else None,
        _word_on_answer(work, invited, is_moved=is_moved) if invited is not None else None,
        words.cite(work, "invitation"),
    )
    urgent = is_moved and (words.is_near(work, before.starts_at) or words.is_near(work, meeting.starts_at))
    files = (*added, calendar_entry(work, meeting)) if differences else added
    if invited is None:
        return Message(text, files=files, urgent=urgent)
    card = f"invitation:{invited.id}"
    shown = Message(text, answer_rows(invited, meeting), files, card=card, fresh=True, urgent=urgent)
    return _awaited(work, shown, meeting, invited)


def _word_on_answer(work: Work, invited: Invitation, *, is_moved: bool) -> str | None:
    """Another time asks everybody again; who had not answered yet is asked as before."""
    if invited.answer is Answer.NONE:
        return _answer_by(work, invited, again=is_moved)
    return _("Your request stands.") if invited.answer is Answer.REQUESTED else _("Your answer stands.")


def _papers_changed(
    work: Work, meeting: Meeting, before: MeetingDetails
) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
    present = words.papers(work, meeting)
    known = {paper.file_id for paper in present}
    added = tuple(paper for paper in present if paper.file_id not in before.paper_ids)
    gone = tuple(Attachment(number, work.file_name(number)) for number in before.paper_ids if number not in known)
    return added, gone


def _names(files: tuple[Attachment, ...]) -> str:
    return "; ".join(file.name for file in files)


def _differences(work: Work, meeting: Meeting, before: MeetingDetails) -> list[Markup]:
    former_chair = work.session.get(Person, before.chair_id) if before.chair_id else None
    pairs = [
        (_("Subject"), before.title, meeting.title),
        (_("Start"), full_moment(before.starts_at), full_moment(meeting.starts_at)),
        (_("End"), _end(before.ends_at), _end(meeting.ends_at)),
        (_("Place"), before.place, meeting.place),
        (
            _("Chair"),
            words.named(work, former_chair) if former_chair else before.outside_chair,
            words.chair_name(work, meeting),
        ),
        (_("Head required"), _yes_no(before.requires_head), _yes_no(meeting.requires_head)),
    ]
    return [
        html(_("{what}: {old} → {new}"), what=what, old=old or "–", new=new or "–")
        for what, old, new in pairs
        if old != new
    ]


def _end(moment: datetime) -> str:
    return short_moment(moment)


def _yes_no(value: bool) -> str:
    return _("yes") if value else _("no")


def cancelled(work: Work, person: Person, meeting: Meeting, invited: Invitation | None, reason: str) -> Message:
    """To invitees, on their invitation; to the chair, who has none."""
    text = lines(
        html("<b>{title}</b>", title=_("Cancelled: {title}").format(title=meeting.title)),
        html("{when}", when=words.when_and_where(meeting)),
        html(_("Reason: {reason}"), reason=reason) if reason else None,
    )
    card = f"invitation:{invited.id}" if invited else ""
    files = (calendar_entry(work, meeting, is_cancelled=True),)
    return Message(text, files=files, card=card, fresh=True, urgent=words.is_near(work, meeting.starts_at))


def no_longer_chair(work: Work, person: Person, meeting: Meeting) -> Message:
    """To the former chair: somebody else presides."""
    return Message(
        lines(
            html(_("<b>You no longer preside over {meeting}</b>"), meeting=words.in_sentence(meeting)),
            html(_("Chair: {chair}"), chair=words.chair_name(work, meeting)),
        )
    )


def disinvited(work: Work, person: Person, meeting: Meeting, invited: Invitation) -> Message:
    text = html(_("You are no longer invited to {meeting}."), meeting=words.in_sentence(meeting))
    files = (calendar_entry(work, meeting, is_cancelled=True),)
    return Message(text, files=files, card=f"invitation:{invited.id}", fresh=True)


def answer_reminder(work: Work, person: Person, meeting: Meeting, invited: Invitation) -> Message:
    shown = invitation(work, person, meeting, invited)
    reminder = html("<b>{text}</b>", text=_("Reminder: please answer the invitation."))
    return shown.reminding(reminder)
