"""Whatever people do in whatever order while time passes, some things are always so."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlmodel import Session, col, select

from bot import audit
from bot.files import FileStore
from bot.work import Work
from models.absence import AbsenceDecision, AbsenceRequest, Acceptance
from models.database import Database
from models.duties import Duty
from models.meetings import Invitation, Meeting
from models.offices import holder_of
from models.outbox import OutboxMessage, Priority
from models.people import Person, person_by_code
from rules.absence import MACHINE, Kind, Reason, State
from rules.duties import DutyKind, DutyState
from rules.errors import DomainError
from scheduler import JOBS
from services import absence, access, decisions, meetings, substitution
from services.demo import Cast
from tests.conftest import START
from tests.crash import world
from tests.databases import SqliteFiles, opened

CHAIRS = (Cast.CHAIR, Cast.VICE_CHAIR, Cast.SECOND_VICE_CHAIR)
# Two meetings; the second one has fewer guests.
INVITATIONS = 12
ENDED = (State.WITHDRAWN, State.VOID)
STEPS = {(state, target) for (state, _action), target in MACHINE.transitions.items()}

# So many fit into the suite; hundreds have been tried.
EXAMPLES = 8

few = st.integers(0, 3)
# Of chair, requester, substitute and clerk, mostly the one whose business it is.
mostly_chair = st.sampled_from([0, 0, 0, 0, 1, 3])
mostly_substitute = st.sampled_from([2, 2, 2, 1])


class Committee(RuleBasedStateMachine):
    """Acts are drawn blindly; most are refused, and a refusal must leave everything as it was."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        shutil.copyfile(self.template, self.directory / "x.db")
        self.database = Database(f"sqlite:///{self.directory / 'x.db'}")
        self.files = FileStore(self.directory)
        self.now: datetime = START
        self.before: dict[int, tuple[State, int]] = {}

    def teardown(self) -> None:
        self.database.close()
        shutil.rmtree(self.directory)

    def act(self, use_case: Callable[[Work], object]) -> None:
        with suppress(DomainError), self.database.session() as session, session.begin():
            work = Work(session, self.now, self.files, cause="act")
            use_case(work)
            work.close()

    def on_request(self, which: int, who: int, use_case: Callable[[Work, AbsenceRequest], object]) -> None:
        """As one of those who have to do with a request, or somebody else."""

        def run(work: Work) -> None:
            requests = work.session.exec(select(AbsenceRequest).order_by(col(AbsenceRequest.id).desc())).all()
            if not requests:
                return
            request = requests[which % len(requests)]
            meeting = work.session.get_one(Meeting, request.meeting_id)
            clerk = person_by_code(work.session, Cast.OFFICE)
            assert clerk is not None
            people = (meeting.chair_id, request.requester_id, request.substitute_id, clerk.id)
            work.actor = work.session.get(Person, people[who] or clerk.id)
            use_case(work, request)

        self.act(run)

    @initialize(kinds=st.lists(st.sampled_from([Kind.SUBSTITUTE, Kind.SUBSTITUTE, *Kind]), min_size=4, max_size=4))
    def everybody_asks(self, kinds: list[Kind]) -> None:
        for which, kind in enumerate(kinds):
            self._submit(which, kind, 0)

    @rule(which=few, kind=st.sampled_from(Kind), substitute=st.integers(0, 2))
    def submit(self, which: int, kind: Kind, substitute: int) -> None:
        self._submit(which, kind, substitute)

    def _submit(self, which: int, kind: Kind, substitute: int) -> None:
        def run(work: Work) -> None:
            invitation = work.session.exec(select(Invitation).order_by(col(Invitation.id))).all()[which * 3]
            work.actor = holder_of(work.session, invitation.post_id, work.today)
            meeting = work.session.get_one(Meeting, invitation.meeting_id)
            found = substitution.candidates(work, invitation, meeting)
            person = found[substitute].person.id if kind is Kind.SUBSTITUTE and substitute < len(found) else None
            middle = meeting.starts_at + timedelta(hours=1)
            details = absence.Details(
                kind=kind, reason=Reason.SICK, substitute_id=person,
                arrives_at=middle if kind is Kind.LATE else None, leaves_at=middle if kind is Kind.EARLY else None,
            )  # fmt: skip
            absence.submit(work, [access.own_invitation(work, invitation.key)], details)

        self.act(run)

    @rule(
        which=few,
        who=mostly_chair,
        act=st.sampled_from(["approve", "approve", "approve", "refuse", "document", "ask", "correct", "uncorrect"]),
    )
    def decide(self, which: int, who: int, act: str) -> None:
        acts: dict[str, Callable[[Work, AbsenceRequest], None]] = {
            "approve": decisions.approve,
            "refuse": lambda work, request: decisions.refuse(work, request, "reason"),
            "document": decisions.ask_document,
            "ask": lambda work, request: decisions.ask_back(work, request, "why"),
            "correct": lambda work, request: decisions.correct(work, request, to_approved=True, reason="reason"),
            "uncorrect": lambda work, request: decisions.correct(work, request, to_approved=False, reason="reason"),
        }
        self.on_request(which, who, lambda work, r: acts[act](work, access.request_to_decide(work, r.key)))

    @rule(which=few, who=few, act=st.sampled_from(["oral", "ratify", "reject"]))
    def by_telephone(self, which: int, who: int, act: str) -> None:
        def run(work: Work, request: AbsenceRequest) -> None:
            match act:
                case "oral":
                    decisions.record_oral(work, request)
                case "ratify":
                    decisions.ratify(work, access.request_to_decide(work, request.key))
                case "reject":
                    decisions.reject_oral(work, access.request_to_decide(work, request.key), "I did not")

        self.on_request(which, who, run)

    @rule(which=few, act=st.sampled_from(["withdraw", "document", "answer", "choose", "choose"]), whom=few)
    def go_on(self, which: int, act: str, whom: int) -> None:
        def run(work: Work, found: AbsenceRequest) -> None:
            request = access.own_request(work, found.key)
            match act:
                case "withdraw":
                    absence.withdraw(work, request)
                case "document":
                    absence.submit_document(work, request, "1/CV", work.today)
                case "answer":
                    absence.answer(work, request, "because")
                case "choose":
                    invitation = work.session.get_one(Invitation, request.invitation_id)
                    meeting = work.session.get_one(Meeting, request.meeting_id)
                    others = substitution.candidates(work, invitation, meeting, consented=True)
                    if others:
                        substitution.choose(work, request, others[whom % len(others)].person.key)

        self.on_request(which, 1, run)

    @rule(which=few, who=mostly_substitute, accepts=st.sampled_from([True, True, False]))
    def sit_in(self, which: int, who: int, accepts: bool) -> None:
        def run(work: Work, found: AbsenceRequest) -> None:
            request = access.request_as_substitute(work, found.key)
            substitution.accept(work, request) if accepts else substitution.decline(work, request, "busy")

        self.on_request(which, who, run)

    @rule(which=few)
    def attend(self, which: int) -> None:
        def run(work: Work) -> None:
            invitation = work.session.exec(select(Invitation).order_by(col(Invitation.id))).all()[which * 3]
            work.actor = holder_of(work.session, invitation.post_id, work.today)
            meetings.attend(work, access.own_invitation(work, invitation.key))

        self.act(run)

    @rule(which=st.integers(0, 1), days=st.sampled_from([0, 0, 0, 1]), chair=st.integers(0, 3))
    def change_meeting(self, which: int, days: int, chair: int) -> None:
        """Also to a chair who has asked to be absent himself."""

        def run(work: Work) -> None:
            work.actor = person_by_code(work.session, Cast.OFFICE)
            meeting = work.session.exec(select(Meeting).order_by(col(Meeting.id))).all()[which]
            guest = work.session.exec(select(AbsenceRequest.requester_id)).first()
            person = person_by_code(work.session, CHAIRS[chair % 3])
            assert person is not None
            chair_id = guest if chair == 3 and guest is not None else person.id
            later = timedelta(days=days)
            details = replace(
                meetings.details_of(work, meeting),
                chair_id=chair_id, starts_at=meeting.starts_at + later, ends_at=meeting.ends_at + later,
            )  # fmt: skip
            meetings.change(work, meeting, details)

        self.act(run)

    @rule(which=st.integers(0, 39))
    def cancel(self, which: int) -> None:
        def run(work: Work) -> None:
            work.actor = person_by_code(work.session, Cast.OFFICE)
            meeting = work.session.exec(select(Meeting).order_by(col(Meeting.id))).all()[which // 20]
            if which % 20 == 0:
                meetings.cancel(work, meeting, "storm")

        self.act(run)

    @rule(hours=st.sampled_from([1, 8, 24]))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for job in JOBS:
            self.act(job.run)

    @invariant()
    def what_is_always_so(self) -> None:
        with self.database.reading() as connection, Session(connection) as session:
            requests = session.exec(select(AbsenceRequest)).all()
            self._requests_are_sound(requests)
            self._nobody_decides_for_himself(session, requests)
            self._duties_are_what_waits(session, requests)
            self._slips_are_for_two_consents(requests)
            self._nothing_is_announced_too_late(session)
            assert audit.verify(audit.stored(session)).broken is None
            self.before = {request.key: (request.state, request.version) for request in requests}

    def _requests_are_sound(self, requests: Sequence[AbsenceRequest]) -> None:
        standing = Counter(request.invitation_id for request in requests if request.state not in ENDED)
        assert all(number == 1 for number in standing.values())
        for request in requests:
            state, version = self.before.get(request.key, (request.state, request.version))
            assert state is request.state or (state, request.state) in STEPS
            assert request.version > version or state is request.state

    def _nobody_decides_for_himself(self, session: Session, requests: Sequence[AbsenceRequest]) -> None:
        requesters = {request.key: request.requester_id for request in requests}
        for decision in session.exec(select(AbsenceDecision)):
            assert decision.person_id != requesters[decision.request_id]

    def _duties_are_what_waits(self, session: Session, requests: Sequence[AbsenceRequest]) -> None:
        duties = session.exec(select(Duty).where(Duty.kind == DutyKind.DECIDE_ABSENCE, Duty.state == DutyState.OPEN))
        waiting = {request.key for request in requests if request.state in (State.AWAITING_DECISION, State.RETURNED)}
        assert {duty.subject_id for duty in duties} == waiting

    def _slips_are_for_two_consents(self, requests: Sequence[AbsenceRequest]) -> None:
        numbers = [request.slip_number for request in requests if request.slip_number is not None]
        assert len(numbers) == len(set(numbers))
        for request in requests:
            both = request.state is State.APPROVED and request.acceptance is Acceptance.ACCEPTED
            if request.kind is Kind.SUBSTITUTE and both:
                assert request.slip_number is not None
            if request.slip_number is not None:
                assert request.acceptance is Acceptance.ACCEPTED

    def _nothing_is_announced_too_late(self, session: Session) -> None:
        for row in session.exec(select(OutboxMessage).where(OutboxMessage.priority == Priority.PING)):
            assert row.not_after is None or row.created_at < row.not_after


@pytest.fixture(scope="module")
def committee(sqlite_files: SqliteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[type[Committee]]:
    files = FileStore(tmp_path_factory.mktemp("committee"))
    with sqlite_files.fresh() as url:
        with opened(url) as database:
            world.build(database, files, START, requests=0, forms=INVITATIONS, channel="simulator")
        Committee.template = Path(url.removeprefix("sqlite:///"))
        yield Committee


@pytest.mark.sqlite
def test_some_things_are_always_so(committee: type[Committee]) -> None:
    run_state_machine_as_test(
        committee,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
