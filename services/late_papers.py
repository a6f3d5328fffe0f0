"""Papers that are late (Tân Yên 5.b): the Office puts the question, the chair decides, those concerned are told."""

from bot.work import Work
from models.agenda import AgendaItem, LatePapers, later_meetings_like, overtaken_questions, question_on
from models.duties import duty_about
from models.meetings import Meeting, MeetingState
from models.people import Person
from rules.duties import DutyKind
from rules.errors import NotAllowedError, StaleError
from rules.meetings import MeetingOverError
from rules.papers import LATE, ItemState, LateAct, NotLateError
from services import access, duties, papers
from services.duties import NewDuty
from services.notices import papers as notices


def propose(work: Work, item: AgendaItem, reason: str) -> LatePapers:
    """Put before the chair what is to become of an item without papers; raises NotLateError."""
    access.require_office(work)
    if not is_late(work, item) or question_on(work.session, item.key) is not None:
        raise NotLateError()
    question = LatePapers(
        item_id=item.key,
        meeting_id=item.meeting_id,
        reason=reason,
        proposed_by_id=access.actor(work).id,
        proposed_at=work.now,
    )
    work.session.add(question)
    work.session.flush()
    work.record("late_papers.proposed", question, item=item.id, reason=work.hashed(reason))
    _ask(work, question, item)
    return question


def is_late(work: Work, item: AgendaItem) -> bool:
    """Whether papers are owed, and the moment for them has passed."""
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    return duty is not None and duty.is_open and duty.due_at <= work.now


def _ask(work: Work, question: LatePapers, item: AgendaItem) -> None:
    meeting = work.session.get_one(Meeting, question.meeting_id)
    new = NewDuty(
        kind=DutyKind.DECIDE_LATE_PAPERS,
        subject_id=question.key,
        what=item.title,
        person_id=meeting.chair_id,
        due_at=meeting.starts_at,
        event_at=meeting.starts_at,
    )
    duties.open_duty(work, new)
    for person in papers.deciders(work, meeting):
        work.notify(person, notices.question, question, item, fresh=True)


def follow(work: Work, item: AgendaItem) -> None:
    """The meeting has changed: the question goes to its new chair, or falls away with the delay."""
    question = question_on(work.session, item.key)
    if question is None:
        return
    if not is_late(work, item):
        papers.settle_question(work, item)
        return
    meeting = work.session.get_one(Meeting, question.meeting_id)
    duty = duty_about(work.session, DutyKind.DECIDE_LATE_PAPERS, question.key)
    if duty is not None and duty.person_id != meeting.chair_id:
        _ask(work, question, item)
    elif duty is not None:
        duties.move(work, duty, due_at=meeting.starts_at, event_at=meeting.starts_at, tells=False)


def in_sight(work: Work, key: int) -> tuple[LatePapers, AgendaItem]:
    """A question that the actor may see: the Office, the chair, who decides in his place; others learn nothing."""
    question = access.load(work, LatePapers, key)
    if not access.is_office(work, access.actor(work)) and not may_decide(work, question):
        raise NotAllowedError()
    return question, work.session.get_one(AgendaItem, question.item_id)


def may_decide(work: Work, question: LatePapers) -> bool:
    """The chair, who decides in his place today; for a chair from outside the Office records what he says."""
    person, meeting = access.actor(work), work.session.get_one(Meeting, question.meeting_id)
    return person.id == meeting.chair_id or person in papers.deciders(work, meeting)


def drop(work: Work, question: LatePapers) -> None:
    """Rút nội dung."""
    item = _decide(work, question, LateAct.DROP)
    item.state = ItemState.DROPPED
    work.session.flush()
    papers.release(work, item, tells=False)
    _tell(work, question, item)


def accept(work: Work, question: LatePapers) -> None:
    """Nhận muộn: the papers are in time until the meeting starts."""
    item = _decide(work, question, LateAct.ACCEPT)
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    if duty is not None:
        meeting = work.session.get_one(Meeting, item.meeting_id)
        duties.move(work, duty, due_at=meeting.starts_at, tells=False)
    _tell(work, question, item)


def postpone(work: Work, question: LatePapers, to: Meeting) -> None:
    """Chuyển sang phiên khác: the item goes to a later meeting, and its papers are owed to that one."""
    if to not in later_meetings(work, question):
        raise StaleError()
    item = _decide(work, question, LateAct.POSTPONE)
    question.moved_to_id = item.meeting_id = to.key
    work.session.flush()
    papers.ask(work, papers.arrange(work, item, tells=False))
    _tell(work, question, item)


def later_meetings(work: Work, question: LatePapers) -> list[Meeting]:
    """Where the item could go: coming meetings of the same series or kind."""
    meeting = work.session.get_one(Meeting, question.meeting_id)
    return list(later_meetings_like(work.session, meeting, work.now))


def _decide(work: Work, question: LatePapers, act: LateAct) -> AgendaItem:
    if not may_decide(work, question):
        raise NotAllowedError()
    meeting = work.session.get_one(Meeting, question.meeting_id)
    if meeting.starts_at <= work.now or meeting.state is not MeetingState.PLANNED:
        raise MeetingOverError()
    question.state = LATE.next_state(question.state, act)
    question.decided_by_id, question.decided_at = access.actor(work).id, work.now
    work.session.flush()
    duties.close_duty(work, DutyKind.DECIDE_LATE_PAPERS, question.key)
    work.record(f"late_papers.{question.state.value}", question, item=question.item_id)
    return work.session.get_one(AgendaItem, question.item_id)


def _tell(work: Work, question: LatePapers, item: AgendaItem) -> None:
    """The card of whoever else decides, the unit, the Office and the host agency; who acted sees it already."""
    meeting = work.session.get_one(Meeting, question.meeting_id)
    told = {access.actor(work).key}
    chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    deciding = {person.key: person for person in [*papers.deciders(work, meeting), *([chair] if chair else [])]}
    for person in deciding.values():
        if person.key not in told:
            told.add(person.key)
            work.notify(person, notices.question, question, item)
    owner = papers.submitter(work, item)
    for person in [*([owner] if owner else []), *papers.watchers(work, item, meeting)]:
        if person.key not in told:
            told.add(person.key)
            work.notify(person, notices.decided, question, item)


def overtake(work: Work) -> int:
    """The meeting has begun: what was not decided is decided by nobody."""
    questions = overtaken_questions(work.session, work.now)
    for question in questions:
        question.state = LATE.next_state(question.state, LateAct.LAPSE)
        work.record("late_papers.lapsed", question)
        item = work.session.get_one(AgendaItem, question.item_id)
        for person in papers.deciders(work, work.session.get_one(Meeting, question.meeting_id)):
            work.notify(person, notices.question, question, item)
    return len(questions)
