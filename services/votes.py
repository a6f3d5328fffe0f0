"""Votes of the members of the committee (*lấy phiếu ý kiến*, Tân Yên 4.d): opened, given another text, closed."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.work import Work
from models.agenda import AgendaItem, item_by_code
from models.duties import Duty
from models.files import StoredFile
from models.offices import posts_of, posts_with_role
from models.people import Person, Post, Role
from models.votes import Vote, VoteAsked, VoteDraft, VoteFile, draft_of
from rules import votes as rules
from rules.duties import MACHINE, DutyAct, DutyKind
from rules.errors import N_, DomainError, InvalidInputError, NotAllowedError, StaleError
from rules.votes import VoteAct, VoteState
from services import access, agenda_items, duties, papers, people, programme_changes
from services.agenda_items import ItemDetails
from services.ballots import is_late, members_of
from services.duties import NewDuty
from services.notices import votes as notices
from services.regulation import regulation
from services.voting import OverError

# Whose posts make them members, also where the workbook does not say so.
MEMBERS = (Role.MEMBER, *people.LEADERS)

TOO_SOON = N_("The due moment has passed meanwhile. Please give a later one.")
NO_DRAFT = N_("Please give the draft: a file, or its text.")


class SameDraftError(DomainError):
    code = "same_draft"
    msgid = N_("This is the text that is voted on already. Nothing was changed, nobody was asked again.")


@dataclass(frozen=True, slots=True)
class Draft:
    """A text: files, or a few lines that were typed."""

    text: str = ""
    file_ids: Sequence[int] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVote:
    title: str
    unit_id: int
    draft: Draft
    post_ids: Sequence[int]
    due_at: datetime
    document: str = ""


def members(work: Work) -> list[tuple[Post, Person]]:
    """Chair, vice chairs and members of today, each once."""
    found = {person.key: (post, person) for post, person in posts_with_role(work.session, MEMBERS, work.today)}
    return list(found.values())


def is_member(work: Work, person: Person) -> bool:
    return people.has_role(work, person, *MEMBERS)


def may_open(work: Work, person: Person) -> bool:
    """The Office; a member for the unit that he answers for."""
    heads = is_member(work, person) and programme_changes.own_unit(work, person) is not None
    return heads or access.is_office(work, person)


def runs(work: Work, vote: Vote, person: Person) -> bool:
    """The Office, and whoever answers for the unit that has drafted the text."""
    return access.is_office(work, person) or programme_changes.own_unit(work, person) == vote.unit_id


def in_sight(work: Work, key: int) -> Vote:
    """For whoever runs it, leaders, and those who are asked."""
    vote, person = access.load(work, Vote, key), access.actor(work)
    if not runs(work, vote, person) and not people.has_role(work, person, *people.LEADERS):
        posts = {post.key for post in posts_of(work.session, person.key, work.today)}
        if posts.isdisjoint(member.post.key for member in members_of(work, vote)):
            raise NotAllowedError()
    return vote


def to_run(work: Work, key: int) -> Vote:
    vote = access.load(work, Vote, key)
    if not runs(work, vote, access.actor(work)):
        raise NotAllowedError()
    return vote


def open_vote(work: Work, new: NewVote) -> Vote:
    """Ask each member, with the draft and the due moment; silence is no vote."""
    person, known = access.actor(work), rules.terms(regulation(work).switches)
    own = programme_changes.own_unit(work, person)
    if not may_open(work, person) or not (access.is_office(work, person) or own == new.unit_id):
        raise NotAllowedError()
    _check_due(work, new.due_at)
    vote = Vote(
        title=new.title,
        unit_id=new.unit_id,
        document=new.document,
        members=max(len(members(work)), len(new.post_ids)),
        comments_count=known.comments_count,
        base=known.base,
        accepts_late=known.accepts_late,
        opened_by_id=person.key,
        opened_at=work.now,
        due_at=new.due_at,
    )
    work.session.add(vote)
    work.session.flush()
    digest = _post(work, vote, new.draft)
    facts = {"posts": list(new.post_ids), "unit": vote.unit_id, "due": vote.due_at.isoformat(), "draft": digest}
    work.record("vote.opened", vote, **facts)
    for post_id in dict.fromkeys(new.post_ids):
        _ask(work, vote, post_id)
    for member in members_of(work, vote):
        if member.person is not None:
            work.notify(member.person, notices.asked, vote)
    return vote


def _check_due(work: Work, due_at: datetime) -> None:
    """A form may stay open for longer than the time that was given in it."""
    if due_at <= work.now:
        raise InvalidInputError(TOO_SOON)


def _ask(work: Work, vote: Vote, post_id: int) -> Duty:
    asked = VoteAsked(vote_id=vote.key, post_id=post_id)
    work.session.add(asked)
    work.session.flush()
    new = NewDuty(
        kind=DutyKind.VOTE,
        subject_id=asked.key,
        what=vote.title,
        post_id=post_id,
        due_at=vote.due_at,
        clause=regulation(work).clause("vote", "task"),
    )
    return duties.open_duty(work, new)


def _post(work: Work, vote: Vote, draft: Draft) -> str:
    """Keep the text under its fingerprint."""
    if not draft.text and not draft.file_ids:
        raise InvalidInputError(NO_DRAFT)
    row = VoteDraft(
        vote_id=vote.key,
        number=vote.draft,
        text=draft.text,
        digest=fingerprint(work, draft),
        posted_by_id=access.actor(work).key,
        posted_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    for file_id in draft.file_ids:
        work.session.add(VoteFile(draft_id=row.key, file_id=file_id))
    work.session.flush()
    return row.digest


def fingerprint(work: Work, draft: Draft) -> str:
    """The same for the same contents, whatever the files are called and in whatever order they came."""
    contents = sorted(work.session.get_one(StoredFile, file_id).digest for file_id in draft.file_ids)
    return hashlib.sha256("\n".join([draft.text, *contents]).encode()).hexdigest()


def replace_draft(work: Work, vote: Vote, draft: Draft, due_at: datetime | None = None) -> None:
    """Another text: who has voted on the former one is asked again, the others get the new one."""
    if is_late(work, vote):
        raise OverError()
    if draft_of(work.session, vote).digest == fingerprint(work, draft):
        raise SameDraftError()
    before = members_of(work, vote)
    vote.draft += 1
    vote.due_at = due_at or vote.due_at
    _check_due(work, vote.due_at)
    digest = _post(work, vote, draft)
    again = [member for member in before if member.has_voted]
    asked_again = [member.asked.key for member in again]
    work.record("vote.draft_replaced", vote, draft=vote.draft, digest=digest, asked_again=asked_again)
    for member in before:
        if member in again:
            member.duty.state = MACHINE.next_state(member.duty.state, DutyAct.REOPEN)
            member.duty.due_at = vote.due_at
            duties.push_again(work, member.duty)
        else:
            duties.move(work, member.duty, due_at=vote.due_at, tells=False)
        if member.person is not None:
            work.notify(member.person, notices.another_text, vote)


def cancel(work: Work, vote: Vote, reason: str) -> None:
    """Nobody is waited for any more; who was asked hears why."""
    vote.state = rules.MACHINE.next_state(vote.state, VoteAct.CANCEL)
    vote.closed_at, vote.reason = work.now, reason
    members = members_of(work, vote)
    for member in members:
        if member.duty.is_open:
            duties.close(work, member.duty, MACHINE.next_state(member.duty.state, DutyAct.CANCEL))
    work.record("vote.cancelled", vote, reason=work.hashed(reason))
    for member in members:
        if member.person is not None and member.person != work.actor:
            work.notify(member.person, notices.cancelled, vote)


def item_code(vote: Vote) -> str:
    """Of the item that brings the result before a session: so that it stands there once."""
    return f"BQ-{vote.key}"


def awaits_agenda(work: Work, vote: Vote) -> bool:
    """Whether the Office may put the result on the agenda of its session."""
    waits = vote.state is VoteState.CLOSED and vote.session_id is not None
    return waits and item_by_code(work.session, item_code(vote)) is None


def put_on_agenda(work: Work, vote: Vote, title: str) -> AgendaItem:
    """By the Office: an item of the drafting unit; what is owed for it follows as for any other."""
    access.require_office(work)
    if not awaits_agenda(work, vote) or vote.session_id is None:
        raise StaleError()
    details = ItemDetails(meeting_id=vote.session_id, title=title, unit_id=vote.unit_id, code=item_code(vote))
    item, new = agenda_items.add(work, details)
    papers.ask(work, new)
    return item
