"""The kinds of what is owed again and again, as data: what each is called, who owes it, what puts it together."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rules.duties import DutyKind
from rules.errors import N_


class PeriodicKind(StrEnum):
    """What comes back; `…_figures` are what the communes hand in for the Office's report."""

    QUARTERLY = "quarterly"
    QUARTERLY_COMPILE = "quarterly_compile"
    WEEKLY_FIGURES = "weekly_figures"
    WEEKLY_PROCEDURES = "weekly_procedures"
    MONTHLY_FIGURES = "monthly_figures"
    MONTHLY_PROCEDURES = "monthly_procedures"
    MONTHLY_NOTICE = "monthly_notice"
    MONTHLY_TASKS = "monthly_tasks"
    READ_OUT = "read_out"
    BADGES = "badges"
    BADGES_COMPILE = "badges_compile"
    BOOKING = "booking"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True)
class PeriodicSpec:
    """A kind as data.

    `topic` must be known to the pack. `owed_by` are kinds of units; where a kind is owed by `one` unit alone, the
    first of them that the body has. None leaves it to the switch `quarterly.owed_by`. `compiles` is whose
    results are put together here.
    """

    name: str
    topic: str
    duty: DutyKind
    owed_by: tuple[str, ...] | None
    one: bool = False
    compiles: PeriodicKind | None = None


_COMMUNES = ("xa",)
_OFFICE = ("van_phong",)
_ALL_UNITS = ("van_phong", "noi_vu", "chuyen_mon", "su_nghiep", "xa", "khac")

PERIODIC: Mapping[PeriodicKind, PeriodicSpec] = MappingProxyType(
    {
        PeriodicKind.QUARTERLY: PeriodicSpec(
            N_("discipline and order in office, {period}"), "quarterly", DutyKind.REPORT, None
        ),
        PeriodicKind.QUARTERLY_COMPILE: PeriodicSpec(
            N_("discipline and order in office, {period}"),
            "quarterly_compile",
            DutyKind.COMPILE,
            ("noi_vu", "van_phong"),
            one=True,
            compiles=PeriodicKind.QUARTERLY,
        ),
        PeriodicKind.WEEKLY_FIGURES: PeriodicSpec(
            N_("figures on administrative procedures, {period}"), "procedures_report", DutyKind.REPORT, _COMMUNES
        ),
        PeriodicKind.WEEKLY_PROCEDURES: PeriodicSpec(
            N_("administrative procedures, {period}"),
            "procedures_report",
            DutyKind.COMPILE,
            _OFFICE,
            one=True,
            compiles=PeriodicKind.WEEKLY_FIGURES,
        ),
        PeriodicKind.MONTHLY_FIGURES: PeriodicSpec(
            N_("figures on administrative procedures, {period}"), "procedures_report", DutyKind.REPORT, _COMMUNES
        ),
        PeriodicKind.MONTHLY_PROCEDURES: PeriodicSpec(
            N_("administrative procedures, {period}"),
            "procedures_report",
            DutyKind.COMPILE,
            _OFFICE,
            one=True,
            compiles=PeriodicKind.MONTHLY_FIGURES,
        ),
        PeriodicKind.MONTHLY_NOTICE: PeriodicSpec(
            N_("notice of papers, programme and tasks, {period}"), "monthly", DutyKind.COMPILE, _OFFICE, one=True
        ),
        PeriodicKind.MONTHLY_TASKS: PeriodicSpec(
            N_("tasks assigned in {period}"), "task_register", DutyKind.TASK_REGISTER, _OFFICE, one=True
        ),
        PeriodicKind.READ_OUT: PeriodicSpec(N_("to all staff, {period}"), "read_out", DutyKind.READ_OUT, _ALL_UNITS),
        PeriodicKind.BADGES: PeriodicSpec(
            N_("staff without a badge or in a new post, {period}"), "badges", DutyKind.BADGES, None
        ),
        PeriodicKind.BADGES_COMPILE: PeriodicSpec(
            N_("staff without a badge or in a new post, {period}"),
            "badges",
            DutyKind.COMPILE,
            ("noi_vu", "van_phong"),
            one=True,
            compiles=PeriodicKind.BADGES,
        ),
        PeriodicKind.BOOKING: PeriodicSpec(
            N_("schedule {period}"),
            "booking",
            DutyKind.REGISTER,
            _ALL_UNITS,
        ),
        PeriodicKind.SCHEDULE: PeriodicSpec(
            N_("schedule {period}"), "booking", DutyKind.SCHEDULE, ("van_phong", "noi_vu"), one=True
        ),
    }
)
