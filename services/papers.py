"""Papers for items of an agenda: who owes what to a meeting, who is told when they have come."""

from collections.abc import Iterable
from datetime import datetime

from bot.i18n import local_day
from bot.messages import Attachment
from bot.work import Work
from models.agenda import AgendaItem, OpinionAsked, has_ruled, opinions_on, question_on
from models.duties import Duty, DutyEntry, duty_about
from models.meetings import Meeting, MeetingPaper, MeetingState
from models.offices import holders_in, posts_in
from models.people import Person, Post, Unit
from rules import papers as rules
from rules.deadlines import DueRule
from rules.duties import MACHINE, DutyAct, DutyKind, DutyState
from rules.papers import LATE, ItemState, Late, LateAct, NobodyInUnitError, NotSignedByHeadError, OpinionsMissingError
from services import access, duties, parties
from services.duties import NewDuty
from services.notices import papers as notices
from services.regulation import next_morning, regulation


def head_post(work: Work, unit: Unit) -> Post:
    """Who owes for a unit: its head or, with none, the first deputy. A post that nobody holds still owes.

    Raises NobodyInUnitError where the unit has no post at all.
    """
    held = holders_in(work.session, unit.key, work.today)
    posts = [held[0][0]] if held else posts_in(work.session, unit.key)
    if not posts:
        raise NobodyInUnitError(unit=unit.name)
    return posts[0]


def head_of(work: Work, unit_id: int) -> Person | None:
    """Who answers for a unit today."""
    held = holders_in(work.session, unit_id, work.today)
    return held[0][1] if held else None


def submitter(work: Work, item: AgendaItem) -> Person | None:
    """Who answers for the papers of an item."""
    return head_of(work, item.unit_id)


def arrange(work: Work, item: AgendaItem, *, tells: bool = True) -> list[Duty]:
    """Bring what is owed for an item in line with its meeting; returns the duties that are new to their owners.

    `tells` is off where those whose due day moves hear of it from another notice.
    """
    meeting = work.session.get_one(Meeting, item.meeting_id)
    if item.state is not ItemState.PLANNED or not is_coming(work, meeting):
        release(work, item)
        return []
    switches, kind, day = regulation(work).switches, meeting.kind.value, local_day(meeting.starts_at)
    rule = (
        None
        if has_ruled(work.session, item.key, meeting.key, Late.ACCEPTED)
        else rules.papers_rule(switches, kind, day)
    )
    owing = _Owing(work, item, meeting, tells=tells)
    new = [owing.open(DutyKind.PAPERS, item.key, item.unit_id, rule)]
    consult = rules.consult_rule(switches, kind, day)
    if consult is not None:
        new.append(owing.open(DutyKind.CONSULT, item.key, item.unit_id, consult))
    elif (needless := duty_about(work.session, DutyKind.CONSULT, item.key)) is not None:
        cancel(work, [needless])
    opinion = rules.opinion_rule(switches, kind, day)
    for asked in opinions_on(work.session, item.key):
        new.append(owing.open(DutyKind.OPINION, asked.key, asked.unit_id, opinion))
    return [duty for duty in new if duty is not None]


def is_coming(work: Work, meeting: Meeting) -> bool:
    """Planned, and not begun."""
    return meeting.state is MeetingState.PLANNED and meeting.starts_at > work.now


class _Owing:
    """Opens duties about one item of one meeting, or moves them."""

    def __init__(self, work: Work, item: AgendaItem, meeting: Meeting, *, tells: bool) -> None:
        self.work, self.starts_at, self.tells = work, meeting.starts_at, tells
        self.what = f"{item.title} – {meeting.title}"

    def open(self, kind: DutyKind, subject_id: int, unit_id: int, rule: DueRule | None) -> Duty | None:
        """The duty where its owner has not heard of it yet; without a rule it is owed until the meeting starts."""
        duty = duty_about(self.work.session, kind, subject_id)
        if duty is not None and duty.state is DutyState.DONE:
            return None
        was_late = duty is not None and duty.is_open and duty.due_at <= self.work.now
        if rule is not None and not was_late and duties.moment_of(self.work, rule) <= self.work.now:
            # Nobody is late by what came to him, or was moved, after the day.
            rule = None
        due_at = None if rule else self.starts_at
        post = head_post(self.work, self.work.session.get_one(Unit, unit_id))
        if duty is not None and duty.is_open and duty.post_id == post.id:
            duty.what = self.what
            duties.move(self.work, duty, rule=rule, due_at=due_at, event_at=self.starts_at, tells=self.tells)
            return None
        if duty is not None:
            # Another unit, or another of its posts: whoever owed it so far is free.
            cancel(self.work, [duty])
        new = NewDuty(kind, subject_id, self.what, post.key, rule=rule, due_at=due_at, event_at=self.starts_at)
        return duties.open_duty(self.work, new)


def release(work: Work, item: AgendaItem, *, tells: bool = True) -> None:
    """Nothing is owed for it any more."""
    cancel(work, owed(work, item), tells=tells)
    settle_question(work, item)


