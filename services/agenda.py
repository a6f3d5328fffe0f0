"""What a person sees of meetings: those he is invited to, presides over or sits in; the Office's view of answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from bot.work import Work
from models.absence import AbsenceRequest, standing_request, substitutions_of
from models.meetings import Answer, Invitation, Meeting, MeetingState, invitations_to, upcoming_invitations
from models.offices import holder_of, posts_of
from models.people import Person, Post
from rules.absence import State


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting of mine, as what I am there."""

    meeting: Meeting
    invitation: Invitation | None = None
    request: AbsenceRequest | None = None
    presides: bool = False
    sits_in_for: Person | None = None


def agenda(work: Work, person: Person) -> list[Entry]:
    """Everything that is not over, nearest first."""
    invited = upcoming_invitations(work.session, _post_ids(work, person), work.now)
    entries = [
        Entry(meeting, invitation, standing_request(work.session, invitation.key)) for invitation, meeting in invited
    ]
    entries += [Entry(meeting, presides=True) for meeting in presided_by(work, person)]
    for request, meeting in substitutions_of(work.session, person.key, work.now):
        requester = work.session.get_one(Person, request.requester_id)
        entries.append(Entry(meeting, request=request, sits_in_for=requester))
    return sorted(entries, key=lambda entry: (entry.meeting.starts_at, entry.meeting.key))


def may_ask_about(work: Work, person: Person) -> list[tuple[Invitation, Meeting]]:
    """Meetings for which a request can still be sent: not started, none sent yet."""
    return [
        (invitation, meeting)
        for invitation, meeting in upcoming_invitations(work.session, _post_ids(work, person), work.now)
        if meeting.starts_at > work.now
        and meeting.chair_id != person.id
        and standing_request(work.session, invitation.key) is None
    ]


def presided_by(work: Work, person: Person) -> Sequence[Meeting]:
    return work.session.exec(
        select(Meeting)
        .where(Meeting.chair_id == person.id, Meeting.state == MeetingState.PLANNED, col(Meeting.ends_at) > work.now)
        .order_by(col(Meeting.starts_at))
    ).all()


def coming_meetings(work: Work, most: int = 30) -> Sequence[Meeting]:
    """For the Office: all planned meetings that are not over, nearest first."""
    return work.session.exec(
        select(Meeting)
        .where(Meeting.state == MeetingState.PLANNED, col(Meeting.ends_at) > work.now)
        .order_by(col(Meeting.starts_at), col(Meeting.id))
        .limit(most)
    ).all()


@dataclass(frozen=True, slots=True)
class Invitee:
    """One invitation as the Office sees it."""

    invitation: Invitation
    post: Post
    holder: Person | None
    request: AbsenceRequest | None

    @property
    def comes(self) -> bool:
        return self.invitation.answer is Answer.ATTENDS

    @property
    def is_excused(self) -> bool:
        return self.request is not None and self.request.state is State.APPROVED


def invitees(work: Work, meeting: Meeting) -> list[Invitee]:
    """Who is invited and what each has said."""
    return [
        Invitee(
            invitation,
            work.session.get_one(Post, invitation.post_id),
            holder_of(work.session, invitation.post_id, work.today),
            standing_request(work.session, invitation.key),
        )
        for invitation in invitations_to(work.session, meeting.key)
    ]


def _post_ids(work: Work, person: Person) -> list[int]:
    return [post.key for post in posts_of(work.session, person.key, work.today)]
