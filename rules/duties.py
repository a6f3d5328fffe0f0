"""Duties (*nhiệm vụ phải làm, có hạn*): their kinds, their states, what each kind wants done and pushes by.

The one machine of everything owed: invitations to answer, papers, tasks, reports, registrations.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from rules.errors import N_
from rules.machine import Machine


class DutyKind(StrEnum):
    """What is owed. The words are those of the list of duties."""

    ANSWER_INVITATION = "answer_invitation"
    DECIDE_ABSENCE = "decide_absence"
    CONSULT = "consult"
    PAPERS = "papers"
    OPINION = "opinion"
    DECIDE_LATE_PAPERS = "decide_late_papers"
    TASK = "task"
    NOMINATE = "nominate"
    COORDINATE = "coordinate"
    COMMENT = "comment"
    JOINT_PROPOSAL = "joint_proposal"
    DECIDE_EXTENSION = "decide_extension"
    FORWARD_HAND_BACK = "forward_hand_back"
    DECIDE_HAND_BACK = "decide_hand_back"
    REPORT = "report"
    COMPILE = "compile"
    BADGES = "badges"
    READ_OUT = "read_out"
    TASK_REGISTER = "task_register"
    WEEKLY_LIST = "weekly_list"
    REGISTER = "register"
    SCHEDULE = "schedule"
    DECIDE_BOOKING = "decide_booking"
    PROGRAMME = "programme"
    PLAN = "plan"
    STEP = "step"
    DECIDE_PROGRAMME = "decide_programme"
    EXPLAIN = "explain"
    REPORT_ATTENDANCE = "report_attendance"
    REPORT_RESULT = "report_result"
    HAND_BACK = "hand_back"
    TICKET = "ticket"
    CLASSIFY = "classify"
    VOTE = "vote"
    REPORT_VOTE = "report_vote"


class DutyState(StrEnum):
    """`submitted`: said to be done, to be accepted by whoever assigned it. Overdue is no state but a matter of time."""

    OPEN = "open"
    SUBMITTED = "submitted"
    DONE = "done"
    MISSED = "missed"
    VOID = "void"


class DutyAct(StrEnum):
    """`reopen`: what was received without anybody's acceptance proved to be wanting."""

    SUBMIT = "submit"
    FINISH = "finish"
    ACCEPT = "accept"
    RETURN = "return"
    REOPEN = "reopen"
    MISS = "miss"
    CANCEL = "cancel"


MACHINE = Machine(
    initial=frozenset({DutyState.OPEN}),
    transitions=MappingProxyType(
        {
            (DutyState.OPEN, DutyAct.SUBMIT): DutyState.SUBMITTED,
            (DutyState.OPEN, DutyAct.FINISH): DutyState.DONE,
            (DutyState.SUBMITTED, DutyAct.ACCEPT): DutyState.DONE,
            (DutyState.SUBMITTED, DutyAct.RETURN): DutyState.OPEN,
            (DutyState.DONE, DutyAct.REOPEN): DutyState.OPEN,
            (DutyState.OPEN, DutyAct.MISS): DutyState.MISSED,
            (DutyState.OPEN, DutyAct.CANCEL): DutyState.VOID,
            (DutyState.SUBMITTED, DutyAct.CANCEL): DutyState.VOID,
        }
    ),
)


class Want(StrEnum):
    """What has to be given with *Đã xong*; an excuse where something is missing, a checklist where a pack has one."""

    NUMBER = "number"
    TEXT = "text"
    FILE = "file"
    SIGNED = "signed"
    POSITION = "position"
    EXCUSE = "excuse"
    CHECKLIST = "checklist"


# Asked only under packs that rule one of these topics: Sơn Dương 1; Tân Yên 5.c.
WANT_TOPICS: Mapping[Want, tuple[str, ...]] = MappingProxyType(
    {Want.SIGNED: ("signer",), Want.POSITION: ("opinion", "papers_content")}
)