def cancel(work: Work, owed: Iterable[Duty], *, tells: bool = True) -> None:
    """Void what still runs; its owners are told unless `tells` is off."""
    running = [duty for duty in owed if MACHINE.allows(duty.state, DutyAct.CANCEL)]
    for duty in running:
        duties.close(work, duty, MACHINE.next_state(duty.state, DutyAct.CANCEL))
    for holder, his in _by_owner(work, running) if tells else ():
        if work.actor is None or holder.id != work.actor.id:
            work.notify(holder, notices.released, his)


def owed(work: Work, item: AgendaItem) -> list[Duty]:
    """Every duty about an item, whatever became of it: papers first, then the opinions."""
    subjects = [(DutyKind.PAPERS, item.key), (DutyKind.CONSULT, item.key)]
    subjects += [(DutyKind.OPINION, asked.key) for asked in opinions_on(work.session, item.key)]
    found = [duty_about(work.session, kind, key) for kind, key in subjects]
    return [duty for duty in found if duty is not None]


def ask(work: Work, new: Iterable[Duty]) -> None:
    """Tell owners what they owe now, each in one message."""
    for holder, his in _by_owner(work, new):
        work.notify(holder, notices.asked, his)


def _by_owner(work: Work, owed: Iterable[Duty]) -> list[tuple[Person, list[Duty]]]:
    found: dict[int, tuple[Person, list[Duty]]] = {}
    for duty in owed:
        holder = access.owner_of(work, duty)
        if holder is not None:
            found.setdefault(holder.key, (holder, []))[1].append(duty)
    return list(found.values())


def missing_opinions(work: Work, item: AgendaItem) -> list[str]:
    """The units that have not given their opinion yet."""
    found = []
    for asked in opinions_on(work.session, item.key):
        duty = duty_about(work.session, DutyKind.OPINION, asked.key)
        if duty is None or duty.state is not DutyState.DONE:
            found.append(work.session.get_one(Unit, asked.unit_id).name)
    return found


def heard(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """A unit has given its opinion: whoever submits the item needs it for the papers."""
    asked = work.session.get_one(OpinionAsked, duty.subject_id)
    item = work.session.get_one(AgendaItem, asked.item_id)
    owner = submitter(work, item)
    if owner is not None and (work.actor is None or owner.id != work.actor.id):
        work.notify(owner, notices.heard, item, work.session.get_one(Unit, asked.unit_id), entry, _files(work, entry))


def _files(work: Work, entry: DutyEntry) -> tuple[Attachment, ...]:
    return (Attachment(entry.file_id, work.file_name(entry.file_id)),) if entry.file_id is not None else ()


def gap(work: Work, duty: Duty) -> bool:
    """Whether these papers would go out without an opinion that was asked for."""
    return bool(missing_opinions(work, work.session.get_one(AgendaItem, duty.subject_id)))


def received(work: Work, duty: Duty, entry: DutyEntry) -> None:
    """The papers have come: they are checked, laid before the meeting, and whoever needs them is told."""
    item = access.load(work, AgendaItem, duty.subject_id)
    known = regulation(work)
    if known.rules("signer") and entry.signed is not True:
        raise NotSignedByHeadError(clause=known.cite("signer"))
    missing = missing_opinions(work, item)
    if missing and not entry.text:
        raise OpinionsMissingError(units=", ".join(missing), clause=known.cite("cross_sector"))
    settle_question(work, item)
    meeting = work.session.get_one(Meeting, item.meeting_id)
    if entry.file_id is not None:
        paper = MeetingPaper(meeting_id=meeting.key, file_id=entry.file_id, item_id=item.key)
        paper.hand_round_at = _goes_round_at(work, meeting)
        work.session.add(paper)
        work.session.flush()
    for person in watchers(work, item, meeting):
        if work.actor is None or person.id != work.actor.id:
            work.notify(person, notices.received, item, meeting, duty, entry, _files(work, entry))


def _goes_round_at(work: Work, meeting: Meeting) -> datetime:
    """The next working morning, so that several go in one message; at once where that is the meeting's own day."""
    morning = next_morning(work)
    return morning if local_day(morning) < local_day(meeting.starts_at) else work.now


def watchers(work: Work, item: AgendaItem, meeting: Meeting) -> list[Person]:
    """Who watches over the papers: the Office, the host agency's head, and the units that were heard."""
    units = [meeting.host_unit_id, *(asked.unit_id for asked in opinions_on(work.session, item.key))]
    heads = [head_of(work, unit_id) for unit_id in units]
    return list({person.key: person for person in [*parties.office(work), *heads] if person is not None}.values())


def settle_question(work: Work, item: AgendaItem) -> None:
    """There is nothing for the chair to decide any more: the papers have come, or the item has gone."""
    question = question_on(work.session, item.key)
    if question is None:
        return
    question.state = LATE.next_state(question.state, LateAct.VOID)
    duties.close_duty(work, DutyKind.DECIDE_LATE_PAPERS, question.key, DutyState.VOID)
    work.session.flush()
    for person in deciders(work, work.session.get_one(Meeting, question.meeting_id)):
        work.notify(person, notices.question, question, item)


def deciders(work: Work, meeting: Meeting) -> list[Person]:
    """Who decides about the agenda: the chair or who decides in his place today; for one from outside the Office."""
    chair = work.session.get(Person, meeting.chair_id) if meeting.chair_id else None
    if chair is None:
        return parties.office(work)
    return access.deciding_for(work, chair)
