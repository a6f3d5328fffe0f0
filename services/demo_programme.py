"""The sample body's work programme as data, counted in working days from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class SampleItem:
    """A row of the sheet `Chương trình công tác`."""

    code: str
    content: str
    unit: str
    due_on: date
    state: str
    submitted_on: date | None = None


def items(today: date, calendar: WorkCalendar) -> Sequence[SampleItem]:
    """One of each state, and one that is overdue for so long that nobody is reminded of it any more."""

    def before(days: int) -> date:
        return calendar.nth_working_day_before(today, days)

    def after(days: int) -> date:
        return calendar.nth_working_day_after(today, days)

    return (
        SampleItem("CT-01", "Quy chế thi đua, khen thưởng", "SNV", before(15), "da_ban_hanh", before(16)),
        SampleItem("CT-02", "Quy hoạch chi tiết khu dân cư Mẫu Đông", "SXD", before(12), "da_trinh", before(12)),
        SampleItem("CT-03", "Đề án phát triển chợ đầu mối", "SCT", before(10), "phai_trinh"),
        SampleItem("CT-04", "Phân bổ vốn đầu tư công đợt 2", "STC", after(20), "phai_trinh"),
        SampleItem("CT-05", "Kế hoạch phòng, chống dịch mùa đông", "SYT", after(21), "phai_trinh"),
    )


@dataclass(frozen=True, slots=True)
class SampleStep:
    """A row of the sheet `Nhiệm vụ`: a step of the plan of an item."""

    code: str
    item: str
    content: str
    doer: str
    result: str
    due_on: date


def steps(today: date, calendar: WorkCalendar) -> Sequence[SampleStep]:
    """The plan of one item; the others have none yet."""
    first, second = (calendar.nth_working_day_after(today, days) for days in (6, 14))
    return (
        SampleStep("CT-04-1", "CT-04", "Rà soát danh mục dự án", "STC04", "Danh mục kèm mức vốn", first),
        SampleStep("CT-04-2", "CT-04", "Dự thảo tờ trình phân bổ", "STC04", "Dự thảo tờ trình", second),
    )