@dataclass(frozen=True, slots=True)
class DutySpec:
    """A kind of duty as data.

    `topic` names the clause in the packs, `ladder` the switch with its reminders; empty where something else pushes
    it, in minutes. `wants` is asked with
    *Đã xong*, True where it must be given; empty means that the duty is done by an act of its own (a decision,
    an answer); then `opens` is the route that shows it. `is_alone`: its reminder is never merged into the
    morning's digest. `to_invitees`: held back by the silent window of a meeting (Rạch Giá 2). `changes` is the
    route that asks for a change of what is owed. `opening` is the title of the first word on it, where it
    comes by itself.
    """

    name: str
    topic: str
    ladder: str
    wants: Mapping[Want, bool] = field(default_factory=dict)
    is_extendable: bool = False
    is_accepted: bool = False
    is_alone: bool = False
    to_invitees: bool = False
    opens: str = ""
    changes: str = ""
    opening: str = ""

    @property
    def is_decision(self) -> bool:
        """Whether somebody is waited for to decide; who decides in his place today may do it too."""
        return self.ladder == "ladder.decide"


_ANY_RESULT: Mapping[Want, bool] = {Want.NUMBER: False, Want.TEXT: True, Want.FILE: False}

SPECS: Mapping[DutyKind, DutySpec] = MappingProxyType(
    {
        DutyKind.ANSWER_INVITATION: DutySpec(
            N_("Answer the invitation"),
            "invitation",
            "invitation.answer_reminders",
            is_alone=True,
            to_invitees=True,
            opens="meeting.open",
        ),
        DutyKind.DECIDE_ABSENCE: DutySpec(
            N_("Decide on a request"), "consent", "absence.decide_reminders", is_alone=True, opens="/duyet"
        ),
        DutyKind.CONSULT: DutySpec(
            N_("Ask the chair's opinion"),
            "consult",
            "ladder.papers",
            {Want.TEXT: True, Want.NUMBER: False},
            to_invitees=True,
        ),
        DutyKind.PAPERS: DutySpec(
            N_("Send papers"),
            "papers",
            "ladder.papers",
            {
                Want.NUMBER: False,
                Want.FILE: False,
                Want.EXCUSE: True,
                Want.SIGNED: True,
                Want.POSITION: True,
                Want.CHECKLIST: True,
            },
            to_invitees=True,
        ),
        DutyKind.OPINION: DutySpec(
            N_("Give an opinion on papers"),
            "cross_sector",
            "ladder.papers",
            {Want.TEXT: True, Want.FILE: False},
            to_invitees=True,
        ),
        DutyKind.DECIDE_LATE_PAPERS: DutySpec(
            N_("Decide on late papers"), "papers_missed", "ladder.decide", is_alone=True, opens="papers.decide"
        ),
        DutyKind.TASK: DutySpec(N_("Task"), "task", "ladder.task", _ANY_RESULT, is_extendable=True, is_accepted=True),
        DutyKind.NOMINATE: DutySpec(N_("Name who takes part"), "co_unit", "ladder.short", opens="nominate.open"),
        DutyKind.COORDINATE: DutySpec(
            N_("Give an opinion to the lead"), "coordination", "ladder.short", opens="coordinate.open"
        ),
        DutyKind.COMMENT: DutySpec(N_("Give an opinion on a draft"), "comment", "ladder.comment", _ANY_RESULT),
        DutyKind.JOINT_PROPOSAL: DutySpec(N_("Propose how to proceed"), "joint", "ladder.short", _ANY_RESULT),
        DutyKind.DECIDE_EXTENSION: DutySpec(
            N_("Decide on an extension"), "extension", "ladder.decide", is_alone=True, opens="extension.open"
        ),
        DutyKind.FORWARD_HAND_BACK: DutySpec(
            N_("Send on a paper handed back"), "hand_back", "ladder.decide", is_alone=True, opens="hand_back.open"
        ),
        DutyKind.DECIDE_HAND_BACK: DutySpec(
            N_("Decide on a paper handed back"), "hand_back", "ladder.decide", is_alone=True, opens="hand_back.open"
        ),
        DutyKind.REPORT: DutySpec(
            N_("Periodic report"), "quarterly", "ladder.report", _ANY_RESULT, opening=N_("A report is due again")
        ),
        DutyKind.COMPILE: DutySpec(
            N_("Compile reports"),
            "quarterly_compile",
            "ladder.report",
            _ANY_RESULT,
            opening=N_("Reports are to be compiled again"),
        ),
        DutyKind.BADGES: DutySpec(
            N_("List for badges"),
            "badges",
            "ladder.report",
            # No file: a picture of a person has its own way to internal affairs.
            {Want.NUMBER: False, Want.TEXT: True},
            opening=N_("A list is due again"),
        ),
        DutyKind.READ_OUT: DutySpec(
            N_("Read the directive out"),
            "read_out",
            "ladder.report",
            _ANY_RESULT,
            opening=N_("The directive is to be read out to all staff"),
        ),
        DutyKind.TASK_REGISTER: DutySpec(
            N_("Keep the assigned tasks complete"),
            "task_register",
            "ladder.report",
            opens="register.open",
            opening=N_("The month's tasks are to be completed in the system"),
        ),
        DutyKind.WEEKLY_LIST: DutySpec(
            N_("Approve the weekly list"), "overdue", "ladder.decide", is_alone=True, opens="weekly.open"
        ),
        DutyKind.REGISTER: DutySpec(
            N_("Register a working session"),
            "booking",
            "ladder.register",
            opens="booking.open",
            opening=N_("Registration is open"),
        ),
        DutyKind.SCHEDULE: DutySpec(N_("Send the drafted schedule"), "booking", "ladder.short", opens="booking.draft"),
        DutyKind.DECIDE_BOOKING: DutySpec(
            N_("Agree to a working session"), "booking", "ladder.decide", opens="booking.decide"
        ),
        DutyKind.PROGRAMME: DutySpec(
            N_("Item of the work programme"),
            "programme_figures",
            "ladder.task",
            _ANY_RESULT,
            changes="programme.change",
        ),
        DutyKind.PLAN: DutySpec(N_("Draw up the detailed plan"), "programme_plan", "ladder.short", opens="plan.open"),
        DutyKind.STEP: DutySpec(N_("Step of a plan"), "programme_plan", "ladder.step", _ANY_RESULT, is_accepted=True),
        DutyKind.DECIDE_PROGRAMME: DutySpec(
            N_("Decide on a change of the programme"),
            "programme",
            "ladder.decide",
            is_alone=True,
            opens="programme.decide",
        ),
        DutyKind.EXPLAIN: DutySpec(
            N_("Explain what is not finished"), "programme_figures", "ladder.short", {Want.TEXT: True}
        ),
        DutyKind.REPORT_ATTENDANCE: DutySpec(
            N_("Send the list of who attended"), "attendance_list", "ladder.short", _ANY_RESULT
        ),
        DutyKind.REPORT_RESULT: DutySpec(
            N_("Report the result of the meeting"), "after_meeting", "ladder.short", _ANY_RESULT
        ),
        DutyKind.CLASSIFY: DutySpec(
            N_("Classify who is open"), "attendance", "ladder.short", opens="attendance.review"
        ),
        DutyKind.HAND_BACK: DutySpec(
            N_("Report to whom you sat in for"),
            "study",
            "ladder.short",
            {Want.TEXT: True, Want.FILE: False},
            is_accepted=True,
        ),
        DutyKind.VOTE: DutySpec(
            N_("Give your ballot on a draft"), "vote", "vote.reminders", is_alone=True, opens="vote.ballot"
        ),
        DutyKind.REPORT_VOTE: DutySpec(N_("Report the result of the vote"), "vote_result", "ladder.short", _ANY_RESULT),
        DutyKind.TICKET: DutySpec(N_("Answer a question of the hotline"), "hotline", "", opens="ticket.open"),
    }
)
